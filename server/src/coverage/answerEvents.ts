import type { HttpAnswer } from '../../../catalog/schema/httpLibrary.ts';
import type { BindingId, FileFacts, FunctionId, StoreFact, ValueId } from '../facts/facts.ts';
import { indexOf, push } from '../facts/fileIndex.ts';
import { callbackFunctions } from '../resolve/callbacks.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import { type Answers, flowOf } from './answers.ts';
import type { Effects } from './effects.ts';
import { exitOf, type Followed } from './followed.ts';
import { promiseOfExecutor } from './promiseOfExecutor.ts';
import { mergeInto, newReaction, type Reaction } from './reaction.ts';
import { walk } from './walk.ts';

/** Members of an event that hold the object that it is of. */
const OF_EVENT = new Set(['target', 'currentTarget', 'srcElement']);

/** Listeners of one variable that are looked at: it may be used for one request after the other. */
const MOST_LISTENERS = 10;

/** Of a file: what is stored in the members of each variable, and where `this` stands in each function. */
interface Members {
  stores: Map<BindingId, StoreFact[]>;
  itself: Map<FunctionId, ValueId[]>;
}

const cache = new WeakMap<FileFacts, Members>();

/** What listeners of a request, and whoever waits for a promise that they fulfil, do with its answer, and with a failure of which there is none. */
interface Told {
  failed: Reaction;
  answered: Reaction | undefined;
}

/**
 * A request whose object tells by events that the answer is there, and has it: `request.onload = () => { if (request.status === 200) … }`. Undefined where
 * nobody is seen to listen to one in a variable.
 */
export function toldByEvents(types: Types, effects: Effects, answers: Answers, { path, value, http }: SalesforceCall, followed: Followed): Told | undefined {
  const events = http?.answer.events;
  if (!http || !events?.receiver) return undefined;
  const facts = types.program.get(path)!;
  const holder = holderOf(facts, value);
  const listeners = holder === undefined ? [] : listenersOf(types, path, holder, [events.response, ...(events.also ?? [])]);
  if (holder === undefined || listeners.length === 0) return undefined;
  const answered = newReaction();
  for (const fn of listeners) {
    const names = [holder];
    const own = walk(types, effects, path, fn, { k: 'answer', model: http.answer, block: 0, value: undefined, names, also: itselfIn(facts, fn), flow: flowOf(http.answer, undefined) }, followed);
    // What a listener throws reaches nobody.
    own.leavesAt = own.leavesAt.filter((exit) => exit.parameter !== undefined || exit.rejects === true || exit.deferred !== undefined);
    mergeInto(answered, own.looked ? own : (waitedFor(types, effects, answers, path, fn, holder, http.answer, followed) ?? own));
  }
  const failed = newReaction();
  for (const fn of listenersOf(types, path, holder, [events.error])) {
    mergeInto(failed, walk(types, effects, path, fn, { k: 'handler', error: facts.functions[fn]!.params[0]?.binding, callback: false, value: undefined }, followed));
  }
  failed.leavesAt = failed.leavesAt.filter((exit) => exit.rejects === true || exit.deferred !== undefined);
  if (failed.endings.size === 0) failed.unknown = true;
  const hasAnswer = (answered.endings.size > 0 || answered.repeats) && (followed.mode === undefined || followed.mode.hasStatus());
  return { failed, answered: hasAnswer ? answered : undefined };
}

/** The variable in which the object is of which a method is called. */
function holderOf(facts: FileFacts, call: ValueId): BindingId | undefined {
  const value = facts.values[call];
  const callee = value?.k === 'call' ? facts.values[value.callee] : undefined;
  const object = callee?.k === 'member' ? facts.values[callee.object] : undefined;
  return object?.k === 'binding' ? object.binding : undefined;
}

/** Functions of this file that listen to events of an object: `request.onload = f`, `request.addEventListener('load', f)`. */
function listenersOf(types: Types, path: string, holder: BindingId, events: readonly string[]): FunctionId[] {
  const facts = types.program.get(path)!;
  const { bindingUses, consumers } = indexOf(facts);
  const stored = (membersOf(facts).stores.get(holder) ?? []).flatMap(({ name, value }) => (events.some((event) => name === `on${event}`) ? [value] : []));
  const users = (id: ValueId): ValueId[] => (consumers[id] ?? []).flatMap((consumer) => (consumer.k === 'value' ? [consumer.value] : []));
  const added = (bindingUses[holder] ?? []).flatMap(users).flatMap(users).flatMap((id) => {
    const call = facts.values[id];
    const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
    const event = call?.k === 'call' ? facts.values[call.args[0] ?? -1] : undefined;
    const listens = callee?.k === 'member' && callee.name === 'addEventListener' && event?.k === 'literal' && events.includes(String(event.value));
    return listens && call?.k === 'call' && call.args[1] !== undefined ? [call.args[1]] : [];
  });
  return [...stored, ...added].slice(0, MOST_LISTENERS).flatMap((id) => callbackFunctions(types, path, id).flatMap((found) => (found.path === path ? [found.fn] : [])));
}

/** What stands for the object in a listener of it: `this`, `event.target`. */
function itselfIn(facts: FileFacts, fn: FunctionId): ValueId[] {
  const event = facts.functions[fn]!.params[0]?.binding;
  const uses = event === undefined ? [] : (indexOf(facts).bindingUses[event] ?? []);
  const targets = uses.flatMap((use) => (indexOf(facts).consumers[use] ?? []).flatMap((consumer) => {
    const member = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return consumer.k === 'value' && member?.k === 'member' && member.object === use && OF_EVENT.has(member.name) ? [consumer.value] : [];
  }));
  return facts.functions[fn]!.kind === 'arrow' ? targets : [...targets, ...(membersOf(facts).itself.get(fn) ?? [])];
}

function membersOf(facts: FileFacts): Members {
  let members = cache.get(facts);
  if (!members) {
    cache.set(facts, (members = { stores: new Map(), itself: new Map() }));
    for (const store of facts.stores) {
      const object = facts.values[store.object];
      if (object?.k === 'binding') push(members.stores, object.binding, store);
    }
    for (const [id, value] of facts.values.entries()) if (value.k === 'this') push(members.itself, value.in, id);
  }
  return members;
}

/** What whoever waits for the promise that a listener fulfils does with the answer, which the object still has. Undefined where it fulfils none. */
function waitedFor(types: Types, effects: Effects, answers: Answers, path: string, fn: FunctionId, holder: BindingId, model: HttpAnswer, followed: Followed): Reaction | undefined {
  const facts = types.program.get(path)!;
  const settled = (indexOf(facts).callsIn.get(fn) ?? []).flatMap((id) => {
    const call = facts.values[id];
    const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
    const made = callee?.k === 'binding' && call?.k === 'call' && effects.isResolver(facts, call.callee) ? promiseOfExecutor(facts, facts.bindings[callee.binding]!.in) : undefined;
    return made === undefined ? [] : [made];
  });
  const out = newReaction();
  for (const made of new Set(settled)) {
    for (const consumer of indexOf(facts).consumers[made] ?? []) {
      const place = consumer.k === 'value' && facts.values[consumer.value]?.k === 'await' ? indexOf(facts).places.get(consumer.value) : undefined;
      if (consumer.k !== 'value' || !place) continue;
      const next = walk(types, effects, path, place.fn, { k: 'answer', model, block: place.block, value: consumer.value, names: [holder], flow: flowOf(model, undefined) }, followed);
      if (next.endings.has('rethrow') || next.endings.has('wrap')) next.leavesAt.push(exitOf(types, path, place.fn, followed));
      mergeInto(out, next);
    }
    if (out.endings.size === 0) mergeInto(out, answers.of(path, made, model, followed));
  }
  return out.endings.size > 0 || out.repeats ? out : undefined;
}
