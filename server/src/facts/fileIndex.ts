import type { BindingId, CallValue, ClassId, FileFacts, FunctionId, ValueFact, ValueId } from './facts.ts';

/** Who uses a value, directly. */
export type Consumer =
  | { k: 'value'; value: ValueId }
  | { k: 'bind'; binding: BindingId }
  | { k: 'store'; object: ValueId; name: string }
  | { k: 'drop' }
  | { k: 'test'; fn: FunctionId; block: number }
  | { k: 'iterate'; fn: FunctionId; awaits: boolean }
  | { k: 'return'; fn: FunctionId; block: number }
  | { k: 'throw'; fn: FunctionId; block: number }
  | { k: 'export'; name: string }
  | { k: 'field'; cls: ClassId; name: string }
  | { k: 'extends'; cls: ClassId };

/** Values that a value is made of. */
export function partsOf(value: ValueFact): ValueId[] {
  const parts: ValueId[] = [];
  eachPart(value, (part) => parts.push(part));
  return parts;
}

function eachPart(value: ValueFact, tell: (part: ValueId) => void): void {
  switch (value.k) {
    case 'template':
      for (const part of value.parts) if (typeof part === 'number') tell(part);
      return;
    case 'member':
      tell(value.object);
      return;
    case 'index':
      tell(value.object);
      tell(value.key);
      return;
    case 'call':
      tell(value.callee);
      for (const part of value.args) tell(part);
      if (value.named !== undefined) tell(value.named);
      return;
    case 'await':
    case 'element':
    case 'typed':
    case 'assign':
      tell(value.of);
      return;
    case 'object':
      for (const prop of value.props) tell(prop.value);
      for (const part of value.spreads) tell(part);
      return;
    case 'array':
      for (const part of value.items) tell(part);
      for (const part of value.spreads) tell(part);
      return;
    case 'operator':
    case 'choice':
    case 'other':
      for (const part of value.of) tell(part);
      return;
    case 'yield':
      if (value.of !== undefined) tell(value.of);
      return;
    default:
  }
}

/** Reverse look-ups over one file's facts. */
export interface FileIndex {
  /** By value; nothing where nobody uses it. */
  consumers: readonly (readonly Consumer[] | undefined)[];
  /** By binding, likewise. */
  bindingUses: readonly (readonly ValueId[] | undefined)[];
  /** The value that is this function's expression or declaration. */
  functionValue: Map<FunctionId, ValueId>;
  /** The object literal in which a function stands as a method. */
  ownerObject: Map<FunctionId, ValueId>;
  ownerClass: Map<FunctionId, { cls: ClassId; name: string; static: boolean }>;
  /** Stores by member name. */
  storesByName: Map<string, number[]>;
  /** Values `x.name` by member name. */
  membersByName: Map<string, ValueId[]>;
  /** Calls by the last word of their callee: `save` for `repo.save()`. */
  callsByName: Map<string, ValueId[]>;
  /** Calls by the function in which they stand. */
  callsIn: Map<FunctionId, ValueId[]>;
  /** Values that are a parameter, by function. */
  parameterValues: Map<FunctionId, ValueId[]>;
  /** Exports by the name they have, in source order. */
  exportsByName: Map<string, number[]>;
  /** Exports by the value they give away. */
  exportsByValue: Map<ValueId, number[]>;
  /** Exports of a name of the file, by that name. */
  exportsByLocalName: Map<string, number[]>;
  exportedBindings: Set<BindingId>;
  /** Stores by the value that is stored. */
  storesByValue: Map<ValueId, number[]>;
  /** Where each call or await happens: block and step. Finally bodies stand twice; the first counts. */
  places: Map<ValueId, { fn: FunctionId; block: number; step: number }>;
}

const cache = new WeakMap<FileFacts, FileIndex>();

/** The reverse look-ups of a file, built at first use. */
export function indexOf(facts: FileFacts): FileIndex {
  let index = cache.get(facts);
  if (!index) {
    index = build(facts);
    cache.set(facts, index);
  }
  return index;
}

function build(facts: FileFacts): FileIndex {
  // Most values have one consumer: a list is made at the first, and takes no more room than it needs.
  const consumers = new Array<Consumer[] | undefined>(facts.values.length);
  const bindingUses = new Array<ValueId[] | undefined>(facts.bindings.length);
  const index: FileIndex = {
    consumers, bindingUses,
    functionValue: new Map(), ownerObject: new Map(), ownerClass: new Map(), storesByName: new Map(), membersByName: new Map(), callsByName: new Map(), places: new Map(),
    callsIn: new Map(), parameterValues: new Map(), exportsByName: new Map(), exportsByValue: new Map(), exportsByLocalName: new Map(), exportedBindings: new Set(), storesByValue: new Map(),
  };
  // One record of a value that uses others stands for all that it uses, and one function is given to all: there are tens of thousands.
  let user: ValueId = 0;
  let consumer: Consumer | undefined;
  const used = (part: ValueId): void => append(consumers, part, (consumer ??= { k: 'value', value: user }));
  facts.values.forEach((value, id) => {
    user = id;
    consumer = undefined;
    eachPart(value, used);
    if (value.k === 'binding') append(bindingUses, value.binding, id);
    else if (value.k === 'function') index.functionValue.set(value.fn, id);
    else if (value.k === 'member') push(index.membersByName, value.name, id);
    else if (value.k === 'parameter') push(index.parameterValues, value.fn, id);
    else if (value.k === 'call') {
      push(index.callsIn, value.in, id);
      const name = lastName(facts, value.callee);
      if (name !== undefined) push(index.callsByName, name, id);
    }
    if (value.k === 'object') {
      for (const prop of value.props) {
        const part = facts.values[prop.value];
        if (part?.k === 'function' && !index.ownerObject.has(part.fn)) index.ownerObject.set(part.fn, id);
      }
    }
  });
  facts.functions.forEach((fn, fnId) => {
    fn.blocks.forEach((block, blockId) => {
      block.steps.forEach((step, stepId) => {
        if (step.k === 'call' || step.k === 'await') {
          if (!index.places.has(step.value)) index.places.set(step.value, { fn: fnId, block: blockId, step: stepId });
        } else if (step.k === 'bind') add(consumers, step.value, { k: 'bind', binding: step.binding });
        else if (step.k === 'store') add(consumers, step.value, { k: 'store', object: step.object, name: step.name });
        else if (step.k === 'drop') add(consumers, step.value, { k: 'drop' });
      });
      const next = block.next;
      if (next.k === 'branch') add(consumers, next.test, { k: 'test', fn: fnId, block: blockId });
      else if (next.k === 'iterate') add(consumers, next.over, { k: 'iterate', fn: fnId, awaits: next.awaits });
      else if (next.k === 'return' && next.value !== undefined) add(consumers, next.value, { k: 'return', fn: fnId, block: blockId });
      else if (next.k === 'throw') add(consumers, next.value, { k: 'throw', fn: fnId, block: blockId });
    });
  });
  // A declared function has its name without a step.
  facts.bindings.forEach(({ kind, sources }, binding) => {
    for (const source of kind === 'function' ? sources : []) if (!consumers[source]?.some((each) => each.k === 'bind')) add(consumers, source, { k: 'bind', binding });
  });
  facts.exports.forEach((each, id) => {
    push(index.exportsByName, each.name, id);
    if (each.value === undefined) return;
    add(consumers, each.value, { k: 'export', name: each.name });
    push(index.exportsByValue, each.value, id);
    const value = facts.values[each.value];
    if (value?.k !== 'binding') return;
    index.exportedBindings.add(value.binding);
    const name = facts.bindings[value.binding]?.name;
    if (name !== undefined) push(index.exportsByLocalName, name, id);
  });
  facts.stores.forEach((store, id) => {
    push(index.storesByName, store.name, id);
    push(index.storesByValue, store.value, id);
  });
  facts.classes.forEach((cls, id) => {
    for (const method of cls.methods) index.ownerClass.set(method.fn, { cls: id, name: method.name, static: method.static });
    for (const field of cls.fields) if (field.value !== undefined) add(consumers, field.value, { k: 'field', cls: id, name: field.name });
    if (cls.extends !== undefined) add(consumers, cls.extends, { k: 'extends', cls: id });
  });
  return index;
}

/** What a call is given for a parameter: by place, or by name. */
export function argumentFor(facts: FileFacts, call: CallValue, index: number, name: string | undefined): ValueId | undefined {
  const placed = call.args[index];
  if (placed !== undefined || name === undefined) return placed;
  const named = call.named === undefined ? undefined : facts.values[call.named];
  return named?.k === 'object' ? named.props.find((prop) => prop.key === name)?.value : undefined;
}

/** Arguments that may hold options: each of them, and those that are given by name, as an object. */
export function optionArguments({ args, named }: CallValue): readonly ValueId[] {
  return named === undefined ? args : [...args, named];
}

/** The last word by which an expression names what it means. */
export function lastName(facts: FileFacts, id: ValueId): string | undefined {
  const value = facts.values[id];
  if (value?.k === 'binding') return facts.bindings[value.binding]?.name;
  if (value?.k === 'global') return value.name;
  if (value?.k === 'member') return isApplied(facts, value.name) ? lastName(facts, value.object) : value.name;
  if (value?.k === 'typed') return lastName(facts, value.of);
  return undefined;
}

/** Whether a member calls the function that it is a member of: a method of this name in other languages is one of the code's own. */
function isApplied({ language }: FileFacts, name: string): boolean {
  return language === 'javascript' && (name === 'call' || name === 'apply');
}

function append<T>(lists: (T[] | undefined)[], id: number, item: T): void {
  const list = lists[id];
  if (list) list.push(item);
  else if (id >= 0 && id < lists.length) lists[id] = [item];
}

function add(consumers: (Consumer[] | undefined)[], value: ValueId, consumer: Consumer): void {
  if (!consumers[value]?.some((each) => isSame(each, consumer))) append(consumers, value, consumer);
}

/** Whether two consumers are one: a finally body stands twice in a function. */
function isSame(one: Consumer, other: Consumer): boolean {
  switch (one.k) {
    case 'value':
      return other.k === 'value' && one.value === other.value;
    case 'bind':
      return other.k === 'bind' && one.binding === other.binding;
    case 'store':
      return other.k === 'store' && one.object === other.object && one.name === other.name;
    case 'drop':
      return other.k === 'drop';
    case 'iterate':
      return other.k === 'iterate' && one.fn === other.fn && one.awaits === other.awaits;
    case 'export':
      return other.k === 'export' && one.name === other.name;
    case 'field':
      return other.k === 'field' && one.cls === other.cls && one.name === other.name;
    case 'extends':
      return other.k === 'extends' && one.cls === other.cls;
    default:
      return other.k === one.k && one.fn === other.fn && one.block === other.block;
  }
}

/** Adds to the list that stands under a key. */
export function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

/** The name a function is known by: its own, its property's or its variable's. */
export function functionName(facts: FileFacts, fn: FunctionId): string | undefined {
  const own = facts.functions[fn]?.name;
  if (own) return own;
  const value = indexOf(facts).functionValue.get(fn);
  if (value === undefined) return undefined;
  for (const consumer of indexOf(facts).consumers[value] ?? []) {
    if (consumer.k === 'bind') return facts.bindings[consumer.binding]?.name;
    if (consumer.k === 'store') return consumer.name;
    if (consumer.k === 'field') return consumer.name;
    if (consumer.k === 'value') {
      const parent = facts.values[consumer.value];
      if (parent?.k === 'object') return parent.props.find((prop) => prop.value === value)?.key;
    }
  }
  return undefined;
}
