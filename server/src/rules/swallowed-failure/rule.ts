import type { CoveredCall } from '../../coverage/coverage.ts';
import type { Severity } from '../../report/callRecord.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { isCleanUp, nounOf, tellingCodes } from '../wording.ts';

/** A failure that is caught, at most written to a log, and then forgotten. */
export const rule: Rule = {
  id: 'swallowed-failure',
  summary: 'The failure is caught, at most logged, and the program goes on as if the call had worked.',
  severity: 'warning',
  check(calls): RuleFinding[] {
    const byHandler = new Map<string, CoveredCall[]>();
    for (const call of calls) {
      if (!isSwallowed(call) || isCleanUp(call)) continue;
      const handler = call.handler;
      const key = handler ? `${handler.path}:${handler.at}` : `${call.record.path}:${call.record.start}`;
      byHandler.set(key, [...(byHandler.get(key) ?? []), call]);
    }
    return [...byHandler.values()].map((group) => {
      const call = group[0]!;
      const codes = tellingCodes(call, ['transient', 'data', 'session']);
      const more = group.length > 1 ? ` ${group.length - 1} more here.` : '';
      const fate = call.logged ? 'a log line is all that happens' : 'nobody learns of it';
      const message = `If this ${nounOf(call)} fails${codes[0] ? ` (${codes[0]}, for one)` : ''}, ${fate} and the program goes on as if it had worked.${more}`;
      const handler = call.handler;
      return {
        call, message, codes: codes.slice(0, 1), fixes: [], severity: severityOf(call),
        related: handler ? [{ path: handler.path, start: handler.at, end: handler.to, message: 'The failure ends here.' }] : [],
      };
    });
  },
};

function isSwallowed({ record, context, unanimous }: CoveredCall): boolean {
  if (record.failure === 'swallowed') return true;
  // Where some callers take care, the one that does not decides for itself, in its own place.
  if (!unanimous) return false;
  // A script's last catch that prints the error is seen by whoever runs the script.
  return record.failure === 'propagates' && record.upstream === 'swallowed' && context !== 'script';
}

/** A script that prints the error and ends is at least seen by its user; its exit code says nothing. */
function severityOf({ context }: CoveredCall): Severity {
  return context === 'script' ? 'hint' : 'warning';
}
