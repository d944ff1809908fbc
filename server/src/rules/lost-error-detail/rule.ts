import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { placed } from '../place.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { nounOf, tellingCodes } from '../wording.ts';

/** A failure that becomes another error, which holds nothing of it. */
export const rule: Rule = {
  id: 'lost-error-detail',
  summary: 'A failure becomes another error that holds neither its code nor its message, and nothing was logged.',
  severity: 'information',
  check: (calls) => calls.flatMap((call) => lost(call) ?? []),
};

function lost(call: CoveredCall): RuleFinding | undefined {
  const { record, loses } = call;
  // Whoever asks for a certain failure says with the new error which one it was; a login says no more than that it failed.
  if (!loses || record.failure !== 'generic' || record.kind === 'authenticate' || call.looks.some(({ answer }) => !answer)) return undefined;
  const codes = tellingCodes(call, ['data', 'transient', 'access', 'request']).slice(0, 2);
  const messageWith = (which: string): string => `This error holds nothing of why the ${nounOf(call)} failed${which}. Nobody can tell what to do.`;
  return placed(call, loses, { message: messageWith(codes.length === 2 ? `: ${codes.join(' or ')} look alike` : ''), brief: messageWith(''), codes: codes.length === 2 ? codes : [], severity: 'information', related: [], fixes: ['rethrow-with-cause'] });
}
