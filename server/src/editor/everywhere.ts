import type { FileAnalysis } from '../engine/engine.ts';

/** How far a fix goes beyond its finding. */
export type Everywhere = 'file' | 'workspace';

/** Fixes that are offered for many findings at once, with what they are called there: those that say at each place by themselves whether they are safe. */
const WIDE: Readonly<Record<string, string>> = { 'insert-retry': 'Insert retry' };

/** What fixes are called where they are refused. */
const REFUSED: Readonly<Record<string, string>> = {
  ...WIDE,
  'await-call': 'Await the call',
  'check-results': 'Check the results',
  'handle-by-class': 'Branch on what the failure means',
  'read-every-page': 'Read every page',
  'retry-function': 'Repeat the whole function',
  'start-request': 'Await the call, so that the request is sent',
  'upsert-instead': 'Make the create repeatable',
};

/** The wider forms of a fix: for the file where it has more such findings, and for the workspace. */
export function everywhereOf(fix: string, { findings }: FileAnalysis): { title: string; everywhere: Everywhere }[] {
  const title = Object.hasOwn(WIDE, fix) ? WIDE[fix] : undefined;
  if (title === undefined) return [];
  const count = findings.filter((each) => each.fixes.includes(fix)).length;
  return [
    ...(count > 1 ? [{ title: `${title} at all ${count} places in this file where it is safe`, everywhere: 'file' as const }] : []),
    { title: `${title} everywhere in the workspace where it is safe`, everywhere: 'workspace' as const },
  ];
}

/** What a fix is called where it is refused. */
export function titleOfRefused(fix: string): string {
  return Object.hasOwn(REFUSED, fix) ? REFUSED[fix]! : fix;
}
