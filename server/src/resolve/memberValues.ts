import type { ClassId, ValueId } from '../facts/facts.ts';
import type { AbstractType } from './abstractType.ts';
import type { Place } from './callsByName.ts';
import { subclassesOf } from './members.ts';
import { storedOnObject, storedOnThis } from './stores.ts';
import type { Types } from './types.ts';

/** Objects inside objects deeper than this are not looked into. */
const MAX_DEPTH = 5;
/** Tables with more entries than this say nothing where the key is not known. */
const MOST_ENTRIES = 6;

/** The values, anywhere in the workspace, that `object.name` may be: what object literals, classes, modules and assignments give it. */
export function memberValues(types: Types, path: string, object: ValueId, name: string): Place[] {
  return types.of(path, object).flatMap((type) => valuesOf(types, type, name, 0));
}

/** The same without what tests give, unless nobody else gives anything: tests talk to servers of their own. */
export function productValues(types: Types, path: string, object: ValueId, name: string): readonly Place[] {
  const all = memberValues(types, path, object, name);
  const own = types.program.tests.has(path) ? all : all.filter((place) => !types.program.tests.has(place.path));
  return own.length > 0 ? own : all;
}

/** The values that a member of the objects of a class may be. */
export function classValues(types: Types, path: string, cls: ClassId, name: string): Place[] {
  return valuesOf(types, { k: 'instance', path, cls }, name, 0);
}

/** The values of an option in an argument: `retry.limit` looks into the object `retry`. */
export function optionValues(types: Types, path: string, argument: ValueId, option: string): Place[] {
  let places: Place[] = [{ path, value: argument }];
  for (const name of option.split('.')) places = places.flatMap((place) => memberValues(types, place.path, place.value, name));
  return places;
}

/** Whether an option of one of several arguments is a literal of which something holds. */
export function hasOption(types: Types, path: string, args: readonly ValueId[], option: string, holds: (value: string | number | boolean | null) => boolean): boolean {
  return args.some((argument) => optionValues(types, path, argument, option).some((place) => {
    const value = types.program.get(place.path)!.values[place.value];
    return value?.k === 'literal' && holds(value.value);
  }));
}

/** The values that an exported name of whatever a module specifier means is given. */
export function exportedValues(types: Types, from: string, specifier: string, name: string, depth = 0): Place[] {
  const target = types.program.resolve(from, specifier);
  if (target.k !== 'file' || depth > MAX_DEPTH) return [];
  return valuesOfExport(types, target.path, name, depth);
}

function valuesOfExport(types: Types, path: string, name: string, depth: number): Place[] {
  const facts = types.program.get(path);
  if (!facts) return [];
  const out: Place[] = [];
  for (const each of facts.exports) {
    if (each.name === name && each.value !== undefined) out.push({ path, value: each.value });
    else if (each.from !== undefined && (each.name === name || each.name === '*')) out.push(...exportedValues(types, path, each.from, each.imported ?? name, depth + 1));
    else if (each.name === '=' && each.value !== undefined && name !== 'default') out.push(...types.of(path, each.value).flatMap((type) => valuesOf(types, type, name, depth + 1)));
  }
  return out;
}

function valuesOf(types: Types, type: AbstractType, name: string, depth: number): Place[] {
  if (depth > MAX_DEPTH) return [];
  switch (type.k) {
    case 'object': {
      const facts = types.program.get(type.path)!;
      const object = facts.values[type.value];
      if (object?.k !== 'object') return [];
      const own = object.props.filter((prop) => prop.key === name).map((prop) => ({ path: type.path, value: prop.value }));
      const spread = object.spreads.flatMap((each) => types.of(type.path, each).flatMap((inner) => valuesOf(types, inner, name, depth + 1)));
      const stored = storedOnObject(types, type.path, type.value, name).map((value) => ({ path: type.path, value }));
      return [...own, ...spread, ...stored];
    }
    case 'instance':
    case 'class': {
      const facts = types.program.get(type.path);
      const fact = facts?.classes[type.cls];
      if (!facts || !fact) return [];
      const fields = fact.fields.flatMap((field) => (field.name === name && field.value !== undefined ? [{ path: type.path, value: field.value }] : []));
      const stored = storedOnThis(types, type.path, type.cls, name).map((value) => ({ path: type.path, value }));
      const getters = fact.methods.flatMap((method) => (method.name === name && facts.functions[method.fn]?.kind === 'getter' ? returnedValues(types, type.path, method.fn) : []));
      const parents = [...(fact.extends === undefined ? [] : [fact.extends]), ...(fact.mixins ?? [])];
      const inherited = parents.flatMap((parent) => [...types.of(type.path, parent)]).flatMap((parent) => (parent.k === 'class' ? valuesOf(types, { ...parent, k: type.k }, name, depth + 1) : []));
      const own = [...fields, ...stored, ...getters, ...inherited];
      // What a class leaves to those that extend it: `this.url` of a base class.
      if (own.length > 0 || depth > 0) return own;
      return subclassesOf(types, type.path, type.cls).flatMap((heir) => valuesOf(types, { k: type.k, ...heir }, name, MAX_DEPTH));
    }
    case 'module':
      return valuesOfExport(types, type.path, name, depth);
    default:
      return [];
  }
}

/** The values that the return statements of a function give. */
export function returnedValues(types: Types, path: string, fn: number): Place[] {
  const blocks = types.program.get(path)?.functions[fn]?.blocks ?? [];
  return blocks.flatMap((block) => (block.next.k === 'return' && block.next.value !== undefined ? [{ path, value: block.next.value }] : []));
}

/** What stands at a place of the lists that a value may be, `token, address = sign_in()`; all that stands in a table where the key is not known: `HOSTS[environment]`. */
export function itemsAt(types: Types, path: string, list: ValueId, index: unknown): Place[] {
  if (index === undefined) return types.of(path, list).flatMap((type) => (type.k === 'object' ? entriesOf(types, type.path, type.value) : []));
  if (typeof index !== 'number') return [];
  return types.of(path, list).flatMap((type) => {
    const array = type.k === 'array' ? types.program.get(type.path)!.values[type.value] : undefined;
    const item = array?.k === 'array' && array.spreads.length === 0 ? array.items[index] : undefined;
    return type.k === 'array' && item !== undefined ? [{ path: type.path, value: item }] : [];
  });
}

/** The values of a small table that is written down. */
function entriesOf(types: Types, path: string, table: ValueId): Place[] {
  const object = types.program.get(path)!.values[table];
  return object?.k === 'object' && object.props.length <= MOST_ENTRIES ? object.props.map((prop) => ({ path, value: prop.value })) : [];
}
