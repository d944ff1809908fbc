import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { isOneRequest } from '../oneRequest.ts';
import { isRepeatedForSure, repeatedHere } from '../retried.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { nounOf } from '../wording.ts';

const WRITES = new Set(['create', 'update', 'upsert', 'delete']);
/** What a person must correct first, the most frequent first. */
const TELLING = ['REQUIRED_FIELD_MISSING', 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'ENTITY_IS_DELETED', 'INSUFFICIENT_ACCESS_OR_READONLY'];

/** A retry that also repeats what cannot succeed. */
export const rule: Rule = {
  id: 'retry-of-permanent-failure',
  summary: 'A retry repeats what cannot succeed: bad data, missing permissions.',
  severity: 'information',
  options: {
    attempts: { description: 'As many attempts are borne without a word.', default: 3, minimum: 1, maximum: 100 },
  },
  check: (calls, _constructions, option) => calls.flatMap((call) => repeatsInVain(call, option('attempts')) ?? []),
};

function repeatsInVain(call: CoveredCall, borne: number): RuleFinding | undefined {
  if (!WRITES.has(call.record.kind) || !isOneRequest(call)) return undefined;
  const permanent = call.outcomes.filter((each) => (each.mode.class === 'data' || each.mode.class === 'access') && each.mode.safety === 'never-helps' && isRepeatedForSure(each));
  const outcome = TELLING.flatMap((code) => permanent.filter(({ mode }) => mode.code === code))[0];
  // What is sent again without end is said by another rule.
  if (!outcome || outcome.endless) return undefined;
  const attempts = outcome.retriers.map((each) => each.attempts ?? 0).reduce((one, other) => Math.max(one, other), 0);
  if (attempts <= borne) return undefined;
  const message = `${outcome.mode.code} cannot pass by itself, and this ${nounOf(call)} is sent ${attempts} times for it: requests and time for nothing.`;
  return { call, message, codes: [outcome.mode.code], severity: 'information', related: repeatedHere(outcome.retriers), fixes: [] };
}
