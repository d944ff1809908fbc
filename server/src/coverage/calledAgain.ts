import type { BindingId, CallValue, FileFacts, FunctionFact, FunctionId, StepFact, ValueFact, ValueId } from '../facts/facts.ts';
import { lastName, partsOf } from '../facts/fileIndex.ts';
import { valuesWithin } from '../facts/positions.ts';
import { receiverText } from '../resolve/evidence.ts';
import { asksForAnotherRun } from '../resolve/frameworks.ts';
import { reach } from '../facts/blocks.ts';
import { onlyFailureLeadsTo } from './clauses.ts';
import { otherRetrier } from './libraryRetrier.ts';
import { AGAIN, SHOWN } from './pathState.ts';
import type { Reaction } from './reaction.ts';

/** Whether a call has a failed one made again: by calling the same, or by asking the queue that runs the function to run it again, as `self.retry()` does. */
export function isDoneAgain(facts: FileFacts, fn: FunctionId, failing: ValueId | undefined, id: ValueId, inClause: boolean): boolean {
  return asksForAnotherRun(facts, fn, id) || (inClause && (namesForAnotherRun(facts, id) || isPutBack(facts, id))) || isCalledAgain(facts, failing, id, inClause);
}

/** `waiting.push(job)` of what `waiting.shift()` has given, or what a loop over `waiting` is at: the loop comes to it again. */
function isPutBack(facts: FileFacts, id: ValueId): boolean {
  const call = facts.values[id];
  const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
  if (call?.k !== 'call' || callee?.k !== 'member' || !PUTS.has(callee.name)) return false;
  const list = receiverText(facts, callee.object);
  return list !== undefined && call.args.some((each) => sourcesOf(facts, each).some((source) => isTakenFrom(facts, source, list)));
}

const PUTS = new Set(['push', 'unshift', 'enqueue', 'add', 'append', 'appendleft', 'insert', 'offer', 'Enqueue', 'Add']);
const TAKES = new Set(['shift', 'pop', 'dequeue', 'popleft', 'poll', 'remove', 'Dequeue']);

function sourcesOf(facts: FileFacts, id: ValueId): readonly ValueId[] {
  const value = facts.values[id];
  return value?.k === 'binding' ? facts.bindings[value.binding]!.sources : [];
}

function isTakenFrom(facts: FileFacts, id: ValueId, list: string): boolean {
  const value = facts.values[id];
  if (value?.k === 'typed' || value?.k === 'await') return isTakenFrom(facts, value.of, list);
  if (value?.k === 'element') return receiverText(facts, value.of) === list;
  const callee = value?.k === 'call' ? facts.values[value.callee] : undefined;
  return callee?.k === 'member' && TAKES.has(callee.name) && receiverText(facts, callee.object) === list;
}

/** `batchItemFailures.push({ itemIdentifier: record.messageId })`: the queue sends the messages again that the answer of the function names. */
function namesForAnotherRun(facts: FileFacts, id: ValueId): boolean {
  const call = facts.values[id];
  return call?.k === 'call' && call.protocol === 'push' && call.args.some((each) => {
    const item = facts.values[each];
    return item?.k === 'object' && item.props.some(({ key }) => key === 'itemIdentifier');
  });
}

/**
 * Whether a call makes once more what another one failed to do: the same function with the same arguments. `inClause`: it stands in the catch clause, where a
 * function that the code around was given is tried again whatever it gets: `return work(connect())`.
 */
function isCalledAgain(facts: FileFacts, failing: ValueId | undefined, id: ValueId, inClause: boolean): boolean {
  const [first, again] = [calledBy(facts, failing), calledBy(facts, id)];
  if (!first || !again || first.value === again.value || first.call.construct) return false;
  const callee = receiverText(facts, first.call.callee);
  if (callee === undefined || callee !== receiverText(facts, again.call.callee)) return false;
  if (inClause && isGiven(facts, first.call.callee)) return true;
  const { args } = again.call;
  const others = first.call.args.filter((each, index) => !isSame(facts, each, args[index]));
  if (first.call.args.length !== args.length || !isSame(facts, first.call.named, again.call.named)) return false;
  // The same once more with what it may be done by renewed: `read(path, token())`, `read(path, renewed())`.
  return others.length === 0 || (inClause && others.length < args.length && others.every((each) => RENEWED.test(nameOf(facts, each)) || isRenewed(facts, each, args[first.call.args.indexOf(each)])));
}

/** Names of what a request is allowed by. */
const RENEWED = /token|session|auth|credential|bearer/i;
/** Options of a request that hold it. */
const HOLDS_RENEWED = /^(?:headers|authorization|x-sfdc-session)$/i;

/** Whether options say the same but for what the request is allowed by: `{ method, headers: { Authorization: renewed } }`. */
function isRenewed(facts: FileFacts, one: ValueId, other: ValueId | undefined): boolean {
  const [before, after] = [facts.values[one], facts.values[other ?? -1]];
  if (before?.k !== 'object' || after?.k !== 'object' || before.props.length !== after.props.length || before.spreads.length !== after.spreads.length) return false;
  if (!before.spreads.every((each, index) => isSame(facts, each, after.spreads[index]))) return false;
  return before.props.every(({ key, value }, index) => after.props[index]!.key === key && (HOLDS_RENEWED.test(key) || isSame(facts, value, after.props[index]!.value)));
}

function nameOf(facts: FileFacts, id: ValueId): string {
  const value = facts.values[id]!;
  return value.k === 'binding' ? facts.bindings[value.binding]!.name : (lastName(facts, value.k === 'call' ? value.callee : id) ?? '');
}

/**
 * `index--` in a catch clause of `for (let index = 0; index < rows.length; index++)`: the loop comes to the same piece again, where its counter is moved
 * the other way than the loop moves it.
 */
export function takesBack(facts: FileFacts, fn: FunctionFact, region: number, step: StepFact): boolean {
  const clause = fn.handlers[region];
  const way = step.k === 'bind' ? wayOf(facts, step.binding, step.value) : undefined;
  if (step.k !== 'bind' || !clause || way === undefined) return false;
  const counts = facts.bindings[step.binding]!.sources.some((source) => {
    const { at } = facts.values[source]!;
    return (at < clause.at || at >= clause.to) && wayOf(facts, step.binding, source) === -way;
  });
  return counts && fn.loops.some((loop) => loop.at <= clause.at && loop.to >= clause.to && asksHead(facts, fn, loop.head, step.binding));
}

/** Which way a count is moved by being given a value: `count + 200` is up. Undefined where it is given something else. */
function wayOf(facts: FileFacts, binding: BindingId, id: ValueId): 1 | -1 | undefined {
  const value = facts.values[id];
  const first = value?.k === 'operator' ? facts.values[value.of[0]!] : undefined;
  if (value?.k !== 'operator' || first?.k !== 'binding' || first.binding !== binding) return undefined;
  return ['+', '++', '+='].includes(value.op) ? 1 : ['-', '--', '-='].includes(value.op) ? -1 : undefined;
}

/** Whether the test with which a loop begins asks for a name. */
function asksHead(facts: FileFacts, fn: FunctionFact, head: number, binding: BindingId): boolean {
  const { next } = fn.blocks[head]!;
  if (next.k !== 'branch') return false;
  const { at, to } = facts.values[next.test]!;
  return valuesWithin(facts, at, to).some((id) => {
    const value = facts.values[id]!;
    return value.k === 'binding' && value.binding === binding;
  });
}

/** Notes that the same is done once more. @returns what that does about the failure: somebody has seen it */
export function tellAgain(out: Reaction, path: string, facts: FileFacts, value: ValueId): number {
  out.repeats = true;
  out.retriers.push(otherRetrier(path, facts.values[value]!));
  return SHOWN | AGAIN;
}

/** The call after a catch clause, where nothing but a failure leads, that makes the failed one once more. */
export function comesAgain(facts: FileFacts, fn: FunctionId, failing: ValueId | undefined, from: number, clause: number): ValueId | undefined {
  const fact = facts.functions[fn]!;
  if (!onlyFailureLeadsTo(fact, from, clause)) return undefined;
  for (const id of reach(fact.blocks, from, (_, to) => onlyFailureLeadsTo(fact, to, clause))) {
    const found = fact.blocks[id]!.steps.find((step) => step.k === 'call' && isCalledAgain(facts, failing, step.value, true));
    if (found?.k === 'call') return found.value;
  }
  return undefined;
}

function calledBy(facts: FileFacts, id: ValueId | undefined): { value: ValueId; call: CallValue } | undefined {
  const value = id === undefined ? undefined : facts.values[id];
  if (value?.k === 'await') return calledBy(facts, value.of);
  return value?.k === 'call' ? { value: id!, call: value } : undefined;
}

/** Whether a callee is a function that the code was given. */
function isGiven(facts: FileFacts, callee: ValueId): boolean {
  const value = facts.values[callee];
  return value?.k === 'binding' && facts.bindings[value.binding]!.kind === 'parameter';
}

/** Whether two expressions are written alike, of the same names. */
function isSame(facts: FileFacts, one: ValueId | undefined, other: ValueId | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  const [a, b] = [facts.values[one]!, facts.values[other]!];
  if (a.k === 'binding') return b.k === 'binding' && a.binding === b.binding;
  if (a.k === 'function' || a.k === 'class' || a.k === 'caught' || a.k === 'parameter' || wordsOf(a) !== wordsOf(b)) return false;
  const [mine, others] = [partsOf(a), partsOf(b)];
  return mine.length === others.length && mine.every((each, index) => isSame(facts, each, others[index]));
}

/** What an expression is besides its parts. */
function wordsOf(value: ValueFact): string {
  switch (value.k) {
    case 'global':
    case 'member':
      return `${value.k} ${value.name}`;
    case 'literal':
      return `${value.k} ${typeof value.value} ${value.value}`;
    case 'template':
      return `${value.k} ${value.parts.map((part) => (typeof part === 'string' ? part : '\0')).join('')}`;
    case 'object':
      return `${value.k} ${value.props.map((prop) => prop.key).join()}`;
    case 'array':
      return `${value.k} ${value.items.length}`;
    case 'operator':
    case 'choice':
      return `${value.k} ${value.op}`;
    default:
      return value.k;
  }
}
