import type { BindingId, FileFacts, FunctionFact, ValueFact, ValueId } from '../facts/facts.ts';
import { reach } from '../facts/blocks.ts';
import { sourcesAt } from './reachingSources.ts';

/** Something that is put at the end of the text that a name holds: `query += ' LIMIT 5'`. */
export interface Addition {
  parts: readonly (string | ValueId)[];
  /** Some ways to the place that asks lead past it. */
  optional: boolean;
  /** It may be put there several times. */
  again: boolean;
}

/** How the text came about that a name holds at a place: what it was given first, and what was put at its end then, in source order. */
export function growthOf(facts: FileFacts, binding: BindingId, use: ValueId): { first: ValueId[]; additions: Addition[] } {
  const first = new Set<ValueId>();
  const added = new Map<ValueId, (string | ValueId)[]>();
  const work = [use];
  while (work.length > 0 && added.size < MOST_FOLLOWED) {
    for (const source of sourcesAt(facts, work.pop()!)) {
      const addition = addedBy(facts, binding, source);
      if (!addition) first.add(source);
      else if (!added.has(source)) {
        added.set(source, addition.parts);
        work.push(addition.to);
      }
    }
  }
  const order = facts.bindings[binding]!.sources;
  return { first: order.filter((source) => first.has(source)), additions: additionsTo(facts, binding, use, order.flatMap((source) => (added.has(source) ? [{ source, parts: added.get(source)! }] : []))) };
}

function additionsTo(facts: FileFacts, binding: BindingId, use: ValueId, added: readonly { source: ValueId; parts: (string | ValueId)[] }[]): Addition[] {
  if (added.length === 0) return [];
  const asking = facts.values[use]!;
  const fn = facts.functions[asking.in]!;
  const there = blockOf(facts, fn, asking);
  return added.flatMap(({ source, parts }): Addition[] => {
    const value = facts.values[source]!;
    if (value.in !== asking.in) return [{ parts, optional: true, again: false }];
    const block = fn.blocks.findIndex(({ steps }) => steps.some((step) => step.k === 'bind' && step.binding === binding && step.value === source));
    const loop = fn.blocks[block]?.loop;
    const again = loop !== undefined && !isWithin(fn, there === undefined ? undefined : fn.blocks[there]!.loop, loop);
    if (value.at >= asking.at && !(loop !== undefined && !again)) return [];
    return [{ parts, again, optional: again || there === undefined || block < 0 || (block !== there && block !== 0 && reach(fn.blocks, 0, (_, to) => to !== block).has(there)) }];
  }).slice(0, MOST_ADDITIONS);
}

const MOST_ADDITIONS = 12;
/** A text that is put together in more steps than this is no query that anybody reads. */
const MOST_FOLLOWED = 64;

/** What a name is given, where that is its own text with something at its end. `to`: where its own text stands. */
function addedBy(facts: FileFacts, binding: BindingId, source: ValueId): { to: ValueId; parts: (string | ValueId)[] } | undefined {
  const value = facts.values[source]!;
  const isName = (id: string | ValueId | undefined): id is ValueId => {
    const part = typeof id === 'number' ? facts.values[id] : undefined;
    return part?.k === 'binding' && part.binding === binding;
  };
  if (value.k === 'template') {
    const [to, ...parts] = value.parts.filter((part) => part !== '');
    return isName(to) ? { to, parts } : undefined;
  }
  if (value.k !== 'operator' || (value.op !== '+' && value.op !== '+=') || value.of.length !== 2) return undefined;
  const [first, more] = value.of as [ValueId, ValueId];
  if (isName(first)) return { to: first, parts: [more] };
  const before = facts.values[first]!.k === 'operator' ? addedBy(facts, binding, first) : undefined;
  return before && { to: before.to, parts: [...before.parts, more] };
}

/** The block whose steps, or whose end, hold a value. */
function blockOf(facts: FileFacts, fn: FunctionFact, { at, to }: ValueFact): number | undefined {
  const holds = (id: ValueId | undefined): boolean => {
    const value = id === undefined ? undefined : facts.values[id];
    return value !== undefined && value.at <= at && to <= value.to;
  };
  const found = fn.blocks.findIndex(({ steps, next }) => steps.some((step) => 'value' in step && holds(step.value)) || ('value' in next && holds(next.value)));
  return found < 0 ? undefined : found;
}

function isWithin(fn: FunctionFact, loop: number | undefined, outer: number): boolean {
  for (let each = loop; each !== undefined; each = fn.loops[each]?.parent) if (each === outer) return true;
  return false;
}
