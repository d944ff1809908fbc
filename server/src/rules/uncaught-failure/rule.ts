import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { isOneRequest } from '../oneRequest.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { inFunction } from '../sharing.ts';
import { nounOf } from '../wording.ts';

const WRITES = new Set(['create', 'update', 'upsert', 'delete']);

/** A failure that ends more than the work that failed. */
export const rule: Rule = {
  id: 'uncaught-failure',
  summary: 'A failure ends a process that should go on, or leaves the rest of the records undone.',
  severity: 'warning',
  check(calls): RuleFinding[] {
    return calls.flatMap((call): RuleFinding[] => {
      const message = messageOf(call);
      return message === undefined ? [] : [{ call, message, ...inFunction(call), codes: [], severity: 'warning', related: [], fixes: [] }];
    });
  },
};

function messageOf(call: CoveredCall): string | undefined {
  if (call.endsProcess) return `A timer starts this ${nounOf(call)}, and nothing catches its failure: the first one ends the whole process.`;
  if (stopsTheRest(call)) return `If this ${nounOf(call)} fails for one record, the loop ends: the records after it stay undone, in every run until that one is mended.`;
  return undefined;
}

/** A failure that is told apart, repeated or dropped has been thought of. */
function stopsTheRest(call: CoveredCall): boolean {
  const { record } = call;
  if (!call.leavesLoop || call.starter === undefined || !WRITES.has(record.kind) || !isOneRequest(call) || call.afterFailure) return false;
  if (record.failure !== 'propagates' && record.failure !== 'generic') return false;
  return ['visible', 'process', 'swallowed'].includes(record.stops ?? '') && call.unanimous && !call.hasFallback;
}
