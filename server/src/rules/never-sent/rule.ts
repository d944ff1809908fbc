import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { nounOf } from '../wording.ts';

/** Work that never happens: a request that nothing sends, a callback that nothing calls. */
export const rule: Rule = {
  id: 'never-sent',
  summary: 'A request that nothing sends, or a callback that the installed version of the client never calls.',
  severity: 'warning',
  check(calls): RuleFinding[] {
    return calls.flatMap((call): RuleFinding[] => {
      const message = messageOf(call);
      return message === undefined ? [] : [{ call, message, codes: [], severity: 'warning', related: [], fixes: call.neverStarted ? ['start-request'] : [] }];
    });
  },
};

function messageOf(call: CoveredCall): string | undefined {
  const { title } = call.call.client;
  if (call.ignoredCallback) {
    const sent = call.call.variant.lazy && call.record.failure === 'floating' ? ', and nothing is sent' : '';
    return `The installed ${title} takes no callbacks: the one of this ${nounOf(call)} is never called${sent}.`;
  }
  return call.neverStarted ? `This ${nounOf(call)} is never sent: ${title} sends it only when something waits for it, and nothing does.` : undefined;
}
