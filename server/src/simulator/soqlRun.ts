import { failure } from './apiFailure.ts';
import type { Clock } from './clock.ts';
import { normaliseId } from './recordId.ts';
import { findObjectType } from './schema.ts';
import type { Field, SObjectType } from './schema.ts';
import type { SoqlCondition, SoqlLiteral, SoqlQuery } from './soqlSyntax.ts';
import type { Store, StoredRecord } from './store.ts';
import type { FieldValue } from './validate.ts';

/** A field path from the queried object: the references to follow, then the field. */
interface Path {
  parents: { field: Field; type: SObjectType }[];
  field: Field;
}

const maxOffset = 2000;
const dayMs = 86_400_000;

/** Types whose literals SOQL wants without quotes. */
const unquotedTypes: readonly string[] = ['double', 'currency', 'percent', 'boolean', 'date', 'datetime'];

/** What a query gives: rows in answer shape, or only their number for COUNT(). */
export interface QueryRows {
  rows: Record<string, unknown>[];
  totalSize: number;
}

/**
 * Runs a parsed query.
 * @param version API version for the records' urls.
 * @throws ApiFailure INVALID_TYPE, INVALID_FIELD, INVALID_QUERY_FILTER_OPERATOR or NUMBER_OUTSIDE_VALID_RANGE (400).
 */
export function runSoql(store: Store, clock: Clock, query: SoqlQuery, version: number): QueryRows {
  const type = findObjectType(query.object);
  if (!type) {
    throw failure(400, 'INVALID_TYPE',
      `\nFROM ${query.object.slice(0, 80)}\n     ^\nERROR at Row:1:Column:1\nsObject type '${query.object.slice(0, 80)}' is not supported. If you are ` +
      "attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the " +
      'appropriate names.');
  }
  if (query.offset > maxOffset) throw failure(400, 'NUMBER_OUTSIDE_VALID_RANGE', `Maximum SOQL offset allowed is ${String(maxOffset)}`);
  const fields = query.fields.map((text) => ({ text, path: resolvePath(type, text) }));
  const orders = query.orderBy.map((order) => ({ ...order, path: resolvePath(type, order.field) }));
  const matches = query.where ? compile(store, clock, type, query.where) : () => true;
  const found = store.records(type).filter(matches);
  for (const order of orders.reverse()) {
    found.sort((left, right) => compareForSort(valueAt(store, left, order.path), valueAt(store, right, order.path), order));
  }
  const taken = found.slice(query.offset, query.limit === undefined ? undefined : query.offset + query.limit);
  if (query.count) return { rows: [], totalSize: taken.length };
  return { rows: taken.map((record) => toRow(store, type, record, fields.map((one) => one.path), version)), totalSize: taken.length };
}

function resolvePath(type: SObjectType, text: string): Path {
  const parts = text.split('.');
  const last = parts.pop() ?? '';
  const parents: Path['parents'] = [];
  let current = type;
  // A path may start with the object's own name: Account.Name FROM Account.
  if (parts.length > 0 && parts[0]?.toLowerCase() === type.name.toLowerCase() && !relationship(type, parts[0])) parts.shift();
  for (const part of parts.slice(0, 5)) {
    const field = relationship(current, part);
    const parent = field ? findObjectType(field.referenceTo ?? '') : undefined;
    if (!field || !parent) {
      throw failure(400, 'INVALID_FIELD', `Didn't understand relationship '${part.slice(0, 80)}' in field path. If you are attempting to use a custom ` +
        "relationship, be sure to append the '__r' after the custom relationship name.");
    }
    parents.push({ field, type: parent });
    current = parent;
  }
  const field = current.fields.get(last.toLowerCase());
  if (!field) {
    throw failure(400, 'INVALID_FIELD', `\nERROR at Row:1:Column:1\nNo such column '${last.slice(0, 80)}' on entity '${current.name}'. If you are attempting to ` +
      "use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.");
  }
  return { parents, field };
}

function relationship(type: SObjectType, name: string): Field | undefined {
  return [...type.fields.values()].find((field) => field.relationshipName?.toLowerCase() === name.toLowerCase());
}

function recordAt(store: Store, record: StoredRecord, path: Path): StoredRecord | undefined {
  let current: StoredRecord | undefined = record;
  for (const parent of path.parents) {
    const id: FieldValue | undefined = current?.get(parent.field.name);
    current = typeof id === 'string' ? store.find(parent.type, id) : undefined;
  }
  return current;
}

function valueAt(store: Store, record: StoredRecord, path: Path): FieldValue {
  return recordAt(store, record, path)?.get(path.field.name) ?? null;
}

function toRow(store: Store, type: SObjectType, record: StoredRecord, paths: Path[], version: number): Record<string, unknown> {
  const row: Record<string, unknown> = { attributes: attributesOf(type, record, version) };
  for (const path of paths) {
    let target = row;
    let current: StoredRecord | undefined = record;
    for (const parent of path.parents) {
      const id: FieldValue | undefined = current.get(parent.field.name);
      current = typeof id === 'string' ? store.find(parent.type, id) : undefined;
      const name = parent.field.relationshipName ?? parent.field.name;
      if (!current) {
        target[name] = null;
        break;
      }
      target[name] ??= { attributes: attributesOf(parent.type, current, version) };
      target = target[name] as Record<string, unknown>;
    }
    if (current) target[path.field.name] = current.get(path.field.name) ?? null;
  }
  return row;
}

/** The type and address that every record in an answer carries. */
export function attributesOf(type: SObjectType, record: StoredRecord, version: number): { type: string; url: string } {
  return { type: type.name, url: `/services/data/v${String(version)}.0/sobjects/${type.name}/${String(record.get('Id'))}` };
}

function compareForSort(left: FieldValue, right: FieldValue, order: { descending: boolean; nullsLast: boolean }): number {
  if (left === null || right === null) {
    if (left === right) return 0;
    return (left === null) === order.nullsLast ? 1 : -1;
  }
  return compareValues(left, right) * (order.descending ? -1 : 1);
}

/** Order of two values; texts ignore case, as SOQL does. */
function compareValues(left: string | number | boolean, right: string | number | boolean): number {
  if (typeof left === 'string' && typeof right === 'string') {
    const a = left.toLowerCase();
    const b = right.toLowerCase();
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return Number(left) - Number(right);
}

type Test = (record: StoredRecord) => boolean;

function compile(store: Store, clock: Clock, type: SObjectType, condition: SoqlCondition): Test {
  switch (condition.kind) {
    case 'and': {
      const parts = condition.parts.map((part) => compile(store, clock, type, part));
      return (record) => parts.every((part) => part(record));
    }
    case 'or': {
      const parts = condition.parts.map((part) => compile(store, clock, type, part));
      return (record) => parts.some((part) => part(record));
    }
    case 'not': {
      const part = compile(store, clock, type, condition.part);
      return (record) => !part(record);
    }
    case 'compare': {
      const path = resolvePath(type, condition.field);
      const test = comparison(condition.operator, condition.values.map((value) => readLiteral(value, path.field, clock)), path.field);
      return (record) => test(normalise(valueAt(store, record, path), path.field));
    }
  }
}

function comparison(operator: string, wanted: FieldValue[], field: Field): (value: FieldValue) => boolean {
  const first = wanted[0] ?? null;
  const equals = (value: FieldValue, other: FieldValue): boolean =>
    value === null || other === null ? value === other : compareValues(value, other) === 0;
  switch (operator) {
    case '=':
      return (value) => equals(value, first);
    case '!=':
      return (value) => !equals(value, first);
    case 'IN':
      return (value) => wanted.some((one) => equals(value, one));
    case 'NOT IN':
      return (value) => !wanted.some((one) => equals(value, one));
    case 'LIKE': {
      if (typeof first !== 'string') throw failure(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid operator on ${field.name}`);
      return (value) => typeof value === 'string' && isLike(value.toLowerCase(), first.toLowerCase());
    }
    default: {
      const accepts = (order: number): boolean =>
        operator === '<' ? order < 0 : operator === '<=' ? order <= 0 : operator === '>' ? order > 0 : order >= 0;
      return (value) => value !== null && first !== null && accepts(compareValues(value, first));
    }
  }
}

/** LIKE by hand, in time proportional to text times pattern: a pattern of many % built into a regular expression could run for minutes. */
function isLike(text: string, pattern: string): boolean {
  let at = 0;
  let read = 0;
  let star = -1;
  let resume = 0;
  while (at < text.length) {
    const wanted = pattern.charAt(read);
    if (wanted === '%') {
      star = read++;
      resume = at;
    } else if (read < pattern.length && (wanted === '_' || wanted === text.charAt(at))) {
      at++;
      read++;
    } else if (star >= 0) {
      read = star + 1;
      at = ++resume;
    } else {
      return false;
    }
  }
  while (pattern.charAt(read) === '%') read++;
  return read === pattern.length;
}

/** The value that a comparison sees: moments as milliseconds. */
function normalise(value: FieldValue, field: Field): FieldValue {
  return field.type === 'datetime' && typeof value === 'string' ? Date.parse(value) : value;
}

function readLiteral(literal: SoqlLiteral, field: Field, clock: Clock): FieldValue {
  if (literal.kind === 'date') {
    if (field.type !== 'date' && field.type !== 'datetime') throw badFilter(field);
    const text = /^\d/.test(literal.text) ? literal.text : new Date(clock.now() + relativeDays(literal.text) * dayMs).toISOString().slice(0, 10);
    const moment = Date.parse(text);
    if (Number.isNaN(moment)) throw badFilter(field);
    return field.type === 'date' ? text.slice(0, 10) : moment;
  }
  const { value } = literal;
  if (value === null) return null;
  switch (field.type) {
    case 'id':
    case 'reference': {
      const id = typeof value === 'string' ? normaliseId(value) : undefined;
      if (id === undefined) throw failure(400, 'INVALID_QUERY_FILTER_OPERATOR', `invalid ID field: ${String(value).slice(0, 80)}`);
      return id;
    }
    case 'boolean':
      if (typeof value !== 'boolean') throw badFilter(field);
      return value;
    case 'double':
    case 'currency':
    case 'percent':
      if (typeof value !== 'number') throw badFilter(field);
      return value;
    case 'date':
    case 'datetime':
      throw badFilter(field);
    default:
      if (typeof value !== 'string') throw badFilter(field);
      return value;
  }
}

function badFilter(field: Field): Error {
  return failure(400, 'INVALID_FIELD', `\nERROR at Row:1:Column:1\nvalue of filter criterion for field '${field.name}' must be of type ${field.type}` +
    (unquotedTypes.includes(field.type) ? ' and should not be enclosed in quotes' : ' and be enclosed in quotes'));
}

function relativeDays(name: string): number {
  const days = Number(/:(\d{1,6})$/.exec(name)?.[1] ?? 0);
  if (name === 'yesterday') return -1;
  if (name === 'tomorrow') return 1;
  return name.startsWith('last') ? -days : days;
}
