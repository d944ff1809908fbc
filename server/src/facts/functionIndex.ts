import type { BindingId, BlockId, FileFacts, FunctionFact, HandlerFact, ValueId } from './facts.ts';

/** Look-ups over one function's blocks, loops and catch clauses. Generated code has thousands of each, and every call among them asks. */
export interface FunctionIndex {
  /** The catch clause that begins with a block, by its number. */
  handlerByEntry: ReadonlyMap<BlockId, number>;
  /** Catch clauses by where their text begins: what stands in a finally body is there twice. */
  handlersByStart: ReadonlyMap<number, readonly HandlerFact[]>;
  /** Catch clauses with a filter. */
  filtered: readonly HandlerFact[];
  /** The first loop over something that has a block for its head, by its number. */
  iterationByHead: ReadonlyMap<BlockId, number>;
  /** By loop, the blocks in it and in the loops within it, in order. */
  blocksOfLoop: readonly (readonly BlockId[])[];
  /** Loops in which, outside of catch clauses, something is returned; and those in which something is thrown. Loops within them do not count. */
  returning: ReadonlySet<number>;
  throwing: ReadonlySet<number>;
  /** What is returned, in source order, and the names that are. */
  returned: readonly ValueId[];
  returnedNames: ReadonlySet<BindingId>;
}

const indexes = new WeakMap<FunctionFact, FunctionIndex>();

/** The look-ups of a function of a file, built at first use. */
export function functionIndexOf(facts: FileFacts, fn: FunctionFact): FunctionIndex {
  let index = indexes.get(fn);
  if (!index) indexes.set(fn, (index = build(facts, fn)));
  return index;
}

function build({ values }: FileFacts, fn: FunctionFact): FunctionIndex {
  const blocksOfLoop: BlockId[][] = fn.loops.map(() => []);
  const returning = new Set<number>();
  const throwing = new Set<number>();
  const returned: ValueId[] = [];
  fn.blocks.forEach(({ loop, handler, next }, id) => {
    for (let around = loop; around !== undefined; around = fn.loops[around]?.parent) blocksOfLoop[around]?.push(id);
    if (next.k === 'return' && loop !== undefined && handler === undefined) returning.add(loop);
    if (next.k === 'throw' && loop !== undefined) throwing.add(loop);
    if (next.k === 'return' && next.value !== undefined) returned.push(next.value);
  });
  const handlerByEntry = new Map<BlockId, number>();
  const handlersByStart = new Map<number, HandlerFact[]>();
  fn.handlers.forEach((each, id) => {
    if (!handlerByEntry.has(each.entry)) handlerByEntry.set(each.entry, id);
    const list = handlersByStart.get(each.at);
    if (list) list.push(each);
    else handlersByStart.set(each.at, [each]);
  });
  const iterationByHead = new Map<BlockId, number>();
  fn.loops.forEach(({ head, kind }, id) => {
    if (kind !== 'while' && !iterationByHead.has(head)) iterationByHead.set(head, id);
  });
  returned.sort((a, b) => values[a]!.at - values[b]!.at || a - b);
  const returnedNames = new Set(returned.flatMap((id) => {
    const value = values[id]!;
    return value.k === 'binding' ? [value.binding] : [];
  }));
  return { handlerByEntry, handlersByStart, filtered: fn.handlers.filter(({ filter }) => filter !== undefined), iterationByHead, blocksOfLoop, returning, throwing, returned, returnedNames };
}

/** What a function returns within a span of its text, in source order. */
export function returnedWithin(facts: FileFacts, fn: FunctionFact, at: number, to: number): ValueId[] {
  const { returned } = functionIndexOf(facts, fn);
  let low = 0;
  for (let high = returned.length; low < high; ) {
    const middle = (low + high) >> 1;
    if (facts.values[returned[middle]!]!.at < at) low = middle + 1;
    else high = middle;
  }
  const out: ValueId[] = [];
  for (let index = low; index < returned.length && facts.values[returned[index]!]!.at <= to; index++) if (facts.values[returned[index]!]!.to <= to) out.push(returned[index]!);
  return out;
}
