import type { Answer } from './answer.ts';
import { json, noContent } from './answer.ts';
import { failure, notFound } from './apiFailure.ts';
import { readJsonObject } from './jsonBody.ts';
import type { Org } from './org.ts';
import type { ApiRequest } from './request.ts';
import type { Field, SObjectType } from './schema.ts';
import { findObjectType } from './schema.ts';
import { attributesOf } from './soqlRun.ts';
import type { StoredRecord } from './store.ts';

/** First version whose upsert answers an update with a body instead of 204. */
const upsertBodySince = 46;

/** The object of this name. @throws ApiFailure NOT_FOUND (404). */
export function objectTypeNamed(name: string): SObjectType {
  const type = findObjectType(name);
  if (!type) throw notFound();
  return type;
}

/** The fields of these names, all when none are given. @throws ApiFailure INVALID_FIELD (400). */
export function fieldsNamed(type: SObjectType, names: readonly string[] | undefined): Field[] {
  if (!names) return [...type.fields.values()];
  return names.map((name) => {
    const field = type.fields.get(name.trim().toLowerCase());
    if (!field) throw failure(400, 'INVALID_FIELD', `No such column '${name.trim().slice(0, 80)}' on sobject of type ${type.name}`);
    return field;
  });
}

/** A record as retrieve answers it. */
export function showRecord(type: SObjectType, record: StoredRecord, fields: readonly Field[], version: number): Record<string, unknown> {
  const shown: Record<string, unknown> = { attributes: attributesOf(type, record, version) };
  for (const field of fields) shown[field.name] = record.get(field.name) ?? null;
  shown['Id'] = record.get('Id');
  return shown;
}

/** POST /sobjects/TYPE. */
export function createRecord(org: Org, request: ApiRequest, type: SObjectType, version: number): Answer {
  const id = org.store.create(type, readJsonObject(request));
  return json(201, { id, success: true, errors: [] }, { location: `/services/data/v${String(version)}.0/sobjects/${type.name}/${id}` });
}

/** GET /sobjects/TYPE/ID?fields=A,B. */
export function retrieveRecord(org: Org, request: ApiRequest, type: SObjectType, id: string, version: number): Answer {
  const fields = fieldsNamed(type, request.query.get('fields')?.split(','));
  return json(200, showRecord(type, org.store.get(type, id), fields, version));
}

/** PATCH /sobjects/TYPE/ID. */
export function updateRecord(org: Org, request: ApiRequest, type: SObjectType, id: string): Answer {
  const input = readJsonObject(request);
  org.store.update(type, id, input);
  return noContent();
}

/** DELETE /sobjects/TYPE/ID. */
export function deleteRecord(org: Org, type: SObjectType, id: string): Answer {
  org.store.delete(type, id);
  return noContent();
}

/**
 * The field that a path names as key.
 * @throws ApiFailure NOT_FOUND (404) when it is no external id.
 */
export function keyField(type: SObjectType, name: string): Field {
  const field = type.fields.get(name.toLowerCase());
  if (!field || (!field.externalId && field.type !== 'id')) {
    throw notFound(`Provided external ID field does not exist or is not accessible: ${name.slice(0, 80)}`);
  }
  return field;
}

/** Records that a key value finds. */
function findByKey(org: Org, type: SObjectType, key: Field, value: string): StoredRecord[] {
  return key.type === 'id' ? [org.store.get(type, value)] : org.store.findBy(type, key.name, value);
}

/**
 * GET, PATCH (upsert) and DELETE /sobjects/TYPE/FIELD/VALUE. Where the value meets several records, all three answer 300 with the list of
 * their addresses.
 */
export function recordByKey(org: Org, request: ApiRequest, type: SObjectType, keyName: string, value: string, version: number): Answer {
  const key = keyField(type, keyName);
  const found = findByKey(org, type, key, value);
  const [record] = found;
  if (found.length > 1) return json(300, found.map((one) => attributesOf(type, one, version).url));
  if (request.method === 'PATCH') {
    const { id, created } = upsertRecord(org, type, key, value, readJsonObject(request));
    if (!created && version < upsertBodySince) return noContent();
    return json(created ? 201 : 200, { id, success: true, errors: [], ...(version < upsertBodySince ? {} : { created }) });
  }
  if (!record) throw notFound();
  const id = String(record.get('Id'));
  return request.method === 'DELETE' ? deleteRecord(org, type, id) : retrieveRecord(org, request, type, id, version);
}

/**
 * Creates the record with this key value or updates the one that has it.
 * @throws ApiFailure DUPLICATE_EXTERNAL_ID (the save status for what a single upsert answers as 300) when several have it, INVALID_FIELD when
 * the fields name the key again, and whatever create and update throw.
 */
export function upsertRecord(org: Org, type: SObjectType, key: Field, value: string, input: Record<string, unknown>): { id: string; created: boolean } {
  if (Object.keys(input).some((name) => name.toLowerCase() === key.name.toLowerCase())) {
    throw failure(400, 'INVALID_FIELD', `The ${key.name} field should not be specified in the sobject data.`);
  }
  const found = findByKey(org, type, key, value);
  if (found.length > 1) {
    throw failure(400, 'DUPLICATE_EXTERNAL_ID', `${key.name}: more than one record found for external id field: ${value.slice(0, 80)}`, [key.name]);
  }
  const [record] = found;
  if (!record) return { id: org.store.create(type, { ...input, [key.name]: value }), created: true };
  const id = String(record.get('Id'));
  org.store.update(type, id, input);
  return { id, created: false };
}
