/** A piece of text with its place. */
export interface Word {
  text: string;
  start: number;
  end: number;
}

const WORD_CHARACTER = /[\w$]/;
/** A longer word is nobody's code: no more than this is looked at on either side, in UTF-16 code units. */
const LONGEST = 120;

/** The identifier-like word that contains or touches the offset: part of a string, a name, an enum member, a key. */
export function wordAt(text: string, offset: number): Word | undefined {
  const at = Math.min(Math.max(offset, 0), text.length);
  let start = at;
  let end = at;
  while (at - start <= LONGEST && start > 0 && WORD_CHARACTER.test(text[start - 1] as string)) start--;
  while (end - at <= LONGEST && end < text.length && WORD_CHARACTER.test(text[end] as string)) end++;
  return start < end && end - start <= LONGEST ? { text: text.slice(start, end), start, end } : undefined;
}
