import type { Rule, RuleFinding } from '../rule.ts';
import { isCleanUp, isPolling, nounOf, spoken, tellingCodes } from '../wording.ts';

/** A call whose promise or error nobody takes. */
export const rule: Rule = {
  id: 'floating-call',
  summary: 'Nobody waits for the call, so its failure is lost or ends the process.',
  severity: 'warning',
  check(calls): RuleFinding[] {
    return calls
      .filter(({ record }) => record.failure === 'floating')
      .filter((call) => !isCleanUp(call) && !isPolling(call))
      .map((call) => {
        const codes = tellingCodes(call, ['transient', 'session', 'quota']);
        const example = codes[0] ? ` (${spoken(codes[0])}, for one)` : '';
        const message = call.ignoredCallback
          ? `The installed ${call.call.client.title} takes no callbacks: this one is never called, and a failure of the ${nounOf(call)} is lost or ends the process.`
          : call.ignoredError
            ? `The callback of this ${nounOf(call)} never looks at its error: a failure${example} is taken for success.`
          : call.call.variant.lazy
          ? `Nobody starts or waits for this ${nounOf(call)}: it may never be sent, and if it fails${example} nobody learns of it.`
          : `Nobody waits for this ${nounOf(call)}: the code goes on at once, and a failure${example} is lost or ends the process.`;
        return { call, message, codes: codes.slice(0, 1), severity: 'warning', related: [], fixes: [] };
      });
  },
};
