import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Severity } from '../../server/src/report/callRecord.ts';

/** A finding that may be drawn to be judged. Lines and columns are 1-based. */
export interface Drawable {
  repository: string;
  commit: string;
  path: string;
  line: number;
  column: number;
  rule: string;
  severity: Severity;
}

/** `right`: true and worth saying to the author; `correct`: true, and the author would shrug; `wrong`: not so. */
export const VERDICTS = ['right', 'correct', 'wrong'] as const;

/** A finding judged as its author would. */
export interface Judged extends Drawable {
  verdict: (typeof VERDICTS)[number];
  reason: string;
}

/** How many findings are drawn, how many of one repository and how many hints among them at most. */
export const DRAWN = 100;
export const OF_ONE_REPOSITORY = 6;
export const HINTS = 15;

/** The findings that were judged. */
export function judgedFindings(): Judged[] {
  return JSON.parse(readFileSync(path.join(import.meta.dirname, 'judged.json'), 'utf8')) as Judged[];
}

/** Draws from findings in their order: one of every rule first, then whatever comes, within the bounds above. */
export function drawn(findings: readonly Drawable[]): Drawable[] {
  const out: Drawable[] = [];
  const taken = new Set<Drawable>();
  const take = (each: Drawable): void => {
    if (out.length >= DRAWN || taken.has(each) || out.filter(({ repository }) => repository === each.repository).length >= OF_ONE_REPOSITORY) return;
    if (each.severity === 'hint' && out.filter(({ severity }) => severity === 'hint').length >= HINTS) return;
    taken.add(each);
    out.push(each);
  };
  const rules = new Set<string>();
  for (const each of findings) {
    if (rules.has(each.rule)) continue;
    take(each);
    if (taken.has(each)) rules.add(each.rule);
  }
  for (const each of findings) take(each);
  return out;
}
