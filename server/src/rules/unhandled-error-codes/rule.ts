import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { Mode } from '../../coverage/mode.ts';
import type { FailureClass } from '../../report/callRecord.ts';
import { isOneRequest } from '../oneRequest.ts';
import type { Rule, RuleFinding } from '../rule.ts';
import { inFunction } from '../sharing.ts';
import { nounOf, spoken, tellingCodes } from '../wording.ts';

/** Classes that want different answers, most telling first. A session is left out: most connections renew it by themselves. */
const CLASSES: readonly FailureClass[] = ['transient', 'data', 'quota'];
const ANSWERS: Record<string, string> = { transient: 'another try', data: 'a corrected record', quota: 'a stop' };
/** Single-record writes: the rows of arrays, bulk jobs and composites fail in the result, not in the handler. */
const WRITES = new Set(['create', 'update', 'upsert', 'delete', 'apex-rest']);

/** Failures that want different answers and all end the same way. */
export const rule: Rule = {
  id: 'unhandled-error-codes',
  summary: 'Error codes that want different answers all end the same way.',
  severity: 'information',
  check: (calls) => calls.flatMap((call) => allAlike(call) ?? restForgotten(call) ?? []),
};

/** A handler here that treats every failure of a write alike. */
function allAlike(call: CoveredCall): RuleFinding | undefined {
  const { record } = call;
  if (!WRITES.has(record.kind) || !isOneRequest(call)) return undefined;
  // A script that ends with the failure is run again by whoever reads its message.
  if (call.context === 'script' && !call.inRecordLoop) return undefined;
  // Whoever waits and reads what Salesforce said can tell the cases apart.
  if (call.context === 'interactive' && call.tellsWhy) return undefined;
  // What a caller may still look at is not decided here.
  if (record.failure !== 'generic' || !call.handler || call.hasFallback || !['visible', 'swallowed'].includes(record.stops ?? '')) return undefined;
  const classes = CLASSES.filter((each) => record.classes[each]);
  if (!classes.includes('transient') || !classes.includes('data')) return undefined;
  if (classes.some((each) => record.classes[each]?.failure === 'discriminated' || record.classes[each]?.end === 'discriminated')) return undefined;
  const told = classes.filter((each) => each !== 'transient' || record.classes[each]?.retry !== 'explicit').slice(0, 3);
  if (told.length < 2) return undefined;
  const parts = told.flatMap((each) => {
    const code = tellingCodes(call, [each])[0];
    return code ? [{ code, answer: ANSWERS[each]! }] : [];
  });
  if (parts.length < 2) return undefined;
  const list = parts.map(({ code, answer }, index) => `${code} ${index === 0 ? 'wants ' : ''}${answer}`).join(', ');
  const brief = `All failures of this ${nounOf(call)} end alike, though some want ${parts.map(({ answer }) => answer).join(', some ')}.`;
  return make(call, `All failures of this ${nounOf(call)} end alike, though ${list}.`, brief, parts.map(({ code }) => code));
}

/** A handler that knows some codes and lets the rest end in silence. */
function restForgotten(call: CoveredCall): RuleFinding | undefined {
  const { record } = call;
  if (record.failure !== 'discriminated') return undefined;
  // What a test asks for by its name is not forgotten: a record that is not there is an answer.
  const forgotten = call.outcomes.filter(({ mode, end }) => end === 'swallowed' && !isNamed(call, mode));
  const lost = CLASSES.filter((each) => record.classes[each]?.end === 'swallowed');
  const codes = tellingCodes({ ...call, modes: forgotten.map(({ mode }) => mode) }, lost);
  if (codes.length === 0 || record.retry === 'explicit') return undefined;
  return make(call, `The handler of this ${nounOf(call)} knows some codes; others, such as ${codes.map(spoken).join(', ')}, end in silence.`, `The handler of this ${nounOf(call)} knows some codes; others end in silence.`, codes);
}

/** Whether a test compares the error with this very failure. */
function isNamed({ looks }: CoveredCall, mode: Mode): boolean {
  return looks.some(({ member, wanted }) => wanted.some((each) => mode.equals(member.split('.').at(-1), each) === true));
}

function make(call: CoveredCall, message: string, brief: string, codes: string[]): RuleFinding {
  const handler = call.handler;
  return {
    call, message, brief, ...inFunction(call), codes, severity: 'information', fixes: ['handle-by-class'],
    related: handler ? [{ path: handler.path, start: handler.at, end: handler.to, message: 'All failures come here.' }] : [],
  };
}
