import * as data from './data.ts';
import { storedFamilies } from './codeStore.ts';
import { codesOfFamily } from './errorCodes.ts';
import { once } from './once.ts';
import type { ErrorCode } from './schema/code.ts';
import type { Message } from './schema/message.ts';

/** Texts that people meet without a code, and what stands behind them. */
export function messages(): readonly Message[] {
  return data.messages;
}

/** What a text was recognised as: one of the known messages, or the message that a code comes with. */
export interface RecognisedMessage {
  /** How many characters of the text are fixed in the pattern: the more, the surer. */
  fixed: number;
  message?: Message;
  code?: ErrorCode;
}

/** A message text as a pattern, its placeholders open. */
interface Pattern {
  regex: RegExp;
  fixed: number;
  /** Its longest fixed word in lower case: a text without it cannot fit. */
  word: string;
}

/** Longer texts are cut before they are compared, in UTF-16 code units. */
const LONGEST = 4_000;
/** A pattern with fewer fixed letters fits by chance inside a longer text: it must be the whole text. */
const FEWEST = 10;

const byMessage = once(() =>
  data.messages.flatMap((message) => message.patterns.flatMap((text) => compiled(text, /\{[^{}]*\}/)).map((pattern) => ({ pattern, message }))),
);
const byCode = once(() =>
  storedFamilies().flatMap((family) =>
    codesOfFamily(family).flatMap((code) => (code.message ? compiled(code.message, /<[^<>]{1,60}>/).map((pattern) => ({ pattern, code })) : [])),
  ),
);

/** What a text is known as, surest first; a message inside a longer text is found too. Reads every family at the first call. */
export function recogniseMessage(text: string): readonly RecognisedMessage[] {
  const cut = text.slice(0, LONGEST);
  return [
    ...byMessage().flatMap(({ pattern, message }) => (pattern.regex.test(cut) ? [{ fixed: pattern.fixed, message }] : [])),
    ...byCode().flatMap(({ pattern, code }) => (pattern.regex.test(cut) ? [{ fixed: pattern.fixed, code }] : [])),
  ].sort((a, b) => b.fixed - a.fixed);
}

/**
 * Whether a line holds a known text that comes without a code; quick enough for every line of a log. Patterns that must be the whole text do
 * not count.
 */
export function holdsMessage(line: string): boolean {
  const cut = line.slice(0, LONGEST);
  const lower = cut.toLowerCase();
  return byMessage().some(({ pattern }) => pattern.fixed >= FEWEST && lower.includes(pattern.word) && pattern.regex.test(cut));
}

/**
 * Makes a pattern of a text with placeholders. Case, kinds of quotes, the amount of white space and a closing full stop do not count. None
 * for a text that is nearly all placeholder.
 */
function compiled(text: string, placeholder: RegExp): Pattern[] {
  const trimmed = text.replace(/[.\s]+$/, '');
  const literals = trimmed.split(new RegExp(placeholder.source, 'g'));
  const open = [...trimmed.matchAll(new RegExp(placeholder.source, 'g'))].map(([name]) => (/^.status.$/.test(name) ? '[1-5]\\d\\d' : '.{0,300}?'));
  const fixed = literals.join('').replace(/[^\p{L}]/gu, '').length;
  if (fixed < 3) return [];
  const source = literals.map((literal) => literal.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/["'‘’“”]/g, '["\'‘’“”]').replace(/\s+/g, '\\s+')).map((literal, index) => literal + (open[index] ?? '')).join('');
  const words = literals.join('\n').toLowerCase().split(/[^\p{L}\d_]+/u);
  const word = words.reduce((longest, each) => (each.length > longest.length ? each : longest), '');
  return [{ regex: new RegExp(fixed < FEWEST ? `^\\s*${source}\\W*$` : source, 'isu'), fixed, word }];
}
