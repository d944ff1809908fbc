import type { Rule, RuleFinding } from '../rule.ts';
import { nounOf } from '../wording.ts';

/** An HTTP client that waits for ever. */
export const rule: Rule = {
  id: 'missing-timeout',
  summary: 'An HTTP client without any time limit: a request that gets no answer is waited for without end.',
  severity: 'information',
  check(calls): RuleFinding[] {
    return calls.flatMap((call): RuleFinding[] => {
      const { endless, context, record } = call;
      // Whoever runs a script sees that it hangs; of callers that are not known nothing is known.
      if (!endless || (context !== 'unattended' && context !== 'interactive')) return [];
      const { instance, library } = endless;
      const message = `Where Salesforce never answers, this waits without end: ${library.title} has no time limit of its own and is given none here.`;
      const place = instance && instance.path === record.path ? { record: { path: instance.path, start: instance.at, end: instance.to } } : call;
      return [{ call: place, message, shares: { by: 'file', key: library.id, noun: place === call ? nounOf(call) : 'client' }, codes: [], severity: 'information', related: [], fixes: [] }];
    });
  },
};
