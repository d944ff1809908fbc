import type { Rule, RuleFinding } from '../rule.ts';
import { nounOf } from '../wording.ts';

/** A record that is written without what tells which one it is. */
export const rule: Rule = {
  id: 'missing-record-id',
  summary: 'A record is updated without its Id, or upserted without its key: the call can only fail.',
  severity: 'warning',
  check(calls): RuleFinding[] {
    return calls.flatMap((call): RuleFinding[] => {
      if (!call.missingKey) return [];
      const { key, instead } = call.missingKey;
      const noun = nounOf(call);
      const message = instead === undefined
        ? `The record of this ${noun} has no ${key}, so nothing tells which one is meant: the ${noun} fails every time.`
        : `The record of this ${noun} has ${instead} where ${call.call.client.title} looks for ${key}: the ${noun} fails every time.`;
      return [{ call, message, codes: [], severity: 'warning', related: [], fixes: [] }];
    });
  },
};
