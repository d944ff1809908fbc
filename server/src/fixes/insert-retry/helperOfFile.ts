import type { FileFacts } from '../../facts/facts.ts';
import type { TextEdit } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { type Writer, writerOf } from '../writers.ts';
import { helperPlace } from './helperPlace.ts';
import type { RetryPackage } from './helperLoops.ts';
import type { RefusalReason } from './refusals.ts';
import { HELPER_NAME, retryHelper } from './retryHelper.ts';
import { retryLibraryOf } from './retryLibrary.ts';

/** What a fix that uses the retry helper needs: the file as it is, and what brings the helper into it. */
export interface Helper {
  path: string;
  facts: FileFacts;
  source: string;
  writer: Writer;
  /** The edit that imports the helper, where the file does not yet. */
  imports: TextEdit[];
  /** The helper's file, where it is not there yet. */
  creates: Record<string, string>;
  /** The library on which the new file stands. */
  library: RetryPackage | undefined;
}

/** Finds or makes the retry helper for the file of a finding, or says why it cannot be used there. */
export function helperFor({ covered, program, text }: FixRequest): Helper | RefusalReason {
  const { path } = covered.call;
  const facts = program.get(path);
  const source = text(path);
  const writer = facts && writerOf(facts);
  if (!facts || source === undefined || !writer) return 'language';
  const project = program.projects.of(path);
  const style = writer.importStyle(facts, source, path, project);
  const place = helperPlace(path, project, style.extension, program.known);
  const existing = text(place);
  if (existing !== undefined && !existing.includes(HELPER_NAME)) return 'helper-taken';
  // Something of the file's own has the name.
  if (facts.bindings.some(({ name, kind }) => name === HELPER_NAME && kind !== 'import')) return 'helper-taken';
  const library = existing === undefined ? retryLibraryOf(program, project, style) : undefined;
  const bring = writer.importInsertion(facts, source, path, place, HELPER_NAME, style);
  return {
    path, facts, source, writer, library,
    imports: bring ? [{ start: bring.at, end: bring.at, newText: bring.text }] : [],
    creates: existing === undefined ? { [place]: withLineEnds(retryHelper({ typed: style.typed, module: style.module, library }), source) } : {},
  };
}

function withLineEnds(text: string, like: string): string {
  return like.includes('\r\n') ? text.replaceAll('\n', '\r\n') : text;
}
