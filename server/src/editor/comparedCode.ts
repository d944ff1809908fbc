import { isSwitchedOn } from './switchedOn.ts';

/** The inside of a string literal that is compared with an error's code. */
export interface ComparedCode {
  start: number;
  end: number;
}

/** A member or variable that holds an error code, by the end of its name: `err.errorCode`, `result.errors[0].statusCode`, `error.name`. */
const CODE_NAME = String.raw`(?:[\w$]*[cC]ode|[\w$]*CODE|\bname|\berror|\bfault)`;
const MEMBER_TAIL = String.raw`['"]?\]?\)?`;
const EQUALS = String.raw`[=!]==?`;
const BEFORE = new RegExp(String.raw`${CODE_NAME}${MEMBER_TAIL}\s*${EQUALS}\s*$`);
const AFTER = new RegExp(String.raw`^['"\x60]\s*${EQUALS}\s*(?:[\w$]+(?:\(\)|\[\d+\])?\s*[?!]?\.\s*)*${CODE_NAME}\b`);
const ASKED = /(?:[cC]ode|\bmessage|\bname)['"]?\]?\s*[?!]?\.\s*(?:includes|startsWith|indexOf|endsWith)\(\s*$/;
const IN_LIST = new RegExp(String.raw`^['"\x60][\s\w,'"\x60:]*\]\s*\)?\s*\.\s*(?:includes|has|indexOf)\(\s*(?:[\w$]+(?:\[\d+\])?\s*[?!]?\.\s*)*${CODE_NAME}\b`);
const SWITCHED = new RegExp(String.raw`\bswitch\s*\([^;{}]*?${CODE_NAME}${MEMBER_TAIL}\s*\)\s*$`);

/** Text looked at on either side, in characters: a comparison is short. */
const REACH = 400;
const QUOTES = '\'"`';

/**
 * The string literal around the offset, if it is compared with something named like an error code: by an operator, as a `case`, in a list that is asked for
 * it, or as what a message is searched for. Found by shape; the text may be in the middle of an edit.
 */
export function comparedCodeAt(text: string, offset: number): ComparedCode | undefined {
  let start = offset;
  while (start > 0 && /[\w:]/.test(text[start - 1] as string) && offset - start < REACH) start--;
  const quote = text[start - 1];
  if (quote === undefined || !QUOTES.includes(quote)) return undefined;
  let end = offset;
  while (end < text.length && /[\w:]/.test(text[end] as string) && end - offset < REACH) end++;
  const before = text.slice(Math.max(0, start - 1 - REACH), start - 1);
  const after = text.slice(end, end + REACH);
  const compared =
    BEFORE.test(before) || ASKED.test(before) || AFTER.test(after) || (/[[,]\s*$/.test(before) && IN_LIST.test(after)) || (/\bcase\s+$/.test(before) && isSwitchedOn(text, start - 1, SWITCHED));
  return compared ? { start, end } : undefined;
}
