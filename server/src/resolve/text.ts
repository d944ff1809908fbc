import type { ValueId } from '../facts/facts.ts';
import type { Types } from './types.ts';

/** The text of a value with `\0` for what is not known. */
export function textOf(types: Types, path: string, id: ValueId, depth = 0): string | undefined {
  const facts = types.program.get(path)!;
  const value = facts.values[id];
  if (!value || depth > 8) return undefined;
  switch (value.k) {
    case 'literal':
      return typeof value.value === 'string' ? value.value : String(value.value);
    case 'template':
      return value.parts.map((part) => (typeof part === 'string' ? part : (textOf(types, path, part, depth + 1) ?? '\0'))).join('');
    case 'operator':
      if (value.op !== '+') return undefined;
      return value.of.map((each) => textOf(types, path, each, depth + 1) ?? '\0').join('');
    case 'typed':
    case 'assign':
      return textOf(types, path, value.of, depth + 1);
    case 'binding': {
      const binding = facts.bindings[value.binding]!;
      if (binding.sources.length === 1) return textOf(types, path, binding.sources[0]!, depth + 1);
      const parts = binding.sources.map((source) => textOf(types, path, source, depth + 1));
      return parts.every((part) => part !== undefined) && parts.length > 1 ? `${parts[0]}\0` : undefined;
    }
    case 'call': {
      const callee = facts.values[value.callee];
      return callee?.k === 'member' && ['trim', 'replace', 'toString', 'trimEnd'].includes(callee.name) ? textOf(types, path, callee.object, depth + 1) : undefined;
    }
    default:
      return undefined;
  }
}
