import type { CallValue, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { receiverText } from '../resolve/evidence.ts';
import { boundBefore, callbackFunctions, isCallback } from '../resolve/callbacks.ts';
import { variantOf } from '../resolve/clientVariant.ts';
import { observedError, pipedHandler } from './observers.ts';
import { givesPair } from '../resolve/runners.ts';
import { continuesRequest } from '../resolve/httpRequests.ts';
import { clientInvocation } from '../resolve/clientInvocation.ts';
import type { Types } from '../resolve/types.ts';
import { callbackExit } from './callbackExit.ts';
import { deferredExits } from './deferred.ts';
import { classNamed, GIVES_INSTEAD, instead } from './caughtByClass.ts';
import { chainBefore, chainRoot, errorListener, listenersAround, receiverOf } from './listenerChain.ts';
import { pairReaction } from './outcomePairs.ts';
import { readsOutcomes } from './partial.ts';
import { promiseOfExecutor } from './promiseOfExecutor.ts';
import type { Effects } from './effects.ts';
import { judgePart, takenByClasses } from './exceptionClasses.ts';
import { exitOf, type Followed, onFrom } from './followed.ts';
import { floatingReaction, isEmpty, join, LEAVING, leaves, mergeInto, newReaction, type Reaction, unknown } from './reaction.ts';
import { isDropped, isWaitedFor } from './waitedFor.ts';
import { walk } from './walk.ts';

/** Promise handlers deeper than this are not followed. */
const MAX_DEPTH = 40;

/** Methods that wait for what is yet to come. */
const WAITS = new Set(['get', 'join', 'getUnchecked']);

/** Methods whose function is given what came, or else the error. */
const GIVEN_BOTH = new Set(['handle', 'handleAsync', 'whenComplete', 'whenCompleteAsync']);

/** Methods by which promises of older libraries tell a callback of their outcome. */
const CALLS_BACK = new Set(['thenCall', 'nodeify', 'asCallback']);

/** Follows a promise from where it is made to whoever learns of its rejection. */
export class Settle {
  private readonly types: Types;
  private readonly effects: Effects;

  constructor(types: Types, effects: Effects) {
    this.types = types;
    this.effects = effects;
  }

  /** What becomes of the rejection of the promise that a value is. */
  promise(path: string, id: ValueId, followed: Followed, seen = new Set<string>(), depth = 0): Reaction {
    const out = newReaction();
    const key = `${id}@${path}`;
    if (seen.has(key) || depth > MAX_DEPTH) return out;
    seen.add(key);
    const facts = this.types.program.get(path)!;
    const consumers = indexOf(facts).consumers[id] ?? [];
    const parts: Reaction[] = [];
    for (const consumer of consumers) {
      switch (consumer.k) {
        case 'value':
          parts.push(this.usedBy(path, id, consumer.value, followed, seen, depth + 1));
          break;
        case 'bind': {
          const binding = facts.bindings[consumer.binding]!;
          const uses = indexOf(facts).bindingUses[consumer.binding] ?? [];
          const reactions = uses.map((use) => this.promise(path, use, followed, seen, depth + 1)).filter((each) => !isEmpty(each));
          if (reactions.length > 0) parts.push(...reactions);
          else if (binding.kind === 'variable' && !this.isExported(path, consumer.binding)) parts.push(floatingReaction());
          else parts.push(unknown());
          break;
        }
        case 'return':
          parts.push(this.leaving(path, consumer.fn));
          break;
        case 'iterate': {
          const head = facts.functions[consumer.fn]!.blocks.findIndex((block) => block.next.k === 'iterate' && block.next.over === id);
          parts.push(this.throwsAt(path, consumer.fn, head, id, followed));
          break;
        }
        case 'drop':
          if (consumers.length === 1) parts.push(this.listenerElsewhere(path, id, followed) ?? floatingReaction());
          break;
        case 'test':
        case 'store':
        case 'throw':
        case 'export':
        case 'field':
        case 'extends':
          parts.push(unknown());
          break;
      }
    }
    return join(out, parts);
  }

  /** A failure thrown at a step of a function. `atOnce`: whoever calls that function has it thrown where the call stands. */
  throwsAt(path: string, fn: FunctionId, block: number, value: ValueId, followed: Followed, atOnce = false): Reaction {
    const reaction = walk(this.types, this.effects, path, fn, { k: 'throws', block, value }, followed);
    if (reaction.endings.has('rethrow') || reaction.endings.has('wrap')) reaction.leavesAt.push({ ...exitOf(this.types, path, fn, followed, atOnce), ...(reaction.final && !reaction.endings.has('rethrow') ? { final: true as const } : {}) });
    return reaction;
  }

  /** A failure that is thrown where a call stands. */
  thrownBy(path: string, call: ValueId, followed: Followed): Reaction {
    const place = indexOf(this.types.program.get(path)!).places.get(call);
    return place ? this.throwsAt(path, place.fn, place.block, call, followed, true) : unknown();
  }

  /** A handler that is given the error: what it does with it, and whether it ends in another failure. `made`: what is settled with what it gives back. */
  handler(path: string, id: ValueId, callback: boolean, followed: Followed, failing?: ValueId, at = 0, made = callback ? failing : undefined): Reaction {
    const facts = this.types.program.get(path)!;
    const value = facts.values[id];
    if (value?.k === 'member' || value?.k === 'global') {
      const name = value.k === 'member' ? value.name : value.name;
      const log = this.effects.logOrReport(facts, id, name);
      if (log === 'log' || log === 'act') {
        const out = newReaction();
        out.endings.add(log === 'log' ? 'forgotten' : 'shown');
        out.logs = log === 'log';
        out.handler = { path, at: value.at, to: value.to };
        return out;
      }
    }
    const rejected = deferredExits(this.types, path, id);
    if (rejected || (value?.k === 'binding' && facts.bindings[value.binding]!.kind === 'parameter')) {
      const out = newReaction();
      out.endings.add('pass');
      out.leavesAt.push(...(rejected ?? (value?.k === 'binding' ? [callbackExit(path, facts, value.binding)] : [])));
      return out;
    }
    const [found] = callbackFunctions(this.types, path, id);
    if (!found) return unknown();
    const fn = this.types.program.get(found.path)!.functions[found.fn]!;
    const reaction = walk(this.types, this.effects, found.path, found.fn, { k: 'handler', error: fn.params[at + boundBefore(facts, id)]?.binding, callback, value: failing, unheard: made !== undefined && isDropped(facts, made) }, followed);
    reaction.handler = { path: found.path, at: fn.at, to: fn.to };
    return reaction;
  }

  private usedBy(path: string, id: ValueId, user: ValueId, followed: Followed, seen: Set<string>, depth: number): Reaction {
    const facts = this.types.program.get(path)!;
    const parent = facts.values[user]!;
    switch (parent.k) {
      case 'await':
      case 'yield': {
        const place = indexOf(facts).places.get(user) ?? this.yieldPlace(path, user);
        return place ? this.throwsAt(path, place.fn, place.block, user, followed, parent.k === 'await') : unknown();
      }
      case 'typed':
      case 'assign':
      case 'choice':
      case 'array':
        return this.promise(path, user, followed, seen, depth);
      case 'operator':
        return parent.op === 'void' ? floatingReaction() : unknown();
      case 'member':
        return this.chained(path, id, user, followed, seen, depth);
      case 'call':
        return this.givenTo(path, id, user, followed, seen, depth);
      default:
        return unknown();
    }
  }

  private yieldPlace(path: string, user: ValueId): { fn: FunctionId; block: number } | undefined {
    const facts = this.types.program.get(path)!;
    const fn = facts.values[user]!.in;
    const block = facts.functions[fn]!.blocks.findIndex((each) => each.steps.some((step) => step.k === 'yield' && step.value === user));
    return block < 0 ? undefined : { fn, block };
  }

  /** `promise.name(…)`. */
  private chained(path: string, id: ValueId, member: ValueId, followed: Followed, seen: Set<string>, depth: number): Reaction {
    const facts = this.types.program.get(path)!;
    const access = facts.values[member]!;
    if (access.k !== 'member' || access.object !== id) return unknown();
    const calls = (indexOf(facts).consumers[member] ?? []).flatMap((each) => (each.k === 'value' ? [each.value] : []));
    const parts = calls.map((callId) => {
      const call = facts.values[callId]!;
      if (call.k !== 'call' || call.callee !== member) return unknown();
      switch (call.protocol) {
        case 'then':
          return call.args[1] === undefined ? this.promise(path, callId, followed, seen, depth) : this.after(path, callId, call.args[1], id, followed, seen, depth);
        case 'catch':
          return this.caught(path, callId, call, access.name, id, followed, seen, depth);
        case 'finally':
          return this.promise(path, callId, followed, seen, depth);
        case 'event':
          return this.listener(path, callId, followed, seen, depth);
        default: {
          const invocation = clientInvocation(this.types, path, call);
          const variant = invocation ? variantOf(this.types, path, invocation.method, invocation.args, invocation.byName) : undefined;
          if (variant?.replaces) return newReaction();
          const last = call.args.at(-1);
          if (CALLS_BACK.has(access.name) && last !== undefined) return this.handler(path, last, true, followed, callId);
          if (variant?.callback && last !== undefined && isCallback(this.types, path, last)) return this.calledBack(path, callId, last, followed, seen, depth);
          // What a stream is piped to is not told of its failures.
          if (variant?.events && access.name === 'pipe') return this.listenerElsewhere(path, callId, followed) ?? floatingReaction();
          if (variant) return this.promise(path, callId, followed, seen, depth);
          if (last !== undefined && GIVEN_BOTH.has(access.name)) return this.givenBoth(path, callId, last, access.name, id, followed, seen, depth);
          if (WAITS.has(access.name) && this.isYetToCome(path, id)) return this.thrownBy(path, callId, followed);
          return continuesRequest(this.types, path, id) ? this.continued(path, id, callId, call, access.name, followed, seen, depth) : unknown();
        }
      }
    });
    return parts.length === 0 ? unknown() : join(newReaction(), parts);
  }

  /** Whether a library whose other calls wait gives this one's result later: `stub.publish(event).get()`. */
  private isYetToCome(path: string, id: ValueId): boolean {
    const call = this.types.program.get(path)!.values[id];
    const invocation = call?.k === 'call' ? clientInvocation(this.types, path, call) : undefined;
    return invocation?.method.client.waits === true && variantOf(this.types, path, invocation.method, invocation.args, invocation.byName)?.later === true;
  }

  /** A step of a request that is more than one call, or of the observable that it gives. */
  private continued(path: string, id: ValueId, callId: ValueId, call: CallValue, name: string, followed: Followed, seen: Set<string>, depth: number): Reaction {
    const facts = this.types.program.get(path)!;
    if (name === 'subscribe') {
      const handler = observedError(facts, call);
      return handler === undefined ? floatingReaction() : this.handler(path, handler, false, followed, id);
    }
    const handler = name === 'pipe' ? pipedHandler(facts, call) : undefined;
    return handler === undefined ? this.promise(path, callId, followed, seen, depth) : this.after(path, callId, handler, id, followed, seen, depth);
  }

  /** `future.handle((value, error) -> …)`, which gives something else, and `whenComplete`, which looks on. */
  private givenBoth(path: string, callId: ValueId, handler: ValueId, name: string, id: ValueId, followed: Followed, seen: Set<string>, depth: number): Reaction {
    const [fn] = callbackFunctions(this.types, path, handler);
    const error = fn && this.types.program.get(fn.path)!.functions[fn.fn]!.params[1]?.binding;
    // A function that does not look at the error fails on the value that is not there.
    const looks = !fn || (error !== undefined && (indexOf(this.types.program.get(fn.path)!).bindingUses[error] ?? []).length > 0);
    if (name.startsWith('handle') && looks) return this.after(path, callId, handler, id, followed, seen, depth, 1);
    const next = this.promise(path, callId, followed, seen, depth);
    return looks && next.floating && next.endings.size === 0 ? this.handler(path, handler, false, followed, id, 1) : next;
  }

  /** A rejection handler, with the class of those that it takes before it or without. */
  private caught(path: string, callId: ValueId, { args }: CallValue, name: string, id: ValueId, followed: Followed, seen: Set<string>, depth: number): Reaction {
    const next = (): Reaction => this.promise(path, callId, followed, seen, depth);
    const [taken, ...others] = args;
    const handler = args.at(-1);
    if (handler === undefined || taken === undefined) return next();
    const facts = this.types.program.get(path)!;
    const own = (): Reaction => (GIVES_INSTEAD.has(name) ? instead(facts, handler) : this.after(path, callId, handler, id, followed, seen, depth));
    if (others.length === 0) return own();
    const cls = classNamed(facts, taken);
    const takes = cls === undefined ? 'some' : takenByClasses(this.types, path, [cls], followed, false);
    if (takes !== 'some') return takes === 'all' ? own() : next();
    const out = own();
    // A function that is asked whether it takes the error tests it.
    const tellsApart = cls === undefined || judgePart(this.types, path, [cls], out, followed.origin);
    if (cls === undefined) Object.assign(out, { specific: true, asks: true });
    if (tellsApart || followed.mode) mergeInto(out, next());
    return out;
  }

  /** A callback of a lazy query: what it throws is what the query is rejected with. */
  calledBack(path: string, callId: ValueId, handler: ValueId, followed: Followed, seen = new Set<string>(), depth = 0): Reaction {
    const isHeard = (indexOf(this.types.program.get(path)!).consumers[callId] ?? []).some(({ k }) => k !== 'drop');
    return isHeard ? this.after(path, callId, handler, callId, followed, seen, depth, 0, true) : this.handler(path, handler, true, followed, callId);
  }

  /** A rejection handler, then whatever the promise it makes becomes. */
  private after(path: string, callId: ValueId, handler: ValueId, id: ValueId, followed: Followed, seen: Set<string>, depth: number, at = 0, callback = false): Reaction {
    const reaction = this.handler(path, handler, callback, followed, id, at, callId);
    if (!leaves(reaction) || reaction.endings.has('pass')) return reaction;
    const next = this.promise(path, callId, onFrom(reaction, followed), seen, depth);
    const out = newReaction();
    mergeInto(out, reaction);
    const wrapped = out.endings.has('wrap');
    out.endings.delete('rethrow');
    out.endings.delete('wrap');
    out.leavesAt = [];
    mergeInto(out, next);
    if (wrapped) out.looks = reaction.looks;
    if (wrapped && out.endings.delete('rethrow')) out.endings.add('wrap');
    return out;
  }

  /** `.on('error', handler)`: the failure is the listener's, whatever happens to the chain. */
  private listener(path: string, callId: ValueId, followed: Followed, seen: Set<string>, depth: number): Reaction {
    const facts = this.types.program.get(path)!;
    const listener = errorListener(facts, callId);
    return listener !== undefined ? this.heard(path, listener, followed) : this.promise(path, callId, followed, seen, depth);
  }

  /** `batch.execute(rows)` on its own, with `batch.on('error', handler)` in another statement, or before it in the chain. */
  private listenerElsewhere(path: string, id: ValueId, followed: Followed): Reaction | undefined {
    const facts = this.types.program.get(path)!;
    const value = facts.values[id];
    const callee = value?.k === 'call' ? facts.values[value.callee] : undefined;
    // Whoever closes a job and does not wait is not told by the listener of its work.
    if (callee?.k !== 'member' || ['close', 'abort'].includes(callee.name)) return undefined;
    const receiver = receiverText(facts, callee.object);
    const calls = ['on', 'once'].flatMap((name) => indexOf(facts).callsByName.get(name) ?? []);
    const elsewhere = receiver === undefined ? [] : calls.filter((each) => chainRoot(facts, receiverOf(facts, each)) === receiver);
    const around = listenersAround(this.types, path, value!.in, callee.object);
    const listener = [...chainBefore(facts, callee.object), ...elsewhere, ...around].map((each) => errorListener(facts, each)).find((each) => each !== undefined);
    if (listener === undefined) return undefined;
    return this.heard(path, listener, followed);
  }

  /** What a listener does with the failure. What it throws reaches nobody; what it hands on, as to the `reject` of a hand-made promise, does. */
  private heard(path: string, listener: ValueId, followed: Followed): Reaction {
    const reaction = this.handler(path, listener, false, followed);
    reaction.leavesAt = reaction.leavesAt.filter((exit) => exit.rejects === true || exit.deferred !== undefined || exit.parameter !== undefined);
    return reaction;
  }

  /** `f(promise)`. */
  private givenTo(path: string, id: ValueId, user: ValueId, followed: Followed, seen: Set<string>, depth: number): Reaction {
    const facts = this.types.program.get(path)!;
    const call = facts.values[user]!;
    if (call.k !== 'call' || call.callee === id) return unknown();
    switch (call.protocol) {
      case 'all':
      case 'race':
      case 'any':
      case 'resolve':
        return this.promise(path, user, followed, seen, depth);
      case 'all-settled':
        return this.settledOutcomes(path, user);
      case 'push': {
        const callee = facts.values[call.callee];
        const list = callee?.k === 'member' ? facts.values[callee.object] : undefined;
        if (list?.k !== 'binding') return unknown();
        const uses = (indexOf(facts).bindingUses[list.binding] ?? []).filter((use) => use !== (callee?.k === 'member' ? callee.object : -1));
        const parts = uses.map((use) => this.promise(path, use, followed, seen, depth)).filter((each) => !isEmpty(each) && !(each.unknown && each.endings.size === 0));
        return parts.length > 0 ? join(newReaction(), parts) : unknown();
      }
      default:
    }
    const callee = facts.values[call.callee];
    if (callee?.k === 'binding' && facts.bindings[callee.binding]!.kind === 'parameter') {
      const made = promiseOfExecutor(facts, facts.bindings[callee.binding]!.in);
      if (made !== undefined) return this.promise(path, made, followed, seen, depth);
    }
    if (givesPair(facts, user)) return pairReaction(facts, user);
    const known = this.types.of(path, call.callee).filter((type) => type.k !== 'callable' && type.k !== 'structure');
    // Whoever waits for what an unknown function makes of a promise waits for the promise.
    if (known.length === 0) return !call.construct && isWaitedFor(facts, user) ? this.promise(path, user, followed, seen, depth) : unknown();
    return this.givenToFunction(path, id, user, followed, seen, depth);
  }

  /** `withTimeout(promise)` of the workspace: what it does with the promise, and then whoever waits for what it gives. */
  private givenToFunction(path: string, id: ValueId, user: ValueId, followed: Followed, seen: Set<string>, depth: number): Reaction {
    const call = this.types.program.get(path)!.values[user]!;
    const position = call.k === 'call' ? call.args.indexOf(id) : -1;
    const out = newReaction();
    for (const type of position < 0 || call.k !== 'call' ? [] : this.types.of(path, call.callee)) {
      if (type.k !== 'function') continue;
      const facts = this.types.program.get(type.path)!;
      for (const value of indexOf(facts).parameterValues.get(type.fn) ?? []) {
        const parameter = facts.values[value];
        if (parameter?.k === 'parameter' && parameter.index === position) mergeInto(out, this.promise(type.path, value, followed, seen, depth));
      }
    }
    if (isEmpty(out)) return unknown();
    if (!leaves(out)) return out;
    const on = onFrom(out, followed);
    for (const ending of LEAVING) out.endings.delete(ending);
    out.leavesAt = [];
    mergeInto(out, this.promise(path, user, on, seen, depth));
    return out;
  }

  /** `allSettled`: looked at means shown, else forgotten. */
  private settledOutcomes(path: string, user: ValueId): Reaction {
    const out = newReaction();
    const looked = readsOutcomes(this.types, this.effects, path, user);
    if (looked === 'unknown') out.unknown = true;
    else out.endings.add(looked === 'checked' ? 'shown' : 'forgotten');
    return out;
  }

  private leaving(path: string, fn: FunctionId): Reaction {
    const out = newReaction();
    out.endings.add('rethrow');
    out.leavesAt.push({ path, fn });
    return out;
  }

  private isExported(path: string, binding: number): boolean {
    return indexOf(this.types.program.get(path)!).exportedBindings.has(binding);
  }
}
