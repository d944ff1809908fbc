import type { CoveredCall, Outcome } from '../coverage/coveredCall.ts';
import type { RelatedPlace } from '../report/callRecord.ts';
import type { Retrier } from '../coverage/retrier.ts';

/**
 * Whether a failure is repeated for sure: every test on its way is understood, nothing unseen chooses, and what repeats it is there to repeat, not a loop over work
 * that only passes by.
 */
export function isRepeatedForSure({ repeats, undecided, retriers }: Outcome): boolean {
  return repeats && !undecided && retriers.length > 0 && retriers.every(({ chooses, worksOn }) => !chooses && !worksOn);
}

/** Where a call is repeated, as a place beside a finding. */
export function repeatedHere(retriers: readonly Retrier[]): RelatedPlace[] {
  return retriers.slice(0, 1).map(({ path, at, to }) => ({ path, start: at, end: to, message: 'It is repeated here.' }));
}

const ASKING: ReadonlySet<string> = new Set(['query', 'search', 'retrieve', 'raw-request', 'apex-rest']);

/** By the calls of a file and the function around, where the first call stands that asks something. */
const firstQuestions = new WeakMap<readonly CoveredCall[], Map<string, number>>();

/** Whether the function around a call asks Salesforce something before it: perhaps whether the work is done already. */
export function asksFirst(call: CoveredCall, calls: readonly CoveredCall[]): boolean {
  let first = firstQuestions.get(calls);
  if (!first) {
    first = new Map();
    for (const { owner, record } of calls) if (ASKING.has(record.kind)) first.set(owner, Math.min(record.spanStart, first.get(owner) ?? Infinity));
    firstQuestions.set(calls, first);
  }
  return (first.get(call.owner) ?? Infinity) < call.record.spanStart;
}
