import { findOperation, operationOfRequest } from '../../../catalog/index.ts';
import type { Operation } from '../../../catalog/schema/operation.ts';
import { isOpen } from './addresses.ts';
import type { HttpUse } from './httpRequests.ts';

/** The operation that a plain HTTP request is: by method and path where they tell, else a raw request of its API. */
export function httpOperation({ method, addresses, owner }: HttpUse): Operation | undefined {
  const api = owner === 'marketing-cloud' ? 'mcrest' : 'rest';
  const plain = (method && findOperation(`${api}.request.${method.toLowerCase()}`)) || findOperation(`${api}.request`);
  if (method === undefined) return plain;
  const token = method === 'POST' && api === 'rest' && addresses.every(isTokenAddress) ? findOperation('oauth.token') : undefined;
  // The address of a next page, for example, is known by one of several texts alone.
  const named = new Set(addresses.flatMap((address) => (isOpen(address) ? [] : [operationOfRequest(method, address.replace(/\u0001[^\u0002]*\u0002/g, '{}'))])));
  const [only] = named;
  if (token && only === undefined) return token;
  return named.size === 1 && only !== undefined && (only.family === 'mc-rest') === (owner === 'marketing-cloud') ? only : plain;
}

/** An address whose path is one name, which is a token endpoint's. */
function isTokenAddress(address: string): boolean {
  return /\u0001[^\u0002]*(?:token|oauth|auth)[^\u0002]*\u0002$/i.test(address);
}
