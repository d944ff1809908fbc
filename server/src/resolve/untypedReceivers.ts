import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { CALLS, type Place, PlacesByName } from './callsByName.ts';
import { storedOnThis } from './stores.ts';
import { classOfThis } from './thisValue.ts';
import type { Types } from './types.ts';

/** A name that more classes have a method of says little about which of them is meant. */
const MOST_CLASSES = 3;

/** Two words at least: what one word names, as `save`, objects of any kind have. */
const DISTINCT = /[a-z\d](?:[A-Z]|_[a-z])/;

/** Names and members between an object and where it comes from that are followed. */
const MAX_STEPS = 6;

/**
 * Calls of methods of objects that were handed in without a type: `run({ accounts }) { accounts.renameAccount(…) }`. Which method is meant only its name
 * tells, so it counts only where classes of the workspace alone have it, and few of them. It says where a method's failures go, never what an object is.
 */
export class UntypedReceivers {
  private readonly types: Types;
  private readonly calls: PlacesByName;
  /** How many classes have a method of a name; those that other functions have too are not in it. */
  private methods: ReadonlyMap<string, number> | undefined;

  constructor(types: Types) {
    this.types = types;
    this.calls = new PlacesByName(types, CALLS);
  }

  /** Calls that may mean a method, as far as its name tells. */
  callsOf(path: string, fn: FunctionId): readonly Place[] {
    const owner = indexOf(this.types.program.get(path)!).ownerClass.get(fn);
    if (!owner || owner.static || !DISTINCT.test(owner.name)) return [];
    this.methods ??= methodsByName(this.types);
    if ((this.methods.get(owner.name) ?? MOST_CLASSES + 1) > MOST_CLASSES) return [];
    return this.calls.all(owner.name).filter(({ path: from, value }) => this.isOpen(from, value));
  }

  /** Whether nothing is known of what a call calls, and its object was handed in. */
  private isOpen(path: string, value: ValueId): boolean {
    const facts = this.types.program.get(path)!;
    const call = facts.values[value]!;
    const callee = call.k === 'call' ? facts.values[call.callee]! : undefined;
    if (call.k !== 'call' || callee?.k !== 'member' || !isHandedIn(facts, callee.object, this.types, path, 0)) return false;
    return this.types.of(path, call.callee).length === 0 && this.types.of(path, callee.object).length === 0;
  }
}

/** Whether a value comes from a parameter without a type, itself or as a member of one, or of a class of elsewhere that fills it. */
function isHandedIn(facts: FileFacts, id: ValueId, types: Types, path: string, depth: number): boolean {
  const value = facts.values[id]!;
  if (depth > MAX_STEPS) return false;
  const next = (each: ValueId): boolean => isHandedIn(facts, each, types, path, depth + 1);
  switch (value.k) {
    case 'parameter':
      return facts.functions[value.fn]!.params[value.index]?.type === undefined;
    case 'binding': {
      const { type, kind, sources } = facts.bindings[value.binding]!;
      return type === undefined && (kind === 'parameter' || (kind === 'variable' && sources.length > 0 && sources.every(next)));
    }
    case 'await':
    case 'assign':
      return next(value.of);
    case 'member':
      return facts.values[value.object]!.k === 'this' ? isFieldHandedIn(facts, value.in, value.name, types, path, next) : next(value.object);
    default:
      return false;
  }
}

/** The same for a field: what its class gives it, or else a class that this one extends. */
function isFieldHandedIn(facts: FileFacts, fn: FunctionId, name: string, types: Types, path: string, isOpen: (id: ValueId) => boolean): boolean {
  const cls = classOfThis(facts, fn);
  const fact = cls === undefined ? undefined : facts.classes[cls];
  if (cls === undefined || !fact) return false;
  const fields = fact.fields.filter((each) => each.name === name);
  if (fields.some((each) => each.type !== undefined)) return false;
  const given = [...fields.flatMap((each) => each.value ?? []), ...storedOnThis(types, path, cls, name)];
  return given.length > 0 ? given.every(isOpen) : fact.extends !== undefined;
}

/** How many classes of the workspace have a method of each name that no other function has. */
function methodsByName({ program }: Types): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const others = new Set<string>();
  for (const path of program.paths()) {
    if (program.tests.has(path)) continue;
    const facts = program.get(path)!;
    for (const { methods } of facts.classes) for (const { name } of methods) counts.set(name, (counts.get(name) ?? 0) + 1);
    for (const [fn, object] of indexOf(facts).ownerObject) {
      const held = facts.values[object];
      const value = indexOf(facts).functionValue.get(fn);
      if (held?.k === 'object') for (const prop of held.props) if (prop.value === value) others.add(prop.key);
    }
    for (const { name, value } of facts.stores) if (facts.values[value]?.k === 'function') others.add(name);
  }
  for (const name of others) counts.delete(name);
  return counts;
}
