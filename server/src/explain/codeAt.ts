import { findCode, isCode, isGenericCode, type ErrorCode } from '../../../catalog/index.ts';
import { wordAt } from './wordAt.ts';

/** A code in a text. */
export interface CodeAt {
  start: number;
  end: number;
  /** What it means, one entry for each API that uses it in its own way. */
  entries: readonly ErrorCode[];
}

/**
 * The error code under an offset, told by its word alone: no grammar is needed, so it serves any language, JSON and logs. A word that other systems use
 * too counts only where `salesforce` says that the text is about Salesforce; a number never does.
 */
export async function codeAt(text: string, offset: number, salesforce: () => boolean | Promise<boolean>): Promise<CodeAt | undefined> {
  const word = wordAt(text, offset);
  if (!word || !/^[A-Za-z]/.test(word.text) || !isCode(word.text)) return undefined;
  if (isGenericCode(word.text) && !(await salesforce())) return undefined;
  const entries = findCode(word.text);
  const distinctive = entries.filter(({ generic }) => !generic);
  const shown = distinctive.length === entries.length || (await salesforce()) ? entries : distinctive;
  return { start: word.start, end: word.end, entries: shown };
}
