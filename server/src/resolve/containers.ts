import type { CallValue, FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { type AbstractType, TypeSet } from './abstractType.ts';
import { storedUnderAnyName } from './stores.ts';
import type { Types } from './types.ts';

const CONTAINERS = new Set(['Map', 'WeakMap', 'Set', 'WeakSet']);
/** Classes of Python's that hold one value, which is set and asked for. */
const HOLDERS = new Set(['ContextVar']);
/** Methods that give one element, and those that give all or some of them. */
const ONE = new Set(['get', 'getFirst', 'getLast', 'getUnchecked', 'getObject', 'getIfAvailable', 'next', 'take', 'poll', 'peek', 'orElse', 'orElseGet', 'orElseThrow', 'at', 'pop', 'shift', 'find', 'findLast']);
const MANY = new Set(['stream', 'iterator', 'findFirst', 'findAny', 'toList', 'values', 'filter', 'slice', 'reverse', 'concat', 'toReversed', 'sort', 'toSorted']);

/** Methods that put something in, and which argument that is. */
const PUTS = [['set', 1], ['add', 0], ['push', 0], ['unshift', 0]] as const;

/** `new Map()` and its like: what is put into it anywhere in its file is what it holds. */
export function containerType(facts: FileFacts, path: string, id: ValueId, call: CallValue): AbstractType[] {
  const callee = facts.values[call.callee];
  const holds = call.construct && ((callee?.k === 'global' && CONTAINERS.has(callee.name)) || (facts.language === 'python' && HOLDERS.has(lastName(facts, call.callee) ?? '')));
  return holds ? [{ k: 'array', path, value: id }] : [];
}

/** Adds the types of what a container is declared to hold, and of what its methods put into it. */
export function addPutInto(types: Types, path: string, container: ValueId, out: TypeSet): void {
  const facts = types.program.get(path)!;
  const made = facts.values[container];
  const named = made?.k === 'call' ? made.typeArgs?.at(-1) : undefined;
  if (named) out.addAll(types.ofAnnotation(path, named));
  for (const [name, index] of PUTS) {
    for (const id of indexOf(facts).callsByName.get(name) ?? []) {
      const call = facts.values[id];
      const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
      // What holds one thing is given it without a key.
      const put = call?.k === 'call' ? (call.args[index] ?? (name === 'set' && facts.language === 'python' ? call.args[0] : undefined)) : undefined;
      if (callee?.k !== 'member' || put === undefined) continue;
      if (types.of(path, callee.object).some((type) => type.k === 'array' && type.path === path && type.value === container)) out.addAll(types.of(path, put));
    }
  }
}

/** Types of what a method of a container or an array gives: an element, or a list of them. */
export function takenFrom(types: Types, path: string, call: CallValue): readonly AbstractType[] {
  const facts = types.program.get(path)!;
  const callee = facts.values[call.callee];
  if (callee?.k !== 'member' || (!ONE.has(callee.name) && !MANY.has(callee.name))) return [];
  const out = new TypeSet();
  for (const type of types.of(path, callee.object)) {
    if (type.k !== 'array' && type.k !== 'list' && !(type.k === 'object' && isMap(types, type.path, type.value, callee.name))) continue;
    if (ONE.has(callee.name)) out.addAll(types.element(type));
    else out.add(type);
  }
  return out.all;
}

/** Whether an object literal is a map to whoever calls this method of it: it has no member of that name. */
function isMap(types: Types, path: string, object: ValueId, method: string): boolean {
  const value = types.program.get(path)!.values[object];
  return ['get', 'pop', 'values'].includes(method) && value?.k === 'object' && !value.props.some((prop) => prop.key === method);
}

/** Types of what a function gives that gives values one by one. */
export function yieldedTypes(types: Types, path: string, fn: FunctionId): readonly AbstractType[] {
  return types.remember(`y${fn}@${path}`, (out) => {
    const { values, functions } = types.program.get(path)!;
    for (const block of functions[fn]!.blocks) for (const step of block.steps) {
      const value = step.k === 'yield' ? values[step.value] : undefined;
      if (value?.k === 'yield' && value.of !== undefined) out.addAll(types.of(path, value.of));
    }
  });
}

/** What an object literal holds under any of its names: `handlers[kind]` is one of them. */
export function registered(types: Types, path: string, object: ValueId): readonly AbstractType[] {
  return types.remember(`g${object}@${path}`, (out) => {
    const value = types.program.get(path)!.values[object];
    if (value?.k !== 'object') return;
    for (const prop of value.props) out.addAll(types.of(path, prop.value));
    for (const spread of value.spreads) for (const type of types.of(path, spread)) if (type.k === 'object') out.addAll(registered(types, type.path, type.value));
    for (const stored of storedUnderAnyName(types, path, object)) out.addAll(types.of(path, stored));
  });
}

/** Whether a value is an object or a list that is written out. */
export function isTable(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  return value?.k === 'object' || value?.k === 'array' || (value?.k === 'typed' && isTable(facts, value.of));
}

/** Whether a value is an object that is written out, with functions in it. */
export function holdsFunctions(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.k === 'typed') return holdsFunctions(facts, value.of);
  return value?.k === 'object' && value.props.some((prop) => isFunction(facts, prop.value));
}

/** Whether a value is a function that is written out, here or under a name. */
function isFunction(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  const sources = value?.k === 'binding' ? facts.bindings[value.binding]!.sources : [id];
  return sources.length === 1 && facts.values[sources[0]!]?.k === 'function';
}
