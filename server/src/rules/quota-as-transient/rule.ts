import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { placed } from '../place.ts';
import { isRepeatedForSure, repeatedHere } from '../retried.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { nounOf } from '../wording.ts';

const LIMIT = 'REQUEST_LIMIT_EXCEEDED';
/** Requests of the platform's REST API whose refusals are known. */
const PLATFORM = new Set(['query', 'query-more', 'search', 'retrieve', 'create', 'update', 'upsert', 'delete', 'describe', 'limits']);

/** A daily limit that is taken for one that passes, or a throttle that is looked for where it is not. */
export const rule: Rule = {
  id: 'quota-as-transient',
  summary: 'The daily limit is treated like one that passes within seconds, or a limit is looked for by a status that Salesforce does not use.',
  severity: 'information',
  check: (calls) => calls.flatMap((call) => repeatsQuota(call) ?? tooManyRequests(call) ?? []),
};

/** The code is named, and both of its meanings are repeated. */
function repeatsQuota(call: CoveredCall): RuleFinding | undefined {
  const named = call.looks.find((look) => !look.answer && look.wanted.includes(LIMIT));
  const outcome = call.outcomes.find(({ mode }) => mode.code === LIMIT && mode.class === 'quota');
  if (!named || !outcome || !isRepeatedForSure(outcome)) return undefined;
  const message = `${LIMIT} also means that the day's requests are used up: repeating this ${nounOf(call)} then only fails again. Its message tells which.`;
  return { call, message, codes: [LIMIT], severity: 'information', related: repeatedHere(outcome.retriers), fixes: [] };
}

/** 429 is what other systems answer. */
function tooManyRequests(call: CoveredCall): RuleFinding | undefined {
  if (!call.call.http || call.call.operation.family !== 'rest' || !PLATFORM.has(call.record.kind)) return undefined;
  const wants = (value: string | number): boolean => call.looks.some((look) => look.wanted.some((each) => String(each) === String(value)));
  const look = call.looks.find(({ how, wanted }) => how === 'equals' && wanted.length === 1 && String(wanted[0]) === '429');
  if (!look || wants(403) || wants(LIMIT)) return undefined;
  const message = `Salesforce says 403 with ${LIMIT} when a limit is reached, not 429: this test does not see it.`;
  return placed(call, look, { message, codes: [LIMIT], severity: 'information', related: [], fixes: [] });
}
