import type { Clock } from './clock.ts';
import { toApiDateTime } from './clock.ts';
import { failure, notFound } from './apiFailure.ts';
import { makeId, normaliseId } from './recordId.ts';
import type { SObjectType } from './schema.ts';
import { allObjectTypes, findObjectType } from './schema.ts';
import type { FieldValue, FieldValues } from './validate.ts';
import { checkRequired, readFields } from './validate.ts';

/** One stored record: every field of its object has an entry. */
export type StoredRecord = FieldValues;

interface Table {
  type: SObjectType;
  records: Map<string, StoredRecord>;
  /** Ids of deleted records: a second delete answers ENTITY_IS_DELETED, not NOT_FOUND. */
  deleted: Set<string>;
  /** By unique field, the id that holds each value (lower case: unique ignores case). */
  unique: Map<string, Map<string, string>>;
  created: number;
}

/** The records of the org, in memory only. */
export class Store {
  private readonly tables = new Map<string, Table>();
  private readonly clock: Clock;
  private readonly ownerId: string;
  /** Ways back, newest last, while a transaction runs. */
  private undo: (() => void)[] | undefined;

  constructor(clock: Clock, ownerId: string) {
    this.clock = clock;
    this.ownerId = ownerId;
    for (const type of allObjectTypes()) {
      const unique = new Map([...type.fields.values()].filter((field) => field.unique).map((field) => [field.name, new Map<string, string>()]));
      this.tables.set(type.name, { type, records: new Map(), deleted: new Set(), unique, created: 0 });
    }
  }

  /** Records of an object, oldest first. */
  records(type: SObjectType): StoredRecord[] {
    return [...this.table(type).records.values()];
  }

  /** Number of records of all objects. */
  get size(): number {
    let size = 0;
    for (const table of this.tables.values()) size += table.records.size;
    return size;
  }

  /** The record with this id in either length; undefined when there is none. */
  find(type: SObjectType, id: string): StoredRecord | undefined {
    const normalised = normaliseId(id);
    return normalised === undefined ? undefined : this.table(type).records.get(normalised);
  }

  /**
   * The record with this id.
   * @throws ApiFailure MALFORMED_ID (400), ENTITY_IS_DELETED or NOT_FOUND (404).
   */
  get(type: SObjectType, id: string): StoredRecord {
    const normalised = normaliseId(id);
    if (normalised === undefined || !normalised.startsWith(type.keyPrefix)) {
      throw failure(400, 'MALFORMED_ID', `${type.label} ID: id value of incorrect type: ${id.slice(0, 100)}`, ['Id']);
    }
    const table = this.table(type);
    const record = table.records.get(normalised);
    if (record) return record;
    throw table.deleted.has(normalised) ? failure(404, 'ENTITY_IS_DELETED', 'entity is deleted', []) : notFound();
  }

  /** Records whose field has this value, ignoring case. */
  findBy(type: SObjectType, fieldName: string, value: string): StoredRecord[] {
    const wanted = value.toLowerCase();
    const index = this.table(type).unique.get(fieldName);
    if (index) {
      const id = index.get(wanted);
      const record = id === undefined ? undefined : this.table(type).records.get(id);
      return record ? [record] : [];
    }
    return this.records(type).filter((record) => String(record.get(fieldName) ?? '').toLowerCase() === wanted);
  }

  /** Creates a record and returns its id. @throws ApiFailure as {@link readFields} and {@link checkRequired} do, or DUPLICATE_VALUE. */
  create(type: SObjectType, input: Record<string, unknown>): string {
    this.checkWritable(type, 'create');
    return this.insert(type, readFields(type, input));
  }

  /** Adds a record that the system itself makes (demo data, users). */
  insert(type: SObjectType, values: FieldValues): string {
    const table = this.table(type);
    checkRequired(type, (name) => values.get(name));
    this.checkReferences(type, values);
    const id = makeId(type.keyPrefix, table.created + 1);
    this.checkUnique(table, id, values);
    const now = toApiDateTime(this.clock.now());
    const record: StoredRecord = new Map();
    for (const field of type.fields.values()) record.set(field.name, values.get(field.name) ?? field.fallback ?? null);
    record.set('Id', id);
    record.set('CreatedDate', now);
    if (type.fields.has('ownerid') && record.get('OwnerId') === null) record.set('OwnerId', this.ownerId);
    if (type.name === 'Case') record.set('CaseNumber', String(1000 + table.created + 1).padStart(8, '0'));
    touch(record, now);
    derive(type, record);
    // Numbers are not given twice, also not after a rollback, as in Salesforce.
    table.created++;
    table.records.set(id, record);
    index(table, id, record);
    this.undo?.push(() => {
      unindex(table, record);
      table.records.delete(id);
    });
    return id;
  }

  /** Changes a record. @throws ApiFailure as {@link get}, {@link readFields} and {@link checkRequired} do, or DUPLICATE_VALUE. */
  update(type: SObjectType, id: string, input: Record<string, unknown>): void {
    this.checkWritable(type, 'update');
    const record = this.get(type, id);
    const values = readFields(type, input);
    checkRequired(type, (name) => (values.has(name) ? values.get(name) : record.get(name)));
    this.checkReferences(type, values);
    const table = this.table(type);
    const recordId = String(record.get('Id'));
    this.checkUnique(table, recordId, values);
    const before = new Map(record);
    unindex(table, record);
    for (const [name, value] of values) record.set(name, value);
    touch(record, toApiDateTime(this.clock.now()));
    derive(type, record);
    index(table, recordId, record);
    this.undo?.push(() => {
      unindex(table, record);
      for (const [name, value] of before) record.set(name, value);
      index(table, recordId, record);
    });
  }

  /** Deletes a record. @throws ApiFailure as {@link get} does. */
  delete(type: SObjectType, id: string): void {
    this.checkWritable(type, 'delete');
    const record = this.get(type, id);
    const table = this.table(type);
    const recordId = String(record.get('Id'));
    unindex(table, record);
    table.records.delete(recordId);
    table.deleted.add(recordId);
    this.undo?.push(() => {
      table.records.set(recordId, record);
      table.deleted.delete(recordId);
      index(table, recordId, record);
    });
  }

  /** Runs work whose writes are all undone when it returns false or throws. */
  transaction<T>(work: () => { keep: boolean; value: T }): T {
    const outer = this.undo;
    const steps: (() => void)[] = [];
    this.undo = steps;
    let keep = false;
    try {
      const result = work();
      keep = result.keep;
      return result.value;
    } finally {
      if (keep) outer?.push(...steps);
      else for (const step of steps.reverse()) step();
      this.undo = outer;
    }
  }

  private table(type: SObjectType): Table {
    const table = this.tables.get(type.name);
    if (!table) throw notFound();
    return table;
  }

  private checkWritable(type: SObjectType, what: string): void {
    if (!type.writable) throw failure(400, 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', `entity type cannot be used for ${what}: ${type.name}`, []);
  }

  private checkUnique(table: Table, id: string, values: FieldValues): void {
    for (const [name, holders] of table.unique) {
      const value = values.get(name);
      const holder = typeof value === 'string' ? holders.get(value.toLowerCase()) : undefined;
      if (holder !== undefined && holder !== id) {
        throw failure(400, 'DUPLICATE_VALUE', `duplicate value found: ${name} duplicates value on record with id: ${holder}`, []);
      }
    }
  }

  private checkReferences(type: SObjectType, values: FieldValues): void {
    for (const [name, value] of values) {
      const field = type.fields.get(name.toLowerCase());
      if (field?.type !== 'reference' || typeof value !== 'string') continue;
      const target = findObjectType(field.referenceTo ?? '');
      if (!target || !this.find(target, value)) throw failure(400, 'INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', [name]);
    }
  }
}

function touch(record: StoredRecord, now: string): void {
  record.set('LastModifiedDate', now);
  record.set('SystemModstamp', now);
}

/** Fields that the system computes. */
function derive(type: SObjectType, record: StoredRecord): void {
  if (type.name === 'Contact' || type.name === 'Lead') {
    record.set('Name', [record.get('FirstName'), record.get('LastName')].filter((part): part is string => typeof part === 'string').join(' '));
  }
  if (type.name === 'Opportunity') {
    const stage: FieldValue | undefined = record.get('StageName');
    record.set('IsWon', stage === 'Closed Won');
    record.set('IsClosed', stage === 'Closed Won' || stage === 'Closed Lost');
  }
}

function index(table: Table, id: string, record: StoredRecord): void {
  for (const [name, holders] of table.unique) {
    const value = record.get(name);
    if (typeof value === 'string') holders.set(value.toLowerCase(), id);
  }
}

function unindex(table: Table, record: StoredRecord): void {
  for (const [name, holders] of table.unique) {
    const value = record.get(name);
    if (typeof value === 'string') holders.delete(value.toLowerCase());
  }
}
