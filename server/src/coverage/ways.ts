import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { adapterOf } from '../resolve/adapters.ts';
import { isCallback } from '../resolve/callbacks.ts';
import type { Place } from '../resolve/callsByName.ts';
import { type ArgumentUse, MAX_HANDS } from '../resolve/callers.ts';
import { returnedValues } from '../resolve/memberValues.ts';
import { decoratedQueueRepeats, queueRepeats } from '../resolve/queues.ts';
import { boundaryOf, boundaryRepeats } from '../resolve/frameworks.ts';
import { isRepeatedByDecorator, isRepeatingDecorator, mayRepeat, recoveryOf, retryLibrary } from '../resolve/retryLibraries.ts';
import { isRunner } from '../resolve/runners.ts';
import type { Types } from '../resolve/types.ts';
import { UntypedReceivers } from '../resolve/untypedReceivers.ts';
import type { Answers } from './answers.ts';
import { contextOf } from './context.ts';
import { decorated } from './decorations.ts';
import { promisesOf } from './deferred.ts';
import { type Followed, onFrom } from './followed.ts';
import { promiseOfExecutor } from './promiseOfExecutor.ts';
import { type Exit, floatingReaction, LEAVING, leaves, mergeInto, newReaction, type Reaction } from './reaction.ts';
import { decoratorRetrier, libraryRetrier, otherRetrier } from './libraryRetrier.ts';
import type { Retrier } from './retrier.ts';
import type { Settle } from './settle.ts';
import { isWaitedFor } from './waitedFor.ts';

/** The next place of a failure that leaves a function. */
export interface Site {
  path: string;
  reaction: Reaction;
  /** The function is called in place, so guards around the place count as its own. */
  transparent: boolean;
}

/** The next places of a failure that leaves a function, all together. */
export interface Way {
  sites: Site[];
  repeats: boolean;
  retriers: Retrier[];
  /** The function is given to something that is not known, which may repeat it. */
  mayRepeat: boolean;
}

/** Whether a function stands in another one. */
function isWithin(facts: FileFacts, fn: FunctionId, outer: FunctionId): boolean {
  for (let at: FunctionId | undefined = fn; at !== undefined; at = facts.functions[at]?.parent) if (at === outer) return true;
  return false;
}

/** What a session that has ended is told by. */
const SESSION = /^(?:INVALID_SESSION_ID|401|INVALID_AUTH_HEADER)$/;

/** Whether what is tried again is tried because the session had ended: somebody has told that failure from the others, and mended it. */
function renewsSession({ repeats, looks }: Reaction): boolean {
  return repeats && looks.some(({ wanted }) => wanted.some((word) => SESSION.test(String(word))));
}

/** Whether a place stands in the handler of a failure. */
function isHandledAt({ handler }: Reaction, path: string, at: number): boolean {
  return handler?.path === path && handler.at <= at && at < handler.to;
}

/** The same exit, by which an error leaves. */
function withoutAnswer({ path, fn, atOnce }: Exit): Exit {
  return atOnce ? { path, fn, atOnce } : { path, fn };
}

/** Finds where a failure that leaves a function comes next: to whoever calls the function, or to whatever was given it. */
export class Ways {
  private readonly types: Types;
  private readonly settle: Settle;
  private readonly answers: Answers;
  private readonly untyped: UntypedReceivers;
  /** Functions inside wrappers that are being left. */
  private readonly leaving = new Set<string>();

  constructor(types: Types, settle: Settle, answers: Answers) {
    this.types = types;
    this.settle = settle;
    this.answers = answers;
    this.untyped = new UntypedReceivers(types);
  }

  /** Where a failure that leaves a function comes next. `made`: the call that has given the function to those that it is followed to. */
  of(exit: Exit, followed: Followed, made?: Place): Way {
    const { path, fn, parameter, rejects, deferred } = exit;
    const facts = this.types.program.get(path)!;
    const fact = facts.functions[fn]!;
    const way: Way = { sites: [], repeats: false, retriers: [], mayRepeat: false };
    if (parameter !== undefined) {
      for (const given of this.types.callers.argumentsOf(path, fn, parameter)) way.sites.push({ path: given.path, reaction: this.settle.handler(given.path, given.value, true, followed), transparent: false });
      // `retry((again) => call().catch(again))`: the library gives the callback, and repeats.
      for (const use of this.types.callers.uses(path, fn)) {
        const library = retryLibrary(this.types, use.path, use.call, use.index);
        if (library === undefined) continue;
        // Where a failure alone repeats, what the library gives is the way out.
        if (library.manual || library.callback) this.repeated(way, libraryRetrier(this.types, use.path, use.call, use.index));
        way.sites.push({ path: use.path, reaction: this.toldAtLast(use, library.callback, followed) ?? this.settle.promise(use.path, use.call, followed), transparent: true });
      }
      return way;
    }
    if (deferred !== undefined) {
      for (const made of promisesOf(facts, deferred)) way.sites.push({ path, reaction: this.arriving(path, made, followed, exit), transparent: true });
      return way;
    }
    if (fact.kind === 'module') return way;
    if (rejects) {
      const made = promiseOfExecutor(facts, fn);
      if (made !== undefined) way.sites.push({ path, reaction: this.arriving(path, made, followed, exit), transparent: true });
      return way;
    }
    if (isRepeatedByDecorator(fact.decorators)) this.repeated(way, decoratorRetrier(facts, path, fact));
    else if (this.isDecoratedToRepeat(path, fn) || decoratedQueueRepeats(this.types, path, fn)) this.repeated(way, otherRetrier(path, fact));
    const again = boundaryRepeats(facts, fn);
    if (again === true) this.repeated(way, otherRetrier(path, fact));
    else if (again === 'unknown') way.mayRepeat = true;
    const literal = indexOf(facts).functionValue.get(fn);
    const layers = decorated(this.types, path, fn, (place, answers) => this.arriving(place.path, place.value, { ...followed, replaced: true }, answers ? exit : withoutAnswer(exit)));
    if (layers) {
      Object.assign(way, { repeats: way.repeats || layers.repeats });
      way.sites.push(...layers.sites);
      return way;
    }
    for (const site of this.productSites(path, fn, made)) {
      const call = this.types.program.get(site.path)!.values[site.value];
      const inPlace = call?.k === 'call' && literal !== undefined && call.callee === literal && site.path === path;
      way.sites.push({ path: site.path, reaction: this.arriving(site.path, site.value, followed, exit), transparent: inPlace });
    }
    for (const use of this.types.callers.uses(path, fn)) this.argumentWay(use, exit, fact.async, followed, way);
    // What runs the function is known: it is no mere name that may mean anything.
    if (again === false && boundaryOf(facts, fn)) way.mayRepeat = false;
    // A web framework that is given a handler calls it once for each request.
    if (way.mayRepeat && contextOf(this.types, path, fn).waits === 'interactive') way.mayRepeat = false;
    return way;
  }

  private isDecoratedToRepeat(path: string, fn: FunctionId): boolean {
    return this.types.callers.uses(path, fn).some((use) => {
      const call = this.types.program.get(use.path)!.values[use.call];
      return call?.k === 'call' && call.decorates === true && isRepeatingDecorator(this.types, use.path, call.callee);
    });
  }

  /** `retry(3, work, (error, result) => …)`: who is called back when the last attempt has failed. */
  private toldAtLast(use: ArgumentUse, callsBack: boolean | undefined, followed: Followed): Reaction | undefined {
    const call = this.types.program.get(use.path)!.values[use.call];
    const last = call?.k === 'call' && callsBack && call.args.length > use.index + 1 ? call.args.at(-1) : undefined;
    return last !== undefined && isCallback(this.types, use.path, last) ? this.settle.handler(use.path, last, true, followed) : undefined;
  }

  private repeated(way: Way, retrier: Retrier): void {
    // `pRetry(work, { retries: 0 })` runs it once.
    if (retrier.by === 'library' && retrier.attempts === 1) return;
    way.repeats = true;
    way.retriers.push(retrier);
  }

  /** Who calls a function, without the tests of it: what they do with a failure is no part of the program. */
  private productSites(path: string, fn: FunctionId, made: Place | undefined): readonly Place[] {
    const { tests } = this.types.program;
    const sites = made ? this.types.callers.callsOfMade(path, fn, made) : [...this.types.callers.callSites(path, fn), ...this.untyped.callsOf(path, fn)];
    return tests.has(path) ? sites : sites.filter((site) => !tests.has(site.path));
  }

  /** What leaves a function arrives as an error that is thrown, or as an answer. */
  private arriving(path: string, value: ValueId, followed: Followed, { answer, atOnce }: Exit): Reaction {
    if (atOnce) return answer ? this.answers.at(path, value, answer, followed) : this.settle.thrownBy(path, value, followed);
    return answer ? this.answers.of(path, value, answer, followed) : this.settle.promise(path, value, followed);
  }

  private argumentWay(use: ArgumentUse, given: Exit, isAsync: boolean, followed: Followed, way: Way, depth = 0): void {
    const facts = this.types.program.get(use.path)!;
    const call = facts.values[use.call]!;
    if (call.k !== 'call') return;
    // Only a function that is written at the place is a part of what stands around it; one that is named is a function of its own.
    const argument = facts.values[call.args[use.index] ?? -1];
    const transparent = argument?.k === 'function' && argument.fn === given.fn && use.path === given.path;
    const here = (): Reaction => this.arriving(use.path, use.call, followed, given);
    if (use.member !== undefined) return void this.throughFunctions(use, given, isAsync, followed, way, depth);
    switch (call.protocol) {
      case 'then':
      case 'catch':
      case 'finally':
        // What such a function throws, its promise is rejected with.
        way.sites.push({ path: use.path, reaction: this.arriving(use.path, use.call, followed, given.answer === undefined ? { path: given.path, fn: given.fn } : given), transparent });
        return;
      case 'map':
        way.sites.push({ path: use.path, reaction: here(), transparent });
        return;
      case 'promise':
        way.sites.push({ path: use.path, reaction: isAsync ? floatingReaction() : here(), transparent });
        return;
      case 'each':
      case 'inline': {
        const place = indexOf(facts).places.get(use.call);
        if (isAsync && call.protocol === 'each') way.sites.push({ path: use.path, reaction: floatingReaction(), transparent });
        else if (place) way.sites.push({ path: use.path, reaction: this.settle.throwsAt(use.path, place.fn, place.block, use.call, followed, given.atOnce), transparent });
        return;
      }
      case 'later':
      case 'aside':
        way.sites.push({ path: use.path, reaction: floatingReaction(), transparent: false });
        return;
      case 'event':
      case 'push':
        return;
      default:
    }
    // `again = backoff.on_exception(…)(work)`: whoever calls that calls the function, and it repeats.
    if (use.index === 0 && isRepeatingDecorator(this.types, use.path, call.callee)) {
      const decorated = this.types.program.get(given.path)!;
      return this.repeated(way, call.decorates ? decoratorRetrier(decorated, given.path, decorated.functions[given.fn]!) : otherRetrier(use.path, call));
    }
    // A decorator of which nothing is seen says nothing more than its name.
    if (call.decorates && facts.language === 'javascript') return;
    const library = retryLibrary(this.types, use.path, use.call, use.index);
    if (library) {
      if (!library.manual && !given.final) this.repeated(way, libraryRetrier(this.types, use.path, use.call, use.index));
      // `const again = makeRetriable(work)`: whoever calls that calls the function.
      if (library.returnsFunction) return;
      const recovery = recoveryOf(this.types, use.path, call);
      const recovered = recovery === undefined ? undefined : this.settle.handler(use.path, recovery, false, followed);
      way.sites.push({ path: use.path, reaction: recovered && !leaves(recovered) ? recovered : (this.toldAtLast(use, library.callback, followed) ?? here()), transparent: true });
      return;
    }
    if (this.throughFunctions(use, given, isAsync, followed, way, depth)) return;
    const queue = queueRepeats(this.types, use.path, use.call);
    if (queue) this.repeated(way, otherRetrier(use.path, call));
    if (queue !== undefined || adapterOf(facts, use.call) !== undefined) return;
    if (!isRunner(facts, use.call) && mayRepeat(facts, use.call)) way.mayRepeat = true;
    // Whoever waits for what an unknown function gives learns of what happens in the function that it was given.
    const known = this.types.of(use.path, call.callee).some((type) => type.k !== 'callable' && type.k !== 'structure');
    if (!call.construct && !known && isWaitedFor(facts, use.call)) way.sites.push({ path: use.path, reaction: here(), transparent });
  }

  /** What functions of the workspace do with a function that they are given. @returns whether any of them calls it, or hands it on */
  private throughFunctions(use: ArgumentUse, given: Exit, isAsync: boolean, followed: Followed, way: Way, depth: number): boolean {
    const here = (): Reaction => this.arriving(use.path, use.call, followed, given);
    const invocations = this.types.callers.invocations(use);
    const reached = invocations.map((site) => ({ ...site, inner: this.arriving(site.path, site.value, followed, given) }));
    for (const site of reached) {
      this.repeatedAround(site, way);
      // What is called again where it has failed is the same once more: the first call decides.
      if (reached.some((other) => other !== site && isHandledAt(other.inner, site.path, this.types.program.get(site.path)!.values[site.value]!.at))) continue;
      const made = { path: use.path, value: use.call };
      const out = this.outOf(site.path, site.taker, site.inner, followed, way, made);
      // `const save = retrying(work)`: what comes out of the function that a wrapper has made comes to whoever calls that, and not to the wrapper.
      if (out === site.inner || out.leavesAt.length === 0 || out.leavesAt.some((each) => each.path === site.path && each.fn === site.taker)) this.throughWrapper(out, here, use, followed, way, given);
      else {
        way.repeats ||= out.repeats;
        way.retriers.push(...out.retriers);
        // One that only tries again, and that nobody here is seen to call, tells nothing of whoever does.
        const unseen = !out.logs && !out.alters && out.leavesAt.every((each) => each.path === site.path && isWithin(this.types.program.get(site.path)!, each.fn, site.taker));
        if (!unseen) way.sites.push({ path: use.path, reaction: out, transparent: false });
      }
    }
    const handedOn = depth === MAX_HANDS ? [] : this.types.callers.handedOn(use);
    for (const next of handedOn) {
      const inner: Way = { sites: [], repeats: false, retriers: [], mayRepeat: false };
      this.argumentWay(next, given, isAsync, followed, inner, depth + 1);
      way.repeats ||= inner.repeats;
      way.mayRepeat ||= inner.mayRepeat;
      way.retriers.push(...inner.retriers);
      for (const site of inner.sites) this.throughWrapper(site.reaction, here, use, followed, way, given);
    }
    return invocations.length + handedOn.length > 0;
  }

  /** A wrapper may call what it is given in a function of its own that a library or a decorator repeats: `policy.execute(() => request())`. */
  private repeatedAround({ path, value }: { path: string; value: ValueId }, way: Way): void {
    const facts = this.types.program.get(path)!;
    const call = facts.values[value]!;
    const callee = call.k === 'call' ? facts.values[call.callee]! : undefined;
    if (callee?.k !== 'binding') return;
    const owner = facts.bindings[callee.binding]!.in;
    for (let fn: FunctionId | undefined = call.in; fn !== undefined && fn !== owner; fn = facts.functions[fn]!.parent) {
      const fact = facts.functions[fn]!;
      if (isRepeatedByDecorator(fact.decorators)) this.repeated(way, decoratorRetrier(facts, path, fact));
      for (const use of this.types.callers.uses(path, fn)) {
        const library = retryLibrary(this.types, use.path, use.call, use.index);
        if (library && !library.manual) this.repeated(way, libraryRetrier(this.types, use.path, use.call, use.index));
      }
    }
  }

  /** A wrapper may call what it is given in a function of its own: what becomes of the failure on its way from there out of the wrapper. */
  private outOf(path: string, taker: FunctionId, reaction: Reaction, followed: Followed, way: Way, made: Place): Reaction {
    const inside = (exit: Exit): boolean => exit.path === path && exit.fn !== taker && isWithin(this.types.program.get(path)!, exit.fn, taker);
    if (!reaction.leavesAt.some(inside)) return reaction;
    const out = newReaction();
    mergeInto(out, reaction);
    out.leavesAt = [];
    const outside: Reaction[] = [];
    const on = onFrom(reaction, followed);
    for (const exit of reaction.leavesAt) {
      const key = `${exit.fn}.${exit.parameter ?? ''}${exit.rejects ? '!' : ''}${exit.deferred ?? ''}@${exit.path}`;
      // Whoever calls itself comes to the same place again.
      if (this.leaving.has(key)) continue;
      if (!inside(exit) || this.leaving.size === MAX_HANDS) {
        out.leavesAt.push(exit);
        continue;
      }
      this.leaving.add(key);
      const next = this.of(exit, on, this.isGivenBack(path, taker, exit.fn) ? made : undefined);
      for (const site of next.sites) outside.push(this.outOf(path, taker, site.reaction, on, way, made));
      this.leaving.delete(key);
      if (next.sites.length === 0) out.leavesAt.push(exit);
      way.retriers.push(...next.retriers);
      way.repeats ||= next.repeats;
      way.mayRepeat ||= next.mayRepeat;
    }
    if (outside.length === 0) return out;
    const wrapped = out.endings.has('wrap');
    if (out.leavesAt.length === 0) for (const ending of LEAVING) out.endings.delete(ending);
    for (const each of outside) mergeInto(out, each);
    if (wrapped && out.endings.delete('rethrow')) out.endings.add('wrap');
    return out;
  }

  /** Whether a function gives back one that stands in it. */
  private isGivenBack(path: string, taker: FunctionId, fn: FunctionId): boolean {
    const literal = indexOf(this.types.program.get(path)!).functionValue.get(fn);
    return literal !== undefined && returnedValues(this.types, path, taker).some(({ value }) => value === literal);
  }

  /** What a wrapper of the workspace does with a failure of what it calls, and then whoever called the wrapper. */
  private throughWrapper(inner: Reaction, here: () => Reaction, use: { path: string; call: ValueId }, followed: Followed, way: Way, given: Exit): void {
    if (inner.repeats) way.repeats = true;
    way.retriers.push(...inner.retriers);
    // What a wrapper does besides trying again is what the nearest caller does.
    const leavesAlone = [...inner.endings].every((ending) => ending === 'rethrow' || ending === 'answer') && !inner.logs;
    // One that writes each attempt down, and throws the last error on, does no more, nor does one that gives what the second attempt gives.
    const onlyRetries = leavesAlone || (inner.repeats && !inner.alters && [...inner.endings].every((ending) => ending === 'rethrow' || ending === 'wrap' || ending === 'answer' || ending === 'shown'));
    if (!leaves(inner)) {
      way.sites.push({ path: use.path, reaction: inner, transparent: false });
      return;
    }
    const outer = newReaction();
    mergeInto(outer, inner);
    // A wrapper that only tries again and throws the same error on has not told the errors apart for its caller.
    if (onlyRetries) {
      outer.specific = false;
      outer.endings.delete('shown');
    }
    const wrapped = outer.endings.has('wrap') && !onlyRetries;
    const errors = LEAVING.some((ending) => ending !== 'answer' && outer.endings.has(ending));
    const answers = outer.endings.has('answer');
    for (const ending of LEAVING) outer.endings.delete(ending);
    outer.leavesAt = [];
    if (answers) mergeInto(outer, here());
    if (errors) mergeInto(outer, this.arriving(use.path, use.call, onFrom(inner, followed), withoutAnswer(given)));
    if (wrapped && outer.endings.delete('rethrow')) outer.endings.add('wrap');
    // Where nobody beyond does anything about it, one that has told the failure that it mends, as an ended session, from the rest is who has.
    const tells = renewsSession(inner) || (inner.specific && inner.endings.has('shown'));
    const alone = onlyRetries && tells && [...outer.endings].every((ending) => ending === 'rethrow' || ending === 'answer');
    outer.specific ||= alone;
    way.sites.push({ path: use.path, reaction: outer, transparent: onlyRetries && !alone });
  }
}
