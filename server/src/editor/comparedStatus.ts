import { wordAt } from '../explain/wordAt.ts';

/** An HTTP status that code compares with what a response or an error says. */
export interface ComparedStatus {
  status: number;
  start: number;
  end: number;
}

/** A member or variable that holds an HTTP status, by the end of its name: `err.statusCode`, `res.status`, `httpStatus`. */
const STATUS_NAME = String.raw`(?:[\w$]*[sS]tatus(?:_?[cC]ode)?|[\w$]*STATUS(?:_CODE)?)`;
const OPERATOR = String.raw`(?:[=!]==?|[<>]=?)`;
const TAIL = String.raw`['"\s)]*`;
const BEFORE = new RegExp(String.raw`${STATUS_NAME}['"]?\]?\)?\s*${OPERATOR}\s*['"(]?$`);
const AFTER = new RegExp(String.raw`^${TAIL}${OPERATOR}\s*(?:[\w$]+(?:\(\))?\s*\??\.\s*)*${STATUS_NAME}\b(?!\s*[(.])`);
const IN_LIST = new RegExp(String.raw`^[\s\d,'"]*\]\s*\)?\s*\.\s*(?:includes|has|indexOf)\(\s*(?:[\w$]+\s*\??\.\s*)*(?:${STATUS_NAME})\b`);
const SWITCHED = new RegExp(String.raw`\bswitch\s*\([^;{}]*?${STATUS_NAME}['"]?\]?\)?\s*\)\s*$`);

/** Text looked at on either side of the literal, in characters: a comparison is short. */
const REACH = 300;
/** Text looked at before a `case` for its `switch`, in characters. */
const SWITCH_REACH = 20_000;

/**
 * The HTTP status literal at the offset, if it is compared with something named like a status: by an operator, as a `case` of a `switch` on it, or in a
 * list that is asked for it. Found by shape; nothing is parsed.
 */
export function comparedStatusAt(text: string, offset: number): ComparedStatus | undefined {
  const word = wordAt(text, offset);
  if (!word || !/^[1-5]\d\d$/.test(word.text)) return undefined;
  const before = text.slice(Math.max(0, word.start - REACH), word.start);
  const after = text.slice(word.end, word.end + REACH);
  const compared = BEFORE.test(before) || AFTER.test(after) || (/[[,]\s*['"]?$/.test(before) && IN_LIST.test(after)) || isCase(text, word.start, before, after);
  return compared ? { status: Number(word.text), start: word.start, end: word.end } : undefined;
}

function isCase(text: string, start: number, before: string, after: string): boolean {
  if (!/\bcase\s+['"]?$/.test(before) || !/^['"]?\s*:/.test(after)) return false;
  // The switch is where the nearest unclosed brace opens. A brace in a string or comment may mislead; then there is no hover, and no wrong one.
  let depth = 0;
  for (let index = start - 1; index >= 0 && index > start - SWITCH_REACH; index--) {
    const character = text[index];
    if (character === '}') depth++;
    else if (character === '{' && depth-- === 0) return SWITCHED.test(text.slice(Math.max(0, index - REACH), index));
  }
  return false;
}
