import path from 'node:path';
import { commentBefore } from '../engine/sourceExtensions.ts';
import type { TextEdit } from '../fixes/edit.ts';
import { commentPlace } from './commentPlace.ts';

/** What a comment is made of. The analysis honours it with a reason or without. */
interface Comment {
  word: 'api-guard-disable-next-line' | 'api-guard-disable';
  rule: string;
  /** Why the rule does not hold here: a placeholder where the client lets its user overwrite it. */
  reason: string | undefined;
}

/**
 * The edit that silences a rule for the line of `offset`: a comment line above it, indented as the line is and ended as the file's lines are. Undefined where
 * no comment can stand, as inside a template.
 */
export function suppressComment(text: string, offset: number, rule: string, file: string, reason?: string): TextEdit | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const indentation = /^[ \t]*/.exec(text.slice(lineStart, lineStart + 1_000))?.[0] ?? '';
  const words = wordsOf({ word: 'api-guard-disable-next-line', rule, reason });
  const sign = commentBefore(file, text, lineStart);
  if (sign === 'none') return undefined;
  if (sign !== undefined) return { start: lineStart, end: lineStart, newText: `${indentation}${sign} ${words}${lineEnding(text, lineStart)}` };
  const jsx = !['.ts', '.mts', '.cts'].includes(path.extname(file).toLowerCase());
  const place = commentPlace(text, lineStart, jsx);
  if (place === 'none') return undefined;
  const comment = place === 'code' ? `// ${words}` : `{/* ${words} */}`;
  return { start: lineStart, end: lineStart, newText: `${indentation}${comment}${lineEnding(text, lineStart)}` };
}

/** The edit that silences a rule for a whole file: a comment at its top, below the line that names an interpreter. */
export function suppressInFile(text: string, rule: string, reason?: string): TextEdit {
  const start = text.startsWith('#!') ? text.indexOf('\n') + 1 : 0;
  return { start, end: start, newText: `// ${wordsOf({ word: 'api-guard-disable', rule, reason })}${lineEnding(text, start)}` };
}

/** The edit that takes a comment away, with its line where nothing else stands on it. `start` and `end` bound the comment; one in braces goes with them. */
export function withoutComment(text: string, start: number, end: number): TextEdit {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const newline = text.indexOf('\n', end);
  const lineEnd = newline < 0 ? text.length : newline;
  const before = text.slice(lineStart, start).trim();
  const isAlone = ['', '{}'].includes(before + text.slice(end, lineEnd).trim());
  if (isAlone) return { start: lineStart, end: Math.min(lineEnd + 1, text.length), newText: '' };
  return { start: start - (/[ \t]*$/.exec(text.slice(lineStart, start))?.[0].length ?? 0), end, newText: '' };
}

function wordsOf({ word, rule, reason }: Comment): string {
  return reason === undefined ? `${word} ${rule}` : `${word} ${rule} -- ${reason}`;
}

/** The ending of the nearest line: the one before, else the first of the file. */
function lineEnding(text: string, lineStart: number): string {
  const newline = lineStart > 0 ? lineStart - 1 : text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}
