import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { CallValue, FileFacts, FunctionId, Span, ValueId } from '../../facts/facts.ts';
import { indexOf } from '../../facts/fileIndex.ts';
import { valuesWithin } from '../../facts/positions.ts';
import type { Writer } from '../../languages/writing/writer.ts';
import type { Program } from '../../resolve/program.ts';
import { freeName, nameOfCaught, promiseOfHandler, type CaughtName } from '../caughtName.ts';
import type { Fix, TextEdit } from '../edit.ts';
import { takesCause, withCauseProperty } from '../errorWithCause.ts';
import type { FixRequest } from '../fixes.ts';
import { type ScriptWriter, scriptWriterOf, writerOf } from '../writers.ts';

/** Errors of the language itself, which take a cause as an option of their second argument. */
const OWN_ERRORS = new Set(['Error', 'TypeError', 'RangeError', 'EvalError', 'SyntaxError', 'ReferenceError', 'URIError']);
/** Gives the error that is thrown in place of the caught one that one as its cause, which shows in logs and debuggers and in no answer to strangers. */
export function rethrowWithCause({ covered, program, text }: FixRequest): Fix | undefined {
  const lost = covered.loses;
  const facts = lost && program.get(lost.path);
  const source = lost && text(lost.path);
  const writer = facts && scriptWriterOf(facts);
  const other = facts && writerOf(facts);
  if (!lost || !facts || source === undefined || !other || lost.path !== covered.call.path) return undefined;
  const id = valuesWithin(facts, lost.at, lost.to).find((each) => facts.values[each]!.at === lost.at && facts.values[each]!.to === lost.to && facts.values[each]!.k === 'call');
  const thrown = id === undefined ? undefined : facts.values[id]!;
  if (thrown?.k !== 'call' || !(thrown.construct || isOwnError(facts, thrown)) || thrown.decorates) return undefined;
  const edits = writer ? inScript(facts, source, writer, program, covered, thrown) : inClause(facts, source, other, thrown, covered.call.value);
  return edits && { id: 'rethrow-with-cause', title: 'Keep the failure as the cause of the new error', preferred: true, safe: true, edits: { [lost.path]: edits }, creates: {} };
}

/** Where errors are objects of any form: as an option of the new error, or as a property. */
function inScript(facts: FileFacts, source: string, writer: ScriptWriter, program: Program, { call }: CoveredCall, thrown: CallValue & Span & { in: FunctionId }): TextEdit[] | undefined {
  const caught = caughtAt(facts, source, thrown, call.value, call.args.at(-1));
  return caught && [...caught.edits, ...(withOption(facts, source, thrown, caught.name, takesCause(facts, program, call.path)) ?? withProperty(source, writer, thrown, caught.name))];
}

/** Where the language says what the cause of an error is, in the one clause around it. */
function inClause(facts: FileFacts, source: string, writer: Writer, thrown: CallValue & Span & { in: FunctionId }, call: ValueId): TextEdit[] | undefined {
  const clauses = facts.functions[thrown.in]!.handlers.filter((each) => each.at <= thrown.at && thrown.to <= each.to);
  const request = facts.values[call]!;
  const [clause] = clauses;
  if (!clause || clauses.length > 1 || (clause.at <= request.at && request.to <= clause.to)) return undefined;
  return writer.causeEdits?.(facts, source, thrown, clause)?.map(({ at, to, text }) => ({ start: at, end: to, newText: text }));
}

function isOwnError(facts: FileFacts, { callee }: CallValue): boolean {
  const value = facts.values[callee]!;
  return value.k === 'global' && OWN_ERRORS.has(value.name);
}

/** `new Error('…', { cause: error })`, where class and language take it. */
function withOption(facts: FileFacts, source: string, thrown: CallValue & Span, name: string, known: boolean): TextEdit[] | undefined {
  const [message, ...others] = thrown.args;
  if (!known || !isOwnError(facts, thrown) || message === undefined || others.length > 0 || thrown.spread) return undefined;
  const { to } = facts.values[message]!;
  return /^\s*,?\s*\)$/.test(source.slice(to, thrown.to)) ? [{ start: to, end: to, newText: `, { cause: ${name} }` }] : undefined;
}

function withProperty(source: string, writer: ScriptWriter, { at, to }: Span, name: string): TextEdit[] {
  const { before, after } = withCauseProperty(writer, source, name);
  return [{ start: at, end: at, newText: before }, { start: to, end: to, newText: after }];
}

/** What the failure is called where the new error is made: in the catch clause around it, or in the function that is given the failure. */
function caughtAt(facts: FileFacts, source: string, { at, to, in: fnId }: Span & { in: FunctionId }, call: ValueId, callback: ValueId | undefined): Pick<CaughtName, 'name' | 'edits'> | undefined {
  const clauses = facts.functions[fnId]!.handlers.filter((each) => each.at <= at && to <= each.to);
  const request = facts.values[call]!;
  if (clauses.length > 1) return undefined;
  const [clause] = clauses;
  if (clause) return clause.at <= request.at && request.to <= clause.to ? undefined : nameOfCaught(facts, source, clause);
  const literal = indexOf(facts).functionValue.get(fnId);
  return literal !== undefined && (literal === callback || promiseOfHandler(facts, fnId) !== undefined) ? inFunction(facts, source, fnId) : undefined;
}

function inFunction(facts: FileFacts, source: string, fnId: FunctionId): Pick<CaughtName, 'name' | 'edits'> | undefined {
  const { at, to, params } = facts.functions[fnId]!;
  const own = source.slice(at, to);
  const [first] = params;
  if (first) {
    const { name, binding } = first;
    const isHidden = facts.bindings.some((each, id) => each.name === name && id !== binding && each.at > at && each.at < to);
    return name === undefined || isHidden ? undefined : { name, edits: [] };
  }
  const head = /^(?:async\s*)?(?:function\s*[\p{ID_Continue}$]*\s*)?\(/u.exec(own);
  if (!head || !/^\s*\)/.test(own.slice(head[0].length))) return undefined;
  const wanted = freeName(own);
  // Where the client has no types, the compiler wants one here.
  const place = at + head[0].length;
  return { name: wanted, edits: [{ start: place, end: place, newText: facts.dialect === 'javascript' ? wanted : `${wanted}: unknown` }] };
}
