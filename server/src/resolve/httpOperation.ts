import { findOperation, operationOfRequest } from '../../../catalog/index.ts';
import type { Operation } from '../../../catalog/schema/operation.ts';
import type { HttpUse } from './httpRequests.ts';

/** The operation that a plain HTTP request is: by method and path where they tell, else a raw request of its API. */
export function httpOperation({ method, addresses, owner }: HttpUse): Operation | undefined {
  const api = owner === 'marketing-cloud' ? 'mcrest' : 'rest';
  const plain = (method && findOperation(`${api}.request.${method.toLowerCase()}`)) || findOperation(`${api}.request`);
  if (method === undefined) return plain;
  const named = new Set(addresses.map((address) => operationOfRequest(method, address.replace(/\u0001[^\u0002]*\u0002/g, '{}'))));
  const [only] = named;
  return named.size === 1 && only !== undefined && (only.family === 'mc-rest') === (owner === 'marketing-cloud') ? only : plain;
}
