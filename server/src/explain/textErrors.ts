import type { FoundError, Vocabulary } from './foundError.ts';

/** Words that can be codes: with the prefix of a SOAP fault, with digits and underscores. */
const WORD = /(?<![\w.$/-])(?:[a-z]{2,8}:)?[A-Za-z][A-Za-z0-9_]{2,79}(?![\w$])/g;
/** Places in a line where a word is a code for sure, and numbers are codes too. */
const NAMED = /(?:error[ _-]?code|errorcode|statusCode|exceptionCode|faultcode|error)["']?\s{0,3}(?:[:=]|\bis\b|\()\s{0,3}["']?((?:[a-z]{2,8}:)?[A-Za-z][A-Za-z0-9_]{2,79}|\d{1,6})\b/gi;
const STATUS = /\b(?:HTTP(?:\/\d(?:\.\d)?)?|status(?: ?code)?|Http Code|code)["']?\s{0,3}[:=]?\s{0,3}["']?([3-5]\d\d)\b/gi;
/** Shapes that a code before a colon has; a name in a sentence seldom has them. */
const PRINTED = /^[A-Z_]{4,}$|^[a-z]+(?:_[a-z]+)+$|^[A-Z][a-z]+(?:[A-Z][a-z]+)+$/;
/** Names of broken connections: no other word looks like them. */
const CONNECTION = /^(?:E(?:CONN|NOTFOUND|TIMEDOUT|PIPE|AI_AGAIN|HOSTUNREACH|NETUNREACH)[A-Z]*|UND_ERR_\w+)$/;
/** The message behind a code, in UTF-16 code units. */
const LONGEST_MESSAGE = 2_000;

/** The errors that one line of plain text or of a log names. */
export function errorsInLine(line: string, at: number, vocabulary: Vocabulary): FoundError[] {
  const found = new Map<string, FoundError>();
  const add = (code: string, index: number): void => {
    if (found.has(code)) return;
    const message = messageBehind(line, index + code.length) ?? messageBefore(line, index);
    found.set(code, { code, at: at + index, ...(message ? { message } : {}) });
  };
  const text = line.trim();
  if (vocabulary.isCode(text)) add(text, line.indexOf(text));
  for (const match of line.matchAll(NAMED)) {
    const code = match[1] ?? '';
    if (vocabulary.isCode(code)) add(code, match.index + match[0].lastIndexOf(code));
  }
  for (const match of line.matchAll(WORD)) {
    const [code] = match;
    if (!vocabulary.isCode(code)) continue;
    // `NOT_FOUND: The requested resource does not exist` is how clients print an error; the word alone may mean anything.
    const printed = /^\s{0,2}[:\]]/.test(line.slice(match.index + code.length, match.index + code.length + 3)) && PRINTED.test(code);
    if (!vocabulary.isGeneric(code) || printed || CONNECTION.test(code)) add(code, match.index);
  }
  const http = [...line.matchAll(STATUS)].map((match) => ({ status: Number(match[1]), at: at + match.index }))[0];
  // `statusCode: 401` is a status, though a code has that number too.
  const errors = [...found.values()].filter(({ code }) => http === undefined || code !== String(http.status));
  if (!http) return errors;
  if (errors.length === 0) return [{ http: http.status, message: line.trim().slice(0, LONGEST_MESSAGE), at: http.at }];
  return errors.map((error) => ({ ...error, http: http.status }));
}

/** `CODE: message`, `CODE - message`, `CODE","message":"..."`: what stands behind a code. */
function messageBehind(line: string, from: number): string | undefined {
  const behind = /^["'\])]{0,2}\s{0,3}(?:[:;,-]\s{0,3}|--\s{0,3})(?:["']?message["']?\s{0,2}[:=]\s{0,2})?["']?(.{3,})$/s.exec(line.slice(from, from + LONGEST_MESSAGE));
  return behind?.[1]?.replace(/["'}\]\s]+$/, '') || undefined;
}

/** `'message': "...", 'errorCode': 'CODE'`: a printed body, in whatever language's notation, may say the message first. */
function messageBefore(line: string, at: number): string | undefined {
  return /message["']?\s{0,2}[:=]\s{0,2}(["'])((?:(?!\1).){3,1000})\1,\s{0,2}["']?(?:errorCode|statusCode|exceptionCode|code)["']?\s{0,2}[:=]\s{0,2}["']?$/s.exec(line.slice(Math.max(0, at - 1_200), at))?.[2];
}
