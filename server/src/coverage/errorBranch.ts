import type { FileFacts, FunctionFact } from '../facts/facts.ts';
import type { Types } from '../resolve/types.ts';
import { reach } from '../facts/blocks.ts';
import type { ErrorFlow } from './errorFlow.ts';
import { readTest } from './errorTests.ts';

/** In a callback, or from the block on where an answer comes: blocks that are reached with an error and not without one. */
export function errorBranch(types: Types, path: string, facts: FileFacts, fn: FunctionFact, flow: ErrorFlow, from = 0): Set<number> | undefined {
  const sides = sidesOf(types, path, facts, fn, flow);
  if (sides.size === 0) return undefined;
  const errorSides = new Set([...sides.values()].flatMap(({ error, success }) => (error === success ? [] : [error])));
  // `if (err || response.status !== 200)`: an answer, good or not, comes without the error beside it.
  const withError = reach(fn.blocks, from, (id, to) => sides.get(id)?.error !== sides.get(id)?.success || !sides.has(id) || to === sides.get(id)!.error);
  // `if (err || !result.success)`: what the second test leads to is there for failures as well.
  const without = reach(fn.blocks, from, (id, to) => (sides.has(id) ? to === sides.get(id)!.success : !errorSides.has(to)));
  return new Set([...withError].filter((each) => !without.has(each)));
}

/** The blocks to which a failed answer leads from where it comes: a test of one code may send it either way, one of whether it is there sends it one. */
export function reachedWithError(types: Types, path: string, facts: FileFacts, fn: FunctionFact, flow: ErrorFlow, from: number): Set<number> {
  const sides = sidesOf(types, path, facts, fn, flow);
  return reach(fn.blocks, from, (id, to) => sides.get(id)?.whole !== true || to === sides.get(id)!.error);
}

/** Where a test of an error leads with one and without one, by block; to the same where it asks for something else. `whole`: every error goes there. */
function sidesOf(types: Types, path: string, facts: FileFacts, fn: FunctionFact, flow: ErrorFlow): Map<number, { error: number; success: number; whole: boolean }> {
  const sides = new Map<number, { error: number; success: number; whole: boolean }>();
  fn.blocks.forEach((block, id) => {
    if (block.next.k !== 'branch') return;
    const test = readTest(types, path, facts, block.next.test, flow);
    const taken = test.k === 'presence' && test.when ? block.next.then : block.next.else;
    if (test.k === 'presence' && test.elsewhere) sides.set(id, { error: taken, success: taken, whole: true });
    else if (test.k === 'presence') sides.set(id, test.when ? { error: block.next.then, success: block.next.else, whole: true } : { error: block.next.else, success: block.next.then, whole: true });
    // Only an error can pass a test of its code.
    else if (test.k === 'specific') sides.set(id, { error: block.next.then, success: block.next.else, whole: false });
  });
  return sides;
}
