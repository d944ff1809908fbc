import { findOperation, operationOfRequest } from '../../../catalog/index.ts';
import type { Operation } from '../../../catalog/schema/operation.ts';
import { withHoles } from './texts.ts';

/** What the client puts in later: `/services/data/{version}/limits`. */
const PLACEHOLDER = /\{\w+\}/g;

/**
 * The operation that a raw request is: by method and path where they tell, else a raw request of its API. `addresses`: the texts that the address may be.
 * Paths are those of the API that is spoken: `/v1/...` of one says nothing in another.
 */
export function rawOperation(method: string | undefined, addresses: readonly string[], marketing: boolean): Operation | undefined {
  const api = marketing ? 'mcrest' : 'rest';
  const plain = (method && findOperation(`${api}.request.${method.toLowerCase()}`)) || findOperation(`${api}.request`);
  if (method === undefined) return plain;
  // The address of a next page, for example, is known by one of several texts alone.
  const named = new Set(addresses.flatMap((address) => operationOfRequest(method, withHoles(address, '{}').replace(PLACEHOLDER, '{}')) ?? []));
  const [only] = named;
  if (named.size === 1 && only !== undefined && (only.family === 'mc-rest') === marketing) return only;
  const token = method === 'POST' && !marketing && only === undefined && addresses.length > 0 && addresses.every(isTokenAddress);
  return token ? findOperation('oauth.token') : plain;
}

/** An address whose path is one name, which is a token endpoint's. */
function isTokenAddress(address: string): boolean {
  return /\u0001[^\u0002]*(?:token|oauth|auth)[^\u0002]*\u0002$/i.test(address);
}
