import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { Severity } from '../../report/callRecord.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { inFunction } from '../sharing.ts';

/** A bulk job that stays open. */
export const rule: Rule = {
  id: 'bulk-job-left-open',
  summary: 'A bulk job is not closed, not closed on the failing path, or nobody waits for its close.',
  severity: 'information',
  check: (calls) => calls.flatMap((call): RuleFinding[] => {
    const found = judged(call);
    return found ? [{ call, ...found, ...inFunction(call), codes: [], related: [], fixes: [] }] : [];
  }),
};

function judged(call: CoveredCall): { message: string; severity: Severity } | undefined {
  const isBulk2 = call.call.operation.family === 'bulk2';
  if (call.jobEnd === 'never') {
    return isBulk2
      ? { message: 'Nothing closes this bulk job: its rows are sent and never processed, and seven days later they are removed.', severity: 'warning' }
      : { message: 'Nothing closes this bulk job: it stays open, among jobs that wait for more rows, until it is removed after seven days.', severity: 'information' };
  }
  if (call.jobEnd === 'on-success') return { message: 'If this upload or what comes after it fails, nothing closes or aborts the bulk job: it stays open for seven days.', severity: 'information' };
  const closes = call.call.method === 'close' && /^bulk2?\.job\.change$/.test(call.record.operation) && call.record.failure === 'floating' && !call.awaitedHere;
  return closes ? { message: 'Nobody waits for this close: if it fails the bulk job stays open, and nobody learns of it.', severity: 'information' } : undefined;
}
