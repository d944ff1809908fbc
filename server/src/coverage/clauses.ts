import type { FunctionFact, ValueId } from '../facts/facts.ts';
import { reachableBlocks, successors } from '../facts/blocks.ts';
import type { PathState } from './pathState.ts';

/** Of a function: what leads to each block by normal edges, and which catch clauses stand at one `try`. */
interface Clauses {
  leading: number[][];
  /** For each clause, the first one of its `try`. */
  first: number[];
  /** What is done in several blocks: the steps of finally bodies. */
  copied: ReadonlySet<ValueId>;
}

const CLAUSES = new WeakMap<FunctionFact, Clauses>();

/** Blocks looked at to find out what leads to one; beyond that it is taken for what everything leads to. */
const MAX_LOOKED_AT = 200;

/**
 * Whether nothing that comes out of the body of a `try` comes to this block, where a catch clause of it does: what works has left the function or the loop
 * by then, and what stands here is the answer to a failure.
 */
export function onlyFailureLeadsTo(fn: FunctionFact, block: number, clause: number): boolean {
  const { leading, first } = clausesOf(fn);
  const entry = fn.handlers[first[clause]!]!.entry;
  const seen = new Set([block]);
  // An `else` of the `try`, or a block that only joins, may stand between.
  for (const at of seen) {
    for (const from of leading[at]!) {
      if (isIn(fn, from, first, first[clause]!)) continue;
      if (isGuardedBy(fn, from, entry) || seen.size > MAX_LOOKED_AT) return false;
      seen.add(from);
    }
  }
  return true;
}

/** Whether a step is done after a success as well, and so is no answer to the failure: in a finally body, which stands once for each way into it, or after a catch clause where the body of the `try` comes too. */
export function isDoneAnyway(fn: FunctionFact, { block, clause }: PathState, value: ValueId): boolean {
  return clausesOf(fn).copied.has(value) || (clause !== undefined && !onlyFailureLeadsTo(fn, block, clause));
}

/** Whether a block stands in a clause of a `try`, which is named by its first. */
function isIn(fn: FunctionFact, block: number, first: readonly number[], clause: number): boolean {
  for (let id = fn.blocks[block]!.handler; id !== undefined; id = fn.handlers[id]?.parent) if (first[id] === clause) return true;
  return false;
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
    const done = new Set<ValueId>();
    const copied = new Set<ValueId>();
    for (const { steps } of fn.blocks) {
      // A value may be made and given to a name in one block.
      const here = new Set(steps.map(({ value }) => value));
      for (const value of here) (done.has(value) ? copied : done).add(value);
    }
    CLAUSES.set(fn, (clauses = { leading, first, copied }));
  }
  return clauses;
}
