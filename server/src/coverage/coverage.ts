import { modesOf } from '../../../catalog/index.ts';
import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import type { CallRecord, ClassRecord, End, Failure, FailureClass, Retry, Upstream } from '../report/callRecord.ts';
import { FAILURE_CLASSES } from '../report/callRecord.ts';
import { receiverText } from '../resolve/evidence.ts';
import { clientMethodVariants, isCallback, variantOf } from '../resolve/clientVariant.ts';
import { retryLibrary } from '../resolve/retryLibraries.ts';
import type { Types } from '../resolve/types.ts';
import { clientMethodOf, type SalesforceCall, salesforceCalls } from '../resolve/salesforceCalls.ts';
import { contextOf, type ExecutionContext } from './context.ts';
import { Effects } from './effects.ts';
import { Mode } from './mode.ts';
import { judgePaging } from './paging.ts';
import { judgePartial } from './partial.ts';
import { type Ending, type Exit, leaves, mergeInto, newReaction, type Reaction } from './reaction.ts';
import { Settle } from './settle.ts';

/** A call with everything rules need to know of it. */
export interface CoveredCall {
  call: SalesforceCall;
  record: CallRecord;
  /** Where its failure is handled: in its own function, or in the caller that decides. */
  handler: { path: string; at: number; to: number } | undefined;
  /** Where a caller decides: whether every caller decides alike. */
  unanimous: boolean;
  context: ExecutionContext;
  /** Whether it stands in a loop over records, in its own function. */
  inRecordLoop: boolean;
  /** It stands in a catch clause: part of the answer to another failure. */
  inHandler: boolean;
  /** A function is given as last argument to a version of the client that takes no callbacks. */
  ignoredCallback: boolean;
  /** The callback is given the error and never looks at it. */
  ignoredError: boolean;
  /** The handler writes at least a log line. */
  logged: boolean;
  /** Code that was written for success runs after the failure was dropped, in the function that drops it. */
  goesOn: boolean;
  /** Who waits where the failure is handled. */
  handlerContext: ExecutionContext;
  /** The handler does the work another way, with another Salesforce call. */
  hasFallback: boolean;
  /** The function that drops the failure answers nothing, and every caller looks whether it got something. */
  answered: boolean;
  /** It stands in a callback that the installed client never calls. */
  neverRuns: boolean;
  /** Functions share findings: identity of the function that a person sees around the call. */
  owner: string;
  /** The failure modes it can meet. */
  modes: Mode[];
}

/** Where a failure goes after it left a function. */
interface Beyond {
  upstream: Upstream;
  end: End;
  repeats: boolean;
  /** Whether a test looks at the error somewhere, so that each mode must be asked by itself. */
  asks: boolean;
  /** A caller gives it to something that is not known, which may repeat it. */
  mayRepeat: boolean;
  /** Whether every known caller treats it so. */
  unanimous: boolean;
  /** Whether the handler that decided writes a log line. */
  logged: boolean;
  /** See `CoveredCall`. */
  goesOn: boolean;
  /** The handler that decided. */
  handler?: { path: string; at: number; to: number } | undefined;
}

/** Nobody in the workspace is seen to catch it. */
const UNKNOWN: Beyond = { upstream: 'unknown', end: 'unknown', repeats: false, asks: false, mayRepeat: false, unanimous: true, logged: false, goesOn: false };

/** The next place of a failure that leaves a function. */
interface Site {
  path: string;
  reaction: Reaction;
  /** The function is called in place, so guards around the place count as its own. */
  transparent: boolean;
}

interface Way {
  sites: Site[];
  /** Callers exist that are not in the workspace or not followed. */
  outside: boolean;
  repeats: boolean;
  /** The function is given to something that is not known, which may repeat it. */
  mayRepeat: boolean;
}

/** Answers, for each Salesforce call, what happens when it fails. Holds for one state of the program. */
export class Coverage {
  readonly types: Types;
  private readonly effects: Effects;
  private readonly settle: Settle;
  private readonly beyondMemo = new Map<string, Beyond>();
  private readonly beyondActive = new Set<string>();
  private readonly files = new Map<string, CoveredCall[]>();
  private readonly found = new Map<string, SalesforceCall[]>();

  constructor(types: Types) {
    this.types = types;
    this.effects = new Effects(types);
    this.settle = new Settle(types, this.effects);
  }

  /** The covered calls of a file, in source order. */
  of(path: string): CoveredCall[] {
    let calls = this.files.get(path);
    if (!calls) {
      calls = this.rawCalls(path).map((call) => this.cover(call));
      const dead = calls.filter((each) => each.ignoredCallback);
      for (const each of calls) each.neverRuns = dead.some((outer) => outer !== each && outer.record.spanStart <= each.record.spanStart && each.record.spanEnd <= outer.record.spanEnd);
      this.files.set(path, calls);
    }
    return calls;
  }

  private cover(call: SalesforceCall): CoveredCall {
    const facts = this.types.program.get(call.path)!;
    const value = facts.values[call.value]!;
    const modes = modesOf(call.operation.id).map(({ code, mode }) => new Mode(code.code, mode.class, code.http, code.message ?? mode.when?.message, mode.retry === 'not-applied'));
    const whole = this.judge(call, undefined);
    const library = this.libraryRetry(call);
    const again = whole.handler && this.repeatsInHandler(call, whole.handler);
    const retry: Retry = whole.repeats || again ? 'explicit' : library === 'none' && whole.mayRepeat ? 'unknown' : library;
    const classes: Partial<Record<FailureClass, ClassRecord>> = {};
    for (const each of FAILURE_CLASSES) {
      const own = modes.filter((mode) => mode.class === each);
      if (own.length === 0) continue;
      const judged = whole.asks ? own.map((mode) => this.judge(call, mode)) : [whole];
      classes[each] = projectClass(judged, library, each);
    }
    const record: CallRecord = {
      path: call.path,
      start: call.nameAt,
      end: call.nameTo,
      spanStart: value.at,
      spanEnd: value.to,
      client: call.client.id,
      operation: call.operation.id,
      kind: call.operation.kind,
      failure: whole.failure,
      ...(whole.failure === 'propagates' ? { upstream: whole.upstream } : {}),
      stops: whole.end,
      retry,
      partial: judgePartial(this.types, call),
      paging: judgePaging(this.types, call),
      classes,
    };
    return {
      call, record, modes,
      handler: whole.handler,
      unanimous: whole.unanimous,
      ignoredError: whole.ignored,
      goesOn: whole.goesOn,
      handlerContext: whole.handler ? contextOf(this.types, whole.handler.path, functionAt(this.types.program.get(whole.handler.path)!, whole.handler.at, whole.handler.to)) : 'library',
      hasFallback: whole.handler ? this.hasFallback(whole.handler) : false,
      answered: record.stops === 'swallowed' && whole.handler ? this.isAnswered(whole.handler) : false,
      neverRuns: false,
      logged: whole.logged,
      context: contextOf(this.types, call.path, value.in),
      inRecordLoop: this.inRecordLoop(call),
      inHandler: this.inHandler(call),
      ignoredCallback: this.ignoresCallback(call),
      owner: `${this.ownerOf(call.path, value.in)}@${call.path}`,
    };
  }

  /** Whether a handler makes a Salesforce call of its own, directly or in a function that it calls. */
  private hasFallback(handler: { path: string; at: number; to: number }): boolean {
    const facts = this.types.program.get(handler.path)!;
    return facts.values.some((value, id) => {
      if (value.k !== 'call' || value.at < handler.at || value.to > handler.to) return false;
      // Put off to a queue, an outbox, a later run: the work is not lost.
      if (PUT_OFF.test(lastName(facts, value.callee) ?? '') || (facts.values[value.callee]?.k === 'member' && PUT_OFF.test(receiverText(facts, value.callee) ?? ''))) return true;
      if (this.isSalesforceCall(handler.path, id)) return true;
      return this.types.of(handler.path, value.callee).some((type) => {
        if (type.k !== 'function') return false;
        const other = this.types.program.get(type.path)!;
        return other.values.some((inner, innerId) => inner.k === 'call' && inner.in === type.fn && this.isSalesforceCall(type.path, innerId));
      });
    });
  }

  /** Whether the handler makes the same call again: an expired session renewed, then the request once more. */
  private repeatsInHandler(call: SalesforceCall, handler: { path: string; at: number; to: number }): boolean {
    const value = this.types.program.get(call.path)!.values[call.value]!;
    const inHandler = handler.path === call.path && value.at >= handler.at && value.to <= handler.to;
    if (inHandler || handler.path !== call.path) return false;
    const facts = this.types.program.get(handler.path)!;
    const renews = facts.values.some((each) => each.k === 'call' && each.at >= handler.at && each.to <= handler.to && /login|authori[sz]e|authenticate|refresh|renew|connect/i.test(lastName(facts, each.callee) ?? ''));
    if (!renews) return false;
    return this.rawCalls(call.path).some((other) => other.value !== call.value && other.operation.id === call.operation.id && other.nameAt >= handler.at && other.nameTo <= handler.to);
  }

  private rawCalls(path: string): SalesforceCall[] {
    let calls = this.found.get(path);
    if (!calls) this.found.set(path, (calls = salesforceCalls(this.types, path)));
    return calls;
  }

  private isSalesforceCall(path: string, id: ValueId): boolean {
    const call = this.types.program.get(path)!.values[id];
    const method = call?.k === 'call' ? clientMethodOf(this.types, path, call) : undefined;
    return method !== undefined && call?.k === 'call' && variantOf(this.types, path, method, call)?.operation !== undefined;
  }

  /** Whether every caller of the function that drops the failure tests what it gets. */
  private isAnswered(handler: { path: string; at: number; to: number }): boolean {
    const facts = this.types.program.get(handler.path)!;
    const fn = functionAt(facts, handler.at, handler.to);
    const sites = this.types.callers.callSites(handler.path, fn);
    return sites.length > 0 && sites.every((site) => isTested(this.types.program.get(site.path)!, site.value, 0));
  }

  private ignoresCallback(call: SalesforceCall): boolean {
    const facts = this.types.program.get(call.path)!;
    const value = facts.values[call.value]!;
    const last = value.k === 'call' ? value.args[value.args.length - 1] : undefined;
    if (last === undefined || call.variant.callback || facts.values[last]?.k !== 'function') return false;
    return clientMethodVariants(this.types, call.path, call.value).some((variant) => variant.callback);
  }

  private inRecordLoop(call: SalesforceCall): boolean {
    const facts = this.types.program.get(call.path)!;
    const place = indexOf(facts).places.get(call.value);
    const fn = place ? facts.functions[place.fn]! : undefined;
    for (let loop = fn?.blocks[place!.block]!.loop; loop !== undefined; loop = fn!.loops[loop]?.parent) if (fn!.loops[loop]!.kind !== 'while') return true;
    return false;
  }

  private inHandler(call: SalesforceCall): boolean {
    const facts = this.types.program.get(call.path)!;
    const place = indexOf(facts).places.get(call.value);
    return place !== undefined && facts.functions[place.fn]!.blocks[place.block]!.handler !== undefined;
  }

  /** The named function around an inline one. */
  private ownerOf(path: string, fn: FunctionId): FunctionId {
    const facts = this.types.program.get(path)!;
    let at = fn;
    for (;;) {
      const fact = facts.functions[at]!;
      if (fact.parent === undefined || fact.parent === 0 || fact.kind === 'method' || fact.kind === 'constructor') return at;
      const literal = indexOf(facts).functionValue.get(at);
      const inline = literal !== undefined && (indexOf(facts).consumers[literal] ?? []).some((each) => each.k === 'value' && facts.values[each.value]?.k === 'call');
      if (!inline) return at;
      at = fact.parent;
    }
  }

  private judge(call: SalesforceCall, mode: Mode | undefined): Judgement {
    const facts = this.types.program.get(call.path)!;
    const value = facts.values[call.value]!;
    const last = value.k === 'call' ? value.args[value.args.length - 1] : undefined;
    let reaction: Reaction;
    if (call.variant.callback && last !== undefined && isCallback(this.types, call.path, last)) {
      reaction = this.settle.handler(call.path, last, true, mode, call.value);
      // Old clients give a promise besides: whoever waits for that learns of the failure too.
      const promised = this.settle.promise(call.path, call.value, mode);
      if (promised.endings.size > 0) {
        if (reaction.floating) reaction = promised;
        else mergeInto(reaction, promised);
      }
    } else {
      reaction = this.settle.promise(call.path, call.value, mode);
    }
    // A subscription tells of failures by events, which nothing here follows.
    if (call.variant.events && reaction.floating) Object.assign(reaction, { floating: false, unknown: true });
    const { reaction: local, repeats } = this.lift(reaction, mode, new Set());
    const failure = mode ? failureOfMode(local) : failureOf(local);
    let upstream: Upstream = 'unknown';
    let end = endOf(failure, local);
    let allRepeats = repeats;
    let mayRepeat = local.mayRepeat;
    let asks = local.asks;
    let handler = local.handler;
    let unanimous = true;
    let logged = local.logs;
    let goesOn = local.goesOn;
    if (leaves(local)) {
      const beyond = this.beyondAll(local, mode);
      upstream = beyond.upstream;
      end = beyond.end;
      allRepeats ||= beyond.repeats;
      mayRepeat ||= beyond.mayRepeat;
      asks ||= beyond.asks;
      if (failure === 'propagates' || (failure === 'generic' && beyond.end === 'swallowed')) {
        handler = beyond.handler;
        unanimous = beyond.unanimous;
        logged = beyond.logged;
        goesOn = beyond.goesOn;
      }
    }
    // An error that is returned as a value is the caller's to look at, whatever else is done with it.
    if (failure === 'generic' && local.endings.has('handed')) end = 'unknown';
    return { failure, upstream, end, repeats: allRepeats, mayRepeat, asks, handler, unanimous, logged, goesOn, ignored: local.ignored };
  }

  /** Goes on through functions that are called in place: their surroundings' guards count as their own. */
  private lift(reaction: Reaction, mode: Mode | undefined, seen: Set<string>): { reaction: Reaction; repeats: boolean } {
    let repeats = reaction.repeats;
    if (!leaves(reaction)) return { reaction, repeats };
    const out = newReaction();
    mergeInto(out, reaction);
    out.leavesAt = [];
    const wrapped = out.endings.has('wrap');
    const next: Reaction[] = [];
    for (const at of reaction.leavesAt) {
      const key = exitKey(at);
      if (seen.has(key)) continue;
      seen.add(key);
      const way = this.way(at, mode);
      repeats ||= way.repeats;
      if (way.mayRepeat) out.mayRepeat = true;
      const inPlace = way.sites.filter((site) => site.transparent);
      if (inPlace.length === 0) {
        out.leavesAt.push(at);
        continue;
      }
      for (const site of inPlace) {
        const lifted = this.lift(site.reaction, mode, seen);
        repeats ||= lifted.repeats;
        next.push(lifted.reaction);
      }
    }
    if (next.length === 0) return { reaction: out, repeats };
    if (out.leavesAt.length === 0) {
      out.endings.delete('rethrow');
      out.endings.delete('wrap');
      out.endings.delete('pass');
    }
    for (const each of next) mergeInto(out, each);
    if (wrapped && out.endings.delete('rethrow')) out.endings.add('wrap');
    return { reaction: out, repeats };
  }

  /** Where a failure that leaves a function comes next. */
  private way({ path, fn, parameter, rejects }: Exit, mode: Mode | undefined): Way {
    const facts = this.types.program.get(path)!;
    const fact = facts.functions[fn]!;
    const way: Way = { sites: [], outside: false, repeats: false, mayRepeat: false };
    if (parameter !== undefined) {
      for (const given of this.types.callers.argumentsOf(path, fn, parameter)) way.sites.push({ path: given.path, reaction: this.settle.handler(given.path, given.value, true, mode), transparent: false });
      // `retry((again) => call().catch(again))`: the library gives the callback, and repeats.
      for (const use of this.types.callers.uses(path, fn).arguments) {
        if (retryLibrary(this.types, use.path, use.call, use.index) === undefined) continue;
        way.repeats = true;
        way.sites.push({ path: use.path, reaction: this.settle.promise(use.path, use.call, mode), transparent: true });
      }
      way.outside = way.sites.length === 0;
      return way;
    }
    if (fact.kind === 'module') return way;
    if (rejects) {
      const made = this.settle.promiseOfExecutor(path, fn);
      if (made !== undefined) way.sites.push({ path, reaction: this.settle.promise(path, made, mode), transparent: true });
      return way;
    }
    const literal = indexOf(facts).functionValue.get(fn);
    for (const site of this.types.callers.callSites(path, fn)) {
      const call = this.types.program.get(site.path)!.values[site.value];
      const inPlace = call?.k === 'call' && literal !== undefined && call.callee === literal && site.path === path;
      way.sites.push({ path: site.path, reaction: this.settle.promise(site.path, site.value, mode), transparent: inPlace });
    }
    const uses = this.types.callers.uses(path, fn);
    for (const use of uses.arguments) this.argumentWay(use, fact.async, mode, way);
    if (way.sites.length === 0 && (uses.exported || uses.escapes || fact.kind !== 'function')) way.outside = true;
    return way;
  }

  private argumentWay(use: { path: string; call: ValueId; index: number }, isAsync: boolean, mode: Mode | undefined, way: Way): void {
    const facts = this.types.program.get(use.path)!;
    const call = facts.values[use.call]!;
    if (call.k !== 'call') return;
    const here = (): Reaction => this.settle.promise(use.path, use.call, mode);
    switch (call.protocol) {
      case 'then':
      case 'catch':
      case 'finally':
      case 'map':
        way.sites.push({ path: use.path, reaction: here(), transparent: true });
        return;
      case 'promise':
        way.sites.push({ path: use.path, reaction: isAsync ? floatingReaction() : here(), transparent: true });
        return;
      case 'each':
      case 'inline': {
        const place = indexOf(facts).places.get(use.call);
        if (isAsync && call.protocol === 'each') way.sites.push({ path: use.path, reaction: floatingReaction(), transparent: true });
        else if (place) way.sites.push({ path: use.path, reaction: this.settle.throwsAt(use.path, place.fn, place.block, use.call, mode), transparent: true });
        return;
      }
      case 'later':
        way.sites.push({ path: use.path, reaction: floatingReaction(), transparent: false });
        return;
      case 'event':
      case 'push':
        way.outside = true;
        return;
      default:
    }
    const library = retryLibrary(this.types, use.path, use.call, use.index);
    if (library) {
      way.repeats ||= !library.manual;
      way.sites.push({ path: use.path, reaction: here(), transparent: true });
      return;
    }
    const invocations = this.types.callers.invocations(use);
    for (const site of invocations) {
      const inner = this.settle.promise(site.path, site.value, mode);
      if (inner.repeats) way.repeats = true;
      // What a wrapper does besides trying again is what the nearest caller does.
      const onlyRetries = [...inner.endings].every((ending) => ending === 'rethrow') && !inner.logs;
      if (leaves(inner)) {
        const outer = newReaction();
        mergeInto(outer, inner);
        // A wrapper that only tries again and throws the same error on has not told the errors apart for its caller.
        if (onlyRetries) outer.specific = false;
        const wrapped = outer.endings.has('wrap');
        for (const ending of ['rethrow', 'wrap', 'pass'] as const) outer.endings.delete(ending);
        outer.leavesAt = [];
        mergeInto(outer, here());
        if (wrapped && outer.endings.delete('rethrow')) outer.endings.add('wrap');
        way.sites.push({ path: use.path, reaction: outer, transparent: onlyRetries });
      } else {
        way.sites.push({ path: use.path, reaction: inner, transparent: false });
      }
    }
    if (invocations.length === 0) {
      way.outside = true;
      way.mayRepeat = true;
    }
  }

  private beyondAll(reaction: Reaction, mode: Mode | undefined): Beyond {
    let best: Beyond | undefined;
    for (const at of reaction.leavesAt) best = lessCareful(best, this.beyond(at, mode));
    return best ?? UNKNOWN;
  }

  /** What callers do with a failure that leaves a function. */
  private beyond(at: Exit, mode: Mode | undefined): Beyond {
    const key = `${exitKey(at)}@${mode ? `${mode.code}/${mode.class}/${mode.message ?? ''}` : ''}`;
    const known = this.beyondMemo.get(key);
    if (known) return known;
    if (this.beyondActive.has(key)) return UNKNOWN;
    this.beyondActive.add(key);
    const result = this.findBeyond(at, mode);
    this.beyondActive.delete(key);
    this.beyondMemo.set(key, result);
    return result;
  }

  private findBeyond(at: Exit, mode: Mode | undefined): Beyond {
    const facts = this.types.program.get(at.path)!;
    const fn = at.fn;
    if (at.parameter === undefined && facts.functions[fn]!.kind === 'module') return { ...UNKNOWN, upstream: 'none', end: 'process' };
    const way = this.way(at, mode);
    let best: Beyond | undefined;
    for (const site of way.sites) {
      const { reaction, repeats } = this.lift(site.reaction, mode, new Set([exitKey(at)]));
      best = lessCareful(best, this.siteBeyond(reaction, repeats, mode));
    }
    best ??= UNKNOWN;
    return { ...best, repeats: best.repeats || way.repeats, mayRepeat: best.mayRepeat || way.mayRepeat };
  }

  private siteBeyond(reaction: Reaction, repeats: boolean, mode: Mode | undefined): Beyond {
    const failure = failureOf(reaction);
    const further = leaves(reaction) ? this.beyondAll(reaction, mode) : undefined;
    const together = {
      repeats: repeats || (further?.repeats ?? false),
      asks: reaction.asks || (further?.asks ?? false),
      mayRepeat: reaction.mayRepeat || (further?.mayRepeat ?? false),
    };
    if (failure === 'propagates') return { ...(further ?? UNKNOWN), ...together };
    const own = { ...together, unanimous: true, logged: reaction.logs, goesOn: reaction.goesOn, handler: reaction.handler };
    if (failure === 'floating') return { ...own, upstream: 'none', end: 'process' };
    return { ...own, upstream: failure, end: further ? further.end : endOf(failure, reaction) };
  }

  private libraryRetry(call: SalesforceCall): Retry {
    const projects = this.types.program.projects;
    let unknown = false;
    for (const policy of call.client.retries) {
      const fits = projects.fits(call.path, call.package, policy.versions);
      if (fits === 'no' || (call.operation.http !== 'unknown' && !policy.methods.includes(call.operation.http))) continue;
      if (fits === 'yes' && call.operation.http !== 'unknown') return 'library';
      unknown = true;
    }
    return unknown ? 'unknown' : 'none';
  }
}

/** Names by which work is put off rather than dropped. */
const PUT_OFF = /queue|outbox|dead.?letter|\bdlq|requeue|retry|reschedule|defer/i;

/** The innermost function around a span. */
function functionAt(facts: FileFacts, at: number, to: number): FunctionId {
  let best = 0;
  facts.functions.forEach((fn, id) => {
    const inner = facts.functions[best]!;
    if (fn.at <= at && to <= fn.to && fn.to - fn.at <= inner.to - inner.at) best = id;
  });
  return best;
}

/** Whether a value, or a name or member of it, decides a branch. */
function isTested(facts: FileFacts, id: ValueId, depth: number): boolean {
  if (depth > 6) return false;
  return (indexOf(facts).consumers[id] ?? []).some((consumer) => {
    if (consumer.k === 'test') return true;
    if (consumer.k === 'bind') return (indexOf(facts).bindingUses[consumer.binding] ?? []).some((use) => isTested(facts, use, depth + 1));
    if (consumer.k !== 'value') return false;
    const parent = facts.values[consumer.value]!;
    return ['await', 'typed', 'assign', 'operator', 'choice', 'member'].includes(parent.k) && isTested(facts, consumer.value, depth + 1);
  });
}

function exitKey({ path, fn, parameter, rejects }: Exit): string {
  return `${fn}${parameter === undefined ? '' : `.${parameter}`}${rejects ? '!' : ''}@${path}`;
}

interface Judgement {
  failure: Failure;
  mayRepeat: boolean;
  upstream: Upstream;
  end: End;
  repeats: boolean;
  asks: boolean;
  handler: Reaction['handler'] | undefined;
  unanimous: boolean;
  logged: boolean;
  goesOn: boolean;
  ignored: boolean;
}

function floatingReaction(): Reaction {
  const out = newReaction();
  out.floating = true;
  return out;
}

/** Projects a reaction on the report's word for what the function does. */
function failureOf(reaction: Reaction): Failure {
  const has = (ending: Ending): boolean => reaction.endings.has(ending);
  if (reaction.endings.size === 0) {
    if (reaction.floating) return 'floating';
    return reaction.specific && reaction.repeats ? 'discriminated' : 'unknown';
  }
  if (reaction.specific) return 'discriminated';
  if (has('shown') || has('handed') || has('wrap') || has('exit')) return 'generic';
  if (has('forgotten')) return has('rethrow') || has('pass') ? 'generic' : 'swallowed';
  return 'propagates';
}

/** The same for one failure mode: a test that does not choose it leaves it to whatever the rest gets. */
function failureOfMode(reaction: Reaction): Failure {
  if (!reaction.specific || reaction.endings.size === 0) return failureOf(reaction);
  const only = (...endings: Ending[]): boolean => [...reaction.endings].every((ending) => endings.includes(ending));
  if (only('forgotten')) return 'swallowed';
  if (only('rethrow', 'pass')) return 'propagates';
  return 'discriminated';
}

/** Where a failure that does not leave stops. */
function endOf(failure: Failure, reaction: Reaction): End {
  if (failure === 'swallowed') return 'swallowed';
  if (failure === 'floating') return 'process';
  if (failure === 'discriminated') return 'discriminated';
  if (failure === 'generic' && reaction.endings.has('handed')) return 'unknown';
  if (failure === 'generic') return reaction.endings.has('forgotten') && !reaction.endings.has('shown') && !reaction.endings.has('exit') ? 'swallowed' : 'visible';
  return 'unknown';
}

const CARE: Upstream[] = ['swallowed', 'none', 'generic', 'discriminated', 'unknown'];

/** Of two callers the one that takes less care; an unknown one says nothing. */
function lessCareful(one: Beyond | undefined, other: Beyond): Beyond {
  if (!one) return other;
  const worse = CARE.indexOf(other.upstream) < CARE.indexOf(one.upstream) ? other : one;
  return { ...worse, repeats: one.repeats || other.repeats, asks: one.asks || other.asks, mayRepeat: one.mayRepeat || other.mayRepeat, unanimous: one.unanimous && other.unanimous && one.upstream === other.upstream };
}

const ROUGH: Failure[] = ['floating', 'swallowed', 'unknown', 'propagates', 'generic', 'discriminated'];

/** A class is treated as its worst-treated mode. */
function projectClass(judged: Judgement[], library: Retry, failureClass: FailureClass): ClassRecord {
  const worst = judged.reduce((one, other) => (ROUGH.indexOf(other.failure) < ROUGH.indexOf(one.failure) ? other : one));
  const repeats = judged.some((each) => each.repeats);
  const libraryHelps = library !== 'none' && failureClass === 'transient' ? library : 'none';
  return { failure: worst.failure, end: worst.end, retry: repeats ? 'explicit' : libraryHelps };
}
