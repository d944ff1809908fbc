import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';

/** Names for a list in a row that are followed. */
const MAX_NAMES = 6;

/**
 * The values that one answer of a list is: `list[0]`, `const [first] = list`, and what a loop over the list takes. `at`: its place; undefined for any of
 * the list. Undefined where the list is used in a way that is not read.
 */
export function answerOfList(facts: FileFacts, list: ValueId, at: number | undefined, depth = 0): ValueId[] | undefined {
  const out: ValueId[] = [];
  for (const consumer of indexOf(facts).consumers[list] ?? []) {
    let found: ValueId[] | undefined;
    if (consumer.k === 'drop' || consumer.k === 'iterate') found = [];
    else if (consumer.k === 'bind') found = answerByName(facts, consumer.binding, at, depth);
    else if (consumer.k === 'value') found = answerIn(facts, list, consumer.value, at, depth);
    if (found === undefined) return undefined;
    out.push(...found);
  }
  return out;
}

function answerByName(facts: FileFacts, binding: number, at: number | undefined, depth: number): ValueId[] | undefined {
  if (facts.bindings[binding]!.sources.length !== 1 || indexOf(facts).exportedBindings.has(binding) || depth > MAX_NAMES) return undefined;
  const found = (indexOf(facts).bindingUses[binding] ?? []).map((use) => answerOfList(facts, use, at, depth + 1));
  return found.every((each) => each !== undefined) ? found.flat() : undefined;
}

function answerIn(facts: FileFacts, list: ValueId, user: ValueId, at: number | undefined, depth: number): ValueId[] | undefined {
  const value = facts.values[user]!;
  switch (value.k) {
    case 'typed':
      return answerOfList(facts, user, at, depth + 1);
    case 'element':
      return [user];
    case 'index': {
      const key = value.object === list ? facts.values[value.key] : undefined;
      if (key?.k !== 'literal' || typeof key.value !== 'number') return key && value.object === list ? [user] : undefined;
      return at === undefined || key.value === at ? [user] : [];
    }
    case 'member':
      return value.name === 'length' ? [] : undefined;
    default:
      return undefined;
  }
}
