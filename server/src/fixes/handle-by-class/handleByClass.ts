import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { isWaitedFor } from '../../coverage/waitedFor.ts';
import type { FileFacts, FunctionId, Span, ValueId } from '../../facts/facts.ts';
import { indexOf } from '../../facts/fileIndex.ts';
import { type CaughtName, nameOfCaught, nameOfGiven, promiseOfHandler } from '../caughtName.ts';
import type { Fix, Refusal, TextEdit } from '../edit.ts';
import { takesCause, withCauseProperty } from '../errorWithCause.ts';
import type { FixRequest } from '../fixes.ts';
import { type ScriptWriter, scriptWriterOf } from '../writers.ts';
import { freshName, indentAt, indentStep, lineBreak, lines } from '../../languages/writing/writeLayout.ts';
import { branchesOf, guardOf, type Branch } from './branches.ts';
import { type RefusalReason, REFUSALS } from './refusals.ts';

const GUARD = 'isSalesforceError';

/** Requests that are sent by POST and change nothing. */
const READS = /^metadata\.(?:read|list|describe|retrieve|status)$|^report\.execute/;

/** Where failures are handled: a catch clause, or a function that a promise is given for them. */
interface Handler {
  clause: Span;
  /** The function in which it stands. */
  fn: FunctionId;
  caught: CaughtName;
}

/**
 * Lets a handler ask what the failure means: what was done about every failure is done about records that must be corrected, or about what the org does not
 * have; the rest is thrown on. Refused where nobody is known to wait for the function: there an error that is thrown on ends the program.
 */
export function handleByClass(request: FixRequest): Fix | Refusal {
  const { covered, calls, program, path, text } = request;
  const facts = program.get(path);
  const source = text(path);
  const writer = facts && scriptWriterOf(facts);
  if (!facts || source === undefined || !writer || facts.damaged) return refuse('language');
  const handler = handlerOf(request, facts, source);
  if (typeof handler === 'string') return refuse(handler);
  const { clause, caught } = handler;
  const failing = calls.filter((each) => each.handler?.path === path && each.handler.at === clause.at);
  const reads = failing.every(({ call: { operation } }) => READS.test(operation.id) || (operation.http === 'GET' && operation.repeatable === 'yes'));
  const branches = branchesOf(failing.flatMap(({ modes }) => modes), reads);
  if (!branches.some(({ keeps }) => keeps)) return refuse('nothing-to-keep');
  const known = facts.bindings.some((each) => each.name === GUARD && each.in === 0) && source.includes('errorCode');
  const guard = known ? GUARD : freshName(source, GUARD);
  const thrown = rethrown(`The ${nounOf(covered)} failed`, caught.name, takesCause(facts, program, path), writer, source);
  const quote = (each: string): string => writer.quoted(source, each);
  const edits = [...caught.edits, ...body(facts, source, clause, caught.bodyAt, (step, semicolon, isEmpty) => skeleton(branches, { guard, step, semicolon, isEmpty, name: caught.name, thrown, quote }))];
  if (!known) edits.push(guardAtEnd(source, guardOf(guard, facts.dialect !== 'javascript', indentStep(source), endOfStatements(source), quote)));
  const kept = reads ? 'go on without what the org does not have, and throw on the rest' : 'throw on what no corrected record would mend';
  return { id: 'handle-by-class', title: `Branch on what the failure means, ${reads ? '' : 'and '}${kept}`, preferred: false, edits: { [path]: edits }, creates: {} };
}

function refuse(reason: RefusalReason): Refusal {
  return { fix: 'handle-by-class', reason, text: REFUSALS[reason] };
}

function handlerOf({ covered: { handler, errorShape, looks, call }, types, path }: FixRequest, facts: FileFacts, source: string): Handler | RefusalReason {
  if (!handler) return 'no-handler';
  if (handler.path !== path) return 'other-file';
  if (!errorShape?.code.includes('errorCode')) return 'code-elsewhere';
  if (looks.length > 0) return 'asks-already';
  const uses = (fn: FunctionId): number => types.callers.uses(path, fn).length;
  for (const [fn, { handlers }] of facts.functions.entries()) {
    const clause = handlers.find((each) => each.at === handler.at && each.to === handler.to);
    if (!clause) continue;
    if (clause.classes || clause.filter !== undefined) return 'asks-already';
    if (isAlone(facts, fn, uses(fn))) return 'nobody-waits';
    const caught = nameOfCaught(facts, source, clause);
    return caught ? { clause, fn, caught } : 'named-otherwise';
  }
  const own = facts.functions.findIndex(({ at, to }) => at === handler.at && to === handler.to);
  const promise = own < 0 ? undefined : promiseOfHandler(facts, own);
  if (promise === undefined) return 'callback';
  const fn = facts.values[promise]!.in;
  if (facts.functions[facts.values[call.value]!.in]!.async && !isWaitedFor(facts, promise)) return 'nobody-waits';
  if (!isHandedOn(facts, promise) || isAlone(facts, fn, uses(fn))) return 'nobody-waits';
  const caught = nameOfGiven(facts, source, own);
  return caught ? { clause: handler, fn, caught } : 'named-otherwise';
}

/** Whether a promise is awaited, or returned to whoever calls the function. */
function isHandedOn(facts: FileFacts, promise: ValueId): boolean {
  return isWaitedFor(facts, promise) || (indexOf(facts).consumers[promise] ?? []).some(({ k }) => k === 'return');
}

function nounOf({ record: { kind } }: CoveredCall): string {
  return ['create', 'update', 'upsert', 'delete', 'query', 'retrieve'].includes(kind) ? kind : 'request';
}

/** Whether nobody is known to wait for a function: a handler of requests, events or timers. */
function isAlone(facts: FileFacts, fn: FunctionId, uses: number): boolean {
  const index = indexOf(facts);
  const literal = index.functionValue.get(fn);
  const takers = (literal === undefined ? [] : (index.consumers[literal] ?? [])).flatMap((each) => (each.k === 'value' && facts.values[each.value]!.k === 'call' ? [each.value] : []));
  return takers.length > 0 ? !takers.every((taker) => isWaitedFor(facts, taker)) : uses > 0;
}

function rethrown(message: string, name: string, known: boolean, writer: ScriptWriter, source: string): string {
  const text = writer.quoted(source, message);
  if (known) return `new Error(${text}, { cause: ${name} })`;
  const { before, after } = withCauseProperty(writer, source, name);
  return `${before}new Error(${text})${after}`;
}

interface Words {
  guard: string;
  step: string;
  semicolon: string;
  /** Nothing stands in the clause: the reason is written down at least. */
  isEmpty: boolean;
  name: string;
  thrown: string;
  quote(text: string): string;
}

function skeleton(branches: readonly Branch[], { guard, step, semicolon, isEmpty, name, thrown, quote }: Words): string[] {
  const out = [`switch (${guard}(${name}) ? ${name}.errorCode : undefined) {`];
  for (const { codes, advice, keeps } of branches) {
    for (const code of codes) out.push(`${step}case ${quote(code)}:`);
    out.push(`${step}${step}// ${advice}`);
    if (keeps && isEmpty) out.push(`${step}${step}console.error(${name})${semicolon}`);
    out.push(`${step}${step}${keeps ? 'break' : `throw ${name}`}${semicolon}`);
  }
  return [...out, `${step}default:`, `${step}${step}throw ${thrown}${semicolon}`, '}'];
}

/** Puts lines at the beginning of a clause, which is unfolded if it stands on one line. */
function body(facts: FileFacts, source: string, clause: Span, bodyAt: number, linesOf: (step: string, semicolon: string, isEmpty: boolean) => string[]): TextEdit[] {
  const line = source.slice(source.lastIndexOf('\n', clause.at) + 1);
  const outer = /^[ \t]*/.exec(line)![0];
  const step = indentStep(source, outer);
  const inner = outer + step;
  const first = (facts.statements ?? []).find(({ at, to }) => at >= bodyAt && to <= clause.to);
  const semicolon = endOfStatements(source);
  const text = lineBreak(source) + lines(source, inner, linesOf(step, semicolon, !first));
  const ends = lineBreak(source) + outer;
  if (!first) {
    const rest = source.slice(bodyAt, clause.to - 1);
    return rest.includes('\n') ? [{ start: bodyAt, end: bodyAt, newText: text }] : [{ start: bodyAt, end: bodyAt + (rest.trim() === '' ? rest.length : 0), newText: text + (rest.trim() === '' ? ends : `${lineBreak(source)}${inner}`) }, ...(rest.trim() === '' ? [] : [{ start: clause.to - 1, end: clause.to - 1, newText: ends }])];
  }
  if (indentAt(source, first.at) !== undefined) return [{ start: bodyAt, end: bodyAt, newText: text }];
  const last = (facts.statements ?? []).findLast(({ at, to }) => at >= bodyAt && to <= clause.to)!;
  const end = Math.max(last.to, bodyAt);
  const gap = /^[ \t]*$/.test(source.slice(bodyAt, first.at)) ? first.at : bodyAt;
  const closes = /^[ \t]*\}$/.test(source.slice(end, clause.to)) ? [{ start: end, end: clause.to - 1, newText: ends }] : [];
  return [{ start: bodyAt, end: gap, newText: `${text}${lineBreak(source)}${inner}` }, ...closes];
}

function endOfStatements(source: string): string {
  return /;\s*$/m.test(source) ? ';' : '';
}

function guardAtEnd(source: string, text: readonly string[]): TextEdit {
  const line = lineBreak(source);
  const at = source.length;
  return { start: at, end: at, newText: `${source.endsWith('\n') ? '' : line}${line}${text.join(line)}${line}` };
}
