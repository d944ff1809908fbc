import { findOperation } from '../../../catalog/index.ts';
import type { Operation } from '../../../catalog/schema/operation.ts';
import type { CallValue } from '../facts/facts.ts';
import { optionArguments } from '../facts/fileIndex.ts';
import { optionValues } from './memberValues.ts';
import { textsOf } from './texts.ts';
import type { Types } from './types.ts';

/** Addresses of the SOAP interfaces, with the letter that tells which. */
const ADDRESS = /\/services\/soap\/([a-z])(?:\/|$)/i;
/** The element in which an envelope names what it asks for. */
const ASKED = /<(?:\w+:)?Body\b[^>]*>\s*\\?\s*<(?:\w+:)?(\w+)/;
/** Options that hold what is sent, and the header that names what it asks for. */
const BODIES = ['data', 'body', 'content'];
const HEADERS = ['headers.SOAPAction', 'headers.soapaction', 'headers.SoapAction'];

/** What requests of the interfaces for records, and of that for metadata, are: those of which nothing has to be read out of their answer. */
const OF_RECORDS: Readonly<Record<string, string>> = { login: 'soap.login', logout: 'soap.logout', getUserInfo: 'soap.user-info', describeSObject: 'soap.describe', describeSObjects: 'soap.describe', describeGlobal: 'soap.describe-global' };
const OF_METADATA: Readonly<Record<string, string>> = { deploy: 'metadata.deploy', checkDeployStatus: 'metadata.status', retrieve: 'metadata.retrieve', checkRetrieveStatus: 'metadata.status', listMetadata: 'metadata.list', describeMetadata: 'metadata.describe' };

/** The operation that a request to a SOAP interface is, by the envelope that it sends or by its header; undefined where these do not tell. */
export function soapOperation(types: Types, path: string, call: CallValue, method: string | undefined, addresses: readonly string[]): Operation | undefined {
  const letters = new Set(addresses.map((address) => ADDRESS.exec(address)?.[1]?.toLowerCase()));
  const [letter] = letters;
  if (method !== 'POST' || letters.size !== 1 || letter === undefined) return undefined;
  const byOption = (options: readonly string[]): string[] => optionArguments(call).flatMap((argument) => options.flatMap((option) => optionValues(types, path, argument, option))).flatMap((place) => [...textsOf(types, place.path, place.value)]);
  const second = call.args[1];
  const envelopes = [...byOption(BODIES), ...(second === undefined ? [] : textsOf(types, path, second))];
  const asked = new Set([...envelopes.flatMap((text) => ASKED.exec(text)?.[1] ?? []), ...byOption(HEADERS).map((text) => text.replace(/^"|"$/g, ''))]);
  const operations = letter === 'm' ? OF_METADATA : OF_RECORDS;
  const named = new Set([...asked].flatMap((name) => (Object.hasOwn(operations, name) ? [operations[name]!] : [])));
  const [only] = named;
  return named.size === 1 && only !== undefined ? findOperation(only) : undefined;
}
