import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { type AbstractType, isSameType } from './abstractType.ts';
import { NamedFiles, type NamesOf } from './namedFiles.ts';
import type { Types } from './types.ts';

/** A value in a file. */
export interface Place {
  path: string;
  value: ValueId;
}

/** The places of one name. Numbers are indices into `places`. */
interface Named {
  places: Place[];
  /** Those of which it is not settled what they mean. */
  open: number[];
  /** The others, by what they mean: by its file, then by its `numberIn` that. */
  byTarget: Map<string, Map<number, number[]>>;
}

/** What can be asked for: something of the workspace that has a name. */
export type Target = Extract<AbstractType, { k: 'function' | 'class' | 'instance' }>;

/** A number that tells a function, a class or the objects of a class from all others of its file. */
function numberIn(target: Target): number {
  return target.k === 'function' ? 3 * target.fn : 3 * target.cls + (target.k === 'class' ? 1 : 2);
}

/** Which places of a file have which names, whether one counts, and which value of it says what it means. */
interface Kind {
  named: NamesOf;
  counts?: (facts: FileFacts, value: ValueId) => boolean;
  target: (facts: FileFacts, value: ValueId) => ValueId;
}

/** Calls by the last word of their callee. */
export const CALLS: Kind = { named: (facts) => indexOf(facts).callsByName, target: calleeOf };

/** The one name of all calls of what is taken out of a list, a map, a table or an object under a key: `commands[name]()`, `this[finder](id)`, `for (const step of steps) step()`. */
export const FROM_LISTS = '[]';

/** Those calls. */
export const ELEMENTS: Kind = { named: elements, target: calleeOf };

/** Members that are taken and not called, by their name: `list.map(service.save)`, `service.save.bind(service)`. */
export const TAKEN: Kind = { named: (facts) => indexOf(facts).membersByName, counts: isTaken, target: (_facts, value) => value };

/** What classes extend, by the last word of it. */
export const PARENTS: Kind = { named: parents, target: (_facts, value) => value };

/** What members are assigned on from outside, by the member's name: `child` of `child.parent = this`. */
export const STORED_ON: Kind = { named: storedOn, target: (_facts, value) => value };

/**
 * Places of every lowered file by a name. A name like `get` has thousands, of as many functions: what a place means is therefore looked at once, as soon as
 * that is settled.
 */
export class PlacesByName {
  private readonly types: Types;
  private readonly kind: Kind;
  private files: NamedFiles | undefined;
  /** The names that were asked for. */
  private readonly names = new Map<string, Named>();

  constructor(types: Types, kind: Kind) {
    this.types = types;
    this.kind = kind;
  }

  /** The places of a name that may mean something of a type, by path and place. To be asked inside an equation only. */
  meaning(name: string, wanted: Target): Place[] {
    const named = this.named(name);
    // The loop below may come back to here and sort out more: it goes on with what it found open, and misses none.
    named.open = named.open.filter((id) => !this.sortOut(named, id));
    const found = [...(named.byTarget.get(wanted.path)?.get(numberIn(wanted)) ?? [])];
    for (const id of named.open) {
      const place = named.places[id]!;
      if (this.types.of(place.path, this.target(place)).some((type) => isSameType(type, wanted))) found.push(id);
    }
    return found.sort((a, b) => a - b).map((id) => named.places[id]!);
  }

  /** Every place of a name, whatever it means. */
  all(name: string): readonly Place[] {
    return this.named(name).places;
  }

  /** Files a place under what it means, if that is settled. */
  private sortOut(named: Named, id: number): boolean {
    const place = named.places[id]!;
    const settled = this.types.settledOf(place.path, this.target(place));
    if (!settled) return false;
    for (const type of settled) {
      if (type.k !== 'function' && type.k !== 'class' && type.k !== 'instance') continue;
      let inFile = named.byTarget.get(type.path);
      if (!inFile) named.byTarget.set(type.path, (inFile = new Map()));
      const list = inFile.get(numberIn(type));
      if (list) list.push(id);
      else inFile.set(numberIn(type), [id]);
    }
    return true;
  }

  private target({ path, value }: Place): ValueId {
    return this.kind.target(this.types.program.get(path)!, value);
  }

  private named(name: string): Named {
    let named = this.names.get(name);
    if (!named) {
      this.files ??= NamedFiles.of(this.types.program, this.kind.named);
      const places = this.files.having(name).flatMap(({ path, values }) => {
        const facts = this.types.program.get(path)!;
        return values.filter((value) => this.kind.counts?.(facts, value) ?? true).map((value) => ({ path, value }));
      });
      this.names.set(name, (named = { places, open: [...places.keys()], byTarget: new Map() }));
    }
    return named;
  }
}

/** The value that a call calls: of `f.call(…)` it is `f`. */
function calleeOf(facts: FileFacts, value: ValueId): ValueId {
  const call = facts.values[value]!;
  if (call.k !== 'call') return value;
  const callee = call.protocol === 'apply' ? facts.values[call.callee] : undefined;
  return callee?.k === 'member' ? callee.object : call.callee;
}

function isTaken(facts: FileFacts, member: ValueId): boolean {
  return !(indexOf(facts).consumers[member] ?? []).every((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return call?.k === 'call' && call.callee === member;
  });
}

function* elements(facts: FileFacts): Generator<readonly [string, readonly ValueId[]]> {
  const calls = [...indexOf(facts).callsIn.values()].flat().filter((id) => {
    const call = facts.values[id];
    return call?.k === 'call' && !call.construct && isElement(facts, calleeOf(facts, id), 0);
  });
  if (calls.length > 0) yield [FROM_LISTS, calls.sort((a, b) => a - b)];
}

/** Whether a value is taken out of something that holds several, also under a name. */
function isElement(facts: FileFacts, id: ValueId, depth: number): boolean {
  const value = facts.values[id];
  if (value === undefined || depth > 4) return false;
  switch (value.k) {
    case 'index':
    case 'element':
      return true;
    case 'typed':
    case 'assign':
      return isElement(facts, value.of, depth + 1);
    case 'choice':
      return value.of.some((each) => isElement(facts, each, depth + 1));
    case 'call': {
      const callee = facts.values[value.callee];
      return callee?.k === 'member' && callee.name === 'get';
    }
    case 'parameter':
      return (indexOf(facts).consumers[indexOf(facts).functionValue.get(value.fn) ?? -1] ?? []).some((consumer) => {
        const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
        return call?.k === 'call' && ['each', 'map', 'inline'].includes(call.protocol ?? '');
      });
    case 'binding':
      return facts.bindings[value.binding]!.sources.some((source) => isElement(facts, source, depth + 1));
    default:
      return false;
  }
}

function* storedOn(facts: FileFacts): Generator<readonly [string, readonly ValueId[]]> {
  for (const [name, indexes] of indexOf(facts).storesByName) {
    const objects = indexes.map((index) => facts.stores[index]!.object).filter((id) => !['this', 'object', 'global'].includes(facts.values[id]!.k));
    if (objects.length > 0) yield [name, objects];
  }
}

function* parents(facts: FileFacts): Generator<readonly [string, readonly ValueId[]]> {
  for (const { extends: parent } of facts.classes) {
    const name = parent === undefined ? undefined : lastName(facts, parent);
    if (parent !== undefined && name !== undefined) yield [name, [parent]];
  }
}
