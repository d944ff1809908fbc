import type { CallValue, FileFacts, FunctionId, Span, ValueId } from '../../facts/facts.ts';
import { indexOf } from '../../facts/fileIndex.ts';
import { valuesWithin } from '../../facts/positions.ts';
import type { Fix, TextEdit } from '../edit.ts';
import type { FixRequest } from '../fixes.ts';
import { writerOf, type Writer } from '../writers.ts';

/** Errors of the language itself, which take a cause as an option of their second argument. */
const OWN_ERRORS = new Set(['Error', 'TypeError', 'RangeError', 'EvalError', 'SyntaxError', 'ReferenceError', 'URIError']);
/** Libraries of the language that know that option. */
const KNOWS_CAUSE = /^es(?:20(?:2[2-9]|[3-9]\d)|next)(?:\.error)?$/;

/** Gives the error that is thrown in place of the caught one that one as its cause, which shows in logs and debuggers and in no answer to strangers. */
export function rethrowWithCause({ covered, program, text }: FixRequest): Fix | undefined {
  const lost = covered.loses;
  const facts = lost && program.get(lost.path);
  const source = lost && text(lost.path);
  const writer = facts && writerOf(facts);
  if (!lost || !facts || source === undefined || !writer || lost.path !== covered.call.path) return undefined;
  const id = valuesWithin(facts, lost.at, lost.to).find((each) => facts.values[each]!.at === lost.at && facts.values[each]!.to === lost.to && facts.values[each]!.k === 'call');
  const thrown = id === undefined ? undefined : facts.values[id]!;
  if (thrown?.k !== 'call' || !(thrown.construct || isOwnError(facts, thrown)) || thrown.decorates) return undefined;
  const caught = caughtAt(facts, source, writer, thrown, covered.call.value, covered.call.args.at(-1));
  if (!caught) return undefined;
  const libraries = facts.dialect === 'javascript' ? ['esnext'] : (program.projects.librariesOf(lost.path) ?? []);
  const edits = withOption(facts, source, thrown, caught.name, libraries.some((each) => KNOWS_CAUSE.test(each))) ?? withProperty(source, writer, thrown, caught.name);
  return {
    id: 'rethrow-with-cause', title: 'Keep the failure as the cause of the new error', preferred: true, safe: true,
    edits: { [lost.path]: [...caught.edits, ...edits] }, creates: {},
  };
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
  return /^\s*\)$/.test(source.slice(to, thrown.to)) ? [{ start: to, end: to, newText: `, { cause: ${name} }` }] : undefined;
}

/** The same for any class and language: a property as the option makes it, which is not among those that an error is written out with. */
function withProperty(source: string, writer: Writer, { at, to }: Span, name: string): TextEdit[] {
  return [
    { start: at, end: at, newText: 'Object.defineProperty(' },
    { start: to, end: to, newText: `, ${writer.quoted(source, 'cause')}, { value: ${name}, configurable: true, writable: true })` },
  ];
}

interface Caught {
  name: string;
  /** Edits that give it this name, where it has none. */
  edits: TextEdit[];
}

/** What the failure is called where the new error is made: in the catch clause around it, or in the function that is given the failure. */
function caughtAt(facts: FileFacts, source: string, writer: Writer, { at, to, in: fnId }: Span & { in: FunctionId }, call: ValueId, callback: ValueId | undefined): Caught | undefined {
  const clauses = facts.functions[fnId]!.handlers.filter((each) => each.at <= at && to <= each.to);
  const request = facts.values[call]!;
  if (clauses.length > 1) return undefined;
  const [clause] = clauses;
  if (clause) return clause.at <= request.at && request.to <= clause.to ? undefined : inClause(facts, source, writer, clause);
  const literal = indexOf(facts).functionValue.get(fnId);
  return literal !== undefined && (literal === callback || isRejectionHandler(facts, literal)) ? inFunction(facts, source, writer, fnId) : undefined;
}

function inClause(facts: FileFacts, source: string, writer: Writer, { at, to }: Span): Caught | undefined {
  const head = /^catch\s*(?:\(\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::\s*\w+\s*)?\)\s*)?\{/u.exec(source.slice(at, to));
  if (!head) return undefined;
  const name = head[1];
  if (name === undefined) {
    const wanted = nameFor(source.slice(at, to), source, writer);
    return { name: wanted, edits: [{ start: at + 5, end: at + 5, newText: ` (${wanted})` }] };
  }
  const others = facts.bindings.filter((each) => each.name === name && each.at > at + head[0].length && each.at < to);
  return others.length > 0 ? undefined : { name, edits: [] };
}

function isRejectionHandler(facts: FileFacts, literal: ValueId): boolean {
  return (indexOf(facts).consumers[literal] ?? []).some((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return call?.k === 'call' && ((call.protocol === 'catch' && call.args[0] === literal) || (call.protocol === 'then' && call.args[1] === literal));
  });
}

function inFunction(facts: FileFacts, source: string, writer: Writer, fnId: FunctionId): Caught | undefined {
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
  const wanted = nameFor(own, source, writer);
  const place = at + head[0].length;
  return { name: wanted, edits: [{ start: place, end: place, newText: wanted }] };
}

/** `error`, unless the code that would see it has something of that name. */
function nameFor(own: string, source: string, writer: Writer): string {
  return /\berror\b/.test(own.replace(/(['"`])(?:\\.|(?!\1)[^\\\n])*\1/g, '')) ? writer.freshName(source, 'failure') : 'error';
}
