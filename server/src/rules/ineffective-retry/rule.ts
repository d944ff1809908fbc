import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { nounOf } from '../wording.ts';

/** A retry that never gets to see a failure. */
export const rule: Rule = {
  id: 'ineffective-retry',
  summary: 'A retry stands around a call whose failures never reach it: it cannot fire.',
  severity: 'warning',
  check: (calls) => calls.flatMap((call) => vain(call) ?? []),
};

function vain(call: CoveredCall): RuleFinding | undefined {
  const { vainRetry: retry, record, handler } = call;
  if (!retry) return undefined;
  const noun = nounOf(call);
  const message =
    retry.why === 'caught'
      ? `The retry around this ${noun} never fires: the failure is caught inside, so the retry takes every attempt for a success.`
      : `The retry around this ${noun} fires only when the connection breaks: a refusal such as 503 comes as an answer, not as a failure.`;
  const related = [{ path: retry.path, start: retry.at, end: retry.to, message: 'The retry that does not fire.' }];
  if (retry.why === 'caught' && handler) related.push({ path: handler.path, start: handler.at, end: handler.to, message: 'The failure ends here.' });
  return record.failure === 'unknown' ? undefined : { call, message, codes: [], severity: 'warning', related, fixes: [] };
}
