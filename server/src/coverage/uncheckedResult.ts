import type { CoveredCall } from './coveredCall.ts';

/** Whether records, rows or parts of a call can fail in its result alone, and nobody looks. */
export function isUncheckedResult({ call, record, afterFailure, resultSeen }: CoveredCall): boolean {
  // What is done to tidy up after another failure is best effort.
  return record.partial === 'unchecked' && !call.shapeUnknown && !afterFailure && !resultSeen;
}
