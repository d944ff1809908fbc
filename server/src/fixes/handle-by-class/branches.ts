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
  ['quota', 'Used up for hours: stop, and tell somebody.'],
  ['data', 'The record has to be corrected: set it aside with its reason.'],
];

/** Names that people know by sight, as they stand in `errorCode`; codes of HTTP and of the network stand elsewhere. */
const CODE = /^[A-Z]+(?:_[A-Z]+)+$/;

/** What a clause should tell apart, by the modes of the calls that fail into it. Each code stands in one branch. */
export function branchesOf(modes: readonly Mode[]): Branch[] {
  const known = modes.filter(({ code, network }) => !network && CODE.test(code) && !/^(?:HTTP|UND)_/.test(code));
  const classesOf = (code: string): Set<FailureClass> => new Set(known.filter((mode) => mode.code === code).map((mode) => mode.class));
  return CLASSES.flatMap(([wanted, advice]) => {
    // What also means something lasting is no failure that passes.
    const codes = [...new Set(known.filter((mode) => mode.class === wanted && mode.code !== 'UNKNOWN_EXCEPTION').map(({ code }) => code))].filter((code) => wanted !== 'transient' || classesOf(code).size === 1);
    return codes.length === 0 ? [] : [{ codes, advice, keeps: wanted === 'data' }];
  });
}

/** A function that asks whether an error is one by which Salesforce refused a request; in JavaScript and TypeScript. */
export function guardOf(name: string, typed: boolean, step: string): string[] {
  const about = 'Whether an error says by a code why Salesforce refused a request.';
  if (typed) {
    return [
      `/** ${about} */`,
      `function ${name}(error: unknown): error is Error & { errorCode: string } {`,
      `${step}return typeof error === 'object' && error !== null && typeof (error as { errorCode?: unknown }).errorCode === 'string';`,
      '}',
    ];
  }
  return [
    '/**', ` * ${about}`, ' * @param {any} error', ' * @returns {error is Error & { errorCode: string }}', ' */',
    `function ${name}(error) {`, `${step}return typeof error === 'object' && error !== null && typeof error.errorCode === 'string';`, '}',
  ];
}
