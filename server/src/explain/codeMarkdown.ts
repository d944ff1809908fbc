import type { ErrorCode } from '../../../catalog/schema/code.ts';
import { entryMarkdown } from './entryMarkdown.ts';
import { referenceLink } from './referenceLink.ts';

/**
 * What an error code means, in Markdown: one part for each API family that uses the word in its own way. `linked`: which entries get a link that runs the
 * client's command for the reference.
 */
export function codeMarkdown(entries: readonly ErrorCode[], linked: (entry: ErrorCode) => boolean = () => false): string {
  // The error of a request is what most people look at; the status of a record comes after it.
  const ordered = [...entries].sort((a, b) => Number(isRecordStatus(a)) - Number(isRecordStatus(b)));
  return ordered.map((entry) => entryMarkdown(entry, { reference: linked(entry) ? referenceLink(entry) : undefined })).join('\n\n---\n\n');
}

function isRecordStatus({ family, alsoIn }: ErrorCode): boolean {
  return family === 'dml' && !alsoIn?.includes('rest');
}
