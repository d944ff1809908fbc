import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { badJson, failure } from './apiFailure.ts';
import { isObject, readJsonObject } from './jsonBody.ts';
import type { Org } from './org.ts';
import type { ApiRequest } from './request.ts';
import { parseTarget } from './request.ts';

/** Subrequests in one request (REST API Developer Guide, Composite and Batch). */
const maxSubrequests = 25;

/** Runs one subrequest as if it had come by itself; refusals come back as answers. */
export type Dispatch = (request: ApiRequest) => Answer;

interface SubResult {
  body: unknown;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

/**
 * POST /composite: subrequests in order, later ones may use values of earlier answers as `@{referenceId.field}`. With allOrNone one failure
 * takes all back. Always HTTP 200: the failures are inside.
 */
export function composite(org: Org, request: ApiRequest, dispatch: Dispatch): Answer {
  const body = readJsonObject(request);
  const list = readList(body['compositeRequest'], 'compositeRequest');
  const subrequests = list.map((one) => {
    const referenceId = one['referenceId'];
    if (typeof referenceId !== 'string' || referenceId === '') throw badJson('Each subrequest needs a referenceId');
    return { ...readSubrequest(one, 'body'), referenceId };
  });
  const results = org.store.transaction(() => {
    const answers = new Map<string, unknown>();
    const value = subrequests.map((sub): SubResult => {
      const url = fillReferences(sub.url, answers);
      const text = fillReferences(sub.body, answers);
      if (url === undefined || text === undefined) return halted(sub.referenceId, 'Invalid reference specified: no value for it was found');
      const answer = dispatch({ ...parseTarget(url), method: sub.method, headers: { 'content-type': 'application/json' }, body: text });
      const parsed: unknown = answer.body === '' ? null : JSON.parse(answer.body);
      if (answer.status < 300) answers.set(sub.referenceId, parsed);
      return { body: parsed, httpHeaders: {}, httpStatusCode: answer.status, referenceId: sub.referenceId };
    });
    return { keep: body['allOrNone'] !== true || value.every((result) => result.httpStatusCode < 300), value };
  });
  if (body['allOrNone'] === true && results.some((result) => result.httpStatusCode >= 300)) {
    const text = 'The transaction was rolled back since another operation in the same transaction failed.';
    return json(200, { compositeResponse: results.map((result) => (result.httpStatusCode < 300 ? halted(result.referenceId, text) : result)) });
  }
  return json(200, { compositeResponse: results });
}

/** POST /composite/batch: independent subrequests; what worked stays. haltOnError skips the rest after the first failure. */
export function compositeBatch(request: ApiRequest, dispatch: Dispatch): Answer {
  const body = readJsonObject(request);
  const subrequests = readList(body['batchRequests'], 'batchRequests').map((one) => readSubrequest(one, 'richInput'));
  let hasErrors = false;
  const results = subrequests.map((sub) => {
    if (hasErrors && body['haltOnError'] === true) {
      return { statusCode: 412, result: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }] };
    }
    // Addresses of a batch start at the version, with or without /services/data in front.
    const url = sub.url.startsWith('/services/') ? sub.url : `/services/data/${sub.url.replace(/^\//, '')}`;
    const answer = dispatch({ ...parseTarget(url), method: sub.method, headers: { 'content-type': 'application/json' }, body: sub.body });
    if (answer.status >= 300) hasErrors = true;
    return { statusCode: answer.status, result: (answer.body === '' ? null : JSON.parse(answer.body)) as unknown };
  });
  return json(200, { hasErrors, results });
}

function readList(value: unknown, name: string): Record<string, unknown>[] {
  if (!Array.isArray(value) || !value.every(isObject)) throw badJson(`Cannot deserialize the body: a list named ${name} is wanted`);
  if (value.length > maxSubrequests) throw failure(400, 'LIMIT_EXCEEDED', `The request has more than ${String(maxSubrequests)} subrequests`);
  return value;
}

function readSubrequest(value: Record<string, unknown>, bodyName: string): { method: string; url: string; body: string } {
  const { method, url } = value;
  if (typeof method !== 'string' || typeof url !== 'string') throw badJson('Each subrequest needs a method and a url');
  const body = value[bodyName];
  return { method: method.toUpperCase(), url, body: body === undefined ? '' : JSON.stringify(body) };
}

function halted(referenceId: string, message: string): SubResult {
  return { body: [{ errorCode: 'PROCESSING_HALTED', message }], httpHeaders: {}, httpStatusCode: 400, referenceId };
}

/** Puts values of earlier answers in the place of references; undefined when one has no value. */
function fillReferences(text: string, answers: ReadonlyMap<string, unknown>): string | undefined {
  let missing = false;
  const filled = text.replace(/@\{(\w+)((?:\.\w+|\[\d+\])+)\}/g, (_whole, id: string, path: string) => {
    let value: unknown = answers.get(id);
    for (const step of path.matchAll(/\.(\w+)|\[(\d+)\]/g)) {
      if (Array.isArray(value)) value = value[Number(step[2])];
      else value = isObject(value) && step[1] !== undefined && Object.hasOwn(value, step[1]) ? value[step[1]] : undefined;
    }
    if (typeof value === 'string' || typeof value === 'number') return String(value);
    missing = true;
    return '';
  });
  return missing ? undefined : filled;
}
