import { wordAt } from '../explain/wordAt.ts';
import { isSwitchedOn } from './switchedOn.ts';

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

/**
 * The HTTP status literal at the offset, if it is compared with something named like a status: by an operator, as a `case` of a `switch` on it, or in a
 * list that is asked for it. Found by shape; nothing is parsed.
 */
export function comparedStatusAt(text: string, offset: number): ComparedStatus | undefined {
  const word = wordAt(text, offset);
  if (!word || !/^[1-5]\d\d$/.test(word.text)) return undefined;
  const before = text.slice(Math.max(0, word.start - REACH), word.start);
  const after = text.slice(word.end, word.end + REACH);
  const inCase = /\bcase\s+['"]?$/.test(before) && /^['"]?\s*:/.test(after);
  const compared =
    BEFORE.test(before) || AFTER.test(after) || (/[[,]\s*['"]?$/.test(before) && IN_LIST.test(after)) || (inCase && isSwitchedOn(text, word.start, SWITCHED));
  return compared ? { status: Number(word.text), start: word.start, end: word.end } : undefined;
}
