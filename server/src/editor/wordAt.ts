/** A piece of text with its place. */
export interface Word {
  text: string;
  start: number;
  end: number;
}

const WORD_CHARACTER = /[\w$]/;

/** The identifier-like word that contains or touches the offset: part of a string, a name, an enum member, a key. */
export function wordAt(text: string, offset: number): Word | undefined {
  let start = Math.min(Math.max(offset, 0), text.length);
  let end = start;
  while (start > 0 && WORD_CHARACTER.test(text[start - 1] as string)) start--;
  while (end < text.length && WORD_CHARACTER.test(text[end] as string)) end++;
  return start < end ? { text: text.slice(start, end), start, end } : undefined;
}
