import type { FunctionFact } from '../facts/facts.ts';
import { reachableBlocks, successors } from './blocks.ts';

/** Of a function: what leads to each block by normal edges, and which catch clauses stand at one `try`. */
interface Clauses {
  leading: number[][];
  /** For each clause, the first one of its `try`. */
  first: number[];
}

const CLAUSES = new WeakMap<FunctionFact, Clauses>();

/**
 * Whether the body of a `try` never ends at this block, where a catch clause of it does: what works has left the function or the loop by then, and what
 * stands here is the answer to a failure.
 */
export function onlyFailureLeadsTo(fn: FunctionFact, block: number, clause: number): boolean {
  const { leading, first } = clausesOf(fn);
  const entry = fn.handlers[first[clause]!]!.entry;
  return !leading[block]!.some((from) => isGuardedBy(fn, from, entry));
}

/** Whether what a block throws, or what the clauses throw that it comes to first, comes to this entry. */
function isGuardedBy(fn: FunctionFact, block: number, entry: number): boolean {
  const seen = new Set<number>();
  for (let to = fn.blocks[block]!.onThrow; to !== undefined && !seen.has(to); to = fn.blocks[to]!.onThrow) {
    if (to === entry) return true;
    seen.add(to);
  }
  return false;
}

function clausesOf(fn: FunctionFact): Clauses {
  let clauses = CLAUSES.get(fn);
  if (!clauses) {
    const leading: number[][] = fn.blocks.map(() => []);
    // What follows a `return` in the source is a block too, to which nothing comes.
    for (const id of reachableBlocks(fn.blocks)) for (const to of successors(fn.blocks[id]!.next)) leading[to]?.push(id);
    const byEntry = new Map(fn.handlers.map(({ entry }, id) => [entry, id]));
    const first = fn.handlers.map((_, id) => id);
    for (const [id, { otherwise }] of fn.handlers.entries()) {
      const next = otherwise === undefined ? undefined : byEntry.get(otherwise);
      if (next !== undefined) first[next] = first[id]!;
    }
    CLAUSES.set(fn, (clauses = { leading, first }));
  }
  return clauses;
}
