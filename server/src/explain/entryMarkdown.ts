import type { ErrorCode, FailureMode } from '../../../catalog/schema/code.ts';
import { CLASS_TEXT, INFERRED_TEXT, REPEAT_TEXT, code, originOf, plain, signsOf } from './wording.ts';

/** More operations than this are only counted. */
const OPERATIONS_SHOWN = 6;

/** What to leave out or add for the place where an entry is shown. */
export interface EntryOptions {
  /** Show this mode only: the one that fits what is known of the failure. */
  mode?: FailureMode | undefined;
  /** Everything, also what a hover has no room for: the raw message, HTTP statuses, the date. */
  whole?: boolean;
  /** Operations that can answer with the code. */
  operations?: readonly string[];
  /** Address of the entry in the reference, for a link. */
  reference?: string | undefined;
}

/** One entry of the catalogue in Markdown. */
export function entryMarkdown(entry: ErrorCode, { mode: only, whole = false, operations = [], reference }: EntryOptions = {}): string {
  const families = [entry.family, ...(entry.alsoIn ?? [])];
  const parts = [`**${plain(entry.code)}** (${originOf(entry)}): ${plain(entry.title)}`, plain(entry.meaning)];
  const modes = only ? [only] : entry.modes;
  for (const mode of modes) {
    const heading = [...(modes.length > 1 ? [mode.when ? `**If ${signsOf(mode, code)}:**` : '**Otherwise:**'] : []), ...(mode.meaning ? [plain(mode.meaning)] : [])].join(' ');
    parts.push([...(heading ? [heading, ''] : []), ...modeLines(mode, families.includes('dml'), entry.notFailure === true)].join('\n'));
  }
  if (whole && entry.message) parts.push(`Comes as: ${code(entry.message)}`);
  if (whole && entry.http.length > 0) parts.push(`HTTP status: ${entry.http.join(', ')}`);
  if (entry.causes.length > 0) parts.push(`${entry.inferred ? 'Possible' : 'Usual'} causes: ${entry.causes.map(plain).join('; ')}.`);
  if (entry.hides && entry.hides.length > 0) parts.push(`Its message can carry another code: ${entry.hides.map(code).join(', ')}.`);
  if (entry.related.length > 0) parts.push(`See also ${entry.related.map(code).join(', ')}.`);
  if (operations.length > 0) {
    const more = operations.length - OPERATIONS_SHOWN;
    parts.push(`Operations that can answer with it: ${operations.slice(0, OPERATIONS_SHOWN).map(code).join(', ')}${more > 0 ? ` and ${more} more` : ''}.`);
  }
  if (entry.inferred) parts.push(`_${INFERRED_TEXT}_`);
  const links = [...(entry.source ? [`[Source](${entry.source})`] : []), ...(reference ? [`[Reference](${reference})`] : [])];
  parts.push(`${entry.notFailure ? '' : `Who can end it: ${entry.who}. `}${links.join(' · ')}${whole && entry.checked ? `, checked ${entry.checked}` : ''}`.trim());
  return parts.join('\n\n');
}

function modeLines(mode: FailureMode, ofRecords: boolean, notFailure: boolean): string[] {
  if (notFailure) return [`- In the code: ${plain(mode.doInCode)}`];
  // Among many records of one call each is refused for itself.
  const alone = ofRecords && mode.retry === 'not-applied' ? ' As the status of one record among several, that holds for this record only.' : '';
  return [
    `- Class: **${mode.class}** (${CLASS_TEXT[mode.class]})${mode.category ? `; Marketing Cloud calls it ${mode.category}` : ''}`,
    `- Repeat: ${REPEAT_TEXT[mode.retry]}${alone}`,
    `- In the code: ${plain(mode.doInCode)}`,
    ...(mode.doInOrg ? [`- In the org: ${plain(mode.doInOrg)}`] : []),
  ];
}

/** What tells one mode of a code from another. */
