import type { ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { receiverText } from './evidence.ts';
import { memberValues, returnedValues } from './memberValues.ts';
import type { Types } from './types.ts';

/** Names that stand for an object of options are followed no further than this. */
const MAX_DEPTH = 8;

/** Whether one of some members was set, or called, on an object that is seen to be made: undefined where it is not seen. */
export function isConfigured(types: Types, path: string, id: ValueId, names: readonly string[]): boolean | undefined {
  return new Configured(types, names).of(path, id, 0);
}

class Configured {
  private readonly types: Types;
  private readonly names: readonly string[];
  private readonly seen = new Set<string>();

  constructor(types: Types, names: readonly string[]) {
    this.types = types;
    this.names = names;
  }

  of(path: string, id: ValueId, depth: number): boolean | undefined {
    const key = `${id}@${path}`;
    const facts = this.types.program.get(path);
    const value = facts?.values[id];
    if (!facts || !value || depth > MAX_DEPTH || this.seen.has(key)) return undefined;
    this.seen.add(key);
    if (this.isSetHere(path, id)) return true;
    switch (value.k) {
      case 'binding':
        return this.any(facts.bindings[value.binding]!.sources.map((source) => ({ path, value: source })), depth) ;
      case 'member':
        return this.any(memberValues(this.types, path, value.object, value.name), depth);
      case 'parameter':
        return this.any(this.types.callers.argumentsOf(path, value.fn, value.index), depth);
      case 'typed':
      case 'assign':
        return this.of(path, value.of, depth);
      case 'choice':
        return this.any(value.of.map((each) => ({ path, value: each })), depth);
      case 'call': {
        if (value.construct) return false;
        const functions = this.types.of(path, value.callee).flatMap((type) => (type.k === 'function' ? [type] : []));
        return this.any(functions.flatMap((type) => returnedValues(this.types, type.path, type.fn)), depth);
      }
      default:
        return undefined;
    }
  }

  private any(places: readonly { path: string; value: ValueId }[], depth: number): boolean | undefined {
    // What is asked already, as of a function that calls another of its own name, is answered where that began.
    const answers = places.filter((place) => !this.seen.has(`${place.value}@${place.path}`)).map((place) => this.of(place.path, place.value, depth + 1));
    return answers.includes(true) ? true : answers.includes(undefined) || answers.length === 0 ? undefined : false;
  }

  /** Whether the members are set on the same name in this file, there or in a function of the workspace that it is given to. */
  private isSetHere(path: string, id: ValueId): boolean {
    const facts = this.types.program.get(path)!;
    const text = receiverText(facts, id);
    if (text === undefined) return false;
    const value = facts.values[id]!;
    const isSame = (other: ValueId): boolean => {
      const object = facts.values[other]!;
      return value.k === 'binding' ? object.k === 'binding' && object.binding === value.binding : receiverText(facts, other) === text;
    };
    for (const name of this.names) {
      if ((indexOf(facts).membersByName.get(name) ?? []).some((member) => {
        const access = facts.values[member];
        return access?.k === 'member' && isSame(access.object);
      })) return true;
    }
    return value.k === 'binding' && (indexOf(facts).bindingUses[value.binding] ?? []).some((use) => this.isSetByCallee(path, use));
  }

  private isSetByCallee(path: string, use: ValueId): boolean {
    const facts = this.types.program.get(path)!;
    return (indexOf(facts).consumers[use] ?? []).some((consumer) => {
      const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      const index = call?.k === 'call' ? call.args.indexOf(use) : -1;
      if (call?.k !== 'call' || index < 0) return false;
      return this.types.of(path, call.callee).some((type) => {
        const given = type.k === 'function' ? this.types.program.get(type.path)!.functions[type.fn]!.params[index]?.binding : undefined;
        if (type.k !== 'function' || given === undefined) return false;
        const [first] = indexOf(this.types.program.get(type.path)!).bindingUses[given] ?? [];
        return first !== undefined && !this.seen.has(`${first}@${type.path}`) && this.isSetHere(type.path, first);
      });
    });
  }
}
