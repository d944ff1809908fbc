import type { FileFacts, ValueId } from '../facts/facts.ts';

/** Headers that answers have whether they tell of a failure or of a success. */
const CONTENT = /^content[-_]?(?:type|length|disposition|encoding)$/i;

/** Steps from a test to the header that it asks for. */
const STEPS = 6;

/** Whether a value is what a header says of the content, or a part of that: `headers.get('content-type')`, `type.split(';')[0]`. */
export function isOfContent(facts: FileFacts, id: ValueId, depth = 0): boolean {
  const value = facts.values[id];
  if (!value || depth > STEPS) return false;
  switch (value.k) {
    case 'member':
      return CONTENT.test(value.name) || isOfContent(facts, value.object, depth + 1);
    case 'index':
      return isOfContent(facts, value.object, depth + 1);
    case 'typed':
      return isOfContent(facts, value.of, depth + 1);
    case 'choice':
      return isOfContent(facts, value.of[0]!, depth + 1);
    case 'operator':
      return value.of.some((each) => isOfContent(facts, each, depth + 1));
    case 'binding': {
      const [source, ...others] = facts.bindings[value.binding]!.sources;
      return source !== undefined && others.length === 0 && isOfContent(facts, source, depth + 1);
    }
    case 'call': {
      const name = facts.values[value.args[0] ?? -1];
      if (name?.k === 'literal' && typeof name.value === 'string' && CONTENT.test(name.value)) return true;
      return facts.values[value.callee]?.k === 'member' && isOfContent(facts, value.callee, depth + 1);
    }
    default:
      return false;
  }
}
