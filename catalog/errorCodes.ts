import { entriesOf, familiesOfName, isGenericName, storedFamilies, storedNames } from './codeStore.ts';
import * as data from './data.ts';
import { once } from './once.ts';
import type { ErrorCode, FailureMode, HttpStatus } from './schema/code.ts';
import type { Family } from './schema/words.ts';
import { onceForEntries, userEntries } from './userEntries.ts';

const NONE: readonly never[] = [];
const userCodes = onceForEntries(() => {
  const byName = new Map<string, ErrorCode[]>();
  for (const entry of userEntries().codes) byName.set(entry.code, [...(byName.get(entry.code) ?? []), entry]);
  return byName;
});
const statusByNumber = once(() => new Map(data.statuses.map((status) => [status.status, status])));

/** A mode for a status that came without a Salesforce code. */
function statusMode(status: HttpStatus): FailureMode {
  return { id: 'status', class: status.class ?? 'request', retry: status.retry ?? 'never-helps', doInCode: status.doInCode };
}

/** `HTTP_503` in an operation's failures: the bare status, whatever the client makes of it. */
export function bareStatusCode(status: HttpStatus): ErrorCode {
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

/** Every code name the catalogue can explain, sorted. Reads no entry. */
export const codeNames: () => readonly string[] = onceForEntries(() =>
  [...new Set([...storedNames(), ...userCodes().keys(), ...httpStatuses().filter(isFailure).map(({ status }) => `ERROR_HTTP_${status}`)])].sort(),
);

/** The families that have codes of their own, as `codesOfFamily` takes them. */
export function codeFamilies(): readonly Family[] {
  return storedFamilies();
}

/** All entries of one family, in the order of their names; those of other families that stand in it too are left out. */
export function codesOfFamily(family: Family): readonly ErrorCode[] {
  return [...userEntries().codes.filter((entry) => entry.family === family), ...entriesOf(family).values()].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/**
 * All entries of a code, the users' own first: the same text can stand in several families with several meanings. A namespace prefix of SOAP
 * fault codes (`sf:`) is taken off. Empty for unknown names.
 */
export function findCode(name: string): readonly ErrorCode[] {
  const own = userCodes().get(name);
  return own ? [...own, ...storedCode(name)] : storedCode(name);
}

function storedCode(name: string): readonly ErrorCode[] {
  const bare = storedName(name);
  if (bare !== undefined) return familiesOfName(bare).flatMap((family) => entriesOf(family).get(bare) ?? []);
  const status = findStatus(/^ERROR_HTTP_(\d{3})$/.exec(name)?.[1] ?? '');
  return status && isFailure(status) ? [clientStatusCode(status)] : NONE;
}

/** Whether `findCode` knows the name; reads no entry. */
export function isCode(name: string): boolean {
  return storedName(name) !== undefined || userCodes().has(name) || /^ERROR_HTTP_[45]\d\d$/.test(name);
}

/**
 * The name under which entries of a code stand; undefined where there are none. The prefix of a namespace is anybody's choice: `sf:INVALID_LOGIN` stands as
 * `INVALID_LOGIN`, and the codes that SOAP itself defines, `soapenv:Server`, stand with the usual one.
 */
export function storedName(name: string): string | undefined {
  if (familiesOfName(name).length > 0) return name;
  const bare = name.replace(/^[a-z][\w-]{0,15}:/i, '');
  return bare === name ? undefined : [bare, `soap:${bare}`].find((each) => familiesOfName(each).length > 0);
}

function isFailure({ status }: HttpStatus): boolean {
  return status >= 400;
}

/**
 * Whether other systems use this word too (`NOT_FOUND`), so that it is only explained where there is a trace of Salesforce. False for
 * unknown names. Reads no entry.
 */
export function isGenericCode(name: string): boolean {
  const bare = storedName(name);
  return bare !== undefined && isGenericName(bare) && !userCodes().has(name);
}

/** Families that are asked, in this order, for a code that an operation's own family does not have. */
const FALLBACK: readonly Family[] = ['client', 'rest', 'soap', 'dml', 'bulk2', 'bulk', 'oauth'];

/** The entry of a code for one family; where the family has none of its own, the nearest other. */
export function codeIn(name: string, family: Family): ErrorCode | undefined {
  const own = userCodes().get(name)?.find((entry) => entry.family === family) ?? entriesOf(family).get(name);
  if (own) return own;
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

