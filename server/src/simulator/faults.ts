import type { ApiError } from './apiFailure.ts';
import type { RecordFault } from './collections.ts';
import { isObject } from './jsonBody.ts';

/**
 * What a request does. `query` is the first page and `query-more` a later one; `login` is SOAP, `oauth` the token and revoke endpoints;
 * `other` is everything else, unknown paths too.
 */
export const operations = [
  'query', 'query-more', 'retrieve', 'create', 'update', 'upsert', 'delete', 'describe', 'collections', 'composite', 'limits', 'oauth', 'login', 'identity', 'other',
] as const;
export type Operation = (typeof operations)[number];
export type FaultOperation = Operation | 'any';

/** Which requests a fault meets. */
export interface FaultTarget {
  operation: FaultOperation;
  /** Only requests on this object (by its API name, whatever the case). */
  object?: string;
  /** Only requests with this HTTP method; tells collections create from update. */
  method?: string;
  /** How many matching requests pass first. */
  after?: number;
  /** How many matching requests fail; without it the fault stays for ever. */
  times?: number;
  /** Only every n-th matching request fails. */
  every?: number;
}

/** One error of a REST error array. */
export interface FaultError {
  code: string;
  message?: string;
  fields?: string[];
}

/** What happens to the request. Where `applied` is allowed and true, the org carries the request out first. */
export type FaultEffect =
  /** Salesforce refuses with an error code: in the shape of the endpoint (REST array, OAuth object, SOAP fault), not applied. */
  | ({ kind: 'error'; status?: number; more?: FaultError[]; concurrent?: boolean } & FaultError)
  /** Some records of a collections request fail, the others go through. `records` are positions from 0; the first without it. */
  | ({ kind: 'record-error'; records?: number[] } & FaultError)
  /** An answer without a Salesforce body, as an edge, proxy or load balancer gives it: HTML by default. */
  | { kind: 'status'; status: number; body?: string; contentType?: string; applied?: boolean }
  /** The connection is reset instead of an answer. */
  | { kind: 'reset'; applied: boolean }
  /** Carried out at once, answered after so many milliseconds. */
  | { kind: 'slow'; delayMs: number }
  /** No byte ever comes back; the connection stays open. */
  | { kind: 'silence'; applied?: boolean }
  /** Headers and the first half of the true answer, then nothing more; the connection stays open. */
  | { kind: 'endless' }
  /** HTTP 200 that claims JSON and is not. */
  | { kind: 'garbage'; body?: string; applied?: boolean }
  /** HTTP 302 to another host. */
  | { kind: 'redirect'; location?: string };

/** An injected fault: which requests, and what happens to them. */
export type Fault = FaultTarget & FaultEffect;

/** What the fault registry needs to know of a request. */
export interface FaultSubject {
  operation: Operation;
  object?: string;
  method: string;
}

interface Entry {
  id: number;
  fault: Fault;
  seen: number;
  fired: number;
}

/** The injected faults, in the order in which they were added: the first that wants a request gets it. */
export class Faults {
  private entries: Entry[] = [];
  private nextId = 1;

  /** Adds a fault and returns its number. @throws Error with what is wrong, when it is no valid fault. */
  add(fault: Fault): number {
    const entry = { id: this.nextId++, fault: readFault(fault), seen: 0, fired: 0 };
    this.entries.push(entry);
    return entry.id;
  }

  /** Takes a fault away; false when there is none of that number. */
  remove(id: number): boolean {
    const before = this.entries.length;
    this.entries = this.entries.filter((entry) => entry.id !== id);
    return this.entries.length < before;
  }

  clear(): void {
    this.entries = [];
  }

  /** Every fault with how often it has fired. */
  list(): { id: number; fault: Fault; fired: number }[] {
    return this.entries.map(({ id, fault, fired }) => ({ id, fault, fired }));
  }

  /** The fault that this request meets, if any; counts it. */
  take(subject: FaultSubject): Fault | undefined {
    for (const entry of this.entries) {
      const { fault } = entry;
      if (!matches(fault, subject) || (fault.times !== undefined && entry.fired >= fault.times)) continue;
      entry.seen++;
      const late = entry.seen - (fault.after ?? 0);
      if (late <= 0 || late % (fault.every ?? 1) !== 0) continue;
      entry.fired++;
      return fault;
    }
    return undefined;
  }
}

function matches(fault: Fault, subject: FaultSubject): boolean {
  return (fault.operation === 'any' || fault.operation === subject.operation) &&
    (fault.object === undefined || fault.object.toLowerCase() === subject.object?.toLowerCase()) &&
    (fault.method === undefined || fault.method.toUpperCase() === subject.method) &&
    // A record fault has nothing to do outside collections, so `any` means any collections request there.
    (fault.kind !== 'record-error' || subject.operation === 'collections');
}

/** The per-record part of a fault, for the collections handler. */
export function recordFaultOf(fault: Fault | undefined, complete: (error: FaultError) => ApiError): RecordFault | undefined {
  if (fault?.kind !== 'record-error') return undefined;
  const positions = new Set(fault.records ?? [0]);
  return (position) => (positions.has(position) ? complete(fault) : undefined);
}

type Check = (value: unknown) => boolean;
const isCount: Check = (value) => Number.isSafeInteger(value) && Number(value) >= 0;
const isText: Check = (value) => typeof value === 'string' && value.length <= 100_000;
const isFlag: Check = (value) => typeof value === 'boolean';
const isStatus: Check = (value) => Number.isInteger(value) && Number(value) >= 200 && Number(value) <= 599;
const isTexts: Check = (value) => Array.isArray(value) && value.every(isText);
const isErrors: Check = (value) =>
  Array.isArray(value) && value.every((one) => isObject(one) && isText(one['code']) && (one['message'] === undefined || isText(one['message'])));
/** A header value: a line break in it would end the process's answer. */
const isHeader: Check = (value) => typeof value === 'string' && /^[\x21-\x7e ]{1,2000}$/.test(value);

const error = { code: isText, message: isText, fields: isTexts };
const target: Record<string, Check> = {
  operation: (value) => value === 'any' || (operations as readonly unknown[]).includes(value),
  kind: isText, object: isText, method: isText, after: isCount, times: isCount, every: (value) => isCount(value) && value !== 0,
};
const effects: Record<string, { members: Record<string, Check>; needed: string[] }> = {
  'error': { members: { ...error, status: isStatus, more: isErrors, concurrent: isFlag }, needed: ['code'] },
  'record-error': { members: { ...error, records: (value) => Array.isArray(value) && value.every(isCount) }, needed: ['code'] },
  'status': { members: { status: isStatus, body: isText, contentType: isHeader, applied: isFlag }, needed: ['status'] },
  'reset': { members: { applied: isFlag }, needed: ['applied'] },
  'slow': { members: { delayMs: isCount }, needed: ['delayMs'] },
  'silence': { members: { applied: isFlag }, needed: [] },
  'endless': { members: {}, needed: [] },
  'garbage': { members: { body: isText, applied: isFlag }, needed: [] },
  'redirect': { members: { location: isHeader }, needed: [] },
};

/** Checks a fault that came from outside. @throws Error that says which member is wrong. */
export function readFault(value: unknown): Fault {
  if (!isObject(value)) throw new Error('A fault is an object with operation and kind.');
  const kind = value['kind'];
  const effect = typeof kind === 'string' && Object.hasOwn(effects, kind) ? effects[kind] : undefined;
  if (!effect) throw new Error(`Unknown kind of fault; use one of ${Object.keys(effects).join(', ')}.`);
  for (const name of ['operation', ...effect.needed]) {
    if (value[name] === undefined) throw new Error(`A fault of kind ${String(kind)} needs ${name}.`);
  }
  const members = { ...target, ...effect.members };
  for (const [name, member] of Object.entries(value)) {
    const check = Object.hasOwn(members, name) ? members[name] : undefined;
    if (!check) throw new Error(`A fault of kind ${String(kind)} has no member named ${name}.`);
    if (member !== undefined && !check(member)) throw new Error(`The fault's ${name} is not valid.`);
  }
  return structuredClone(value) as unknown as Fault;
}
