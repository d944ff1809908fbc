import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';

/** Uses of uses that are looked at. */
const MAX_DEPTH = 6;

/** Whether somebody waits for what a call gives, as for a promise: whatever the call is given a function for, a failure of that function may well come back by it. */
export function isWaitedFor(facts: FileFacts, id: ValueId, depth = 0): boolean {
  if (depth > MAX_DEPTH) return false;
  const index = indexOf(facts);
  return (index.consumers[id] ?? []).some((consumer) => {
    switch (consumer.k) {
      case 'value':
        return isPromiseUse(facts, id, consumer.value, depth);
      case 'bind':
        return (index.bindingUses[consumer.binding] ?? []).some((use) => isWaitedFor(facts, use, depth + 1));
      case 'return': {
        if (facts.functions[consumer.fn]!.async) return true;
        // `list.map((each) => limit(() => …))`: the list of promises is waited for, or not.
        const literal = index.functionValue.get(consumer.fn);
        return literal !== undefined && (index.consumers[literal] ?? []).some((use) => {
          const call = use.k === 'value' ? facts.values[use.value] : undefined;
          return use.k === 'value' && call?.k === 'call' && (call.protocol === 'map' || call.protocol === 'then') && isWaitedFor(facts, use.value, depth + 1);
        });
      }
      default:
        return false;
    }
  });
}

/** What waiting for a promise gives: `await promise`. */
export function waitedValues(facts: FileFacts, id: ValueId): ValueId[] {
  return (indexOf(facts).consumers[id] ?? []).flatMap((consumer) => (consumer.k === 'value' && facts.values[consumer.value]?.k === 'await' ? [consumer.value] : []));
}

function isPromiseUse(facts: FileFacts, id: ValueId, user: ValueId, depth: number): boolean {
  const parent = facts.values[user]!;
  switch (parent.k) {
    case 'await':
    case 'yield':
      return true;
    case 'member':
      return parent.object === id && ['then', 'catch', 'finally'].includes(parent.name);
    case 'call':
      return ['all', 'all-settled', 'race', 'any', 'push'].includes(parent.protocol ?? '') && parent.callee !== id;
    case 'array':
    case 'typed':
    case 'assign':
    case 'choice':
      return isWaitedFor(facts, user, depth + 1);
    default:
      return false;
  }
}

/** Whether nobody gets what a call gives, or what its promise is fulfilled with. */
export function isDropped(facts: FileFacts, id: ValueId): boolean {
  const consumers = indexOf(facts).consumers[id] ?? [];
  return consumers.length > 0 && consumers.every((consumer) => consumer.k === 'drop' || (consumer.k === 'value' && facts.values[consumer.value]?.k === 'await' && isDropped(facts, consumer.value)));
}
