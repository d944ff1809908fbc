import type { FileFacts, FunctionId, ValueId } from './facts.ts';

/** Ids in the order in which their text begins. */
interface Positions {
  values: ArrayLike<ValueId>;
  functions: ArrayLike<FunctionId>;
}

const cache = new WeakMap<FileFacts, Positions>();

function positionsOf(facts: FileFacts): Positions {
  let positions = cache.get(facts);
  if (!positions) {
    const functions = [...facts.functions.keys()].sort((a, b) => facts.functions[a]!.at - facts.functions[b]!.at || facts.functions[b]!.to - facts.functions[a]!.to || a - b);
    cache.set(facts, (positions = { values: byBeginning(facts.values), functions }));
  }
  return positions;
}

/** The ids of spans in the order of their beginnings: counted rather than compared, for a file has as many values as characters, nearly. */
function byBeginning(spans: readonly { at: number }[]): Int32Array {
  let last = 0;
  for (const { at } of spans) last = Math.max(last, at);
  const places = new Int32Array(last + 2);
  for (const { at } of spans) places[at + 1]!++;
  for (let at = 1; at < places.length; at++) places[at]! += places[at - 1]!;
  const ids = new Int32Array(spans.length);
  spans.forEach(({ at }, id) => (ids[places[at]!++] = id));
  return ids;
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

/** Whether something holds for one of the values whose text lies within a span. */
export function someWithin(facts: FileFacts, at: number, to: number, holds: (id: ValueId) => boolean): boolean {
  const { values } = positionsOf(facts);
  for (let index = firstFrom(values, facts.values, at); index < values.length; index++) {
    const value = facts.values[values[index]!]!;
    if (value.at > to) return false;
    if (value.to <= to && holds(values[index]!)) return true;
  }
  return false;
}

/** The innermost function around a span; the module where no other is. */
export function functionAround(facts: FileFacts, at: number, to: number): FunctionId {
  const { functions } = positionsOf(facts);
  const begins = functions[firstFrom(functions, facts.functions, at + 1) - 1];
  for (let id = begins; id !== undefined; id = facts.functions[id]!.parent) if (facts.functions[id]!.at <= at && to <= facts.functions[id]!.to) return id;
  return 0;
}

/** Index of the first id whose text begins at an offset or after it. */
function firstFrom(ids: ArrayLike<number>, spans: readonly { at: number }[], at: number): number {
  let low = 0;
  let high = ids.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (spans[ids[middle]!]!.at < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
