import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { Rule, RuleFinding } from '../rule.ts';

/** A query that can find more records than are read. */
export const rule: Rule = {
  id: 'truncated-query',
  summary: 'Only the first page of a query is read, or only as much as the client library reads by itself.',
  severity: 'warning',
  check(calls): RuleFinding[] {
    return calls.flatMap((call): RuleFinding[] => {
      const { record, rows } = call;
      if (rows.finds === 'few' || !isWholeCall(call)) return [];
      if (record.paging === 'truncated' && rows.finds === 'unknown') {
        return [make(call, 'hint', 'Only the first page of this query is read: where it finds more than 2,000 records, the rest is left out without an error.')];
      }
      if (record.paging === 'truncated') {
        return [make(call, 'warning', 'Only the first page of this query is read: at most 2,000 records, often fewer. The rest is left out without an error.')];
      }
      if (record.paging !== 'capped' || rows.finds === 'unknown' || !rows.cappedByLibrary) return [];
      return [make(call, 'information', `This query is read up to 10,000 records, where ${call.call.client.title} stops without an error: what comes after them is left out.`)];
    });
  },
};

/** A query that is dropped or never waited for has a worse problem. */
function isWholeCall({ record }: CoveredCall): boolean {
  return record.failure !== 'floating';
}

function make(call: CoveredCall, severity: RuleFinding['severity'], message: string): RuleFinding {
  return { call, message, codes: [], severity, related: [], fixes: ['read-every-page'] };
}
