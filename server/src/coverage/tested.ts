import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';

/** Whether a value, or a name, a member or a text made of it, decides a branch. */
export function isTested(facts: FileFacts, id: ValueId, depth: number): boolean {
  if (depth > 6) return false;
  return (indexOf(facts).consumers[id] ?? []).some((consumer) => {
    if (consumer.k === 'test') return true;
    if (consumer.k === 'bind') return (indexOf(facts).bindingUses[consumer.binding] ?? []).some((use) => isTested(facts, use, depth + 1));
    if (consumer.k !== 'value') return false;
    const parent = facts.values[consumer.value]!;
    // `String(id)`, `id.toString()`: what is asked of it is asked of the value.
    if (parent.k === 'call' && parent.protocol === undefined) return isTested(facts, consumer.value, depth + 1);
    return ['await', 'typed', 'assign', 'operator', 'choice', 'member'].includes(parent.k) && isTested(facts, consumer.value, depth + 1);
  });
}
