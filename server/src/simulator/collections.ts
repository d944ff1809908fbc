import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { ApiFailure, badJson, failure, methodNotAllowed } from './apiFailure.ts';
import type { ApiError } from './apiFailure.ts';
import { isObject, readJsonObject } from './jsonBody.ts';
import type { Org } from './org.ts';
import type { ApiRequest } from './request.ts';
import type { SObjectType } from './schema.ts';
import { findObjectType, objectTypeOfId } from './schema.ts';
import { fieldsNamed, keyField, objectTypeNamed, showRecord, upsertRecord } from './sobjects.ts';

/** Records that one collections request may carry (REST API Developer Guide, sObject Collections); retrieve by POST takes more. */
const maxRecords = 200;
const maxRetrieve = 2000;

/** Result of one record. The key is statusCode here, errorCode in an error of the whole request. */
interface SaveResult {
  id?: string;
  success: boolean;
  created?: boolean;
  errors: { statusCode: string; message: string; fields: string[] }[];
}

/** Makes chosen records of a collections request fail. */
export type RecordFault = (position: number) => ApiError | undefined;

/**
 * POST, PATCH, DELETE /composite/sobjects, PATCH /composite/sobjects/TYPE/FIELD (upsert), GET and POST /composite/sobjects/TYPE (retrieve).
 * @param rest path segments after `composite/sobjects`.
 * @throws ApiFailure when the request as a whole is refused.
 */
export function collections(org: Org, request: ApiRequest, rest: readonly string[], version: number, recordFault: RecordFault | undefined): Answer {
  const [objectName, keyName] = rest;
  if (rest.length === 0) {
    switch (request.method) {
      case 'POST':
        return writeMany(org, request, recordFault, (record) => ({ id: org.store.create(recordType(record), withoutIds(record)), success: true, errors: [] }));
      case 'PATCH':
        return writeMany(org, request, recordFault, (record) => updateOne(org, record));
      case 'DELETE':
        return deleteMany(org, request, recordFault);
      default:
        throw methodNotAllowed(request.method, ['POST', 'PATCH', 'DELETE']);
    }
  }
  const type = objectTypeNamed(objectName ?? '');
  if (rest.length === 1) {
    if (request.method !== 'GET' && request.method !== 'POST') throw methodNotAllowed(request.method, ['GET', 'POST']);
    return retrieveMany(org, request, type, version);
  }
  if (request.method !== 'PATCH') throw methodNotAllowed(request.method, ['PATCH']);
  const key = keyField(type, keyName ?? '');
  return writeMany(org, request, recordFault, (record) => {
    const own = Object.keys(record).find((name) => name.toLowerCase() === key.name.toLowerCase());
    const value = own === undefined ? undefined : record[own];
    if (own === undefined || (typeof value !== 'string' && typeof value !== 'number')) {
      throw failure(400, 'MISSING_ARGUMENT', `${key.name} not specified`, [key.name]);
    }
    const { [own]: _key, ...fields } = record;
    return { ...upsertRecord(org, type, key, String(value), key.type === 'id' ? fields : withoutIds(fields)), success: true, errors: [] };
  });
}

function recordType(record: Record<string, unknown>): SObjectType {
  const attributes = record['attributes'];
  const name = isObject(attributes) ? attributes['type'] : undefined;
  const type = typeof name === 'string' ? findObjectType(name) : undefined;
  if (!type) throw failure(400, 'INVALID_TYPE', `sObject type '${typeof name === 'string' ? name.slice(0, 80) : ''}' is not supported.`, []);
  return type;
}

function idOf(record: Record<string, unknown>): string {
  const id = record['id'] ?? record['Id'];
  if (typeof id !== 'string') throw failure(400, 'MISSING_ARGUMENT', 'Id not specified in an update call', ['Id']);
  return id;
}

function withoutIds(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== 'id' && name !== 'Id'));
}

function updateOne(org: Org, record: Record<string, unknown>): SaveResult {
  const type = recordType(record);
  const id = idOf(record);
  org.store.update(type, id, withoutIds(record));
  return { id, success: true, errors: [] };
}

function writeMany(org: Org, request: ApiRequest, recordFault: RecordFault | undefined, write: (record: Record<string, unknown>) => SaveResult): Answer {
  const body = readJsonObject(request);
  const records = body['records'];
  if (!Array.isArray(records) || !records.every(isObject)) throw badJson('Cannot deserialize the body: a list named records is wanted');
  const allOrNone = body['allOrNone'] ?? false;
  if (typeof allOrNone !== 'boolean') throw badJson('Cannot deserialize instance of boolean from the value of allOrNone');
  checkCount(records.length, maxRecords);
  return runAll(org, records, allOrNone, recordFault, write);
}

function deleteMany(org: Org, request: ApiRequest, recordFault: RecordFault | undefined): Answer {
  const ids = (request.query.get('ids') ?? '').split(',').filter((id) => id !== '');
  checkCount(ids.length, maxRecords);
  return runAll(org, ids, request.query.get('allOrNone') === 'true', recordFault, (id) => {
    const type = objectTypeOfId(id);
    if (!type) throw failure(400, 'MALFORMED_ID', `malformed id ${id.slice(0, 80)}`, []);
    org.store.delete(type, id);
    return { id, success: true, errors: [] };
  });
}

function checkCount(count: number, max: number): void {
  if (count === 0) throw failure(400, 'MISSING_ARGUMENT', 'The request names no record');
  if (count > max) throw failure(400, 'EXCEEDED_ID_LIMIT', `record limit reached. cannot submit more than ${String(max)} records into this call`);
}

/** Runs one write after the other; with allOrNone a single failure takes all of them back. */
function runAll<T>(org: Org, items: readonly T[], allOrNone: boolean, recordFault: RecordFault | undefined, write: (item: T) => SaveResult): Answer {
  const results = org.store.transaction(() => {
    const value = items.map((item, position): SaveResult => {
      try {
        const error = recordFault?.(position);
        if (error) throw new ApiFailure(400, [error]);
        return write(item);
      } catch (error) {
        if (error instanceof ApiFailure) return { success: false, errors: error.errors.map(toSaveError) };
        throw error;
      }
    });
    return { keep: !allOrNone || value.every((result) => result.success), value };
  });
  if (allOrNone && results.some((result) => !result.success)) {
    return json(200, results.map((result) => (result.success ? rolledBack() : result)));
  }
  return json(200, results);
}

function toSaveError(error: ApiError): SaveResult['errors'][number] {
  return { statusCode: error.errorCode, message: error.message, fields: error.fields ?? [] };
}

function rolledBack(): SaveResult {
  const message = 'Record rolled back because not all records were valid and the request was using AllOrNone header';
  return { success: false, errors: [{ statusCode: 'ALL_OR_NONE_OPERATION_ROLLED_BACK', message, fields: [] }] };
}

/** Records in the order of the ids, null for each that is not there. */
function retrieveMany(org: Org, request: ApiRequest, type: SObjectType, version: number): Answer {
  const { ids, fields } = request.method === 'GET' ? fromQuery(request) : fromBody(request);
  checkCount(ids.length, request.method === 'GET' ? maxRecords : maxRetrieve);
  const wanted = fieldsNamed(type, fields);
  return json(200, ids.map((id) => {
    const record = org.store.find(type, id);
    return record ? showRecord(type, record, wanted, version) : null;
  }));
}

function fromQuery(request: ApiRequest): { ids: string[]; fields: string[] } {
  const list = (name: string): string[] => (request.query.get(name) ?? '').split(',').filter((one) => one !== '');
  return { ids: list('ids'), fields: list('fields') };
}

function fromBody(request: ApiRequest): { ids: string[]; fields: string[] } {
  const body = readJsonObject(request);
  return { ids: texts(body['ids'], 'ids'), fields: texts(body['fields'], 'fields') };
}

function texts(value: unknown, name: string): string[] {
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw badJson(`Cannot deserialize ${name}: a list of texts is wanted`);
  return value;
}
