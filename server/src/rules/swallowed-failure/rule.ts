import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { Mode } from '../../coverage/mode.ts';
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
    return calls.flatMap((call): RuleFinding[] => {
      const severity = isCleanUp(call) || isPolling(call) ? undefined : severityOf(call);
      if (severity === undefined) return [];
      const codes = tellingCodes(call, call.record.kind === 'authenticate' ? ['access', 'request', 'session'] : ['transient', 'data', 'session'], droppedOf(call));
      const messageWith = (example: string): string => `If this ${nounOf(call)} fails${example}, ${fateOf(call)}.`;
      const handler = call.handler;
      return [{
        call, message: messageWith(codes[0] && !call.demandsSuccess ? ` (${spoken(codes[0])}, for one)` : ''), brief: messageWith(''), codes: codes.slice(0, 1), severity,
        // Where callers differ, one handler is not all that has to be mended.
        fixes: call.unanimous ? ['handle-by-class'] : [],
        // A handler that a factory makes serves functions that have nothing to do with one another.
        ...(handler ? { shares: { by: 'handler', key: `${handler.path}:${handler.at}:${call.owner}`, noun: nounOf(call) } } : {}),
        related: handler ? [{ path: handler.path, start: handler.at, end: handler.to, message: 'The failure ends here.' }] : [],
      }];
    });
  },
};

/** The ways to fail that are dropped; undefined where no handler tells them apart. */
function droppedOf({ outcomes }: CoveredCall): ReadonlySet<Mode> | undefined {
  const dropped = outcomes.filter(({ end, failure }) => end === 'swallowed' || failure === 'swallowed');
  return dropped.length === 0 || dropped.length === outcomes.length ? undefined : new Set(dropped.map(({ mode }) => mode));
}

/** What becomes of the failure, and how the program goes on. */
function fateOf(call: CoveredCall): string {
  const { unanimous, unseenAnswer, demandsSuccess, logged, context, goesOn } = call;
  if (isSecondCreate(call)) return `${logged ? 'a log line is all that happens' : 'nobody learns of it'}, and what it would have found is created again`;
  if (isAnswered(call)) return `its callers see ${isRead(call.record) ? 'the same as when nothing is found' : 'that it did not work, and not why'}${logged ? '; only a log line tells' : ''}`;
  if (call.crashesCallers) return `${logged ? 'only a log line tells' : 'nobody learns of it'}, and its callers fail for want of an answer`;
  if (!unanimous) return `a caller goes on as if it had worked${logged ? ', with no more than a log line' : ''}`;
  const after = demandsSuccess ? ', and a missing key is all that is told' : goesOn || context !== 'script' ? (unseenAnswer ? ', and the program goes on' : ' and the program goes on as if it had worked') : '';
  return `${unseenAnswer ? `${call.call.client.title} gives that as a result whose status nobody looks at` : logged ? 'a log line is all that happens' : 'nobody learns of it'}${after}`;
}

/** Whether the function that drops the failure answers nothing, and its callers look for that. */
function isAnswered({ record, answered }: CoveredCall): boolean {
  return record.failure === 'swallowed' && answered;
}

/** How bad it is that the failure is dropped; nothing where it is not, or where that is as it should be. */
function severityOf(call: CoveredCall): Severity | undefined {
  const { record, afterFailure, handlerContext, goesOn, printsOnly, toldInCommand, remarked, triesAnotherWay } = call;
  if (!isSwallowed(call)) return undefined;
  if (isForgiven(call)) return undefined;
  // Cleaning up after another failure is best effort: that one is what people look at. One of several ways to the same records may fail.
  if (afterFailure || triesAnotherWay) return undefined;
  if ((printsOnly || toldInCommand) && isRead(record)) return undefined;
  // Whoever writes down why nothing is done about a read that failed has decided that; linters take such a comment for an answer too.
  if (remarked && !isSecondCreate(call) && (READS.has(record.kind) || call.call.operation.http === 'GET')) return undefined;
  // A script that prints the error and has nothing left to do has told whoever watches it, and nobody else.
  if (handlerContext === 'script' && !goesOn) return 'hint';
  // Callers that look see at least that there is nothing. Where some callers take care, the one that does not decides for itself, in its own place.
  if (isAnswered(call) || !call.unanimous) return 'hint';
  // A script is watched by whoever runs it, whoever typed a command reads its lines, and an error about something else is an error.
  // Who does not look whether a login has worked meets the error at the next call, which has no token; who has decided to create may know that there are no doubles.
  // Callers that ask the missing answer for something fail there: the program does not go on, though the error names another reason.
  const showsLater = call.demandsSuccess || call.crashesCallers || (call.unseenAnswer && record.kind === 'authenticate');
  return handlerContext === 'script' || toldInCommand || showsLater || (remarked && isSecondCreate(call)) ? 'information' : 'warning';
}

/** Whether the failure of a look-up makes the function create a record that may be there. */
function isSecondCreate({ record, createsInstead }: CoveredCall): boolean {
  return record.stops === 'swallowed' && createsInstead;
}

/** Whether only failures that the handler names are dropped, and most of every class go elsewhere: who names what may go wrong has decided about it. */
function isForgiven({ record }: CoveredCall): boolean {
  const classes = Object.values(record.classes);
  // What leaves as another error and is dropped further out is decided there, by people who know no more than that it did not work.
  const leaves = ({ failure, end }: (typeof classes)[number]): boolean => end !== 'swallowed' || (record.failure === 'swallowed' && failure === 'generic');
  return classes.length > 0 && classes.every((each) => each.failure !== 'swallowed' && leaves(each));
}

function isSwallowed({ record, handler }: CoveredCall): boolean {
  if (record.failure === 'swallowed') return true;
  return record.stops === 'swallowed' && ((record.failure === 'generic' && handler?.path === record.path) || (record.failure === 'propagates' && record.upstream === 'swallowed'));
}

/** A listing or a look at metadata leaves the org as it was, too. */
function isRead({ kind, operation }: CoveredCall['record']): boolean {
  return READS.has(kind) || (kind === 'metadata' && /\.(?:list|read|describe)(?:$|[.-])/.test(operation));
}
