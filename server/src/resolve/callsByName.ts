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

/** Which places of a file have which names, whether one counts, and which value of it says what it means. */
interface Kind {
  named: (facts: FileFacts) => Iterable<readonly [string, readonly ValueId[]]>;
  counts?: (facts: FileFacts, value: ValueId) => boolean;
  target: (facts: FileFacts, value: ValueId) => ValueId;
}

/** Calls by the last word of their callee. */
export const CALLS: Kind = { named: (facts) => indexOf(facts).callsByName, target: calleeOf };

/** Members that are taken and not called, by their name: `list.map(service.save)`, `service.save.bind(service)`. */
export const TAKEN: Kind = { named: (facts) => indexOf(facts).membersByName, counts: isTaken, target: (_facts, value) => value };

/** What classes extend, by the last word of it. */
export const PARENTS: Kind = { named: parents, target: (_facts, value) => value };

/**
 * Places of every lowered file by a name. A name like `get` has thousands, of as many functions: what a place means is therefore looked at once, as soon as
 * that is settled.
 */
export class PlacesByName {
  private readonly types: Types;
  private readonly kind: Kind;
  /** By name, the files that have it. */
  private files: Map<string, { path: string; values: readonly ValueId[] }[]> | undefined;
  /** The names that were asked for. */
  private readonly names = new Map<string, Named>();

  constructor(types: Types, kind: Kind) {
    this.types = types;
    this.kind = kind;
  }

  /** The places of a name that may mean something of a type, by path and place. To be asked inside an equation only. */
  meaning(name: string, wanted: AbstractType): Place[] {
    const named = this.named(name);
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

  private named(name: string): Named {
    let named = this.names.get(name);
    if (!named) {
      this.files ??= this.filesByName();
      const places = (this.files.get(name) ?? []).flatMap(({ path, values }) => {
        const facts = this.types.program.get(path)!;
        return values.filter((value) => this.kind.counts?.(facts, value) ?? true).map((value) => ({ path, value }));
      });
      this.names.set(name, (named = { places, open: [...places.keys()], byTarget: new Map() }));
    }
    return named;
  }

  private filesByName(): Map<string, { path: string; values: readonly ValueId[] }[]> {
    const files = new Map<string, { path: string; values: readonly ValueId[] }[]>();
    for (const path of this.types.program.paths()) {
      for (const [name, values] of this.kind.named(this.types.program.get(path)!)) {
        const list = files.get(name);
        if (list) list.push({ path, values });
        else files.set(name, [{ path, values }]);
      }
    }
    return files;
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

function* parents(facts: FileFacts): Generator<readonly [string, readonly ValueId[]]> {
  for (const { extends: parent } of facts.classes) {
    const name = parent === undefined ? undefined : lastName(facts, parent);
    if (parent !== undefined && name !== undefined) yield [name, [parent]];
  }
}
