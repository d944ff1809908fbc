import type { CoveredCall } from '../coverage/coveredCall.ts';
import type { Finding } from '../report/callRecord.ts';
import type { Program } from '../resolve/program.ts';
import type { Fix } from './edit.ts';
import { insertRetry } from './insertRetry.ts';

/** What a fix is made from. */
export interface FixRequest {
  finding: Finding;
  covered: CoveredCall;
  program: Program;
  /** The current text of a source file. */
  text(path: string): string | undefined;
}

/** The fixes that a finding really has, in the order of its list. */
export function fixesOf(request: FixRequest): Fix[] {
  return request.finding.fixes.flatMap((id) => (id === 'insert-retry' ? (insertRetry(request) ?? []) : []));
}
