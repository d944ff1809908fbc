import type { Writer } from '../../languages/writing/writer.ts';
import type { MissingPackage, TextEdit } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { writerOf } from '../writers.ts';
import type { RetryForm, Site } from './form.ts';
import { retryFormOf } from './forms.ts';
import type { RefusalReason } from './refusals.ts';

/** What a fix that uses the retry helper needs: the file as it is, and what brings the helper into it. */
export interface Helper extends Site {
  writer: Writer;
  form: RetryForm;
  /** The edits that import the helper, where the file does not yet. */
  imports: TextEdit[];
  /** The helper's file, where it is not there yet. */
  creates: Record<string, string>;
  /** The library on which the new file stands. */
  library: string | undefined;
  /** The new file on libraries that would have to be installed. */
  choices: { creates: Record<string, string>; library: MissingPackage }[];
}

/** Finds or makes the retry helper for the file of a finding, or says why it cannot be used there. */
export function helperFor({ covered, program, text }: FixRequest): Helper | RefusalReason {
  const { path } = covered.call;
  const facts = program.get(path);
  const source = text(path);
  const writer = facts && writerOf(facts);
  const form = facts && retryFormOf(facts);
  if (!facts || source === undefined || !writer || !form) return 'language';
  const site: Site = { path, facts, source, program, text };
  const { imports, path: place, made, library, choices = [] } = form.helper(site, covered);
  const existing = text(place);
  if (existing !== undefined && (made !== undefined || !form.names.some((name) => existing.includes(name)))) return 'helper-taken';
  // Something of the file's own has the name.
  if (facts.bindings.some(({ name, kind }) => form.names.includes(name) && kind !== 'import')) return 'helper-taken';
  const created = (helper: string): Record<string, string> => ({ [place]: source.includes('\r\n') ? helper.replaceAll('\n', '\r\n') : helper });
  return {
    ...site, writer, form, library,
    imports: imports.map(({ at, to, text: newText }) => ({ start: at, end: to, newText })),
    creates: made === undefined ? {} : created(made),
    choices: choices.map((each) => ({ creates: created(each.made), library: each.library })),
  };
}
