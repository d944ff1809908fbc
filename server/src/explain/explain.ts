import {
  codeIn, findCode, findStatus, holdsMessage, isCode, isGenericCode, modeOf, recogniseMessage, storedName, type ErrorCode, type Message, type RecognisedMessage,
} from '../../../catalog/index.ts';
import type { Explanation, Guess, Meaning } from './explanation.ts';
import type { FoundError } from './foundError.ts';
import { nearestCodes } from './nearestCodes.ts';
import { findErrors } from './findErrors.ts';
import { timeIn } from './times.ts';

/** Explains what a person pasted: a code, a message, a body, a fault, log lines. Each distinct error comes once, in order of appearance. */
export function explain(text: string): Explanation[] {
  const collected = new Collected();
  collected.add(text);
  const explanations = collected.explanations();
  const status = statusIn(text);
  // Who asks of a bare number mostly means the status, and may mean a code of Marketing Cloud.
  return status ? [status, ...explanations] : explanations.length > 0 ? explanations : unknown(text.trim());
}

/** What a text says that is an HTTP status and nothing else. */
function statusIn(text: string): Explanation | undefined {
  const status = /^[1-5]\d\d$/.test(text.trim()) ? findStatus(text.trim()) : undefined;
  return status && { http: status.status, count: 1, meanings: [], status };
}

/** One distinct error and where and when it was met. */
interface Occurrences {
  error: FoundError;
  count: number;
  /** Where it was met last in the piece that is being read; undefined while it has not been met there. */
  lastAt: number | undefined;
  first?: string;
  last?: string;
}

/** Collects the errors of a text that comes in pieces, so that a log of any size can be read. */
export class Collected {
  private readonly byKey = new Map<string, Occurrences>();

  /** Adds the errors of a piece; pieces end at line ends. */
  add(text: string): void {
    for (const known of this.byKey.values()) known.lastAt = undefined;
    for (const error of findErrors(text, { isCode, isGeneric: isGenericCode, isMessage: holdsMessage })) {
      const key = keyOf(error);
      const seen = timeIn(text, error.at);
      const known = this.byKey.get(key) ?? this.begun(text, error);
      if (!known) this.byKey.set(key, { error, count: 1, lastAt: error.at, ...(seen ? { first: seen, last: seen } : {}) });
      else {
        if (!isContinuation(text, known.lastAt, error.at)) known.count++;
        known.lastAt = error.at;
        known.first ??= seen;
        if (seen) known.last = seen;
        // A later occurrence may say more.
        if (known.error.message === undefined && error.message !== undefined) known.error = { ...error, at: known.error.at };
      }
    }
  }

  /** A fault that is printed over several lines may name its code first without its message. */
  private begun(text: string, error: FoundError): Occurrences | undefined {
    const known = error.code === undefined ? undefined : this.byKey.get(keyOf({ ...error, message: undefined }));
    return known && known.error.message === undefined && isContinuation(text, known.lastAt, error.at) ? known : undefined;
  }

  explanations(): Explanation[] {
    return [...this.byKey.values()].map(({ error, count, first, last }) => ({
      ...explainError(error),
      count,
      ...(first ? { firstSeen: first } : {}),
      ...(last && last !== first ? { lastSeen: last } : {}),
    }));
  }
}

/** Whether a place stands on an indented line right below the line of another: both belong to one entry of a log. */
function isContinuation(text: string, from: number | undefined, to: number): boolean {
  if (from === undefined || to <= from) return false;
  const between = text.slice(from, to);
  return /^[^\n]*\n[ \t]+[^\n]*$/.test(between);
}

/** Two errors are the same if code, status and meaning agree; ids, numbers and quoted values in the message do not count. */
function keyOf({ code, http, message, family }: Omit<FoundError, 'message'> & { message?: string | undefined }): string {
  if (code === undefined) return `${http ?? ''} ${(message ?? '').replace(/["'][^"']*["']|[\w-]*\d[\w-]*/g, '#').slice(0, 200)}`;
  const entry = codeIn(bare(code), family ?? 'rest');
  const mode = entry && modeOf(entry, { ...(message === undefined ? {} : { message }), ...(http === undefined ? {} : { http }) });
  return `${bare(code)} ${mode?.id ?? ''}`;
}

function explainError({ code, message, http, family, fields }: FoundError): Omit<Explanation, 'count'> {
  const meanings = code === undefined ? [] : meaningsOf(bare(code), { message, http, family: family ?? (/^[a-z]{2,8}:[A-Z]/.test(code) ? 'soap' : undefined) });
  const recognised = message === undefined ? [] : recogniseMessage(message);
  // A message without a code may be one that a code is known to come with.
  const byMessage = code === undefined ? bestCode(recognised) : undefined;
  // Beside a known code another product's wording of the same error adds nothing; an integration platform's own text does.
  const known = bestMessage(meanings.length > 0 ? recognised.filter(({ message: each }) => each?.product === 'ipaas.com') : recognised, code);
  const status = http !== undefined && meanings.length === 0 && !byMessage ? findStatus(http) : undefined;
  const seen = {
    ...(code === undefined ? {} : { code }),
    ...(message === undefined ? {} : { message }),
    ...(http === undefined ? {} : { http }),
    ...(fields?.length ? { fields } : {}),
  };
  const all = byMessage && !known ? [meaning(byMessage, { message, http })] : meanings;
  return {
    ...seen,
    meanings: all,
    ...(known ? { knownMessage: known } : {}),
    ...(status ? { status } : {}),
    ...(code !== undefined && all.length === 0 ? { guess: guess(code, http) } : {}),
  };
}

function meaningsOf(code: string, seen: { message: string | undefined; http: number | undefined; family: FoundError['family'] }): Meaning[] {
  const entries = [...findCode(code)];
  const own = seen.family === undefined ? undefined : codeIn(code, seen.family);
  const ordered = own ? [own, ...entries.filter((entry) => entry !== own)] : entries.sort((a, b) => Number(a.family === 'dml') - Number(b.family === 'dml'));
  // The shape of the answer says which API it was: the others' meanings would only confuse.
  return (own && (own.family === seen.family || own.alsoIn?.includes(seen.family ?? 'rest')) ? [own] : ordered).map((entry) => meaning(entry, seen));
}

function meaning(entry: ErrorCode, { message, http }: { message?: string | undefined; http?: number | undefined }): Meaning {
  const telling = message !== undefined || http !== undefined || entry.modes.length === 1;
  const mode = telling ? modeOf(entry, { ...(message === undefined ? {} : { message }), ...(http === undefined ? {} : { http }) }) : undefined;
  return { entry, ...(mode ? { mode } : {}) };
}

function bestCode(recognised: readonly RecognisedMessage[]): ErrorCode | undefined {
  return recognised.find(({ code }) => code)?.code;
}

/** The known message that says most; beside a code only one that is filed under this code. */
function bestMessage(recognised: readonly RecognisedMessage[], code: string | undefined): Message | undefined {
  return recognised.find(({ message }) => message && (code === undefined || message.label === bare(code) || message.codes.includes(bare(code)) || message.codes.length === 0))?.message;
}

/** What is said of a text in which nothing was found. */
function unknown(text: string): Explanation[] {
  if (text === '') return [];
  const recognised = explainError({ message: text, at: 0 });
  if (recognised.knownMessage || recognised.meanings.length > 0) return [{ ...recognised, count: 1 }];
  const word = /^[\w:]{3,100}$/.test(text) ? text : /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/.exec(text)?.[0];
  if (word === undefined) return [];
  return [{ code: word, count: 1, meanings: [], guess: guess(word, undefined) }];
}

/** What can be said of a code that is not in the catalogue, and what that rests on. */
export function guess(code: string, http: number | undefined): Guess {
  const nearest = nearestCodes(bare(code));
  const status = http === undefined ? undefined : findStatus(http);
  return {
    nearest,
    ...(status?.class ? { class: status.class } : {}),
    because: status?.class
      ? `The class is a guess from HTTP ${status.status} alone: ${status.meaning}`
      : 'No source that API Guard has read names this code. A custom Apex REST class, a package or a newer release may have made it.',
  };
}

function bare(code: string): string {
  return storedName(code) ?? code;
}
