import type { HttpStatus } from '../../../catalog/schema/code.ts';
import { CLASS_TEXT, REPEAT_TEXT, code, plain } from './wording.ts';

/** What an HTTP status means when a Salesforce API answers with it, in Markdown. */
export function statusMarkdown(entry: HttpStatus): string {
  const lines = [
    ...(entry.class ? [`- Class: **${entry.class}** (${CLASS_TEXT[entry.class]})`] : []),
    ...(entry.retry ? [`- Repeat: ${REPEAT_TEXT[entry.retry]}`] : []),
    `- In the code: ${plain(entry.doInCode)}`,
  ];
  const parts = [`**HTTP ${entry.status}** from Salesforce: ${plain(entry.title)}`, plain(entry.meaning), lines.join('\n')];
  if (entry.codes.length > 0) parts.push(`Codes that come with it: ${entry.codes.map(code).join(', ')}.`);
  parts.push(`[Source](${entry.source}), checked ${entry.checked}`);
  return parts.join('\n\n');
}
