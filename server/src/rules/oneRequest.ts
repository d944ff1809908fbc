import type { CoveredCall } from '../coverage/coveredCall.ts';

/**
 * Whether a call is one request for one record or query through a client library, whose error holds the code: not one of many records or requests, of which
 * a part can succeed, and none of a plain HTTP client, whose failures may come as results and hold codes in other places.
 */
export function isOneRequest({ call }: CoveredCall): boolean {
  return !call.http && !call.shapeUnknown && !call.operation.partial && call.operation.requests !== 'many-writes';
}
