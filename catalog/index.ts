/**
 * The only door to the catalogue: typed look-ups over data that is bundled with the program. No file is read and no schema is loaded at run
 * time; indexes are built at the first use. Every look-up takes any string, also hostile ones, and answers `undefined` or an empty list
 * where nothing is known.
 */
import * as data from './data.ts';
import type { ClientModel } from './schema/client.ts';
import type { ErrorCode, FailureMode, HttpStatus } from './schema/code.ts';
import type { Library, ReporterLibrary, RetryLibrary } from './schema/library.ts';
import type { Limit } from './schema/limit.ts';
import type { Operation } from './schema/operation.ts';
import type { Family } from './schema/words.ts';

export type { ClientMethod, ClientModel, ClientType } from './schema/client.ts';
export type { ErrorCode, FailureMode, HttpStatus } from './schema/code.ts';
export type { Library, ReporterLibrary, RetryLibrary } from './schema/library.ts';
export type { Limit } from './schema/limit.ts';
export type { Operation } from './schema/operation.ts';
export type { FailureClass, Family, RetrySafety } from './schema/words.ts';

/** One way in which an operation can fail: the mode and the code it belongs to. */
export interface ResolvedMode {
  code: ErrorCode;
  mode: FailureMode;
}

/** Makes a value at the first call and keeps it. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function groupBy<T>(items: Iterable<T>, keysOf: (item: T) => readonly string[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    for (const key of new Set(keysOf(item))) {
      const group = groups.get(key);
      if (group) group.push(item);
      else groups.set(key, [item]);
    }
  }
  return groups;
}

const statusByNumber = once(() => new Map(data.statuses.map((status) => [status.status, status])));
const codesByName = once(() =>
  groupBy([...data.codes, ...data.statuses.filter(({ status }) => status >= 400).map(clientStatusCode)], (code) => [code.code]),
);
const operationById = once(() => new Map(data.operations.map((operation) => [operation.id, operation])));
const clientById = once(() => new Map(data.clients.map((client) => [client.id, client])));
const clientsByPackage = once(() => groupBy(data.clients, (client) => client.packages.map((entry) => entry.name)));
const librariesByPackage = once(() => groupBy(data.libraries, (library) => library.packages));
const limitByName = once(() => new Map(data.limits.map((limit) => [limit.name, limit])));
const resolvedByOperation = new Map<string, readonly ResolvedMode[]>();
const NONE: readonly never[] = [];

/** A mode for a status that came without a Salesforce code. */
function statusMode(status: HttpStatus): FailureMode {
  return { id: 'status', class: status.class ?? 'request', retry: status.retry ?? 'never-helps', doInCode: status.doInCode };
}

/** `HTTP_503` in an operation's failures: the bare status, whatever the client makes of it. */
function bareStatusCode(status: HttpStatus): ErrorCode {
  return {
    code: `HTTP_${status.status}`,
    family: 'http',
    title: `${status.status} ${status.title}`,
    meaning: status.meaning,
    http: [status.status],
    modes: [statusMode(status)],
    who: 'integration developer',
    causes: [],
    related: [...status.codes],
    source: status.source,
    checked: status.checked,
  };
}

/** `ERROR_HTTP_503`: the name jsforce makes up for an answer whose body was not the list of errors that Salesforce sends. */
function clientStatusCode(status: HttpStatus): ErrorCode {
  return {
    ...bareStatusCode(status),
    code: `ERROR_HTTP_${status.status}`,
    family: 'client',
    title: `HTTP ${status.status} (${status.title}) without a Salesforce error`,
    meaning:
      `A name made up by jsforce: the answer had status ${status.status} and its body was no list of Salesforce errors, often a page of HTML ` +
      `from a proxy or from the edge. ${status.meaning}`,
    source: 'https://github.com/jsforce/jsforce/blob/main/src/http-api.ts',
  };
}

/** Every code name the catalogue can explain, sorted. */
export const codeNames: () => readonly string[] = once(() => [...codesByName().keys()].sort());

/**
 * All entries of a code: the same text can stand in several families with several meanings. A namespace prefix of SOAP fault codes (`sf:`)
 * is taken off. Empty for unknown names.
 */
export function findCode(name: string): readonly ErrorCode[] {
  return codesByName().get(name) ?? codesByName().get(name.replace(/^[a-z]{2,8}:/i, '')) ?? NONE;
}

/**
 * Whether other systems use this word too (`NOT_FOUND`), so that it is only explained where there is a trace of Salesforce. False for
 * unknown names.
 */
export function isGenericCode(name: string): boolean {
  const codes = findCode(name);
  return codes.length > 0 && codes.every((code) => code.generic === true);
}

/** Families that are asked, in this order, for a code that an operation's own family does not have. */
const FALLBACK: readonly Family[] = ['client', 'rest', 'soap', 'dml', 'bulk2', 'bulk', 'oauth'];

/** The entry of a code for one family; where the family has none of its own, the nearest other. */
export function codeIn(name: string, family: Family): ErrorCode | undefined {
  const codes = findCode(name);
  for (const wanted of [family, ...FALLBACK]) {
    const found = codes.find((code) => code.family === wanted) ?? codes.find((code) => code.alsoIn?.includes(wanted));
    if (found) return found;
  }
  return codes[0];
}

/** The mode of a code that fits what is known of a failure; the last mode takes what fits no other. */
export function modeOf(code: ErrorCode, seen: { message?: string; http?: number }): FailureMode | undefined {
  return code.modes.find(({ when }) => {
    if (!when) return true;
    if (when.http && (seen.http === undefined || !when.http.includes(seen.http))) return false;
    if (when.inner && !seen.message?.includes(when.inner)) return false;
    return !when.message || (seen.message !== undefined && new RegExp(when.message, 'i').test(seen.message));
  });
}

/** An HTTP status as Salesforce's APIs use it. */
export function findStatus(status: number | string): HttpStatus | undefined {
  return statusByNumber().get(typeof status === 'number' ? status : /^\d{3}$/.test(status) ? Number(status) : NaN);
}

/** All HTTP statuses, in ascending order. */
export const httpStatuses: () => readonly HttpStatus[] = once(() => [...data.statuses].sort((a, b) => a.status - b.status));

/** All operations. */
export function operations(): readonly Operation[] {
  return data.operations;
}

/** An operation by its id, for example `rest.sobject.create`. */
export function findOperation(id: string): Operation | undefined {
  return operationById().get(id);
}

/** Paths of operations, taken apart: literal segments decide before open ones. */
const routes = once(() =>
  data.operations
    .flatMap((operation) =>
      (operation.paths ?? []).map((text) => {
        const [method = '', path = ''] = text.split(' ');
        return { operation, method, segments: path.split('/').slice(1) };
      }),
    )
    .sort((a, b) => openness(a.segments) - openness(b.segments)),
);

/** Few for a path of literal segments, more for each `{}`, most for `**`. */
function openness(segments: readonly string[]): number {
  return segments.reduce((sum, segment) => sum + (segment === '**' ? 100 : segment === '{}' ? 1 : 0), 0);
}

/**
 * The operation that a plain HTTP request is, by its method and the path or URL of it. Parts of the text that are not known, such as holes
 * of a template, are written `{}`; a host, everything up to the API version, and the query string do not count. `undefined` where path and
 * method do not tell.
 */
export function operationOfRequest(method: string, url: string): Operation | undefined {
  const wanted = method.toUpperCase();
  const path = pathOf(url);
  return routes().find((route) => route.method === wanted && fits(route.segments, path))?.operation;
}

/** Segments of the path that decide. */
function pathOf(url: string): string[] {
  const path = (url.split(/[?#]/)[0] ?? '').replace(/^[a-z]+:\/\/[^/]*/i, '');
  const versioned = /\/services\/data\/(?:v[\d.]+|v?\{\}(?:\.\d+)?)(\/.*)?$/i.exec(path);
  const rooted = /\/(?:services|id)\/.*$/.exec(path);
  const decisive = versioned ? (versioned[1] ?? '') : rooted ? rooted[0] : path.replace(/^(?:\/?\{\})?(?:\/v[\d.]+)?/, '');
  return decisive.split('/').filter((segment) => segment !== '');
}

function fits(pattern: readonly string[], path: readonly string[]): boolean {
  const open = pattern.at(-1) === '**';
  if (open ? path.length < pattern.length : path.length !== pattern.length) return false;
  return pattern.every((segment, index) => segment === '{}' || (open && index === pattern.length - 1) || segment === path[index]);
}

/** Resolves one entry of an operation's failures: `CODE`, `CODE/mode`, `family:CODE/mode` or `HTTP_503`. Empty where it names nothing known. */
export function resolveFailure(failure: string, family: Family): readonly ResolvedMode[] {
  const parts = /^(?:([a-z0-9-]+):)?([^/]+)(?:\/(.+))?$/.exec(failure);
  if (!parts) return NONE;
  const [, own, name = '', modeId] = parts;
  const status = /^HTTP_(\d{3})$/.exec(name);
  if (status) {
    const found = findStatus(status[1] ?? '');
    const code = found && bareStatusCode(found);
    return code ? code.modes.map((mode) => ({ code, mode })) : NONE;
  }
  const code = codeIn(name, (own ?? family) as Family);
  if (!code) return NONE;
  return code.modes.filter((mode) => modeId === undefined || mode.id === modeId).map((mode) => ({ code, mode }));
}

/** The failure modes an operation can meet, most telling first within a class. Empty for unknown operations. */
export function modesOf(operationId: string): readonly ResolvedMode[] {
  const known = resolvedByOperation.get(operationId);
  if (known) return known;
  const operation = findOperation(operationId);
  if (!operation) return NONE;
  const modes = operation.failures.flatMap((failure) => resolveFailure(failure, operation.family));
  resolvedByOperation.set(operationId, modes);
  return modes;
}

/** All client models. */
export function clients(): readonly ClientModel[] {
  return data.clients;
}

/** A client model by its id, for example `jsforce`. */
export function findClient(id: string): ClientModel | undefined {
  return clientById().get(id);
}

/** `jsforce/lib/x` -> `jsforce`, `@scope/name/x` -> `@scope/name`. */
function packageOf(specifier: string): string {
  const words = specifier.split('/');
  return words.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** The client models that an import of this specifier brings in. A sub-path that no model names counts as its package. */
export function clientsOf(specifier: string): readonly ClientModel[] {
  const bare = specifier.replace(/\.[cm]?js$/, '');
  return clientsByPackage().get(specifier) ?? clientsByPackage().get(bare) ?? clientsByPackage().get(packageOf(specifier)) ?? NONE;
}

/** All packages of client models, without sub-paths. */
export const clientPackages: () => readonly string[] = once(() =>
  [...new Set(data.clients.flatMap((client) => client.packages.map((entry) => packageOf(entry.name))))].sort(),
);

/** All libraries that handle or report failures. */
export function libraries(): readonly Library[] {
  return data.libraries;
}

/** The libraries of a package; a sub-path counts as its package. */
export function librariesOf(specifier: string): readonly Library[] {
  return librariesByPackage().get(specifier) ?? librariesByPackage().get(packageOf(specifier)) ?? NONE;
}

/** Libraries that repeat failing functions. */
export const retryLibraries: () => readonly RetryLibrary[] = once(() => data.libraries.filter((library) => library.kind === 'retry'));

/** Loggers and error reporters. */
export const reporterLibraries: () => readonly ReporterLibrary[] = once(() =>
  data.libraries.filter((library) => library.kind === 'reporter'),
);

/** All limits the catalogue describes. */
export function limits(): readonly Limit[] {
  return data.limits;
}

/** A key of GET /limits, for example `DailyApiRequests`. */
export function findLimit(name: string): Limit | undefined {
  return limitByName().get(name);
}
