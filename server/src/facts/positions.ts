import type { FileFacts, FunctionId, ValueId } from './facts.ts';

/** Ids in the order in which their text begins. */
interface Positions {
  values: ValueId[];
  functions: FunctionId[];
}

const cache = new WeakMap<FileFacts, Positions>();

function positionsOf(facts: FileFacts): Positions {
  let positions = cache.get(facts);
  if (!positions) {
    const sorted = (spans: readonly { at: number; to: number }[]): number[] => [...spans.keys()].sort((a, b) => spans[a]!.at - spans[b]!.at || spans[b]!.to - spans[a]!.to || a - b);
    cache.set(facts, (positions = { values: sorted(facts.values), functions: sorted(facts.functions) }));
  }
  return positions;
}

/** The values whose text lies within a span, in the order of their ids. */
export function valuesWithin(facts: FileFacts, at: number, to: number): ValueId[] {
  const { values } = positionsOf(facts);
  const out: ValueId[] = [];
  for (let index = firstFrom(values, facts.values, at); index < values.length; index++) {
    const value = facts.values[values[index]!]!;
    if (value.at > to) break;
    if (value.to <= to) out.push(values[index]!);
  }
  return out.sort((a, b) => a - b);
}

/** The innermost function around a span; the module where no other is. */
export function functionAround(facts: FileFacts, at: number, to: number): FunctionId {
  const { functions } = positionsOf(facts);
  const begins = functions[firstFrom(functions, facts.functions, at + 1) - 1];
  for (let id = begins; id !== undefined; id = facts.functions[id]!.parent) if (facts.functions[id]!.at <= at && to <= facts.functions[id]!.to) return id;
  return 0;
}

/** Index of the first id whose text begins at an offset or after it. */
function firstFrom(ids: readonly number[], spans: readonly { at: number }[], at: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[ids[middle]!]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
