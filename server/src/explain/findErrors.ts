import type { FoundError, Vocabulary } from './foundError.ts';
import { errorsInJson } from './jsonErrors.ts';
import { jsonFragments } from './jsonFragments.ts';
import { errorsInLine } from './textErrors.ts';
import { errorsInXml } from './xmlErrors.ts';

/** A line longer than this is cut, in UTF-16 code units. */
const LONGEST_LINE = 20_000;

/** Every error that a text shows, in order: in JSON and XML bodies, and in the lines around them. */
export function findErrors(text: string, vocabulary: Vocabulary): FoundError[] {
  const found: FoundError[] = [];
  let rest = 0;
  for (const { value, start, end } of jsonFragments(text)) {
    const errors = errorsInJson(value, start);
    if (errors.length === 0) continue;
    // `HTTP 403 [{...}]`: a status on the body's own line belongs to the errors in it.
    const before = inText(text.slice(rest, start), rest, vocabulary);
    const line = text.lastIndexOf('\n', start) + 1;
    const last = before.at(-1);
    const http = last && last.at >= line && last.code === undefined ? last.http : undefined;
    if (http !== undefined) before.pop();
    found.push(...before, ...errors.map((error) => (http === undefined || error.http !== undefined ? error : { ...error, http })));
    rest = end;
  }
  found.push(...inText(text.slice(rest), rest, vocabulary));
  return found;
}

function inText(text: string, at: number, vocabulary: Vocabulary): FoundError[] {
  if (/<\/(?:[\w-]{1,40}:)?[A-Za-z]/.test(text)) {
    const errors = errorsInXml(text).filter(({ code, message }) => code === undefined || vocabulary.isCode(code) || message !== undefined);
    if (errors.length > 0) return errors.map((error) => ({ ...error, at: at + error.at }));
  }
  const found: FoundError[] = [];
  let start = 0;
  while (start < text.length) {
    const end = text.indexOf('\n', start);
    const line = text.slice(start, Math.min(end < 0 ? text.length : end, start + LONGEST_LINE));
    const errors = errorsInLine(line, at + start, vocabulary);
    if (errors.every(({ code }) => code === undefined) && vocabulary.isMessage(line)) found.push({ ...errors[0], message: line.trim(), at: at + start });
    else found.push(...errors);
    if (end < 0) break;
    start = end + 1;
  }
  return found;
}
