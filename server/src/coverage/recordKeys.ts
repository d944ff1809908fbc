import type { ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { clientInvocation } from '../resolve/clientInvocation.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import { returnedValues } from '../resolve/memberValues.ts';
import { textsOf } from '../resolve/texts.ts';
import type { Types } from '../resolve/types.ts';

/** The member by which a written record is found, where the record names none. */
export interface MissingKey {
  key: string;
  /** The same word in other letters, if the record has that. */
  instead: string | undefined;
}

/** What tells which record is written, where the record is an object written at the call, or by the function that maps to it, and does not have it. */
export function missingKeyOf(types: Types, call: SalesforceCall): MissingKey | undefined {
  const { kind, id } = call.operation;
  const facts = types.program.get(call.path)!;
  const value = facts.values[call.value]!;
  if (value.k !== 'call' || !/^rest\.(?:sobject|collections)\.(?:update|upsert)$/.test(id)) return undefined;
  // Only methods that take one record or many take them as they are.
  const at = clientInvocation(types, call.path, value)?.method.variants.find((each) => each.when?.is === 'array')?.when?.index;
  const record = at === undefined ? undefined : call.args[at];
  if (record === undefined) return undefined;
  const key = kind === 'update' ? 'Id' : onlyText(types, call.path, call.args[at! + 1]);
  // By `Id` an upsert makes what has none.
  if (key === undefined || (kind === 'upsert' && (key === 'Id' || !/^\w+$/.test(key)))) return undefined;
  for (const object of writtenObjects(types, call.path, record)) {
    const written = facts.values[object]!;
    if (written.k !== 'object' || written.spreads.length > 0 || written.props.some((prop) => prop.key === key || prop.key.startsWith('['))) continue;
    return { key, instead: written.props.find((prop) => prop.key.toLowerCase() === key.toLowerCase())?.key };
  }
  return undefined;
}

function onlyText(types: Types, path: string, id: ValueId | undefined): string | undefined {
  const texts = id === undefined ? [] : textsOf(types, path, id);
  return texts.length === 1 ? texts[0] : undefined;
}

/** Object literals that stand where they are given away, so that nothing can have been added to them. */
function writtenObjects(types: Types, path: string, id: ValueId): ValueId[] {
  const facts = types.program.get(path)!;
  const value = facts.values[id]!;
  if (value.k === 'object') return [id];
  if (value.k === 'array') return value.items.filter((item) => facts.values[item]!.k === 'object');
  if (value.k === 'typed') return writtenObjects(types, path, value.of);
  if (value.k !== 'call' || value.protocol !== 'map') return isKeptAsItIs(types, path, id) ? sourcesOf(types, path, id) : [];
  const mapper = value.args[0] === undefined ? undefined : facts.values[value.args[0]];
  const returned = mapper?.k === 'function' ? returnedValues(types, path, mapper.fn) : [];
  return returned.length === 1 && facts.values[returned[0]!.value]?.k === 'object' ? [returned[0]!.value] : [];
}

/** A constant that is used here only. */
function isKeptAsItIs(types: Types, path: string, id: ValueId): boolean {
  const facts = types.program.get(path)!;
  const value = facts.values[id]!;
  return value.k === 'binding' && facts.bindings[value.binding]!.constant && facts.bindings[value.binding]!.kind === 'variable' && indexOf(facts).bindingUses[value.binding]!.length === 1;
}

function sourcesOf(types: Types, path: string, id: ValueId): ValueId[] {
  const facts = types.program.get(path)!;
  const value = facts.values[id]!;
  return value.k === 'binding' ? facts.bindings[value.binding]!.sources.filter((source) => facts.values[source]!.k !== 'binding').flatMap((source) => writtenObjects(types, path, source)) : [];
}
