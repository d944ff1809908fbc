import type { ApiError } from './apiFailure.ts';
import { ApiFailure, badJson, failure } from './apiFailure.ts';
import { normaliseId } from './recordId.ts';
import type { Field, SObjectType } from './schema.ts';

/** A value of a stored field. */
export type FieldValue = string | number | boolean | null;

/** Checked field values by their proper names. */
export type FieldValues = Map<string, FieldValue>;

/**
 * Checks the fields that a create or an update brings and returns them under their proper names.
 * @throws ApiFailure INVALID_FIELD, INVALID_FIELD_FOR_INSERT_UPDATE, JSON_PARSER_ERROR, MALFORMED_ID, STRING_TOO_LONG or
 * FIELD_CUSTOM_VALIDATION_EXCEPTION, in the order in which a real org reports them: what it cannot read before what it may not store.
 */
export function readFields(type: SObjectType, input: Record<string, unknown>): FieldValues {
  const values: FieldValues = new Map();
  const readOnly: string[] = [];
  for (const [name, value] of Object.entries(input)) {
    if (name.toLowerCase() === 'attributes') continue;
    const field = type.fields.get(name.toLowerCase());
    if (!field) throw failure(400, 'INVALID_FIELD', `No such column '${name}' on sobject of type ${type.name}`);
    if (field.readOnly) readOnly.push(field.name);
    else values.set(field.name, readValue(type, field, value));
  }
  if (readOnly.length > 0) {
    throw failure(400, 'INVALID_FIELD_FOR_INSERT_UPDATE',
      `Unable to create/update fields: ${readOnly.join(', ')}. Please check the security settings of this field and verify that it is ` +
      'read/write for your profile or permission set.', readOnly);
  }
  const errors = [...values].flatMap(([name, value]) => checkLength(type, name, value)).concat(checkRules(type, values));
  if (errors.length > 0) throw new ApiFailure(400, errors);
  return values;
}

/** @throws ApiFailure REQUIRED_FIELD_MISSING when a required field has no value. */
export function checkRequired(type: SObjectType, value: (field: string) => FieldValue | undefined): void {
  const missing = [...type.fields.values()].filter((field) => field.required && isBlank(value(field.name))).map((field) => field.name);
  if (missing.length > 0) throw failure(400, 'REQUIRED_FIELD_MISSING', `Required fields are missing: [${missing.join(', ')}]`, missing);
}

function isBlank(value: FieldValue | undefined): boolean {
  return value === undefined || value === null || value === '';
}

function readValue(type: SObjectType, field: Field, value: unknown): FieldValue {
  if (value === null || value === '') return null;
  switch (field.type) {
    case 'boolean':
      if (typeof value === 'boolean') return value;
      throw wrongType('boolean', value);
    case 'double':
    case 'currency':
    case 'percent': {
      const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
      if (typeof number === 'number' && Number.isFinite(number)) return number;
      throw wrongType('double', value);
    }
    case 'date':
    case 'datetime':
      if (typeof value === 'string' && /^\d{4}-\d\d-\d\d/.test(value) && !Number.isNaN(Date.parse(value))) {
        return field.type === 'date' ? value.slice(0, 10) : value;
      }
      throw wrongType(field.type, value);
    case 'reference': {
      const id = typeof value === 'string' ? normaliseId(value) : undefined;
      if (id) return id;
      throw failure(400, 'MALFORMED_ID', `${field.label}: id value of incorrect type: ${describeValue(value)}`, [field.name]);
    }
    default:
      if (typeof value === 'string') return value;
      if (typeof value === 'number' || typeof value === 'boolean') return String(value);
      throw badJson(`Cannot deserialize instance of string from ${type.name}.${field.name}: a text is wanted`);
  }
}

function wrongType(wanted: string, value: unknown): ApiFailure {
  return badJson(`Cannot deserialize instance of ${wanted} from value ${describeValue(value)}`);
}

function describeValue(value: unknown): string {
  return (typeof value === 'string' ? value : JSON.stringify(value) ?? '').slice(0, 100);
}

function checkLength(type: SObjectType, name: string, value: FieldValue): ApiError[] {
  const field = type.fields.get(name.toLowerCase());
  if (!field || field.length === 0 || typeof value !== 'string' || value.length <= field.length) return [];
  const shown = value.length > 60 ? `${value.slice(0, 60)}...` : value;
  return [{ errorCode: 'STRING_TOO_LONG', message: `${field.label}: data value too large: ${shown} (max length=${field.length})`, fields: [field.name] }];
}

/** The Demo org's one validation rule, so that a custom rule can be met without an injected fault. */
function checkRules(type: SObjectType, values: FieldValues): ApiError[] {
  const amount = values.get('Amount');
  if (type.name !== 'Opportunity' || typeof amount !== 'number' || amount >= 0) return [];
  return [{ errorCode: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'The amount of an opportunity cannot be negative.', fields: ['Amount'] }];
}
