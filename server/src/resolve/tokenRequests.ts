import type { CallValue, FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, optionArguments } from '../facts/fileIndex.ts';
import { isOpen } from './addressParts.ts';
import { optionValues } from './memberValues.ts';
import type { Types } from './types.ts';

/** What only Salesforce answers to a request for a token: the address of the org. */
const ORG = 'instance_url';
/** What every request for a token says. */
const GRANT = 'grant_type';

/**
 * The addresses of a request for a token to a place that is not known, in a file that reads the address of an org out of an answer: nobody else gives one.
 * Each with the path that such a request has; undefined where the request is another. `asksForGrant`: whether it asks for a token by what stands around it.
 */
export function tokenAddresses(types: Types, path: string, call: CallValue, addresses: readonly string[], asksForGrant: () => boolean): readonly string[] | undefined {
  const facts = types.program.get(path)!;
  if (addresses.length === 0 || !addresses.every(isOpen) || !readsOrg(facts)) return undefined;
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

function isText(facts: FileFacts, id: ValueId, text: string): boolean {
  const value = facts.values[id];
  return value?.k === 'literal' && value.value === text;
}
