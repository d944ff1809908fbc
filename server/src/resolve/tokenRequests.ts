import type { CallValue, FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName, optionArguments } from '../facts/fileIndex.ts';
import { isOpen } from './addressParts.ts';
import { receiverText } from './evidence.ts';
import { optionValues } from './memberValues.ts';
import type { Types } from './types.ts';

/** What only Salesforce answers to a request for a token: the address of the org. */
const ORG = 'instance_url';
/** The same as the name of a field, or of a constant. */
const ORG_FIELD = /^instance_?url$/i;
/** What every request for a token says. */
const GRANT = 'grant_type';

/**
 * The addresses of a request for a token to a place that is not known, in a file that reads the address of an org out of an answer: nobody else gives one.
 * Each with the path that such a request has; undefined where the request is another. `asksForGrant`: whether it asks for a token by what stands around it.
 */
export function tokenAddresses(types: Types, path: string, call: CallValue, addresses: readonly string[], asksForGrant: () => boolean): readonly string[] | undefined {
  const facts = types.program.get(path)!;
  if (addresses.length === 0 || !addresses.every(isOpen) || !(readsOrg(facts) || givesOrg(types, path, call))) return undefined;
  return optionArguments(call).some((argument) => asksForToken(types, path, argument)) || asksForGrant() ? addresses.map((text) => `${text}/services/oauth2/token`) : undefined;
}

function asksForToken(types: Types, path: string, argument: ValueId): boolean {
  const facts = types.program.get(path)!;
  const given = (id: ValueId): boolean => optionValues(types, path, id, GRANT).length > 0;
  if (given(argument)) return true;
  const value = facts.values[argument];
  // As a part of the options, or encoded.
  const parts = value?.k === 'object' ? value.props.map((each) => each.value) : value?.k === 'call' ? value.args : [];
  return parts.some((part) => given(part) || encoded(facts, part).some(given));
}

function encoded(facts: FileFacts, id: ValueId): readonly ValueId[] {
  const value = facts.values[id];
  return value?.k === 'call' ? value.args : [];
}

/** Whether the answer is to be an object of a class of the workspace that holds the address of an org: `postForObject(url, form, Token.class)`. */
function givesOrg(types: Types, path: string, call: CallValue): boolean {
  const facts = types.program.get(path)!;
  const named = call.args.flatMap((each) => {
    const value = facts.values[each];
    return value?.k === 'other' && value.of.length === 1 ? types.of(path, value.of[0]!) : [];
  });
  const asked = (call.typeArgs ?? []).flatMap((type) => types.ofAnnotation(path, type));
  return [...named, ...asked].some((type) => (type.k === 'class' || type.k === 'instance') && (types.program.get(type.path)?.classes[type.cls]?.fields ?? []).some(({ name }) => ORG_FIELD.test(name)));
}

/** A text that is the identity of whoever logged in, and nothing more: `answer.id`, `answer.getString("id")`. */
const IDENTITY = /^\u0001(?:[^\u0002]*\.)?(?:id|get\w*\(id\))\u0002$/;
/** What an answer holds besides, where its `id` is an address. */
const BESIDES = ['access_token', ORG];

/** The addresses of a request to the address that the answer to a login holds as `id`, each with the path that such an address has. */
export function identityAddresses(types: Types, path: string, addresses: readonly string[]): readonly string[] | undefined {
  if (addresses.length === 0 || !addresses.every((text) => IDENTITY.test(text)) || !readsIdentity(types.program.get(path)!)) return undefined;
  return addresses.map((text) => `${text}/id/\u0001org\u0002/\u0001user\u0002`);
}

const identities = new WeakMap<FileFacts, boolean>();

/** Whether a file reads `id` and a token out of one answer: nobody else gives an address by that name. */
function readsIdentity(facts: FileFacts): boolean {
  let reads = identities.get(facts);
  if (reads === undefined) {
    const besides = new Set(BESIDES.flatMap((name) => readFrom(facts, name)));
    identities.set(facts, (reads = readFrom(facts, 'id').some((receiver) => besides.has(receiver))));
  }
  return reads;
}

/** What a name is read from: `answer.id`, `answer.getString("id")`. */
function readFrom(facts: FileFacts, name: string): string[] {
  const members = (indexOf(facts).membersByName.get(name) ?? []).map((id) => facts.values[id]);
  const gets = facts.values.flatMap((value) => (value.k === 'call' && value.args.some((each) => isText(facts, each, name)) ? [facts.values[value.callee]] : []));
  return [...members, ...gets].flatMap((value) => (value?.k === 'member' ? (receiverText(facts, value.object) ?? []) : []));
}

const reading = new WeakMap<FileFacts, boolean>();

/** Whether a file reads the address of an org out of something other than the object itself: `answer['instance_url']`, `answer.get('instance_url')`. */
function readsOrg(facts: FileFacts): boolean {
  let reads = reading.get(facts);
  if (reads === undefined) {
    const members = indexOf(facts).membersByName.get(ORG) ?? [];
    reads = members.some((id) => {
      const member = facts.values[id];
      return member?.k === 'member' && facts.values[member.object]?.k !== 'this';
    }) || facts.values.some((value) => value.k === 'call' && value.args.some((each) => isText(facts, each, ORG)));
    reading.set(facts, reads);
  }
  return reads;
}

/** Whether a value is this text, or a constant that is called so. */
function isText(facts: FileFacts, id: ValueId, text: string): boolean {
  const value = facts.values[id];
  return value?.k === 'literal' ? value.value === text : lastName(facts, id) === text.toUpperCase();
}
