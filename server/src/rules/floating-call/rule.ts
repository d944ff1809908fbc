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
      .filter((call) => !isCleanUp(call) && !isPolling(call) && !call.workOfFile)
      .map((call) => {
        // What is done because something else has failed is best effort; that failure is what people look at. An unhandled rejection may end the process all the same.
        const codes = tellingCodes(call, ['transient', 'session', 'quota']);
        const messageWith = (example: string): string =>
          call.ignoredError
            ? `The callback of this ${nounOf(call)} never looks at its error: nobody learns of a failure${example}.`
            : call.awaitedHere
              ? `This ${nounOf(call)} is awaited in a function that nobody waits for: a failure${example} is lost or ends the process.`
              : call.streamed
                ? `Nobody listens for an error of this ${nounOf(call)}, which is read as a stream: a failure${example} ends the process.`
                : `Nobody waits for this ${nounOf(call)}: the code goes on at once, and a failure${example} is lost or ends the process.`;
        return { call, message: messageWith(codes[0] ? ` (${spoken(codes[0])}, for one)` : ''), brief: messageWith(''), codes: codes.slice(0, 1), severity: call.afterFailure ? 'information' : 'warning', related: [], fixes: call.ignoredError || call.awaitedHere || call.streamed ? [] : ['await-call'] };
      });
  },
};
