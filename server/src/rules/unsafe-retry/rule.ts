import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { asksFirst, isRepeatedForSure, repeatedHere } from '../retried.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** A retry by which something is made twice. */
export const rule: Rule = {
  id: 'unsafe-retry',
  summary: 'A create is repeated although the first request may have worked: the record is made twice.',
  severity: 'warning',
  check: (calls) => calls.flatMap((call) => unsafe(call, calls) ?? []),
};

function unsafe(call: CoveredCall, calls: readonly CoveredCall[]): RuleFinding | undefined {
  if (call.record.kind !== 'create' || call.call.operation.repeatable !== 'no' || asksFirst(call, calls)) return undefined;
  const outcome = call.outcomes.find((each) => each.mode.safety === 'unknown-outcome' && isRepeatedForSure(each));
  if (!outcome) return undefined;
  const message = 'If the answer to this create is lost, the record exists and the repeat makes a second one. Upsert by an external id, or repeat refusals only.';
  return { call, message, codes: [outcome.mode.code], severity: 'warning', related: repeatedHere(outcome.retriers), fixes: [] };
}
