import path from 'node:path';
import type { TextEdit } from '../fixes/edit.ts';
import { commentPlace } from './commentPlace.ts';

/** The comment that silences a rule on the line below it. The analysis honours it. */
export const SUPPRESSION = 'api-guard-disable-next-line';

/**
 * The edit that silences a rule for the line of `offset`: a comment line above it, indented as the line is and ended as the file's lines are. Undefined where
 * no comment can stand, as inside a template.
 */
export function suppressComment(text: string, offset: number, rule: string, file: string): TextEdit | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const jsx = !['.ts', '.mts', '.cts'].includes(path.extname(file).toLowerCase());
  const place = commentPlace(text, lineStart, jsx);
  if (place === 'none') return undefined;
  const indentation = /^[ \t]*/.exec(text.slice(lineStart, lineStart + 1_000))?.[0] ?? '';
  const comment = place === 'code' ? `// ${SUPPRESSION} ${rule}` : `{/* ${SUPPRESSION} ${rule} */}`;
  return { start: lineStart, end: lineStart, newText: `${indentation}${comment}${lineEnding(text, lineStart)}` };
}

/** The ending of the nearest line: the one before, else the first of the file. */
function lineEnding(text: string, lineStart: number): string {
  const newline = lineStart > 0 ? lineStart - 1 : text.indexOf('\n');
  return newline > 0 && text[newline - 1] === '\r' ? '\r\n' : '\n';
}
