import type { ErrorCode, FailureMode } from '../../../catalog/schema/code.ts';
import { CLASS_TEXT, REPEAT_TEXT, code, plain } from './wording.ts';

/** What an error code means, in Markdown: one part for each API family that uses the word in its own way. */
export function hoverOfCode(entries: readonly ErrorCode[]): string {
  return entries.map(entryText).join('\n\n---\n\n');
}

function entryText(entry: ErrorCode): string {
  const parts = [`**${plain(entry.code)}**: ${plain(entry.title)}`, plain(entry.meaning)];
  if (entry.modes.length === 1) parts.push(modeLines(entry.modes[0] as FailureMode).join('\n'));
  else for (const mode of entry.modes) parts.push([`${condition(mode)}${mode.meaning ? ` ${plain(mode.meaning)}` : ''}`, ...modeLines(mode)].join('\n'));
  if (entry.causes.length > 0) parts.push(`Usual causes: ${entry.causes.map(plain).join('; ')}.`);
  if (entry.hides && entry.hides.length > 0) parts.push(`Its message can carry another code: ${entry.hides.map(code).join(', ')}.`);
  if (entry.related.length > 0) parts.push(`See also ${entry.related.map(code).join(', ')}.`);
  parts.push(`Who can end it: ${entry.who}. [Source](${entry.source})`);
  return parts.join('\n\n');
}

function modeLines(mode: FailureMode): string[] {
  const { name, answer } = CLASS_TEXT[mode.class];
  return [
    `- Class: **${name}** (${answer})`,
    `- Repeat: ${REPEAT_TEXT[mode.retry]}`,
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
