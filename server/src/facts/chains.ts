import type { FileFacts, ValueId } from './facts.ts';
import { indexOf } from './fileIndex.ts';

/** The calls of methods, each on what the one before gives, that begin with a method of a value. */
export function chainOn(facts: FileFacts, id: ValueId): ValueId[] {
  const chain: ValueId[] = [];
  for (let next = callOn(facts, id); next !== undefined; next = callOn(facts, next)) chain.push(next);
  return chain;
}

/** The call of a method of a value, where that is what the value is there for. */
function callOn(facts: FileFacts, id: ValueId): ValueId | undefined {
  const { consumers } = indexOf(facts);
  for (const each of consumers[id] ?? []) {
    const member = each.k === 'value' ? facts.values[each.value] : undefined;
    if (each.k !== 'value' || member?.k !== 'member' || member.object !== id) continue;
    for (const outer of consumers[each.value] ?? []) {
      const call = outer.k === 'value' ? facts.values[outer.value] : undefined;
      if (outer.k === 'value' && call?.k === 'call' && call.callee === each.value) return outer.value;
    }
  }
  return undefined;
}
