import type { ValueId } from '../facts/facts.ts';
import { exportedValues, memberValues, returnedValues } from './memberValues.ts';
import type { Types } from './types.ts';

/**
 * The words that a text is put together from, and the names of what is put into it, across files: enough to see what a path or an address speaks of while
 * types are still being found, where whole texts (see `textsOf`) cannot be known yet.
 */
export function wordsOf(types: Types, path: string, id: ValueId): readonly string[] {
  return types.solve(`w${id}@${path}`, () => [...new Set(wordsOfValue(types, path, id))]);
}

function wordsOfValue(types: Types, path: string, id: ValueId): string[] {
  const facts = types.program.get(path)!;
  const value = facts.values[id];
  const all = (ids: readonly ValueId[]): string[] => ids.flatMap((each) => [...wordsOf(types, path, each)]);
  switch (value?.k) {
    case 'literal':
      return typeof value.value === 'string' ? [value.value] : [];
    case 'template':
      return value.parts.flatMap((part) => (typeof part === 'string' ? [part] : [...wordsOf(types, path, part)]));
    case 'operator':
    case 'choice':
      return all(value.of);
    case 'typed':
    case 'assign':
    case 'await':
      return all([value.of]);
    case 'array':
      return all(value.items);
    case 'call': {
      // `os.path.join(folder, 'partner.wsdl')`, `base.format(host)`, `settings.getInstanceUrl()`
      const callee = facts.values[value.callee];
      const functions = types.of(path, value.callee).flatMap((type) => (type.k === 'function' ? returnedValues(types, type.path, type.fn) : []));
      return [
        ...(callee?.k === 'member' ? [callee.name] : []),
        ...all([...value.args, ...(callee?.k === 'member' ? [callee.object] : [])]),
        ...functions.flatMap((place) => [...wordsOf(types, place.path, place.value)]),
      ];
    }
    case 'binding': {
      const binding = facts.bindings[value.binding]!;
      const imported = binding.import === undefined ? undefined : facts.imports[binding.import];
      const elsewhere = imported ? exportedValues(types, path, imported.module, imported.imported) : [];
      return [binding.name, ...all(binding.sources), ...elsewhere.flatMap((place) => [...wordsOf(types, place.path, place.value)])];
    }
    case 'parameter':
      return types.callers.argumentsOf(path, value.fn, value.index).flatMap((place) => [...wordsOf(types, place.path, place.value)]);
    case 'member':
      return [value.name, ...memberValues(types, path, value.object, value.name).flatMap((place) => [...wordsOf(types, place.path, place.value)])];
    case 'index':
      return all([value.key]);
    default:
      return [];
  }
}
