import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { newReaction, type Reaction } from './reaction.ts';
import { waitedValues } from './waitedFor.ts';

/** `const [error, value] = await to(promise)`: a failure is told by the first of the two, which somebody looks at or not. */
export function pairReaction(facts: FileFacts, user: ValueId): Reaction {
  const index = indexOf(facts);
  const out = newReaction();
  const looked = [user, ...waitedValues(facts, user)].some((value) => (index.consumers[value] ?? []).some((consumer) => {
    const part = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    const key = part?.k === 'index' && part.object === value ? facts.values[part.key] : undefined;
    if (consumer.k !== 'value' || key?.k !== 'literal' || key.value !== 0) return false;
    return (index.consumers[consumer.value] ?? []).some((use) => use.k !== 'bind' || (index.bindingUses[use.binding] ?? []).length > 0);
  }));
  out.endings.add(looked ? 'shown' : 'forgotten');
  return out;
}
