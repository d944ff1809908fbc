import type { CoveredCall, Outcome } from '../../coverage/coveredCall.ts';
import type { FailureClass } from '../../report/callRecord.ts';
import { isRepeatedForSure, repeatedHere } from '../retried.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { isPolling, nounOf, spoken } from '../wording.ts';

/** Codes that everybody has met, before others of their class. */
const KNOWN = ['REQUIRED_FIELD_MISSING', 'INVALID_LOGIN', 'invalid_grant', 'MALFORMED_QUERY'];
/** Failures that no repeat cures, the most frequent first. */
const PERMANENT: readonly FailureClass[] = ['data', 'access', 'request', 'quota'];

/** A retry that nothing ends but success. */
export const rule: Rule = {
  id: 'unbounded-retry',
  summary: 'A failed call is made again until it works, without a ceiling on attempts or time.',
  severity: 'warning',
  check: (calls) => calls.flatMap((call) => endless(call) ?? []),
};

function endless(call: CoveredCall): RuleFinding | undefined {
  if (isPolling(call)) return undefined;
  const outcomes = call.outcomes.filter((each) => each.endless && isRepeatedForSure(each) && each.retriers.every(({ mayStop }) => !mayStop));
  const [first] = outcomes;
  if (!first) return undefined;
  const retriers = first.retriers;
  const waits = retriers.some((each) => each.waits);
  const how = waits ? 'without end' : 'without end and without a pause';
  const permanents = PERMANENT.flatMap((each) => outcomes.filter((outcome) => isTelling(outcome, each)));
  const permanent = permanents.find(({ mode }) => KNOWN.includes(mode.code)) ?? permanents[0];
  const message = permanent
    ? `${sentenceStart(spoken(permanent.mode.code))} does not pass by itself, and this ${nounOf(call)} is sent again ${how}.`
    : `While Salesforce does not answer, this ${nounOf(call)} is sent again ${how}: nothing tells anybody, and nothing else gets done.`;
  return { call, message, codes: permanent ? [permanent.mode.code] : [], severity: permanent || !waits ? 'warning' : 'information', related: repeatedHere(retriers), fixes: [] };
}

function isTelling({ mode }: Outcome, failureClass: FailureClass): boolean {
  return mode.class === failureClass && !/^HTTP_/.test(mode.code);
}

function sentenceStart(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
