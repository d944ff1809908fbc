import { findCode, isCode, isGenericCode, type ErrorCode } from '../../../catalog/index.ts';

/** A code in a text. */
export interface CodeAt {
  start: number;
  end: number;
  /** What it means, one entry for each API that uses it in its own way. */
  entries: readonly ErrorCode[];
}

const WORD_CHARACTER = /[\w$]/;
/** A longer word is no code, in UTF-16 code units. */
const LONGEST = 120;

/**
 * The error code under an offset, told by its word alone: no grammar is needed, so it serves any language, JSON and logs. A word that other systems use
 * too counts only where `salesforce` says that the text is about Salesforce; a number never does.
 */
export function codeAt(text: string, offset: number, salesforce: () => boolean): CodeAt | undefined {
  let start = Math.min(Math.max(offset, 0), text.length);
  let end = start;
  while (start > 0 && end - start <= LONGEST && WORD_CHARACTER.test(text[start - 1] as string)) start--;
  while (end < text.length && end - start <= LONGEST && WORD_CHARACTER.test(text[end] as string)) end++;
  const word = text.slice(start, end);
  if (!/^[A-Za-z]/.test(word) || !isCode(word)) return undefined;
  if (isGenericCode(word) && !salesforce()) return undefined;
  const entries = findCode(word);
  const shown = entries.some(({ generic }) => generic) && !salesforce() ? entries.filter(({ generic }) => !generic) : entries;
  return { start, end, entries: shown };
}
