import type { CallValue, FileFacts, ValueId } from '../facts/facts.ts';
import { lastName } from '../facts/fileIndex.ts';

/** What web frameworks call the answer that a handler gives, or what holds it. */
const REPLY = /^(?:c|ctx|context)$|^_?res$|resp(?:onse)?$|reply$/i;
/** Classes of such answers. */
const MADE = /^(?:Next)?Response$/;
/** Methods that set its status. */
const SETS = new Set(['status', 'code', 'writeHead', 'sendStatus']);
/** Methods that send it, and may be given the status beside what they send. */
const SENDS = new Set(['json', 'text', 'body', 'html', 'send']);

/**
 * Whether a call answers whoever asked the server with the status of what came: `res.status(answer.status).send(body)`,
 * `new Response(body, { status: answer.status })`. @param isStatus whether a value is the status of what is followed
 */
export function isForwarded(facts: FileFacts, call: CallValue, isStatus: (id: ValueId) => boolean): boolean {
  const { construct, args } = call;
  const callee = facts.values[call.callee];
  if (facts.language !== 'javascript') return false;
  const among = (): boolean => args.slice(1).some((each) => holdsStatus(facts, each, isStatus));
  if (construct) return MADE.test(lastName(facts, call.callee) ?? '') && among();
  if (callee?.k !== 'member') return false;
  const receiver = nameOfRoot(facts, callee.object);
  if (SETS.has(callee.name)) return args[0] !== undefined && isStatus(args[0]) && REPLY.test(receiver);
  return SENDS.has(callee.name) && ((MADE.test(receiver) && among()) || (REPLY.test(receiver) && args.length === 2 && args.some(isStatus)));
}

function holdsStatus(facts: FileFacts, id: ValueId, isStatus: (id: ValueId) => boolean): boolean {
  const value = facts.values[id];
  return value?.k === 'object' && value.props.some(({ key, value: given }) => key === 'status' && isStatus(given));
}

/** The name of what the first call of a chain is asked of: `res` in `res.header(…).status(…)`. */
function nameOfRoot(facts: FileFacts, id: ValueId): string {
  let at = id;
  for (let value = facts.values[at]; value?.k === 'call'; value = facts.values[at]) {
    const callee = facts.values[value.callee];
    if (callee?.k !== 'member') return '';
    at = callee.object;
  }
  return lastName(facts, at) ?? '';
}
