import type { BlockFact, BlockId, FileFacts, FunctionFact, FunctionId, HandlerFact, Span, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { functionIndexOf, returnedWithin } from '../facts/functionIndex.ts';
import { functionAround, someWithin } from '../facts/positions.ts';
import { variantOf } from '../resolve/clientVariant.ts';
import { receiverText } from '../resolve/evidence.ts';
import { clientInvocation } from '../resolve/clientInvocation.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import type { Effects } from './effects.ts';
import { ErrorFlow } from './errorFlow.ts';
import { isKnownClass } from './exceptionClasses.ts';
import { isNothing } from './nothing.ts';
import { chainOf } from './queryChain.ts';
import type { Reaction } from './reaction.ts';
import { Remembered } from '../resolve/remembered.ts';
import { isTested } from './tested.ts';

/** Where a failure is handled: a catch clause or handler function. */
export type Handler = NonNullable<Reaction['handler']>;

/** Names by which work is put off rather than dropped. */
const PUT_OFF = /queue|outbox|dead.?letter|\bdlq|requeue|retry|reschedule|defer/i;

/** Names by which a session is renewed. */
const RENEW = /login|authori[sz]e|authenticate|refresh|renew|connect/i;

function someCallWithin(facts: FileFacts, { at, to }: Handler, holds: (id: ValueId) => boolean): boolean {
  return someWithin(facts, at, to, (id) => facts.values[id]!.k === 'call' && holds(id));
}

/** Whether a handler makes a Salesforce call of its own, directly or in a function that it calls. */
export function hasFallback(types: Types, handler: Handler): boolean {
  const facts = types.program.get(handler.path)!;
  return someCallWithin(facts, handler, (id) => {
    const value = facts.values[id]!;
    if (value.k !== 'call') return false;
    // Put off to a queue, an outbox, a later run: the work is not lost.
    if (PUT_OFF.test(lastName(facts, value.callee) ?? '') || (facts.values[value.callee]?.k === 'member' && PUT_OFF.test(receiverText(facts, value.callee) ?? ''))) return true;
    if (isSalesforceCall(types, handler.path, id)) return true;
    return types.of(handler.path, value.callee).some((type) => {
      if (type.k !== 'function') return false;
      const inner = indexOf(types.program.get(type.path)!).callsIn.get(type.fn) ?? [];
      return inner.some((each) => isSalesforceCall(types, type.path, each));
    });
  });
}

/**
 * Whether a read that fails is followed by another way to read: the guarded code returns what it read, and what comes after its handler asks Salesforce
 * again. `try { return first(); } catch {} try { return second(); } catch {}` is a chain of fallbacks.
 * @param calls all calls of the file
 */
export function triesAnotherWay(types: Types, call: SalesforceCall, calls: readonly SalesforceCall[], handler: Handler): boolean {
  const facts = types.program.get(call.path)!;
  const { functions, values } = facts;
  const { in: own, to } = values[call.value]!;
  if (handler.path !== call.path || handler.at < to || call.operation.http !== 'GET') return false;
  const returns = returnedWithin(facts, functions[own]!, to + 1, handler.at).length > 0;
  return returns && calls.some((other) => values[other.value]!.in === own && values[other.value]!.at >= handler.to && other.operation.http === 'GET');
}

function isSalesforceCall(types: Types, path: string, id: ValueId): boolean {
  const call = types.program.get(path)!.values[id];
  const invocation = call?.k === 'call' ? clientInvocation(types, path, call) : undefined;
  return invocation !== undefined && variantOf(types, path, invocation.method, invocation.args, invocation.byName)?.operation !== undefined;
}

/** Whether the handler makes the same call again: an expired session renewed, then the request once more. */
export function repeatsInHandler(types: Types, call: SalesforceCall, calls: SalesforceCall[], handler: Handler): boolean {
  const value = types.program.get(call.path)!.values[call.value]!;
  const inHandler = handler.path === call.path && value.at >= handler.at && value.to <= handler.to;
  if (inHandler || handler.path !== call.path) return false;
  const facts = types.program.get(handler.path)!;
  const inside = callsBetween(calls, handler);
  const renews = someCallWithin(facts, handler, (id) => {
    const value = facts.values[id]!;
    return value.k === 'call' && (RENEW.test(lastName(facts, value.callee) ?? '') || inside.some((each) => each.value === id && each.operation.kind === 'authenticate'));
  });
  if (!renews) return false;
  return inside.some((other) => other.value !== call.value && other.operation.id === call.operation.id);
}

/** Whether a function renews its session after an answer, by a call that says so, and then sends the same once more: `if (response.code() == 401) { login(); response = send(again); }`. */
export function renewsAndSends(types: Types, call: SalesforceCall, calls: readonly SalesforceCall[]): boolean {
  const facts = types.program.get(call.path)!;
  const own = facts.values[call.value]!;
  const again = calls.find((other) => other.nameAt > call.nameTo && other.operation.id === call.operation.id && facts.values[other.value]!.in === own.in);
  if (!call.http || !again) return false;
  return someCallWithin(facts, { path: call.path, at: call.nameTo, to: again.nameAt }, (id) => {
    const value = facts.values[id]!;
    const name = value.k === 'call' ? (lastName(facts, value.callee) ?? '') : '';
    return value.in === own.in && RENEW.test(name) && !/connect/i.test(name);
  });
}

/** Those of a file's calls, which stand in source order, whose names lie within a span. */
function callsBetween(calls: readonly SalesforceCall[], { at, to }: Span): SalesforceCall[] {
  let low = 0;
  for (let high = calls.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (calls[middle]!.nameAt < at) low = middle + 1;
    else high = middle;
  }
  const out: SalesforceCall[] = [];
  for (let index = low; index < calls.length && calls[index]!.nameAt <= to; index++) if (calls[index]!.nameTo <= to) out.push(calls[index]!);
  return out;
}

/** Whether a function, or a callback and what it is given to, does nothing but read and print: whoever runs it reads the error where the answer would have stood. */
export function printsOnly(types: Types, effects: Effects, path: string, fnId: FunctionId): boolean {
  const facts = types.program.get(path)!;
  const found = { calls: false, prints: false };
  // What a callback asks of Salesforce is more than printing.
  return facts.functions[fnId]!.kind !== 'module' && doesNothingElse(types, effects, path, fnId, found) && found.prints && found.calls !== isAnswersCallback(types, path, fnId);
}

function doesNothingElse(types: Types, effects: Effects, path: string, fnId: FunctionId, found: { calls: boolean; prints: boolean }): boolean {
  const facts = types.program.get(path)!;
  return facts.functions[fnId]!.blocks.every((block) => {
    if (block.next.k === 'return' && block.next.value !== undefined && !isNothing(facts, block.next.value) && effects.of(path, block.next.value, undefined) !== 'log') return false;
    return block.steps.every((step) => {
      if (step.k === 'store' || step.k === 'yield') return false;
      if (step.k !== 'call') return true;
      if (isSalesforceCall(types, path, step.value)) return (found.calls = true);
      const call = facts.values[step.value]!;
      const given = call.k === 'call' && call.protocol === 'each' ? facts.values[call.args[0] ?? -1] : undefined;
      if (given?.k === 'function') return doesNothingElse(types, effects, path, given.fn, found);
      const effect = effects.of(path, step.value, undefined);
      found.prints ||= effect === 'log';
      return effect === 'none' || effect === 'log';
    });
  });
}

/** Whether a function is written where a Salesforce call, or what runs one, takes it, and is given an error or an answer. */
function isAnswersCallback(types: Types, path: string, fnId: FunctionId): boolean {
  const facts = types.program.get(path)!;
  const literal = indexOf(facts).functionValue.get(fnId);
  if (literal === undefined || facts.functions[fnId]!.params.length < 2) return false;
  return (indexOf(facts).consumers[literal] ?? []).some((each) => {
    const call = each.k === 'value' ? facts.values[each.value] : undefined;
    return each.k === 'value' && call?.k === 'call' && (RUNS.has(lastName(facts, call.callee) ?? '') || isSalesforceCall(types, path, each.value));
  });
}

/** Whether a handler hands on what the error says: returned, sent as an answer, shown. A log line is none of these. */
export function tellsWhy(types: Types, effects: Effects, handler: Handler): boolean {
  const facts = types.program.get(handler.path)!;
  const fnId = functionAround(facts, handler.at, handler.to);
  const fn = facts.functions[fnId]!;
  const roots = fn.at === handler.at && fn.to === handler.to
    ? (indexOf(facts).parameterValues.get(fnId) ?? []).filter((id) => (facts.values[id] as { index?: number }).index === 0)
    : (functionIndexOf(facts, fn).handlersByStart.get(handler.at) ?? []).map(({ caught }) => caught);
  const flow = new ErrorFlow(facts, roots, []);
  // `return console.error(error)` hands on nothing.
  const returned = returnedWithin(facts, fn, handler.at, handler.to).some((value) => flow.carries(value) && effects.of(handler.path, value, flow) !== 'log');
  return returned || someCallWithin(facts, handler, (id) => {
    const value = facts.values[id]!;
    return value.k === 'call' && value.args.some((each) => flow.carries(each)) && ['act', 'pass'].includes(effects.of(handler.path, id, flow));
  });
}

/** Whether every caller of the function that drops the failure tests what it gets. */
export function isAnswered(types: Types, handler: Handler): boolean {
  const facts = types.program.get(handler.path)!;
  const fn = functionAround(facts, handler.at, handler.to);
  const sites = types.callers.callSites(handler.path, fn);
  return sites.length > 0 && sites.every((site) => isTested(types.program.get(site.path)!, site.value, 0));
}

/**
 * Whether a call does no more than pass on which object and which record its function is given: `update(name, record) { return conn.sobject(name).update(record); }`.
 */
export function passesOnItsObject(types: Types, call: SalesforceCall): boolean {
  const facts = types.program.get(call.path)!;
  const value = facts.values[call.value]!;
  const callee = value.k === 'call' ? facts.values[value.callee] : undefined;
  const receiver = callee?.k === 'member' ? facts.values[callee.object] : undefined;
  const isParameter = (id: ValueId | undefined): boolean => {
    const given = id === undefined ? undefined : facts.values[id];
    return given?.k === 'binding' && facts.bindings[given.binding]!.kind === 'parameter';
  };
  return value.k === 'call' && receiver?.k === 'call' && lastName(facts, receiver.callee) === 'sobject' && isParameter(receiver.args[0]) && isParameter(value.args[0]);
}

/** Whether a function is given as last argument to a version of the client that takes no callbacks, by the call or by the one that runs it. */
export function ignoresCallback(types: Types, call: SalesforceCall): boolean {
  const running = call.variant.lazy ? chainOf(types, call).filter(({ name }) => RUNS.has(name)) : [];
  return [call.value, ...running.map(({ value }) => value)].some((id) => givesIgnoredCallback(types, call.path, id));
}

function givesIgnoredCallback(types: Types, path: string, id: ValueId): boolean {
  const facts = types.program.get(path)!;
  const value = facts.values[id]!;
  const invocation = value.k === 'call' ? clientInvocation(types, path, value) : undefined;
  const last = invocation?.args.at(-1);
  if (!invocation || last === undefined || facts.values[last]?.k !== 'function') return false;
  const { method, args } = invocation;
  return !variantOf(types, path, method, args)?.callback && method.variants.some((variant) => variant.callback);
}

const RUNS = new Set(['execute', 'exec', 'run']);

/** Steps that send a lazy call: they run it, read from it, or wait for it. */
const STARTS = new Set([...RUNS, 'stream', 'pipe', 'on', 'once', 'then', 'catch', 'finally', 'thenCall', 'promise', 'map', 'forEach', 'destroy', 'delete', 'del', 'update']);

/** Whether a lazy call is built and then dropped as it is: nothing sends it. */
export function isNeverStarted(types: Types, call: SalesforceCall): boolean {
  if (!call.variant.lazy || call.variant.events || call.http) return false;
  const { consumers } = indexOf(types.program.get(call.path)!);
  const chain = chainOf(types, call);
  const last = chain.at(-1)?.value ?? call.value;
  return !chain.some(({ name }) => STARTS.has(name)) && (consumers[last] ?? []).length === 1 && consumers[last]![0]!.k === 'drop';
}

/** Whether the function in which a call stands waits for it. */
export function isAwaitedHere(types: Types, call: SalesforceCall): boolean {
  const facts = types.program.get(call.path)!;
  const last = chainOf(types, call).at(-1)?.value ?? call.value;
  return (indexOf(facts).consumers[last] ?? []).some((consumer) => consumer.k === 'value' && facts.values[consumer.value]!.k === 'await');
}

/** Steps that make of a call what sends events. */
const STREAMS = new Set(['stream', 'pipe', 'on', 'once']);

/** Whether a call is read as a stream, whose error is an event: without a listener for it the process ends. */
export function isStreamed(types: Types, call: SalesforceCall): boolean {
  return chainOf(types, call).some(({ name }) => name !== undefined && STREAMS.has(name));
}

/** Whether a call stands in a loop over records, in its own function. */
export function inRecordLoop(types: Types, call: SalesforceCall): boolean {
  const facts = types.program.get(call.path)!;
  const place = indexOf(facts).places.get(call.value);
  const fn = place ? facts.functions[place.fn]! : undefined;
  for (let loop = fn?.blocks[place!.block]!.loop; loop !== undefined; loop = fn!.loops[loop]?.parent) if (fn!.loops[loop]!.kind !== 'while') return true;
  return false;
}

interface Clause {
  handler: HandlerFact;
  /** The blocks that fail into it. */
  guarded: BlockFact[];
}

const clauses = new WeakMap<FunctionFact, Map<BlockId, Clause>>();

/** The catch clauses of a function by their entries; a function may hold thousands. */
function clausesOf(fn: FunctionFact): Map<BlockId, Clause> {
  let known = clauses.get(fn);
  if (!known) {
    clauses.set(fn, (known = new Map(fn.handlers.map((handler) => [handler.entry, { handler, guarded: [] }]))));
    for (const block of fn.blocks) if (block.onThrow !== undefined) known.get(block.onThrow)?.guarded.push(block);
  }
  return known;
}

/** The catch clause into which a call fails, if nothing but Salesforce calls, text work and log lines can fail into it. */
export function clauseOfItsOwn(types: Types, effects: Effects, call: SalesforceCall): Span | undefined {
  const facts = types.program.get(call.path)!;
  const place = indexOf(facts).places.get(call.value);
  const fn = place ? facts.functions[place.fn]! : undefined;
  const entry = fn?.blocks[place!.block]!.onThrow;
  const clause = fn && entry !== undefined ? clausesOf(fn).get(entry) : undefined;
  // A clause with classes takes errors of those that are listed, which need not be the library's, or have members of their own.
  if (!clause || clause.handler.classes?.some((each) => !isPlainClass(types, call, each))) return undefined;
  const others = failingOtherwise.get(effects, clause, () => othersIn(types, effects, call.path, facts, clause));
  return others.every((id) => id === call.value) ? { at: clause.handler.at, to: clause.handler.to } : undefined;
}

/** A throw in the body of a `try`, which is no call. */
const THROWN = -1;

/** By the clause that they fail into, see `othersIn`. */
const failingOtherwise = new Remembered<Effects, Clause, readonly ValueId[]>();

/** What may fail into a clause and is neither a Salesforce call nor text work nor a log line: two of them at most, for more say nothing more. */
function othersIn(types: Types, effects: Effects, path: string, facts: FileFacts, { guarded }: Clause): ValueId[] {
  const found = new Set<ValueId>();
  const isKnown = (id: ValueId): boolean => isSalesforceCall(types, path, id) || isReader(facts, id);
  for (const { steps, next } of guarded) {
    if (next.k === 'throw') found.add(THROWN);
    for (const step of steps) {
      if (found.size > 1) return [...found];
      if (step.k === 'await') {
        const value = facts.values[step.value];
        if (value?.k === 'await' && facts.values[value.of]?.k === 'call' && !isKnown(value.of)) found.add(value.of);
      } else if (step.k === 'call' && !isKnown(step.value) && (isHttpRequest(types, path, step.value) || !['none', 'log'].includes(effects.of(path, step.value, undefined)))) found.add(step.value);
    }
  }
  return [...found];
}

/** Whether a class of a catch clause is one of the client's errors, with the members that they all have. */
function isPlainClass(types: Types, { path, model, http }: SalesforceCall, id: ValueId): boolean {
  const name = lastName(types.program.get(path)!, id);
  const listed = (http ? http.type.library.exceptions : model?.exceptions) ?? [];
  return listed.some((each) => each.name === name && !each.code && !each.status) && isKnownClass(types, path, id);
}

/** Whether a plain HTTP client sends something here, whoever gets it. */
function isHttpRequest(types: Types, path: string, id: ValueId): boolean {
  const call = types.program.get(path)!.values[id];
  return call?.k === 'call' && types.of(path, call.callee).some(({ k }) => k === 'http');
}

/** `response.json()`: what it can fail of is no answer of Salesforce's, and has no members. */
function isReader(facts: FileFacts, id: ValueId): boolean {
  const call = facts.values[id];
  return call?.k === 'call' && facts.values[call.callee]?.k === 'member' && ['json', 'text', 'blob', 'arrayBuffer'].includes(lastName(facts, call.callee) ?? '');
}

/** Whether a call stands in a loop over the attempts of a retry library's policy: `for attempt in Retrying(…)`. */
export function inRetryLoop(types: Types, call: SalesforceCall): boolean {
  const facts = types.program.get(call.path)!;
  const place = indexOf(facts).places.get(call.value);
  const fn = place ? facts.functions[place.fn]! : undefined;
  for (let loop = fn?.blocks[place!.block]!.loop; loop !== undefined; loop = fn!.loops[loop]?.parent) {
    const over = fn!.loops[loop]!.over;
    if (over !== undefined && types.of(call.path, over).some((type) => type.k === 'retry-policy')) return true;
  }
  return false;
}

/** The named function around an inline one. */
export function ownerOf(types: Types, path: string, fn: FunctionId): FunctionId {
  const facts = types.program.get(path)!;
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
