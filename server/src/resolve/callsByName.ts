import type { ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { typeKey } from './abstractType.ts';
import type { Types } from './types.ts';

/** A value in a file. */
export interface Place {
  path: string;
  value: ValueId;
}

/** The calls of one name. Numbers are indices into `places`. */
interface NamedCalls {
  places: Place[];
  /** Those of which it is not settled what they call. */
  open: number[];
  /** The others, by what they call. */
  byTarget: Map<string, number[]>;
}

/**
 * The calls of every lowered file by the last word of their callee. A name like `get` has thousands, of as many functions: what a call calls is therefore
 * looked at once, as soon as that is settled.
 */
export class CallsByName {
  private readonly types: Types;
  private names: Map<string, NamedCalls> | undefined;

  constructor(types: Types) {
    this.types = types;
  }

  /** The calls of a name whose callee may be of a type, by path and place. `wanted` is the type's key. To be asked inside an equation only. */
  calling(name: string, wanted: string): Place[] {
    this.names ??= this.collect();
    const calls = this.names.get(name);
    if (!calls) return [];
    // The loop below may come back to here and sort out more: it goes on with what it found open, and misses none.
    calls.open = calls.open.filter((id) => !this.sortOut(calls, id));
    const found = [...(calls.byTarget.get(wanted) ?? [])];
    for (const id of calls.open) {
      const place = calls.places[id]!;
      if (this.types.of(place.path, this.target(place)).some((type) => typeKey(type) === wanted)) found.push(id);
    }
    return found.sort((a, b) => a - b).map((id) => calls.places[id]!);
  }

  /** Files a call under what it calls, if that is settled. */
  private sortOut(calls: NamedCalls, id: number): boolean {
    const place = calls.places[id]!;
    const settled = this.types.settledOf(place.path, this.target(place));
    if (!settled) return false;
    for (const type of settled) {
      const key = typeKey(type);
      const list = calls.byTarget.get(key);
      if (list) list.push(id);
      else calls.byTarget.set(key, [id]);
    }
    return true;
  }

  /** The value that a call calls: of `f.call(…)` it is `f`. */
  private target({ path, value }: Place): ValueId {
    const facts = this.types.program.get(path)!;
    const call = facts.values[value]!;
    if (call.k !== 'call') return value;
    const callee = call.protocol === 'apply' ? facts.values[call.callee] : undefined;
    return callee?.k === 'member' ? callee.object : call.callee;
  }

  private collect(): Map<string, NamedCalls> {
    const names = new Map<string, NamedCalls>();
    for (const path of this.types.program.paths()) {
      for (const [name, calls] of indexOf(this.types.program.get(path)!).callsByName) {
        let list = names.get(name);
        if (!list) names.set(name, (list = { places: [], open: [], byTarget: new Map() }));
        for (const value of calls) list.open.push(list.places.push({ path, value }) - 1);
      }
    }
    return names;
  }
}
