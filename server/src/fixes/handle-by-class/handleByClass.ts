import type { CoveredCall } from '../../coverage/coveredCall.ts';
import { isWaitedFor } from '../../coverage/waitedFor.ts';
import type { FileFacts, FunctionId, Span } from '../../facts/facts.ts';
import { indexOf } from '../../facts/fileIndex.ts';
import { nameOfCaught } from '../caughtName.ts';
import type { Fix, TextEdit } from '../edit.ts';
import { takesCause, withCauseProperty } from '../errorWithCause.ts';
import type { FixRequest } from '../fixes.ts';
import { type ScriptWriter, scriptWriterOf } from '../writers.ts';
import { branchesOf, guardOf, type Branch } from './branches.ts';
import { freshName, indentAt, indentStep, lineBreak, lines } from '../../languages/writing/writeLayout.ts';

const GUARD = 'isSalesforceError';

/**
 * Lets a catch clause ask what the failure means: what was done about every failure is done about records that must be corrected, the rest is thrown on.
 * Refused where nobody is known to wait for the function: there an error that is thrown on ends the program.
 */
export function handleByClass({ covered, calls, program, types, path, text }: FixRequest): Fix | undefined {
  const facts = program.get(path);
  const source = text(path);
  const writer = facts && scriptWriterOf(facts);
  const { handler, errorShape, looks, call } = covered;
  if (!facts || source === undefined || !writer || facts.damaged || handler?.path !== path || !errorShape?.code.includes('errorCode') || looks.length > 0) return undefined;
  const fn = facts.values[call.value]!.in;
  const clause = facts.functions[fn]!.handlers.find((each) => each.at === handler.at && each.to === handler.to);
  if (!clause || clause.classes || clause.filter !== undefined || isAlone(facts, fn, types.callers.uses(path, fn).length)) return undefined;
  const branches = branchesOf(calls.filter((each) => each.handler?.path === path && each.handler.at === handler.at).flatMap(({ modes }) => modes));
  const caught = nameOfCaught(facts, source, clause);
  if (!caught || !branches.some(({ keeps }) => keeps)) return undefined;
  const known = facts.bindings.some((each) => each.name === GUARD && each.in === 0) && source.includes('errorCode');
  const guard = known ? GUARD : freshName(source, GUARD);
  const thrown = rethrown(`The ${nounOf(covered)} failed`, caught.name, takesCause(facts, program, path), writer, source);
  const edits = [...caught.edits, ...body(facts, source, clause, caught.bodyAt, (step, semicolon, isEmpty) => skeleton(branches, { guard, step, semicolon, isEmpty, name: caught.name, thrown, quote: (each) => writer.quoted(source, each) }))];
  if (!known) edits.push(guardAtEnd(source, guardOf(guard, facts.dialect !== 'javascript', indentStep(source))));
  return { id: 'handle-by-class', title: 'Branch on what the failure means, and throw on what no corrected record would mend', preferred: false, edits: { [path]: edits }, creates: {} };
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
  const lines = [`switch (${guard}(${name}) ? ${name}.errorCode : undefined) {`];
  for (const { codes, advice, keeps } of branches) {
    for (const code of codes) lines.push(`${step}case ${quote(code)}:`);
    lines.push(`${step}${step}// ${advice}`);
    if (keeps && isEmpty) lines.push(`${step}${step}console.error(${name})${semicolon}`);
    lines.push(`${step}${step}${keeps ? 'break' : `throw ${name}`}${semicolon}`);
  }
  return [...lines, `${step}default:`, `${step}${step}throw ${thrown}${semicolon}`, '}'];
}

/** Puts lines at the beginning of a clause, which is unfolded if it stands on one line. */
function body(facts: FileFacts, source: string, clause: Span, bodyAt: number, linesOf: (step: string, semicolon: string, isEmpty: boolean) => string[]): TextEdit[] {
  const line = source.slice(source.lastIndexOf('\n', clause.at) + 1);
  const outer = /^[ \t]*/.exec(line)![0];
  const step = indentStep(source);
  const inner = outer + step;
  const first = (facts.statements ?? []).find(({ at, to }) => at >= bodyAt && to <= clause.to);
  const semicolon = /;\s*$/m.test(source) ? ';' : '';
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

function guardAtEnd(source: string, lines: readonly string[]): TextEdit {
  const line = lineBreak(source);
  const at = source.length;
  return { start: at, end: at, newText: `${source.endsWith('\n') ? '' : line}${line}${lines.join(line)}${line}` };
}
