import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { isOneRequest } from '../oneRequest.ts';
import { isRepeatedForSure, repeatedHere } from '../retried.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { nounOf } from '../wording.ts';

/** Writes meet locks; no client library repeats them by itself. */
const WRITES = new Set(['create', 'update', 'upsert', 'delete']);
/** Failures that pass, after which nothing was applied, so that every write may be repeated; the most frequent first. */
const PASSING = ['UNABLE_TO_LOCK_ROW', 'SERVER_UNAVAILABLE'];

/** A retry whose predicate leaves out a failure that passes. */
export const rule: Rule = {
  id: 'incomplete-retry-predicate',
  summary: 'A retry repeats some failures that pass and leaves out another one that this call meets.',
  severity: 'information',
  check: (calls) => calls.flatMap((call) => incomplete(call) ?? []),
};

function incomplete(call: CoveredCall): RuleFinding | undefined {
  const { record, outcomes } = call;
  if (!WRITES.has(record.kind) || !isOneRequest(call)) return undefined;
  const known = outcomes.find((each) => each.repeats && each.mode.class === 'transient' && !each.mode.code.startsWith('HTTP_') && isRepeatedForSure(each));
  if (!known) return undefined;
  const missing = PASSING.flatMap((code) => outcomes.filter((each) => each.mode.code === code))
    .find((each) => !each.repeats && !each.undecided && each.failure !== 'swallowed' && each.end !== 'discriminated');
  if (!missing || known.mode.code === missing.mode.code) return undefined;
  const message = `The retry of this ${nounOf(call)} knows ${known.mode.code}, but not ${missing.mode.code}, which passes as well and is final here.`;
  return { call, message, codes: [missing.mode.code, known.mode.code], severity: 'information', related: repeatedHere(known.retriers), fixes: [] };
}
