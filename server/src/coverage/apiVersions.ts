import type { Family } from '../../../catalog/index.ts';
import { optionValues } from '../resolve/memberValues.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import { textsOf } from '../resolve/texts.ts';
import type { Types } from '../resolve/types.ts';

/** An API version that stands in the address of a request. */
export interface ApiVersion {
  version: number;
  family: Family;
}

/** The API version in the address of a plain or raw request, if every address that it may go to names the same. */
export function apiVersionOf(types: Types, call: SalesforceCall): ApiVersion | undefined {
  const found = addressesOf(types, call).map(readVersion);
  const [first] = found;
  return first && found.every((each) => each?.version === first.version && each.family === first.family) ? first : undefined;
}

function addressesOf(types: Types, call: SalesforceCall): readonly string[] {
  if (call.http) return call.http.addresses;
  const first = /^request/.test(call.method) ? call.args[0] : undefined;
  if (first === undefined) return [];
  const options = optionValues(types, call.path, first, 'url');
  return (options.length > 0 ? options : [{ path: call.path, value: first }]).flatMap((place) => textsOf(types, place.path, place.value));
}

function readVersion(address: string): ApiVersion | undefined {
  const rest = /\/services\/data\/v(\d{1,3})(?:\.\d)?(?=[/?]|$)/.exec(address);
  if (rest) return { version: Number(rest[1]), family: 'rest' };
  const soap = /\/services\/Soap\/[a-zA-Z]\/(\d{1,3})(?:\.\d)?(?=[/?]|$)/i.exec(address);
  if (soap) return { version: Number(soap[1]), family: 'soap' };
  const bulk = /\/services\/async\/(\d{1,3})(?:\.\d)?(?=[/?]|$)/.exec(address);
  return bulk ? { version: Number(bulk[1]), family: 'bulk' } : undefined;
}
