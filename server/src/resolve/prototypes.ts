import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';

/** Names that stand for other names: more of them in a row than anybody writes. */
const MAX_NAMES = 5;

/** The function that a value is by its text alone: itself, or a name that it was given (`var Client = module.exports = function () { … }`). */
export function functionNamed(facts: FileFacts, id: ValueId, depth = 0): FunctionId | undefined {
  const value = facts.values[id];
  if (value?.k === 'function') return value.fn;
  if (value?.k === 'assign') return functionNamed(facts, value.of, depth);
  if (value?.k !== 'binding' || depth > MAX_NAMES) return undefined;
  return firstOf(facts.bindings[value.binding]?.sources ?? [], (source) => functionNamed(facts, source, depth + 1));
}

/** The constructor function on whose prototype a function stands: `Client.prototype.find = function () { … }`, `Client.prototype = { find: function () { … } }`. */
export function prototypeOwner(facts: FileFacts, value: ValueId): FunctionId | undefined {
  const { storesByValue, ownerObject } = indexOf(facts);
  const stores = (each: ValueId) => (storesByValue.get(each) ?? []).map((index) => facts.stores[index]!);
  const alone = firstOf(stores(value), (store) => ownerOfPrototype(facts, store.object));
  if (alone !== undefined) return alone;
  const fact = facts.values[value];
  const literal = fact?.k === 'function' ? ownerObject.get(fact.fn) : undefined;
  return literal === undefined ? undefined : firstOf(stores(literal), (store) => (store.name === 'prototype' ? functionNamed(facts, store.object) : undefined));
}

/** The members of the object literals that are a constructor function's prototype, by their name. */
export function prototypeMembers(facts: FileFacts, fn: FunctionId, name: string): ValueId[] {
  return (indexOf(facts).storesByName.get('prototype') ?? []).flatMap((index) => {
    const store = facts.stores[index]!;
    const literal = functionNamed(facts, store.object) === fn ? facts.values[store.value] : undefined;
    return literal?.k === 'object' ? literal.props.filter(({ key }) => key === name).map((prop) => prop.value) : [];
  });
}

/** The constructor function whose prototype a value is: `Client.prototype`, or a name for it. */
function ownerOfPrototype(facts: FileFacts, id: ValueId, depth = 0): FunctionId | undefined {
  const value = facts.values[id];
  if (value?.k === 'member') return value.name === 'prototype' ? functionNamed(facts, value.object) : undefined;
  if (value?.k !== 'binding' || depth > MAX_NAMES) return undefined;
  return firstOf(facts.bindings[value.binding]?.sources ?? [], (source) => ownerOfPrototype(facts, source, depth + 1));
}

function firstOf<T, R>(items: Iterable<T>, find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}
