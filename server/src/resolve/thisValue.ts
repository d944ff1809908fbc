import type { ClassId, FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { AbstractType } from './abstractType.ts';

/** The class whose instance `this` is inside a function; arrows look outward. */
export function classOfThis(facts: FileFacts, fn: FunctionId): ClassId | undefined {
  for (let id: FunctionId | undefined = fn; id !== undefined; id = facts.functions[id]?.parent) {
    const fact = facts.functions[id]!;
    if (fact.cls !== undefined) return fact.cls;
    if (fact.kind !== 'arrow') return undefined;
  }
  return undefined;
}

/** What `this` is inside a function: an instance or class, an object literal, or what a constructor function makes. */
export function typesOfThis(facts: FileFacts, path: string, fn: FunctionId): readonly AbstractType[] {
  for (let id: FunctionId | undefined = fn; id !== undefined; id = facts.functions[id]?.parent) {
    const fact = facts.functions[id]!;
    if (fact.cls !== undefined) {
      const owner = indexOf(facts).ownerClass.get(id);
      return [owner?.static ? { k: 'class', path, cls: fact.cls } : { k: 'instance', path, cls: fact.cls }];
    }
    const object = indexOf(facts).ownerObject.get(id);
    if (object !== undefined && fact.kind !== 'arrow') return [{ k: 'object', path, value: object }];
    if (fact.kind === 'module') return [];
    if (fact.kind !== 'arrow') return constructorFunction(facts, path, id);
  }
  return [];
}

/** `function Client() { this.conn = … }` and `Client.prototype.find = function () { … }`: the object is known by its stores only. */
function constructorFunction(facts: FileFacts, path: string, fn: FunctionId): AbstractType[] {
  const value = indexOf(facts).functionValue.get(fn);
  const owner = value === undefined ? undefined : prototypeOwner(facts, value);
  const constructor = owner ?? fn;
  return [{ k: 'function', path, fn: constructor }];
}

/** The constructor function on whose prototype a function is stored. */
export function prototypeOwner(facts: FileFacts, value: ValueId): FunctionId | undefined {
  for (const index of indexOf(facts).storesByValue.get(value) ?? []) {
    const object = facts.values[facts.stores[index]!.object];
    if (object?.k !== 'member' || object.name !== 'prototype') continue;
    const base = facts.values[object.object];
    if (base?.k !== 'binding') continue;
    for (const source of facts.bindings[base.binding]?.sources ?? []) {
      const fn = facts.values[source];
      if (fn?.k === 'function') return fn.fn;
    }
  }
  return undefined;
}
