import type { Severity } from '../../server/src/report/callRecord.ts';
import { positions, relative, type ReportInput } from '../../server/src/report/callReport.ts';
import type { Label, LabelledFile } from './labels.ts';

/** What a rule says at a call: its own finding, one that it shares with others, or what stands beside the finding of a worse one. */
export interface Told {
  rule: string;
  severity: Severity;
}

/** A finding that a label asks for. */
export interface Implied {
  repo: string;
  file: string;
  label: Label;
  /** Rules of which one should speak. */
  rules: readonly string[];
  /** What makes it so, as field and value. */
  because: string;
  /** The finding that answers it, if one does. */
  told: Told | undefined;
  /** Why the rules are meant to be silent here, or to speak no louder than with information; absent where they are not. */
  silent?: string;
}

interface Row {
  because: string;
  rules: readonly string[];
  holds(label: Label): boolean;
}

/** What fields of a call report ask for, where the rule is a warning by default. What is information by default is asked for by nothing. */
const TABLE: readonly Row[] = [
  { because: 'failure=floating', rules: ['floating-call', 'never-sent'], holds: ({ failure }) => failure === 'floating' },
  { because: 'failure=swallowed', rules: ['swallowed-failure', 'never-sent'], holds: ({ failure }) => failure === 'swallowed' },
  { because: 'upstream=swallowed', rules: ['swallowed-failure'], holds: ({ failure, upstream }) => failure === 'propagates' && upstream === 'swallowed' },
  { because: 'partial=unchecked', rules: ['unchecked-partial-success'], holds: ({ partial }) => partial === 'unchecked' },
  { because: 'paging=truncated', rules: ['truncated-query'], holds: ({ paging }) => paging === 'truncated' },
];

/** Work that ends something, by the name of its method: best effort, of which no rule speaks. */
const CLEAN_UP = /^(?:logout|revoke|revokeToken|abort|close|unsubscribe|disconnect|end|dispose)(?:[A-Z]|$)/;
/** Calls that ask how a job stands: they are asked again anyway. */
const POLLING = /^(?:poll|check|checkStatus|checkDeployStatus|checkRetrieveStatus)$/;
/** Folders and files of tests, of which no rule speaks. */
const TESTS = /(?:^|\/)(?:tests?|__tests__|specs?|e2e)\/|\.(?:test|spec)\.[cm]?[jt]sx?$/i;

/**
 * The findings that labels imply, each with the one that answers it.
 * @param toldAt what is said at a place, 1-based; undefined where the repository is not at hand
 */
export function impliedFindings(files: readonly LabelledFile[], toldAt: (repo: string, file: string, line: number, column: number) => readonly Told[] | undefined): Implied[] {
  return files.filter(({ path }) => !TESTS.test(path)).flatMap(({ repo, path: file, calls }) =>
    calls.flatMap((label) => {
      const told = toldAt(repo, file, label.line, label.column);
      return told ? impliedBy(label).map(({ rules, because }): Implied => ({ repo, file, label, rules, because, told: told.find(({ rule }) => rules.includes(rule)), ...(label.silent?.[because] === undefined ? {} : { silent: label.silent[because] }) })) : [];
    }),
  );
}

function impliedBy(label: Label): Row[] {
  const rows = TABLE.filter((row) => row.holds(label));
  // Whether it works matters little; that parts of it fail matters all the same.
  return CLEAN_UP.test(label.method) || POLLING.test(label.method) ? rows.filter(({ because }) => !/^(?:failure|upstream)=/.test(because)) : rows;
}

/** How many of the implied findings appear. */
export interface ImpliedShare {
  because: string;
  implied: number;
  told: number;
  /** Of those told, the ones of a severity below warning. */
  mild: number;
}

/** Sums, one for each row of the table that implies anything. */
export function impliedShares(implied: readonly Implied[]): ImpliedShare[] {
  return TABLE.map(({ because }) => {
    const own = implied.filter((each) => each.because === because);
    const told = own.flatMap((each) => each.told ?? []);
    return { because, implied: own.length, told: told.length, mild: told.filter(({ severity }) => severity === 'information' || severity === 'hint').length };
  }).filter((each) => each.implied > 0);
}

/** What rules say in a report, by file, line and column: findings, the calls that share them, and what stands beside them. */
export function toldBy({ root, files }: ReportInput): Map<string, Told[]> {
  const told = new Map<string, Told[]>();
  const places = new Map(files.map(({ path, text }) => [path, positions(text)]));
  const tell = (path: string, start: number, each: Told): void => {
    const at = places.get(path)?.(start, start);
    if (!at) return;
    const key = `${relative(root, path)}:${at.line}:${at.column}`;
    told.set(key, [...(told.get(key) ?? []), each]);
  };
  for (const { findings } of files) {
    for (const { rule, severity, path, start, related } of findings) {
      tell(path, start, { rule, severity });
      for (const place of related) tell(place.path, place.start, { rule: / \(([a-z-]+)\)$/.exec(place.message)?.[1] ?? rule, severity });
    }
  }
  return told;
}
