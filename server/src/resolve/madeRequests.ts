import type { ArgumentPlace } from '../../../catalog/schema/httpLibrary.ts';
import type { CallValue, FileFacts, ValueId } from '../facts/facts.ts';
import { argumentFor, indexOf } from '../facts/fileIndex.ts';
import { typeKey } from './abstractType.ts';
import type { Place } from './callsByName.ts';
import { receiverText } from './evidence.ts';
import { instanceModel } from './httpMembers.ts';
import type { HttpType } from './httpRequests.ts';
import { optionValues } from './memberValues.ts';
import { textsOf } from './texts.ts';
import type { Types } from './types.ts';

/** Names in names deeper than this are not followed. */
const MAX_DEPTH = 6;

/** The requests, made before they are sent, that an argument of a call may be: through names, and through whoever gives them as a parameter. */
export function messagesAt(types: Types, path: string, call: CallValue, type: HttpType, { argument, name }: ArgumentPlace): HttpType[] {
  const id = argumentFor(types.program.get(path)!, call, argument ?? -1, name);
  return id === undefined ? [] : madeBy(types, path, id, type, 0);
}

function madeBy(types: Types, path: string, id: ValueId, type: HttpType, depth: number): HttpType[] {
  const found = types.of(path, id).flatMap((each) => (each.k === 'http' && each.library === type.library && each.instance && each.path === '' ? [each] : []));
  const made = found.filter((each) => each.instance!.value >= 0);
  if (made.length > 0 || depth > MAX_DEPTH) return made;
  const value = types.program.get(path)!.values[id];
  const next = (places: readonly Place[]): HttpType[] => places.slice(0, 12).flatMap((place) => madeBy(types, place.path, place.value, type, depth + 1));
  if (value?.k === 'binding') return next(types.program.get(path)!.bindings[value.binding]!.sources.map((source) => ({ path, value: source })));
  if (value?.k === 'parameter') return next(types.callers.argumentsOf(path, value.fn, value.index));
  return [];
}

/** The texts that the address, or the method, of a request may be that was made before it is sent: see `textsOf`. */
export function textsOfMessage(types: Types, message: HttpType, part: 'url' | 'method'): readonly string[] {
  const model = instanceModel(message);
  const places = part === 'url' ? model?.urlAt : model?.methodAt;
  const given = (places ?? []).map((place) => textsGiven(types, message, place)).find((texts) => texts.length > 0);
  if (given) return given;
  const later = storedTexts(types, message, (part === 'url' ? model?.urlMembers : model?.methodMembers) ?? []);
  if (later.length > 0 || part === 'url' || model?.methodElse === undefined) return later;
  const made = message.instance && types.program.get(message.instance.path)?.values[message.instance.value];
  return [made?.k === 'call' && sendsBody(types, message.instance!.path, made, model.bodyAt) ? 'POST' : model.methodElse];
}

/** Whether a call is given a body at one of some places: something that is not nothing. */
export function sendsBody(types: Types, path: string, call: CallValue, places: readonly ArgumentPlace[] | undefined): boolean {
  const facts = types.program.get(path)!;
  return (places ?? []).some(({ argument, name }) => {
    const id = argumentFor(facts, call, argument ?? -1, name);
    const given = id === undefined ? undefined : facts.values[id];
    return given !== undefined && given.k !== 'undefined' && !(given.k === 'literal' && given.value === null);
  });
}

/** Texts at a place of the arguments of the call that made an instance. */
export function textsGiven(types: Types, { instance }: HttpType, { argument, option, name }: ArgumentPlace): readonly string[] {
  const facts = instance && types.program.get(instance.path);
  const made = facts?.values[instance!.value];
  if (!facts || !instance || made?.k !== 'call') return [];
  const id = argumentFor(facts, made, argument ?? -1, name);
  if (id === undefined) return [];
  const found = option === undefined ? [{ path: instance.path, value: id }] : optionValues(types, instance.path, id, option);
  return found.flatMap((each) => textsOf(types, each.path, each.value));
}

/** The texts that are assigned to members of whatever stands at a value, in its own file: of what is made elsewhere, or by somebody else. */
export function textsStoredOn(types: Types, path: string, object: ValueId | undefined, members: readonly string[]): readonly string[] {
  const facts = types.program.get(path)!;
  const receiver = object === undefined ? undefined : receiverText(facts, object);
  if (receiver === undefined) return [];
  return members.flatMap((name) => storesTo(facts, name)).flatMap((store) => (receiverText(facts, store.object) === receiver ? [...textsOf(types, path, store.value)] : []));
}

/** What is assigned to a member, also one of a member: `client.defaults.baseURL = …` is an assignment to `defaults.baseURL` of `client`. */
function storesTo(facts: FileFacts, name: string): { object: ValueId; value: ValueId }[] {
  const [last, ...before] = name.split('.').toReversed();
  return (indexOf(facts).storesByName.get(last!) ?? []).flatMap((index) => {
    const { object, value } = facts.stores[index]!;
    let holder = object;
    for (const word of before) {
      const member = facts.values[holder];
      if (member?.k !== 'member' || member.name !== word) return [];
      holder = member.object;
    }
    return [{ object: holder, value }];
  });
}

/** What is assigned to the address, or to the method, of the request that an argument of a call is, wherever that is made. */
export function textsAssignedToMessage(types: Types, path: string, call: CallValue, { library }: HttpType, { argument, name }: ArgumentPlace, part: 'url' | 'method'): readonly string[] {
  const id = argumentFor(types.program.get(path)!, call, argument ?? -1, name);
  const members = library.instances.flatMap((each) => (part === 'url' ? each.urlMembers : each.methodMembers) ?? []);
  return textsStoredOn(types, path, id, [...new Set(members)]);
}

/** The texts that are assigned to members of an instance, in the file where it is made. */
export function storedTexts(types: Types, instance: HttpType, members: readonly string[]): readonly string[] {
  if (members.length === 0 || !instance.instance) return [];
  const own = typeKey({ ...instance, path: '' });
  const paths = instance.instance.value < 0 ? [] : [instance.instance.path];
  return paths.flatMap((path) => {
    const facts = types.program.get(path);
    const stores = facts ? members.flatMap((name) => storesTo(facts, name)) : [];
    return stores.flatMap(({ object, value }) => (types.of(path, object).some((type) => type.k === 'http' && type.path === '' && typeKey(type) === own) ? [...textsOf(types, path, value)] : []));
  });
}
