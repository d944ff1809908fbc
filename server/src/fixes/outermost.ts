import type { FileFacts, ValueFact, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';

/** The whole expression of the statement around a value; undefined where the value is not always evaluated with it. */
export function outermostOf(facts: FileFacts, root: ValueId): ValueId | undefined {
  let id = root;
  for (;;) {
    const inner: ValueFact = facts.values[id]!;
    const around = (indexOf(facts).consumers[id] ?? []).find((each) => {
      const parent = each.k === 'value' ? facts.values[each.value]! : undefined;
      return parent !== undefined && parent.in === inner.in && parent.at <= inner.at && parent.to >= inner.to;
    });
    if (around?.k !== 'value') return id;
    const parent = facts.values[around.value]!;
    if (parent.k === 'choice' && (parent.op === '?:' || parent.of[0] !== id)) return undefined;
    if (parent.k === 'call' && parent.optional) return undefined;
    id = around.value;
  }
}

/** Whether another call of the statement runs before the expression: what is put before the statement would overtake it. */
export function runsBefore(facts: FileFacts, outermost: ValueId, root: ValueId): boolean {
  const { at: from, in: fn } = facts.values[outermost]!;
  const { at } = facts.values[root]!;
  return (indexOf(facts).callsIn.get(fn) ?? []).some((each) => facts.values[each]!.at >= from && facts.values[each]!.to <= at);
}
