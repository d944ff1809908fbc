import type { Family } from '../../../catalog/schema/words.ts';
import type { FoundError } from './foundError.ts';

/** Deeper answers than this are not Salesforce's. */
const DEPTH = 12;
/** More errors than this in one answer tell nothing new. */
const MOST = 2_000;

type Fields = Record<string, unknown>;

/** The errors inside a parsed JSON answer, whatever API it came from: REST, OAuth, collections, composite, bulk, Marketing Cloud. */
export function errorsInJson(value: unknown, at: number): FoundError[] {
  const found: FoundError[] = [];
  walk(value, { http: undefined, family: undefined }, 0);
  return found;

  function walk(node: unknown, outer: { http: number | undefined; family: Family | undefined }, depth: number): void {
    if (depth > DEPTH || found.length >= MOST || typeof node !== 'object' || node === null) return;
    if (Array.isArray(node)) {
      for (const item of node) walk(item, outer, depth + 1);
      return;
    }
    const fields = node as Fields;
    const http = statusOf(fields) ?? outer.http;
    const error = errorOf(fields);
    if (error) {
      // Parts of a composite answer look like answers of the REST API.
      const family = error.family === 'rest' && outer.family === 'composite' ? 'composite' : (error.family ?? outer.family);
      found.push({ ...error, at, ...(http === undefined ? {} : { http }), ...(family ? { family } : {}) });
    }
    const family: Family | undefined =
      'compositeResponse' in fields || 'httpStatusCode' in fields ? 'composite' : 'success' in fields && Array.isArray(fields['errors']) ? 'dml' : outer.family;
    for (const [name, child] of Object.entries(fields)) if (!(error && name === 'extendedErrorDetails')) walk(child, { http, family }, depth + 1);
  }
}

/** The status that a part of a composite or batch answer carries, or that a client library has put beside the error. */
function statusOf(fields: Fields): number | undefined {
  for (const name of ['httpStatusCode', 'statusCode', 'status', 'http_code']) {
    const value = fields[name];
    const number = typeof value === 'string' && /^[1-5]\d\d$/.test(value) ? Number(value) : value;
    if (typeof number === 'number' && Number.isInteger(number) && number >= 300 && number < 600) return number;
  }
  return undefined;
}

function errorOf(fields: Fields): Omit<FoundError, 'at'> | undefined {
  const text = (name: string): string | undefined => {
    const value = fields[name];
    return typeof value === 'string' && value.trim() !== '' ? value : undefined;
  };
  const message = text('message') ?? text('exceptionMessage') ?? text('error_description') ?? text('errorMessage') ?? text('StatusMessage');
  const listed = fields['fields'];
  const names = Array.isArray(listed) ? listed.filter((name): name is string => typeof name === 'string') : [];
  const more = { ...(message === undefined ? {} : { message }), ...(names.length > 0 ? { fields: names } : {}) };
  const rest = text('errorCode');
  if (rest !== undefined) return { code: rest, family: 'rest', ...more };
  const status = text('statusCode');
  if (status !== undefined && !/^\d+$/.test(status)) return { code: status, family: 'dml', ...more };
  const bulk = text('exceptionCode');
  if (bulk !== undefined) return { code: bulk, ...more };
  const oauth = text('error');
  if (oauth !== undefined && /^[a-z][a-z_]*$/.test(oauth)) return { code: oauth, family: 'oauth', ...more };
  for (const name of ['errorcode', 'ErrorCode']) {
    const value = fields[name];
    if (typeof value === 'number' || (typeof value === 'string' && /^\d+$/.test(value))) return { code: String(value), family: name === 'errorcode' ? 'mc-rest' : 'mc-soap', ...more };
  }
  return undefined;
}
