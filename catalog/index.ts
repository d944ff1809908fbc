/**
 * The only door to the catalogue: typed look-ups. Operations, clients and limits are bundled with the program; codes are read a family at a
 * time when they are asked for. No schema is loaded at run time; indexes are built at the first use. Every look-up takes any string, also
 * hostile ones, and answers `undefined` or an empty list where nothing is known.
 */
import * as data from './data.ts';
import { bareStatusCode, codeIn, findStatus } from './errorCodes.ts';
import { once } from './once.ts';
import { onceForEntries, userEntries } from './userEntries.ts';
import type { ClientModel, Language } from './schema/client.ts';
import type { ErrorCode, FailureMode } from './schema/code.ts';
import type { HttpLibrary } from './schema/httpLibrary.ts';
import type { AdapterLibrary, FrameworkLibrary, Library, QueueLibrary, ReporterLibrary, RetryLibrary } from './schema/library.ts';
import type { Limit, RequestShape, UsageView } from './schema/limit.ts';
import type { Operation } from './schema/operation.ts';
import type { Retirement } from './schema/retirement.ts';
import type { Family } from './schema/words.ts';

export type { ClientMethod, ClientModel, ClientType, ExceptionClass, FailureChannel, Language } from './schema/client.ts';
export type { ErrorCode, FailureMode, HttpStatus } from './schema/code.ts';
export type { HttpLibrary } from './schema/httpLibrary.ts';
export type { AdapterLibrary, FrameworkLibrary, Library, QueueLibrary, ReporterLibrary, RetryLibrary } from './schema/library.ts';
export type { Limit, RequestShape, UsageView } from './schema/limit.ts';
export type { Message } from './schema/message.ts';
export type { Operation } from './schema/operation.ts';
export type { Retirement } from './schema/retirement.ts';
export type { FailureClass, Family, RetrySafety } from './schema/words.ts';
export {
  codeFamilies, codeIn, codeNames, codesOfFamily, findCode, findStatus, httpStatuses, isCode, isGenericCode, modeOf, storedName,
} from './errorCodes.ts';
export { holdsMessage, messages, recogniseMessage, type RecognisedMessage } from './messages.ts';
export { onceForEntries, setUserEntries, userEntries, type UserEntries } from './userEntries.ts';
export { operationOfRequest } from './requests.ts';

/** One way in which an operation can fail: the mode and the code it belongs to. */
export interface ResolvedMode {
  code: ErrorCode;
  mode: FailureMode;
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

const operationById = once(() => new Map(data.operations.map((operation) => [operation.id, operation])));
const allClients = onceForEntries((): readonly ClientModel[] => [...userEntries().clients, ...data.clients]);
const allLibraries = onceForEntries((): readonly Library[] => [...userEntries().libraries, ...data.libraries]);
const clientById = onceForEntries(() => new Map([...allClients()].reverse().map((client) => [client.id, client])));
const clientsByLanguage = onceForEntries(() => groupBy(allClients(), (client) => [client.language ?? 'javascript']));
const clientsByImport = onceForEntries(
  () =>
    new Map(
      [...clientsByLanguage()].map(([language, models]) => [
        language,
        groupBy(models, (client) => client.packages.flatMap((entry) => entry.imports ?? [entry.name])),
      ]),
    ),
);
const librariesByPackage = onceForEntries(() => groupBy(allLibraries(), (library) => library.packages.map((name) => `${library.language ?? 'javascript'}:${name}`)));
const limitByName = once(() => new Map(data.limits.map((limit) => [limit.name, limit])));
const resolvedByOperation = onceForEntries(() => new Map<string, readonly ResolvedMode[]>());
const NONE: readonly never[] = [];

/** All operations. */
export function operations(): readonly Operation[] {
  return data.operations;
}

/** An operation by its id, for example `rest.sobject.create`. */
export function findOperation(id: string): Operation | undefined {
  return operationById().get(id);
}

/** Whether an operation of this id exists. */
export function isOperation(id: string): boolean {
  return operationById().has(id);
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
  const known = resolvedByOperation().get(operationId);
  if (known) return known;
  const operation = findOperation(operationId);
  if (!operation) return NONE;
  const modes = operation.failures.flatMap((failure) => resolveFailure(failure, operation.family));
  resolvedByOperation().set(operationId, modes);
  return modes;
}

/** All client models of a language. */
export function clients(language: Language = 'javascript'): readonly ClientModel[] {
  return clientsByLanguage().get(language) ?? NONE;
}

/** Client models whose objects show by their use or their name what they are, of every language. */
export const shapedClients: () => readonly ClientModel[] = onceForEntries(() => allClients().filter((client) => client.called !== undefined || Object.values(client.types).some((type) => type.exportedFor)));

/** A client model by its id, for example `jsforce`. */
export function findClient(id: string): ClientModel | undefined {
  return clientById().get(id);
}

/** `jsforce/lib/x` -> `jsforce`, `@scope/name/x` -> `@scope/name`. */
function packageOf(specifier: string): string {
  const words = specifier.split('/');
  return words.slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** What stands between the parts of an import's name. */
const SEPARATORS: Readonly<Partial<Record<Language, string>>> = { python: '.', java: '.', csharp: '.', go: '/', php: '\\', ruby: '/' };

/**
 * The client models of a language that an import of this name brings in. What lies below a name of a model belongs to it: a sub-path of an npm
 * package that no model names counts as its package, `simple_salesforce.exceptions` as `simple_salesforce`.
 */
export function clientsOf(specifier: string, language: Language = 'javascript'): readonly ClientModel[] {
  const known = clientsByImport().get(language);
  if (!known) return NONE;
  if (language === 'javascript') {
    const bare = specifier.replace(/\.[cm]?js$/, '');
    return known.get(specifier) ?? known.get(bare) ?? known.get(packageOf(specifier)) ?? NONE;
  }
  const separator = SEPARATORS[language];
  if (separator === undefined) return NONE;
  // PHP writes full names with a separator in front.
  const name = specifier.startsWith(separator) ? specifier.slice(separator.length) : specifier;
  for (let end = name.length; end > 0; end = name.lastIndexOf(separator, end - 1)) {
    const found = known.get(name.slice(0, end));
    if (found) return found;
  }
  return NONE;
}

/** Packages that depend on a client's package, with the version range of it that each range of theirs brings. */
export function broughtBy(packageName: string): readonly { by: string; versions: string; range: string }[] {
  return clientsOf(packageName).flatMap(({ packages }) => packages.flatMap(({ name, brought }) => (name === packageName && brought ? brought : [])));
}

/** A client type whose class is generated in a program's own modules. */
export interface GeneratedType {
  client: ClientModel;
  type: string;
  /** Expressions, without regard to case, of which a module's name must match the first and must not match the second; absent: any name will do. */
  modules?: RegExp;
  butNot?: RegExp;
}

/** The client types of a language whose classes are generated for each program, by the class's name. */
export function generatedTypes(language: Language): ReadonlyMap<string, readonly GeneratedType[]> {
  return generatedByLanguage().get(language) ?? new Map();
}

const generatedByLanguage = onceForEntries(() => {
  const byLanguage = new Map<Language, Map<string, GeneratedType[]>>();
  for (const client of allClients()) {
    for (const [type, { generated }] of Object.entries(client.types)) {
      for (const { name, modules, butNot } of generated ?? []) {
        const language = client.language ?? 'javascript';
        const names = byLanguage.get(language) ?? new Map<string, GeneratedType[]>();
        const found: GeneratedType = { client, type, ...(modules === undefined ? {} : { modules: new RegExp(modules, 'i') }), ...(butNot === undefined ? {} : { butNot: new RegExp(butNot, 'i') }) };
        names.set(name, [...(names.get(name) ?? []), found]);
        byLanguage.set(language, names);
      }
    }
  }
  return byLanguage;
});

/** All packages of a language's client models as its registry names them, without sub-paths. */
export function clientPackages(language: Language = 'javascript'): readonly string[] {
  return packagesByLanguage().get(language) ?? NONE;
}

const packagesByLanguage = onceForEntries(
  () =>
    new Map(
      [...clientsByLanguage()].map(([language, models]): [string, readonly string[]] => {
        const names = models.flatMap((client) => client.packages.map(({ name }) => (language === 'javascript' ? packageOf(name) : name)));
        return [language, [...new Set(names)].sort()];
      }),
    ),
);

/** All libraries that handle or report failures. */
export function libraries(): readonly Library[] {
  return allLibraries();
}

/** The libraries of a language that an import of this name brings in; a sub-path counts as its package, and what lies below a name as that. */
export function librariesOf(specifier: string, language: Language = 'javascript'): readonly Library[] {
  const answers = librariesByImport();
  let byName = answers.get(language);
  if (!byName) answers.set(language, (byName = new Map()));
  let found = byName.get(specifier);
  if (!found) byName.set(specifier, (found = findLibraries(specifier, language)));
  return found;
}

/** Answers of `librariesOf`: a program asks of each of its few imports at every call. */
const librariesByImport = onceForEntries(() => new Map<Language, Map<string, readonly Library[]>>());

function findLibraries(specifier: string, language: Language): readonly Library[] {
  const known = (name: string): readonly Library[] | undefined => librariesByPackage().get(`${language}:${name}`);
  const separator = SEPARATORS[language];
  if (separator === undefined) return known(specifier) ?? known(packageOf(specifier)) ?? NONE;
  for (let end = specifier.length; end > 0; end = specifier.lastIndexOf(separator, end - 1)) {
    const found = known(specifier.slice(0, end));
    if (found) return found;
  }
  return NONE;
}

/** Libraries whose functions give back the function that they are given in another shape. */
export const adapterLibraries: () => readonly AdapterLibrary[] = onceForEntries(() => allLibraries().filter((library) => library.kind === 'adapter'));

/** Libraries that repeat failing functions. */
export const retryLibraries: () => readonly RetryLibrary[] = onceForEntries(() => allLibraries().filter((library) => library.kind === 'retry'));

/** Loggers and error reporters. */
export const reporterLibraries: () => readonly ReporterLibrary[] = onceForEntries(() =>
  allLibraries().filter((library) => library.kind === 'reporter'),
);

/** Libraries that run jobs, and run those again that fail. */
export const queueLibraries: () => readonly QueueLibrary[] = onceForEntries(() => allLibraries().filter((library) => library.kind === 'queue'));

/** Frameworks that call functions of the program. */
export const frameworkLibraries: () => readonly FrameworkLibrary[] = onceForEntries(() => allLibraries().filter((library) => library.kind === 'framework'));

/** Libraries that send HTTP requests. */
export const httpLibraries: () => readonly HttpLibrary[] = onceForEntries(() => allLibraries().filter((library) => library.kind === 'http'));

/** All limits the catalogue describes. */
export function limits(): readonly Limit[] {
  return data.limits;
}

/** A key of GET /limits, for example `DailyApiRequests`. */
export function findLimit(name: string): Limit | undefined {
  return limitByName().get(name);
}

/** Fixed bounds of requests, jobs, queries and records. */
export function requestShapes(): readonly RequestShape[] {
  return data.requestShapes;
}

/** A fixed bound by its id, for example `collections.records`. */
export function findRequestShape(id: string): RequestShape | undefined {
  return data.requestShapes.find((shape) => shape.id === id);
}

/** Places where the use of limits can be read. */
export function usageViews(): readonly UsageView[] {
  return data.usageViews;
}

const largeNames = once(() => new Map(data.largeObjects.map(({ name, tooling }) => [name.toLowerCase(), tooling === true])));

/** Whether ordinary orgs hold more records of a standard object than one page of a query brings. Case does not matter. */
export function isLargeObject(name: string, tooling: boolean): boolean {
  return largeNames().get(name.toLowerCase()) === tooling;
}

/** Parts of the APIs that are gone or have a date on which they go. */
export function retirements(): readonly Retirement[] {
  return data.retirements;
}

/** A retirement by its id, for example `soap-login`. */
export function findRetirement(id: string): Retirement | undefined {
  return data.retirements.find((each) => each.id === id);
}

/** What is said of one API version in a family: the retirement that it falls under. `undefined` for a version that stays. */
export function retirementOf(version: number, family: Family): Retirement | undefined {
  return data.retirements.find(
    ({ versions, families, operations: some }) => !some && families.includes(family) && version >= versions.from && version <= (versions.to ?? Infinity),
  );
}

/** Month in which each of the year's releases comes, from which on what it takes away is gone; Winter comes in the autumn before its year. */
const MONTH = { Spring: '02', Summer: '06', Winter: '10' } as const;

/** Whether a release had come when the catalogue was last checked. */
export function hasCome({ retired, checked }: Retirement): boolean {
  const [season, year] = retired.split(" '") as [keyof typeof MONTH, string];
  return `20${season === 'Winter' ? Number(year) - 1 : year}-${MONTH[season]}-31` <= checked;
}

/** Operations that name a code, with the family that each means by it. */
const failuresByCode = once(() => {
  const byCode = new Map<string, { id: string; family: Family }[]>();
  for (const { id, family, failures } of data.operations) {
    for (const failure of failures) {
      const [, own, code = ''] = /^(?:([a-z0-9-]+):)?([^/]*)/.exec(failure)!;
      const uses = byCode.get(code);
      const use = { id, family: (own ?? family) as Family };
      if (!uses) byCode.set(code, [use]);
      else if (uses.at(-1)?.id !== id) uses.push(use);
    }
  }
  return byCode;
});

/** Operations that can answer with a code in the meaning of this entry: the same word can mean something else in another family. */
export function operationsWith({ code, family }: ErrorCode): readonly string[] {
  return (failuresByCode().get(code) ?? NONE).filter((use) => codeIn(code, use.family)?.family === family).map(({ id }) => id);
}
