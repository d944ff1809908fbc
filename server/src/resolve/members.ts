import type { CallValue, ClassFact, ClassId, FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { type AbstractType, TypeSet } from './abstractType.ts';
import { isTelling } from './annotations.ts';
import { isGivenFor } from './callResult.ts';
import { anyMember, clientMember, isNamedMember } from './clientMembers.ts';
import { byEvidence, receiverText } from './evidence.ts';
import { isTable } from './containers.ts';
import { areUnmade, extendedInstance, httpMember } from './httpMembers.ts';
import { implementersOf } from './implementers.ts';
import { isLeftToHeirs } from './leftToHeirs.ts';
import { returnedValues } from './memberValues.ts';
import { storedFromOutside, storedOnObject, storedOnThis, storedUnderAnyName } from './stores.ts';
import { functionNamed, prototypeMembers, prototypeOwner } from './prototypes.ts';
import { typesOfThis } from './thisValue.ts';
import type { Types } from './types.ts';

/** Types of `object.name` for one type of the object. */
export function memberTypes(types: Types, type: AbstractType, name: string): readonly AbstractType[] {
  switch (type.k) {
    case 'client':
    case 'client-module':
    case 'client-class':
      return clientMember(type, name);
    case 'http':
      return [httpMember(type, name)];
    case 'retry-module':
      return [{ ...type, path: type.path === '*' ? name : `${type.path}.${name}` }];
    case 'retry-policy':
      // A step that makes it different; what runs a function gives what the function gives.
      return type.library.policies?.some(({ methods }) => Object.hasOwn(methods, name)) ? [] : [type];
    case 'module':
      return types.exportOf(type.path, name, type.style);
    case 'instance':
      return instanceMember(types, type.path, type.cls, name, false);
    case 'class':
      return instanceMember(types, type.path, type.cls, name, true);
    case 'object':
      return objectMember(types, type.path, type.value, name);
    case 'function':
      // An object with one method is that method, whatever it is called.
      return types.program.get(type.path)?.functions[type.fn]?.object ? [type] : functionMember(types, type.path, type.fn, name);
    case 'structure': {
      const member = type.type.k === 'object' && Object.hasOwn(type.type.members, name) ? type.type.members[name] : undefined;
      return member ? types.ofAnnotation(type.path, member) : [];
    }
    default:
      return [];
  }
}

function objectMember(types: Types, path: string, value: ValueId, name: string): readonly AbstractType[] {
  return types.remember(`o${value}.${name}@${path}`, (out) => {
    const facts = types.program.get(path)!;
    const object = facts.values[value];
    if (object?.k !== 'object') return;
    for (const prop of object.props) {
      if (prop.key !== name) continue;
      const fn = facts.values[prop.value];
      if (fn?.k === 'function' && facts.functions[fn.fn]?.kind === 'getter') out.addAll(types.returned(path, fn.fn));
      else out.addAll(types.of(path, prop.value));
    }
    for (const spread of object.spreads) for (const type of types.of(path, spread)) out.addAll(types.member(type, name));
    const stored = storedOnObject(types, path, value, name);
    for (const each of stored) out.addAll(types.of(path, each));
    // What an empty table is given under names that are values, it may hold under any: `pool[org] = connect()`, `pool['main']`.
    const isTableOfAny = facts.language === 'python' && object.props.length === 0 && object.spreads.length === 0 && stored.length === 0;
    for (const each of isTableOfAny ? storedUnderAnyName(types, path, value) : []) out.addAll(types.of(path, each));
  });
}

/** `inherited`: asked of a class that one of its heirs extends, which takes nothing from the other heirs. */
function instanceMember(types: Types, path: string, cls: ClassId, name: string, isStatic: boolean, inherited = false): readonly AbstractType[] {
  return types.remember(`i${isStatic ? 's' : ''}${inherited ? 'h' : ''}${cls}.${name}@${path}`, (out) => {
    const facts = types.program.get(path);
    const fact = facts?.classes[cls];
    if (!facts || !fact) return;
    // What a class leaves to those that extend it, and calls itself: `this.work()` of a base class.
    const left = fact.methods.filter((each) => each.name === name && isLeftToHeirs(facts, each.fn));
    const heirs = left.length > 0 && !inherited ? methodsOfHeirs(types, path, cls, name, isStatic) : [];
    out.addAll(heirs);
    for (const method of fact.methods) {
      if (method.name !== name || method.static !== isStatic || (heirs.length > 0 && left.includes(method))) continue;
      if (facts.functions[method.fn]?.kind === 'getter') out.addAll(types.returned(path, method.fn));
      else if (facts.functions[method.fn]?.kind !== 'setter') out.add({ k: 'function', path, fn: method.fn });
    }
    for (const each of fact.fields) {
      if (each.name !== name || each.static !== isStatic) continue;
      const named = each.type ? types.ofAnnotation(path, each.type) : [];
      out.addAll(named);
      if (each.value !== undefined && (!isTelling(named) || areUnmade(named) || isTable(facts, each.value))) out.addAll(types.of(path, each.value));
    }
    const stored = storedOnThis(types, path, cls, name);
    for (const each of stored) out.addAll(types.of(path, each));
    if (isLeftOpen(types, path, fact, stored, name, isStatic)) for (const each of storedFromOutside(types, { k: isStatic ? 'class' : 'instance', path, cls }, name)) out.addAll(types.of(each.path, each.value));
    // What it has or declares itself hides what the class that it extends has by that name.
    const hides = fact.methods.some((each) => each.name === name && each.static === isStatic && facts.functions[each.fn]?.kind !== 'setter') || fact.fields.some((each) => each.name === name && each.static === isStatic && each.type?.k === 'ref' && types.ofAnnotation(path, each.type).some((type) => type.k === 'instance'));
    const overrides = fact.methods.some((each) => each.name === name && each.static === isStatic && facts.functions[each.fn]?.kind === 'method');
    const own = stored.length > 0 || fact.methods.some((each) => each.name === name) || fact.fields.some((each) => each.name === name && (each.value !== undefined || each.type?.k !== 'function'));
    if (!own && !inherited) out.addAll(methodsOfHeirs(types, path, cls, name, isStatic));
    // An interface of the class's name promises members that are put into it from elsewhere.
    for (const merged of facts.types) if (!isStatic && merged.name === fact.name) for (const type of types.ofAnnotation(path, merged.type)) out.addAll(types.member(type, name));
    for (const extended of fact.extends === undefined ? [] : [fact.extends, ...(fact.mixins ?? [])]) {
      for (const parent of types.of(path, extended)) {
        if (parent.k === 'class') {
          if (!hides) out.addAll(instanceMember(types, parent.path, parent.cls, name, isStatic, true));
        } else if (parent.k === 'http' && !own && !isStatic) for (const each of extendedInstance(parent, path, cls)) out.add(httpMember(each, name));
        else if (parent.k === 'client-class') {
          const given = isStatic ? parent : ({ ...parent, k: 'client' } as const);
          // What the class has itself is no property that the client makes up.
          if (!own || given.k !== 'client' || (isNamedMember(given, name) && !overrides)) out.addAll(types.member(given, name));
        } else if (parent.k === 'client-class-for' && !own && !isStatic && constructionsOfParent(facts, cls).some(({ value }) => isGivenFor(types, path, value, parent))) {
          out.addAll(types.member({ ...parent, k: 'client' }, name));
        }
      }
    }
    if (!own && !isStatic) addHandedOn(types, path, fact, name, out);
  });
}

/** Whether a class has nothing of a name but the name, so that others may fill it. */
function isLeftOpen(types: Types, path: string, { fields, methods }: ClassFact, stored: readonly ValueId[], name: string, isStatic: boolean): boolean {
  const { values } = types.program.get(path)!;
  const isNone = (id: ValueId | undefined): boolean => id === undefined || values[id]!.k === 'undefined' || (values[id]!.k === 'literal' && (values[id] as { value: unknown }).value === null);
  if (methods.some((each) => each.name === name) || !stored.every(isNone)) return false;
  return fields.every((each) => each.name !== name || (each.static === isStatic && isNone(each.value) && !(each.type && isTelling(types.ofAnnotation(path, each.type)))));
}

/** What a class has under no name of its own it may take from another object: `def __getattr__(self, name): return getattr(self.sf, name)`. */
function addHandedOn(types: Types, path: string, { methods }: ClassFact, name: string, out: TypeSet): void {
  const handing = methods.find((each) => each.name === '__getattr__');
  for (const place of handing && !name.startsWith('__') ? returnedValues(types, path, handing.fn) : []) {
    const { values, bindings } = types.program.get(path)!;
    const given = values[place.value];
    const taken = given?.k === 'assign' ? values[given.of] : given;
    const key = taken?.k === 'index' ? values[taken.key] : undefined;
    if (taken?.k !== 'index' || key?.k !== 'binding' || bindings[key.binding]!.kind !== 'parameter') continue;
    for (const type of types.of(path, taken.object)) out.addAll(types.member(type, name));
  }
}

/** Classes that extend one, directly or not, beyond which no further ones are looked at. */
const MAX_HEIRS = 200;

/** The methods of this name of the classes that extend one, or have it as an interface: of each line of them the first. Each class is looked at once: parts and names can extend one another in circles. */
function methodsOfHeirs(types: Types, path: string, cls: ClassId, name: string, isStatic: boolean, seen = new Set([`${path}:${cls}`])): readonly AbstractType[] {
  const fact = types.program.get(path)?.classes[cls];
  const heirs = [...subclassesOf(types, path, cls), ...(fact?.name === undefined ? [] : implementersOf(types, fact.name))];
  return heirs.flatMap((heir) => {
    const key = `${heir.path}:${heir.cls}`;
    if (seen.has(key) || seen.size > MAX_HEIRS) return [];
    seen.add(key);
    const own = ownMethod(types, heir, name, isStatic);
    return own.length > 0 ? own : methodsOfHeirs(types, heir.path, heir.cls, name, isStatic, seen);
  });
}

/** The calls by which the constructors of a class construct what it extends: `super(address, transport)`. */
export function constructionsOfParent(facts: FileFacts, cls: ClassId): { value: CallValue; id: ValueId }[] {
  const { callsIn } = indexOf(facts);
  return facts.classes[cls]!.methods.flatMap(({ fn }) => callsIn.get(fn) ?? []).flatMap((id) => {
    const value = facts.values[id];
    return value?.k === 'call' && facts.values[value.callee]?.k === 'super' ? [{ value, id }] : [];
  });
}

/** The method of this name that a class itself has, or what a property of this name gives. */
function ownMethod(types: Types, { path, cls }: { path: string; cls: ClassId }, name: string, isStatic: boolean): readonly AbstractType[] {
  const facts = types.program.get(path);
  const methods = facts?.classes[cls]?.methods ?? [];
  return methods.flatMap((method): readonly AbstractType[] => {
    if (method.name !== name || method.static !== isStatic) return [];
    return facts?.functions[method.fn]?.kind === 'getter' ? types.returned(path, method.fn) : [{ k: 'function', path, fn: method.fn }];
  });
}

/** The classes of the workspace that extend a class directly, by its own name. */
export function subclassesOf(types: Types, path: string, cls: ClassId): readonly { path: string; cls: ClassId }[] {
  return types.solve(`h${cls}@${path}`, () => {
    const wanted = types.program.get(path)?.classes[cls]?.name;
    if (wanted === undefined) return [];
    return types.parents.meaning(wanted, { k: 'class', path, cls }).map((place) => ({ path: place.path, cls: types.program.get(place.path)!.classes.findIndex((each) => each.extends === place.value) }));
  });
}

/** Members of a function used as an object or as a constructor: what is stored on it, on its prototype and on `this` inside it. */
function functionMember(types: Types, path: string, fn: FunctionId, name: string): readonly AbstractType[] {
  return types.remember(`f${fn}.${name}@${path}`, (out) => {
    const facts = types.program.get(path)!;
    const value = indexOf(facts).functionValue.get(fn);
    for (const index of indexOf(facts).storesByName.get(name) ?? []) {
      const store = facts.stores[index]!;
      const object = facts.values[store.object];
      const own = object?.k === 'this' && typesOfThis(facts, path, store.in).some((type) => type.k === 'function' && type.fn === fn);
      const onPrototype = value !== undefined && prototypeOwner(facts, store.value) === fn;
      const direct = object?.k === 'binding' && functionNamed(facts, store.object) === fn;
      if (own || onPrototype || direct) out.addAll(types.of(path, store.value));
    }
    for (const each of prototypeMembers(facts, fn, name)) out.addAll(types.of(path, each));
  });
}

/** `global.conn = x` and the like: a member that some store of the same file fills, on an object of unknown type. */
export function storedMember(types: Types, path: string, object: ValueId, name: string): readonly AbstractType[] {
  const facts = types.program.get(path)!;
  const text = receiverText(facts, object);
  if (text === undefined) return [];
  const out = new TypeSet();
  for (const index of indexOf(facts).storesByName.get(name) ?? []) {
    const store = facts.stores[index]!;
    if (receiverText(facts, store.object) === text) out.addAll(types.of(path, store.value));
  }
  return out.all;
}

/** A member of a receiver that nothing is known of, where its use or its name in this package shows that it is a client's connection. */
export function memberOfUnknown(types: Types, path: string, object: ValueId, name: string): readonly AbstractType[] {
  const facts = types.program.get(path)!;
  const found = byEvidence(types.program, path, facts, object);
  if (!found) return [];
  const known = types.of(path, object);
  if (known.some((type) => type.k !== 'object' && type.k !== 'structure')) return [];
  const type = { k: 'client', ...found } as const;
  // What is one by its name has no properties but those that look like objects of Salesforce.
  return found.client.called && !isNamedMember(type, name) && !/^[A-Z]|__[a-z]$/.test(name) ? [] : types.member(type, name);
}

/** The same for a member whose name is a value: `sf[name]`. */
export function anyMemberOfUnknown(types: Types, path: string, object: ValueId): readonly AbstractType[] {
  const found = byEvidence(types.program, path, types.program.get(path)!, object);
  return found ? anyMember({ k: 'client', ...found }) : [];
}
