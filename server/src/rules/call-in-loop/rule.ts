import type { Rule, RuleFinding } from '../rule.ts';
import { inFunction } from '../sharing.ts';
import { nounOf } from '../wording.ts';

/** One request a record, where one request could do for many. */
export const rule: Rule = {
  id: 'call-in-loop',
  summary: 'One API request is sent for each record, where one could do for 200.',
  severity: 'information',
  check(calls): RuleFinding[] {
    return calls.flatMap((call): RuleFinding[] => {
      const { perRecord } = call;
      if (!perRecord || call.afterFailure) return [];
      const isQuery = call.record.kind === 'query';
      const message = isQuery
        ? 'This loop sends one query for each key: a thousand keys cost a thousand requests of the daily limit. One query can ask for many keys.'
        : `This loop sends one ${nounOf(call)} for each record: a thousand records cost a thousand requests of the daily limit. One request takes 200.`;
      const brief = `This loop sends one ${nounOf(call)} for each ${isQuery ? 'key' : 'record'}, and each costs a request of the daily limit.`;
      return [{ call, message, brief, ...inFunction(call), codes: [], severity: 'information', related: [{ path: perRecord.path, start: perRecord.at, end: perRecord.to, message: 'The loop.' }], fixes: [] }];
    });
  },
};
