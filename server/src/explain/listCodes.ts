import { codeFamilies, codesOfFamily, httpStatuses } from '../../../catalog/index.ts';
import type { FailureClass, Family } from '../../../catalog/index.ts';

/** A line of the list of everything that can be explained. */
export interface ListedCode {
  code: string;
  family: Family;
  title: string;
  classes: readonly FailureClass[];
}

/** Every code of every family and every HTTP status, by family and name. */
export function listCodes(): ListedCode[] {
  return [
    ...[...codeFamilies()].sort().flatMap((family) => codesOfFamily(family).flatMap((entry) =>
      [entry.family, ...(entry.alsoIn ?? [])].map((each) => ({ code: entry.code, family: each, title: entry.title, classes: [...new Set(entry.modes.map((mode) => mode.class))] })),
    )),
    ...httpStatuses().map((status) => ({ code: String(status.status), family: 'http' as const, title: status.title, classes: status.class ? [status.class] : [] })),
  ].sort((a, b) => compare(a.family, b.family) || compare(a.code, b.code));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
