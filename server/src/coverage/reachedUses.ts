import type { BlockFact, FileFacts, FunctionFact, ValueId } from '../facts/facts.ts';
import { indexOf, partsOf } from '../facts/fileIndex.ts';
import { successors } from '../facts/blocks.ts';

/**
 * Where a name that is given several values stands for this one: `r = get() if … else …` apart, `r = get()` in one branch and `r = post()` in another. Every use
 * that is reached from the value on before the name is given another.
 */
export function reachedUses(facts: FileFacts, fn: FunctionFact, from: number, value: ValueId): ValueId[] {
  const holders = (indexOf(facts).consumers[value] ?? []).flatMap((each) => (each.k === 'bind' && facts.bindings[each.binding]!.sources.length > 1 ? [each.binding] : []));
  return holders.flatMap((binding) => usesOf(facts, fn, from, value, binding));
}

function usesOf(facts: FileFacts, fn: FunctionFact, from: number, value: ValueId, binding: number): ValueId[] {
  const given = fn.blocks[from]!.steps.findIndex((step) => step.k === 'bind' && step.binding === binding && step.value === value);
  const out: ValueId[] = [];
  const seen = new Set<ValueId>();
  const reached = new Set<number>();
  const work: { id: number; at: number }[] = given < 0 ? [] : [{ id: from, at: given + 1 }];
  for (let next = work.pop(); next; next = work.pop()) {
    const block = fn.blocks[next.id]!;
    const steps = block.steps.slice(next.at);
    const end = steps.findIndex((step) => step.k === 'bind' && step.binding === binding);
    for (const step of end < 0 ? steps : steps.slice(0, end + 1)) collect(facts, step.value, binding, seen, out);
    const onward = block.onThrow === undefined ? [] : [block.onThrow];
    if (end < 0) {
      for (const each of endValues(block)) collect(facts, each, binding, seen, out);
      onward.push(...successors(block.next));
    }
    for (const id of onward) {
      if (reached.has(id)) continue;
      reached.add(id);
      work.push({ id, at: 0 });
    }
  }
  return out;
}

function endValues({ next }: BlockFact): ValueId[] {
  if (next.k === 'branch') return [next.test];
  if (next.k === 'iterate') return [next.over];
  return (next.k === 'return' || next.k === 'throw') && next.value !== undefined ? [next.value] : [];
}

function collect(facts: FileFacts, id: ValueId, binding: number, seen: Set<ValueId>, out: ValueId[]): void {
  if (seen.has(id)) return;
  seen.add(id);
  const value = facts.values[id]!;
  if (value.k === 'binding' && value.binding === binding) out.push(id);
  else for (const part of partsOf(value)) collect(facts, part, binding, seen, out);
}
