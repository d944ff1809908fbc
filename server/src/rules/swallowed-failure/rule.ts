import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { Severity } from '../../report/callRecord.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { isCleanUp, isPolling, nounOf, spoken, tellingCodes } from '../wording.ts';

/** Calls that leave the org as it was. */
const READS = new Set(['query', 'query-more', 'search', 'retrieve', 'describe', 'limits', 'report', 'tooling']);

/** A failure that is caught, at most written to a log, and then forgotten. */
export const rule: Rule = {
  id: 'swallowed-failure',
  summary: 'The failure is caught, at most logged, and the program goes on as if the call had worked.',
  severity: 'warning',
  check(calls): RuleFinding[] {
    return calls.filter((call) => isSwallowed(call) && !isCleanUp(call) && !isPolling(call)).map((call): RuleFinding => {
      const codes = tellingCodes(call, call.record.kind === 'authenticate' ? ['access', 'request', 'session'] : ['transient', 'data', 'session']);
      const fate = call.unseenAnswer ? `${call.call.client.title} gives that as a result whose status nobody looks at` : call.logged ? 'a log line is all that happens' : 'nobody learns of it';
      const after = call.goesOn || call.context !== 'script' ? (call.unseenAnswer ? ', and the program goes on' : ' and the program goes on as if it had worked') : '';
      const messageWith = (example: string): string => `If this ${nounOf(call)} fails${example}, ${fate}${after}.`;
      const handler = call.handler;
      return {
        call, message: messageWith(codes[0] ? ` (${spoken(codes[0])}, for one)` : ''), brief: messageWith(''), codes: codes.slice(0, 1), fixes: ['handle-by-class'], severity: severityOf(call),
        // A handler that a factory makes serves functions that have nothing to do with one another.
        ...(handler ? { shares: { by: 'handler', key: `${handler.path}:${handler.at}:${call.owner}`, noun: nounOf(call) } } : {}),
        related: handler ? [{ path: handler.path, start: handler.at, end: handler.to, message: 'The failure ends here.' }] : [],
      };
    });
  },
};

function isSwallowed({ call, record, handlerContext, goesOn, unanimous, answered, inHandler, handler, printsOnly, toldInCommand, remarked, triesAnotherWay }: CoveredCall): boolean {
  const above = record.stops === 'swallowed' && ((record.failure === 'generic' && handler?.path === record.path) || (record.failure === 'propagates' && record.upstream === 'swallowed'));
  if (record.failure !== 'swallowed' && !above) return false;
  // Cleaning up after another failure is best effort: that one is what people look at. One of several ways to the same records may fail.
  if (inHandler || triesAnotherWay) return false;
  // A script that prints the error and has nothing left to do has told whoever runs it.
  if (handlerContext === 'script' && !goesOn) return false;
  if ((printsOnly || toldInCommand) && isRead(record)) return false;
  // Whoever writes down why nothing is done about a read that failed has decided that; linters take such a comment for an answer too.
  if (remarked && (READS.has(record.kind) || call.operation.http === 'GET')) return false;
  if (record.failure === 'swallowed') return !answered;
  // Where some callers take care, the one that does not decides for itself, in its own place.
  return unanimous;
}

/** A listing or a look at metadata leaves the org as it was, too. */
function isRead({ kind, operation }: CoveredCall['record']): boolean {
  return READS.has(kind) || (kind === 'metadata' && /\.(?:list|read|describe)(?:$|[.-])/.test(operation));
}

/** A script is watched by whoever runs it, and whoever typed a command reads its lines. */
function severityOf({ handlerContext, toldInCommand }: CoveredCall): Severity {
  return handlerContext === 'script' || toldInCommand ? 'information' : 'warning';
}
