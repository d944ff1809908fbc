import { limitTextOf } from './limitTexts.ts';

/** `DailyBulkV2QueryJobs` as words: `Daily Bulk V2 Query Jobs`. For keys that the catalogue does not know yet. */
export function wordsOf(name: string): string {
  return name
    .replace(/_/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .trim();
}

/** Name of a limit for people: the catalogue's, else the words of its key. */
export function titleOf(name: string): string {
  return limitTextOf(name)?.title ?? wordsOf(name);
}

/** Unit of a limit: the catalogue's, else what its key tells. */
export function unitOf(name: string): string | undefined {
  return limitTextOf(name)?.unit ?? (name.endsWith('MB') ? 'MB' : undefined);
}
