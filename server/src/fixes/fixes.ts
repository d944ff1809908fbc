import type { CoveredCall } from '../coverage/coveredCall.ts';
import type { Finding } from '../report/callRecord.ts';
import type { Program } from '../resolve/program.ts';
import type { Fix, Refusal } from './edit.ts';
import { insertRetry } from './insert-retry/insertRetry.ts';
import { retryFunction } from './retry-function/retryFunction.ts';
import { upsertInstead } from './upsert-instead/upsertInstead.ts';

/** What a fix is made from. */
export interface FixRequest {
  finding: Finding;
  covered: CoveredCall;
  /** All calls of the file. */
  calls: readonly CoveredCall[];
  program: Program;
  /** The current text of a source file. */
  text(path: string): string | undefined;
}

/** Makes a fix by its id, or says why not; undefined where it has nothing to do with the place. */
const MAKERS: Record<string, (request: FixRequest) => Fix | Refusal | undefined> = { 'insert-retry': insertRetry, 'retry-function': retryFunction, 'upsert-instead': upsertInstead };

/** The fixes that a finding really has, in the order of its list. */
export function fixesOf(request: FixRequest): Fix[] {
  return answers(request).filter((each): each is Fix => 'edits' in each);
}

/** Why fixes in the list of a finding are not safe at its place. */
export function refusalsOf(request: FixRequest): Refusal[] {
  return answers(request).filter((each): each is Refusal => 'reason' in each);
}

function answers(request: FixRequest): (Fix | Refusal)[] {
  return request.finding.fixes.flatMap((id) => (Object.hasOwn(MAKERS, id) ? (MAKERS[id]!(request) ?? []) : []));
}
