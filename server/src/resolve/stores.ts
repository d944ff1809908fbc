import type { ClassId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { classOfThis } from './thisValue.ts';
import type { Types } from './types.ts';

/** What is assigned to a member of an object literal after it was made, in its file: `options.url = …`. */
export function storedOnObject(types: Types, path: string, object: ValueId, name: string): ValueId[] {
  const facts = types.program.get(path)!;
  return (indexOf(facts).storesByName.get(name) ?? []).flatMap((index) => {
    const store = facts.stores[index]!;
    return types.of(path, store.object).some((type) => type.k === 'object' && type.path === path && type.value === object) ? [store.value] : [];
  });
}

/** What is assigned to a member of a class in its own methods: `this.url = …`. */
export function storedOnThis(types: Types, path: string, cls: ClassId, name: string): ValueId[] {
  const facts = types.program.get(path)!;
  return (indexOf(facts).storesByName.get(name) ?? []).flatMap((index) => {
    const store = facts.stores[index]!;
    const object = facts.values[store.object];
    return object?.k === 'this' && (object.cls ?? classOfThis(facts, store.in)) === cls ? [store.value] : [];
  });
}
