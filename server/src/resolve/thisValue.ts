import type { ClassId, FileFacts, FunctionId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { AbstractType } from './abstractType.ts';
import { prototypeOwner } from './prototypes.ts';

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
    if (object !== undefined && fact.kind !== 'arrow') {
      const owner = ownerOf(facts, id);
      return [owner === undefined ? { k: 'object', path, value: object } : { k: 'function', path, fn: owner }];
    }
    if (fact.kind === 'module') return ownModule(facts, path);
    if (fact.kind !== 'arrow') return [...constructorFunction(facts, path, id), ...(isExported(facts, id) ? ownModule(facts, path) : [])];
  }
  return [];
}

/** What a module of CommonJS exports: its `exports`, and `this` outside of all functions but arrows. */
export function ownModule({ language }: FileFacts, path: string): AbstractType[] {
  return language === 'javascript' ? [{ k: 'module', path, style: 'commonjs' }] : [];
}

/** Whether a function stands as a member in what its module exports: `exports.find = function () { this.log(); }`. */
function isExported(facts: FileFacts, fn: FunctionId): boolean {
  const { functionValue, exportsByValue } = indexOf(facts);
  const value = functionValue.get(fn);
  return value !== undefined && (exportsByValue.get(value) ?? []).some((id) => facts.exports[id]!.name !== '=');
}

/** `function Client() { this.conn = … }` and `Client.prototype.find = function () { … }`: the object is known by its stores only. */
function constructorFunction(facts: FileFacts, path: string, fn: FunctionId): AbstractType[] {
  return [{ k: 'function', path, fn: ownerOf(facts, fn) ?? fn }];
}

function ownerOf(facts: FileFacts, fn: FunctionId): FunctionId | undefined {
  const value = indexOf(facts).functionValue.get(fn);
  return value === undefined ? undefined : prototypeOwner(facts, value);
}
