import { FIELDS, type Field, type Label, type LabelledFile } from './labels.ts';

/** A call as the tool reports it, as far as it is compared. */
export interface ReportedCall extends Partial<Record<Field, string>> {
  file: string;
  line: number;
  column: number;
  kind: string;
  operation: string;
}

/** A labelled call and what the tool says of it. */
export interface Pair {
  repo: string;
  file: string;
  label: Label;
  reported: ReportedCall;
}

/** How the report of some repositories stands to their labels. */
export interface Measure {
  files: number;
  labels: number;
  /** Labelled calls that the tool has found. */
  pairs: Pair[];
  missed: { repo: string; file: string; label: Label }[];
  /** Calls in labelled files that no label knows. */
  invented: { repo: string; call: ReportedCall }[];
  /** Of those, the ones in files that make no call at all. */
  inventedInNegatives: number;
}

/** Lays labels beside reports. `callsOf` answers the reported calls of a file; undefined where the repository is not at hand. */
export function measure(files: readonly LabelledFile[], callsOf: (repo: string, file: string) => readonly ReportedCall[] | undefined): Measure {
  const result: Measure = { files: 0, labels: 0, pairs: [], missed: [], invented: [], inventedInNegatives: 0 };
  for (const { repo, path: file, calls, upTo = Infinity } of files) {
    const reported = callsOf(repo, file)?.filter(({ line }) => line <= upTo);
    if (!reported) continue;
    result.files++;
    result.labels += calls.length;
    const left = new Set(reported);
    for (const label of calls) {
      const found = [...left].find((call) => call.line === label.line && call.column === label.column);
      if (found) {
        left.delete(found);
        result.pairs.push({ repo, file, label, reported: found });
      } else result.missed.push({ repo, file, label });
    }
    for (const call of left) result.invented.push({ repo, call });
    if (calls.length === 0) result.inventedInNegatives += left.size;
  }
  return result;
}

/** Agreement in one field, over the calls where the label knows. */
export interface Agreement {
  field: Field;
  known: number;
  agreed: number;
  /** What saying the most frequent value every time would agree in. */
  majority: number;
  /** Calls of which the tool says `unknown` though the label knows. */
  unknown: number;
}

export function agreements(pairs: readonly Pair[]): Agreement[] {
  return FIELDS.map((field) => {
    const known = pairs.filter(({ label }) => label[field] !== undefined && label[field] !== 'unknown');
    const counts = new Map<string, number>();
    for (const { label } of known) counts.set(label[field] ?? '', (counts.get(label[field] ?? '') ?? 0) + 1);
    return {
      field,
      known: known.length,
      agreed: known.filter(({ label, reported }) => label[field] === reported[field]).length,
      majority: Math.max(0, ...counts.values()),
      unknown: known.filter(({ reported }) => reported[field] === 'unknown').length,
    };
  });
}

/** Values that are rare and that the rules rest on. */
export const RARE: readonly [Field, string][] = [
  ['retry', 'explicit'], ['partial', 'unchecked'], ['paging', 'truncated'], ['failure', 'swallowed'], ['failure', 'discriminated'],
];

/** Recall and precision of one value of a field. */
export interface RareValue {
  field: Field;
  value: string;
  labelled: number;
  reported: number;
  both: number;
}

export function rareValues(pairs: readonly Pair[]): RareValue[] {
  return RARE.map(([field, value]) => {
    const known = pairs.filter(({ label }) => label[field] !== undefined && label[field] !== 'unknown');
    return {
      field,
      value,
      labelled: known.filter(({ label }) => label[field] === value).length,
      reported: known.filter(({ reported }) => reported[field] === value).length,
      both: known.filter(({ label, reported }) => label[field] === value && reported[field] === value).length,
    };
  });
}
