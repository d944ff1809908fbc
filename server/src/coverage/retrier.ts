import type { BlockFact, CallValue, FileFacts, FunctionFact, FunctionId, ValueId } from '../facts/facts.ts';
import { functionName, indexOf, lastName } from '../facts/fileIndex.ts';
import { valuesWithin } from '../facts/positions.ts';
import { successors } from './blocks.ts';
import type { Effects } from './effects.ts';
import { constant } from './constants.ts';

/** What makes a failed call again. */
export interface Retrier {
  path: string;
  /** The loop, the function that calls itself, or the call of a library. */
  at: number;
  to: number;
  by: 'loop' | 'recursion' | 'library' | 'other';
  /** It decides by something that is not followed which failures it repeats. */
  chooses: boolean;
  /** How often the call is made at most, as far as it is seen. */
  attempts?: number;
  /** Whether it waits before it tries again. */
  waits: boolean;
  /** Something on the way back that is not followed may end it: an unknown function can throw. */
  mayStop: boolean;
  /** After a success the same place comes again with the next piece of work: a loop over work, which only happens to pass by the failed call. */
  worksOn: boolean;
  /** Only a success ends the loop, by what it leaves behind for the loop's test. */
  untilSuccess: boolean;
}

const WAITS = /sleep|delay|wait|pause|timeout|backoff|timer/i;

/** The loop, or the function that calls itself, by which a failing call of a function is made again. */
export function retrierOf(effects: Effects, path: string, facts: FileFacts, fnId: FunctionId, failing: ValueId | undefined, by: 'loop' | 'recursion'): Retrier {
  const fn = facts.functions[fnId]!;
  const place = failing === undefined ? undefined : indexOf(facts).places.get(failing);
  const block = place?.fn === fnId ? place.block : undefined;
  const loop = by === 'loop' && block !== undefined ? fn.blocks[block]!.loop : undefined;
  const within = loop === undefined ? fn.blocks : fn.blocks.filter((each) => isWithin(fn, each, loop));
  const { at, to } = loop === undefined ? fn : fn.loops[loop]!;
  const untilSuccess = loop !== undefined && block !== undefined && endsBySuccess(facts, fn, block, loop);
  const own = by === 'recursion' ? functionName(facts, fnId) : '';
  const attempts = ceiling(facts, fn, loop, within);
  return {
    path, at, to, by, chooses: false,
    ...(attempts === undefined ? {} : { attempts }),
    waits: within.some((each) => each.steps.some((step) => step.k === 'call' && isWait(facts, step.value))),
    mayStop: within.some((each) => each.onThrow === undefined && each.steps.some((step) => step.k === 'call' && step.value !== failing && lastName(facts, (facts.values[step.value] as CallValue).callee) !== own && mayThrow(effects, path, facts, step.value))),
    worksOn: loop !== undefined && block !== undefined && comesAgain(fn, block, loop) && !untilSuccess,
    untilSuccess,
  };
}

function isWithin(fn: FunctionFact, block: BlockFact, loop: number): boolean {
  for (let id = block.loop; id !== undefined; id = fn.loops[id]?.parent) if (id === loop) return true;
  return false;
}

/** Whether the normal way on from a block leads, inside its loop, to the loop's head. */
function comesAgain(fn: FunctionFact, from: number, loop: number): boolean {
  const seen = new Set<number>();
  const work = successors(fn.blocks[from]!.next);
  while (work.length > 0) {
    const id = work.pop()!;
    if (id === fn.loops[loop]!.head) return true;
    if (seen.has(id) || !isWithin(fn, fn.blocks[id]!, loop)) continue;
    seen.add(id);
    work.push(...successors(fn.blocks[id]!.next));
  }
  return false;
}

/** `while (!done) { try { await send(); done = true; } catch {} }`: what follows a success, and nothing after a failure, decides that the loop is over. */
function endsBySuccess(facts: FileFacts, fn: FunctionFact, from: number, loop: number): boolean {
  const { kind, head } = fn.loops[loop]!;
  const test = kind === 'while' ? fn.blocks.find((each, id) => each.next.k === 'branch' && (id === head || each.loop === loop) && leaves(fn, each.next, loop)) : undefined;
  const failed = fn.blocks[from]!.onThrow;
  if (test?.next.k !== 'branch' || failed === undefined) return false;
  const { at, to } = facts.values[test.next.test]!;
  const asked = new Set(valuesWithin(facts, at, to).flatMap((each) => {
    const value = facts.values[each]!;
    return value.k === 'binding' ? [value.binding] : [];
  }));
  return binds(fn, from, loop, asked) && !binds(fn, failed, loop, asked);
}

/** Whether a binding gets a value on the way from a block to the head of its loop. */
function binds(fn: FunctionFact, from: number, loop: number, bindings: ReadonlySet<number>): boolean {
  const seen = new Set<number>();
  const work = [from];
  while (work.length > 0) {
    const id = work.pop()!;
    if (seen.has(id) || !isWithin(fn, fn.blocks[id]!, loop)) continue;
    seen.add(id);
    if (fn.blocks[id]!.steps.some((step) => step.k === 'bind' && bindings.has(step.binding))) return true;
    if (id !== fn.loops[loop]!.head) work.push(...successors(fn.blocks[id]!.next));
  }
  return false;
}

/** Whether one side of a branch leads out of a loop. */
function leaves(fn: FunctionFact, next: { then: number; else: number }, loop: number): boolean {
  return [next.then, next.else].some((id) => !isWithin(fn, fn.blocks[id]!, loop));
}

/** The highest number with which something is compared that counts, or how often the loop runs at most. */
function ceiling(facts: FileFacts, fn: FunctionFact, loop: number | undefined, blocks: readonly BlockFact[]): number | undefined {
  const around = loop === undefined ? fn : fn.loops[loop]!;
  const filters = fn.handlers.flatMap(({ filter, at, to }) => (filter !== undefined && at >= around.at && to <= around.to ? partsOf(facts, filter) : []));
  const tests = blocks.flatMap(({ next }) => (next.k === 'branch' ? [next.test] : []));
  const compared = [...tests, ...filters].flatMap((id) => {
    const test = facts.values[id];
    return test?.k === 'operator' && /^(?:[<>]=?|===?|!==?)$/.test(test.op) ? test.of : [];
  });
  const times = loop === undefined ? undefined : fn.loops[loop]!.times;
  const numbers = [...compared, ...(times === undefined ? [] : [times])].flatMap((each) => {
    const value = constant(facts, each);
    return typeof value === 'number' && value > 0 && value <= 100 ? [value] : [];
  });
  return numbers.length > 0 ? Math.max(...numbers) : undefined;
}

/** What must hold all together for a condition to hold. */
export function partsOf(facts: FileFacts, id: ValueId): ValueId[] {
  const value = facts.values[id];
  return value?.k === 'choice' && value.op === '&&' ? value.of.flatMap((each) => partsOf(facts, each)) : [id];
}

function mayThrow(effects: Effects, path: string, facts: FileFacts, id: ValueId): boolean {
  return !isWait(facts, id) && !['none', 'log'].includes(effects.of(path, id, undefined));
}

function isWait(facts: FileFacts, id: ValueId): boolean {
  const call = facts.values[id];
  if (call?.k !== 'call') return false;
  if (WAITS.test(lastName(facts, call.callee) ?? '')) return true;
  const executor = call.protocol === 'promise' ? facts.values[call.args[0] ?? -1] : undefined;
  return executor?.k === 'function' && facts.functions[executor.fn]!.blocks.some((block) => block.steps.some((step) => step.k === 'call' && isWait(facts, step.value)));
}
