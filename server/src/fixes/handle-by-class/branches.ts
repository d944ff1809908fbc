import type { Mode } from '../../coverage/mode.ts';
import type { FailureClass } from '../../report/callRecord.ts';

/** Codes that want one answer. */
export interface Branch {
  codes: string[];
  /** What the answer is. */
  advice: string;
  /** What the clause did about every failure is right for these. */
  keeps: boolean;
}

/** Classes whose failures want answers of their own, in the order in which code asks for them. */
const CLASSES: readonly (readonly [FailureClass, string])[] = [
  ['transient', 'Passes by itself: whoever calls may try again.'],
  ['session', 'The session has ended: log in again, once, and repeat.'],
  ['quota', 'Used up: stop, and tell somebody.'],
  ['data', 'The record has to be corrected: set it aside with its reason.'],
];

/** Codes by which an org says that it does not have what is asked for, or hides it from the user. */
const ABSENT = new Set(['INVALID_TYPE', 'INVALID_FIELD', 'INSUFFICIENT_ACCESS', 'INSUFFICIENT_ACCESS_OR_READONLY', 'NOT_FOUND']);

/** Names that people know by sight, as they stand in `errorCode`; codes of HTTP and of the network stand elsewhere. */
const CODE = /^[A-Z]+(?:_[A-Z]+)+$/;

/** What a clause should tell apart, by the modes of the calls that fail into it. Each code stands in one branch. @param reads none of the calls changes anything in the org */
export function branchesOf(modes: readonly Mode[], reads: boolean): Branch[] {
  const known = modes.filter(({ code, network }) => !network && CODE.test(code) && !/^(?:HTTP|UND)_/.test(code));
  const classesOf = (code: string): Set<FailureClass> => new Set(known.filter((mode) => mode.code === code).map((mode) => mode.class));
  const missing = reads ? [...new Set(known.map(({ code }) => code).filter((code) => ABSENT.has(code)))] : [];
  const absence: Branch[] = missing.length > 0 ? [{ codes: missing, advice: 'The org does not have it, or hides it from this user: go on without.', keeps: true }] : [];
  return CLASSES.filter(([wanted]) => !reads || wanted !== 'data').flatMap(([wanted, advice]): Branch[] => {
    // What also means something lasting is no failure that passes.
    const codes = [...new Set(known.filter((mode) => mode.class === wanted && mode.code !== 'UNKNOWN_EXCEPTION').map(({ code }) => code))].filter((code) => wanted !== 'transient' || classesOf(code).size === 1);
    return codes.length === 0 ? [] : [{ codes, advice, keeps: wanted === 'data' }];
  }).concat(absence);
}

/** A function that asks whether an error is one by which Salesforce refused a request; in JavaScript and TypeScript. */
export function guardOf(name: string, typed: boolean, step: string, semicolon: string, quote: (text: string) => string): string[] {
  const about = 'Whether an error says by a code why Salesforce refused a request.';
  if (typed) {
    return [
      `/** ${about} */`,
      `function ${name}(error: unknown): error is Error & { errorCode: string } {`,
      `${step}return typeof error === ${quote('object')} && error !== null && typeof (error as { errorCode?: unknown }).errorCode === ${quote('string')}${semicolon}`,
      '}',
    ];
  }
  return [
    '/**', ` * ${about}`, ' * @param {any} error', ' * @returns {error is Error & { errorCode: string }}', ' */',
    `function ${name}(error) {`, `${step}return typeof error === ${quote('object')} && error !== null && typeof error.errorCode === ${quote('string')}${semicolon}`, '}',
  ];
}
