import type { ErrorCode, FailureMode } from '../../../catalog/schema/code.ts';
import { CLASS_TEXT, FAMILY_TEXT, REPEAT_TEXT, code, plain } from './wording.ts';

/** What an error code means, in Markdown: one part for each API family that uses the word in its own way. */
export function hoverOfCode(entries: readonly ErrorCode[]): string {
  // The error of a request is what most people look at; the status of a record comes after it.
  const ordered = [...entries].sort((a, b) => Number(isRecordStatus(a)) - Number(isRecordStatus(b)));
  return ordered.map(entryText).join('\n\n---\n\n');
}

function isRecordStatus({ family, alsoIn }: ErrorCode): boolean {
  return family === 'dml' && !alsoIn?.includes('rest');
}

function entryText(entry: ErrorCode): string {
  const families = [entry.family, ...(entry.alsoIn ?? [])];
  const parts = [`**${plain(entry.code)}** (${families.map((family) => FAMILY_TEXT[family]).join(', ')}): ${plain(entry.title)}`, plain(entry.meaning)];
  for (const mode of entry.modes) {
    const heading = [...(entry.modes.length > 1 ? [condition(mode)] : []), ...(mode.meaning ? [plain(mode.meaning)] : [])].join(' ');
    parts.push([...(heading ? [heading] : []), ...modeLines(mode, families.includes('dml'))].join('\n'));
  }
  if (entry.causes.length > 0) parts.push(`Usual causes: ${entry.causes.map(plain).join('; ')}.`);
  if (entry.hides && entry.hides.length > 0) parts.push(`Its message can carry another code: ${entry.hides.map(code).join(', ')}.`);
  if (entry.related.length > 0) parts.push(`See also ${entry.related.map(code).join(', ')}.`);
  parts.push(`Who can end it: ${entry.who}. [Source](${entry.source})`);
  return parts.join('\n\n');
}

function modeLines(mode: FailureMode, ofRecords: boolean): string[] {
  // Among many records of one call each is refused for itself.
  const alone = ofRecords && mode.retry === 'not-applied' ? ' As the status of one record among several, that holds for this record only.' : '';
  return [
    `- Class: **${mode.class}** (${CLASS_TEXT[mode.class]})`,
    `- Repeat: ${REPEAT_TEXT[mode.retry]}${alone}`,
    `- In the code: ${plain(mode.doInCode)}`,
    ...(mode.doInOrg ? [`- In the org: ${plain(mode.doInOrg)}`] : []),
  ];
}

/** What tells one mode of a code from another. */
function condition({ when }: FailureMode): string {
  if (!when) return '**Otherwise:**';
  const signs = [
    ...(when.message ? [`the message matches ${code(when.message)}`] : []),
    ...(when.inner ? [`the message contains ${code(when.inner)}`] : []),
    ...(when.http ? [`the HTTP status is ${when.http.join(' or ')}`] : []),
  ];
  return `**If ${signs.join(' and ')}:**`;
}
