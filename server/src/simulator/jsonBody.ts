import { badJson, failure } from './apiFailure.ts';
import type { ApiRequest } from './request.ts';

/** Whether a parsed JSON value is an object and not an array. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * The JSON object in a request's body.
 * @throws ApiFailure UNSUPPORTED_MEDIA_TYPE (415) or JSON_PARSER_ERROR (400).
 */
export function readJsonObject(request: ApiRequest): Record<string, unknown> {
  const type = request.headers['content-type'];
  if (type !== undefined && !/^application\/json\b/i.test(type)) {
    throw failure(415, 'UNSUPPORTED_MEDIA_TYPE', `Content type ${type.slice(0, 100)} not supported`);
  }
  if (request.body.trim() === '') throw badJson('No content to map to Object due to end of input');
  let value: unknown;
  try {
    value = JSON.parse(request.body);
  } catch (error) {
    throw badJson(`Unexpected character in the body: ${error instanceof Error ? error.message.slice(0, 200) : 'not JSON'}`);
  }
  if (!isObject(value)) throw badJson('Cannot deserialize the body: an object is wanted');
  return value;
}
