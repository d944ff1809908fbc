import type { FileFacts, FunctionFact, LoopFact, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { functionIndexOf } from '../facts/functionIndex.ts';
import { reach } from '../facts/blocks.ts';
import type { ErrorFlow } from './errorFlow.ts';
import { comesAgain } from './retrier.ts';

/**
 * Whether going from a block to a loop's head means the next record: the loop walks a collection and the failing call stands in it. Where a success ends the loop,
 * `for (const delay of [1000, 2000]) { try { return await send(); } catch { await sleep(delay); } }`, only a failure goes on, and tries again.
 */
export function isNextElement(facts: FileFacts, fn: FunctionFact, failing: ValueId | undefined, from: number, to: number): boolean {
  const over = functionIndexOf(facts, fn).iterationByHead.get(to);
  const loop = fn.blocks[from]!.loop;
  return over !== undefined && loop !== undefined && isWithin(fn, loop, over) && failingIsWithin(facts, failing, fn.loops[over]!) && goesOnAfterSuccess(facts, fn, failing!, over);
}

const known = new WeakMap<LoopFact, Map<ValueId, boolean>>();

/** Whether a loop goes on to the next element when a call in it has not failed. */
function goesOnAfterSuccess(facts: FileFacts, fn: FunctionFact, failing: ValueId, loop: number): boolean {
  const fact = fn.loops[loop]!;
  let answers = known.get(fact);
  if (!answers) known.set(fact, (answers = new Map()));
  let answer = answers.get(failing);
  if (answer === undefined) {
    const place = indexOf(facts).places.get(failing);
    answers.set(failing, (answer = place === undefined || facts.functions[place.fn] !== fn || comesAgain(fn, place.block, loop)));
  }
  return answer;
}

/** Where a loop over a collection, with this head, goes on when there is no other element: what was kept of the last one comes there too. */
export function afterLoop(facts: FileFacts, fn: FunctionFact, head: number): number {
  const { next } = fn.blocks[head]!;
  const loop = functionIndexOf(facts, fn).iterationByHead.get(head);
  if (next.k === 'iterate') return next.done;
  return (next.k === 'branch' && loop !== undefined ? [next.else, next.then].find((id) => !isWithin(fn, fn.blocks[id]!.loop ?? -1, loop)) : undefined) ?? head;
}

/** Whether the normal way on from a block, within the loop, comes to the failing call again without going on to another element. */
export function repeatsFrom(facts: FileFacts, fn: FunctionFact, failing: ValueId | undefined, from: number): boolean {
  const place = failing === undefined ? undefined : indexOf(facts).places.get(failing);
  const around = place && facts.functions[place.fn] === fn ? outermostLoop(fn, fn.blocks[place.block]!.loop) : undefined;
  // What stands in no loop is not come to again, and no way back to it leaves the outermost loop around it.
  if (around === undefined) return false;
  const onward = reach(fn.blocks, from, (id, to) => outermostLoop(fn, fn.blocks[to]!.loop) === around && !isNextElement(facts, fn, failing, id, to));
  return [...onward].some((id) => fn.blocks[id]!.steps.some((step) => (step.k === 'call' || step.k === 'await') && step.value === failing));
}

function outermostLoop(fn: FunctionFact, loop: number | undefined): number | undefined {
  let outermost: number | undefined;
  for (let id = loop; id !== undefined; id = fn.loops[id]?.parent) outermost = id;
  return outermost;
}

function failingIsWithin(facts: FileFacts, failing: ValueId | undefined, loop: { at: number; to: number }): boolean {
  const value = failing === undefined ? undefined : facts.values[failing];
  return value !== undefined && value.at >= loop.at && value.to <= loop.to;
}

function isWithin(fn: FunctionFact, loop: number, outer: number): boolean {
  for (let id: number | undefined = loop; id !== undefined; id = fn.loops[id]?.parent) if (id === outer) return true;
  return false;
}

/** Whether a call is made with what its own answer has said: it asks for the next page, and not for the same again. */
export function asksForMore(facts: FileFacts, id: ValueId, flow: ErrorFlow): boolean {
  const value = facts.values[id];
  if (value?.k === 'await') return asksForMore(facts, value.of, flow);
  return flow.answer !== undefined && value?.k === 'call' && value.args.some((each) => flow.carries(each));
}
