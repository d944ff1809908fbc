import type { BlockId, FileFacts, FunctionFact, TerminatorFact } from '../facts/facts.ts';
import { lastName } from '../facts/fileIndex.ts';

/** Blocks without a test of their own that are gone through. */
const MOST_STEPS = 3;

/** Whether a test of a range, `status >= 500`, comes to the same either way: an error of one class is thrown, and those that it leaves over are tested next. */
export function comesToTheSame(facts: FileFacts, fn: FunctionFact, next: Extract<TerminatorFact, { k: 'branch' }>): boolean {
  const test = facts.values[next.test];
  if (test?.k !== 'operator' || !/^[<>]=?$/.test(test.op)) return false;
  for (const [one, other] of [[next.then, next.else], [next.else, next.then]] as const) {
    const thrown = thrownIn(facts, fn, one);
    const further = endOf(fn, other);
    if (thrown !== undefined && further.k === 'branch' && [further.then, further.else].some((block) => block !== one && thrownIn(facts, fn, block) === thrown)) return true;
  }
  return false;
}

/** The class of the error that is thrown at the end of a block. */
function thrownIn(facts: FileFacts, fn: FunctionFact, block: BlockId): string | undefined {
  const next = endOf(fn, block);
  const thrown = next.k === 'throw' ? facts.values[next.value] : undefined;
  return thrown?.k === 'call' && thrown.construct ? lastName(facts, thrown.callee) : undefined;
}

function endOf(fn: FunctionFact, block: BlockId, depth = 0): TerminatorFact {
  const { next } = fn.blocks[block]!;
  return next.k === 'goto' && depth < MOST_STEPS ? endOf(fn, next.to, depth + 1) : next;
}
