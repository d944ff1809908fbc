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
/** Text looked at before a `case` for its `switch`, in characters. */
const SWITCH_REACH = 20_000;
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
    BEFORE.test(before) || ASKED.test(before) || AFTER.test(after) || (/[[,]\s*$/.test(before) && IN_LIST.test(after)) || isCase(text, start - 1, before);
  return compared ? { start, end } : undefined;
}

function isCase(text: string, start: number, before: string): boolean {
  if (!/\bcase\s+$/.test(before)) return false;
  // The switch is where the nearest unclosed brace opens. A brace in a string or comment may mislead; then nothing is offered.
  let depth = 0;
  for (let index = start - 1; index >= 0 && index > start - SWITCH_REACH; index--) {
    const character = text[index];
    if (character === '}') depth++;
    else if (character === '{' && depth-- === 0) return SWITCHED.test(text.slice(Math.max(0, index - REACH), index));
  }
  return false;
}
