import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { type AbstractType, isSameType, typeKey } from './abstractType.ts';
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
  /** The others, by what they mean. */
  byTarget: Map<string, number[]>;
}

/** Which places of a file have which names, and which value of a place says what it means. */
interface Kind {
  named: (facts: FileFacts) => Iterable<readonly [string, readonly ValueId[]]>;
  target: (facts: FileFacts, value: ValueId) => ValueId;
}

/** Calls by the last word of their callee. */
export const CALLS: Kind = { named: (facts) => indexOf(facts).callsByName, target: calleeOf };

/** Members that are taken and not called, by their name: `list.map(service.save)`, `service.save.bind(service)`. */
export const TAKEN: Kind = { named: takenMembers, target: (_facts, value) => value };

/** What classes extend, by the last word of it. */
export const PARENTS: Kind = { named: parents, target: (_facts, value) => value };

/**
 * Places of every lowered file by a name. A name like `get` has thousands, of as many functions: what a place means is therefore looked at once, as soon as
 * that is settled.
 */
export class PlacesByName {
  private readonly types: Types;
  private readonly kind: Kind;
  private names: Map<string, Named> | undefined;

  constructor(types: Types, kind: Kind) {
    this.types = types;
    this.kind = kind;
  }

  /** The places of a name that may mean something of a type, by path and place. To be asked inside an equation only. */
  meaning(name: string, wanted: AbstractType): Place[] {
    this.names ??= this.collect();
    const named = this.names.get(name);
    if (!named) return [];
    // The loop below may come back to here and sort out more: it goes on with what it found open, and misses none.
    named.open = named.open.filter((id) => !this.sortOut(named, id));
    const found = [...(named.byTarget.get(typeKey(wanted)) ?? [])];
    for (const id of named.open) {
      const place = named.places[id]!;
      if (this.types.of(place.path, this.target(place)).some((type) => isSameType(type, wanted))) found.push(id);
    }
    return found.sort((a, b) => a - b).map((id) => named.places[id]!);
  }

  /** Files a place under what it means, if that is settled. */
  private sortOut(named: Named, id: number): boolean {
    const place = named.places[id]!;
    const settled = this.types.settledOf(place.path, this.target(place));
    if (!settled) return false;
    for (const type of settled) {
      const key = typeKey(type);
      const list = named.byTarget.get(key);
      if (list) list.push(id);
      else named.byTarget.set(key, [id]);
    }
    return true;
  }

  private target({ path, value }: Place): ValueId {
    return this.kind.target(this.types.program.get(path)!, value);
  }

  private collect(): Map<string, Named> {
    const names = new Map<string, Named>();
    for (const path of this.types.program.paths()) {
      for (const [name, values] of this.kind.named(this.types.program.get(path)!)) {
        let list = names.get(name);
        if (!list) names.set(name, (list = { places: [], open: [], byTarget: new Map() }));
        for (const value of values) list.open.push(list.places.push({ path, value }) - 1);
      }
    }
    return names;
  }
}

/** The value that a call calls: of `f.call(…)` it is `f`. */
function calleeOf(facts: FileFacts, value: ValueId): ValueId {
  const call = facts.values[value]!;
  if (call.k !== 'call') return value;
  const callee = call.protocol === 'apply' ? facts.values[call.callee] : undefined;
  return callee?.k === 'member' ? callee.object : call.callee;
}

function* takenMembers(facts: FileFacts): Generator<readonly [string, readonly ValueId[]]> {
  const { consumers, membersByName } = indexOf(facts);
  const isCalled = (member: ValueId): boolean =>
    (consumers[member] ?? []).every((consumer) => {
      const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      return call?.k === 'call' && call.callee === member;
    });
  for (const [name, values] of membersByName) {
    const taken = values.filter((value) => !isCalled(value));
    if (taken.length > 0) yield [name, taken];
  }
}

function* parents(facts: FileFacts): Generator<readonly [string, readonly ValueId[]]> {
  for (const { extends: parent } of facts.classes) {
    const name = parent === undefined ? undefined : lastName(facts, parent);
    if (parent !== undefined && name !== undefined) yield [name, [parent]];
  }
}
