import type { ErrorCode } from '../../../catalog/schema/code.ts';
import { entryMarkdown } from '../explain/entryMarkdown.ts';

/** What an error code means, in Markdown: one part for each API family that uses the word in its own way. */
export function hoverOfCode(entries: readonly ErrorCode[], reference?: (entry: ErrorCode) => string | undefined): string {
  // The error of a request is what most people look at; the status of a record comes after it.
  const ordered = [...entries].sort((a, b) => Number(isRecordStatus(a)) - Number(isRecordStatus(b)));
  return ordered.map((entry) => entryMarkdown(entry, { reference: reference?.(entry) })).join('\n\n---\n\n');
}

function isRecordStatus({ family, alsoIn }: ErrorCode): boolean {
  return family === 'dml' && !alsoIn?.includes('rest');
}
