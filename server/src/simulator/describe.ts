import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import type { Field, SObjectType } from './schema.ts';
import { allObjectTypes } from './schema.ts';

/** GET /sobjects: every object of the org. */
export function describeGlobal(version: number): Answer {
  return json(200, { encoding: 'UTF-8', maxBatchSize: 200, sobjects: allObjectTypes().map((type) => summary(type, version)) });
}

/** GET /sobjects/TYPE: the summary with an empty list of recent items. */
export function describeBasic(type: SObjectType, version: number): Answer {
  return json(200, { objectDescribe: summary(type, version), recentItems: [] });
}

/** GET /sobjects/TYPE/describe: the summary and the fields, without layouts and relationships to children. */
export function describeObject(type: SObjectType, version: number): Answer {
  const fields = [...type.fields.values()].map((field) => describeField(type, field));
  return json(200, { ...summary(type, version), fields, childRelationships: [], recordTypeInfos: [] });
}

function summary(type: SObjectType, version: number): Record<string, unknown> {
  const base = `/services/data/v${String(version)}.0/sobjects/${type.name}`;
  return {
    name: type.name, label: type.label, labelPlural: type.labelPlural, keyPrefix: type.keyPrefix, custom: false, customSetting: false,
    createable: type.writable, updateable: type.writable, deletable: type.writable, undeletable: type.writable, queryable: true, retrieveable: true,
    searchable: true, replicateable: true, layoutable: true, triggerable: type.writable, mergeable: false, feedEnabled: false, activateable: false,
    deprecatedAndHidden: false, urls: { sobject: base, describe: `${base}/describe`, rowTemplate: `${base}/{ID}` },
  };
}

function describeField(type: SObjectType, field: Field): Record<string, unknown> {
  const writable = type.writable && !field.readOnly;
  return {
    name: field.name, label: field.label, type: field.type, length: field.length, byteLength: field.length * 3, custom: field.name.endsWith('__c'),
    nillable: !field.required && field.type !== 'boolean' && field.type !== 'id', unique: field.unique, externalId: field.externalId,
    idLookup: field.externalId || field.type === 'id', createable: writable, updateable: writable, defaultedOnCreate: field.fallback !== undefined,
    defaultValue: field.fallback ?? null, filterable: field.type !== 'textarea', sortable: field.type !== 'textarea', groupable: true,
    caseSensitive: false, calculated: false, referenceTo: field.referenceTo === undefined ? [] : [field.referenceTo],
    relationshipName: field.relationshipName ?? null, picklistValues: [],
  };
}
