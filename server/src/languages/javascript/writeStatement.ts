import type { FileFacts, FunctionId, Span } from '../../facts/facts.ts';
import { freeOf, indentAt, innermostStatement, lineBreak } from '../writing/writeLayout.ts';
import type { PlaceBefore } from '../writing/writer.ts';

/** What may stand between the start of a statement and its outermost expression, so that the expression is evaluated first and once. */
const HEAD = /^(?:(?:export\s+)?(?:const|let|var)\s+[^=;()]*=\s*|return\s+|throw\s+|if\s*|(?:this|[A-Za-z_$][\w$]*)(?:\??\.[\w$]+)*\s*=\s*)?\(*$/;

/** The place before the statement of an expression, where the statement begins a line of a body: what is put there runs just before it, and as often. Undefined elsewhere. */
export function placeBefore(facts: FileFacts, source: string, { at, to }: Span): PlaceBefore | undefined {
  const statement = facts.damaged ? undefined : innermostStatement(facts, at, to);
  const indent = statement && indentAt(source, statement.at);
  if (!statement || indent === undefined || !HEAD.test(source.slice(statement.at, at))) return undefined;
  return { at: statement.at, indent, newline: lineBreak(source), semicolon: endOfStatements(source) };
}

function endOfStatements(source: string): string {
  return /;[^\S\n]*\r?$/m.test(source) ? ';' : '';
}

/**
 * The insertions that put the body of a function into something, one step further in; undefined where the body does not stand on lines of its own, or a text in it
 * goes over lines.
 * @param open what is put before the body, on a line of its own
 * @param close what is put after it, without the end of its statement
 */
export function bodyWrap(facts: FileFacts, source: string, id: FunctionId, open: string, close: string): { start: number; end: number; newText: string }[] | undefined {
  const { at, to } = facts.functions[id]!;
  const first = facts.damaged ? undefined : (facts.statements ?? []).find((each) => each.at > at && each.to <= to);
  const inner = first && indentAt(source, first.at);
  const outer = indentAt(source, to - 1);
  if (!first || inner === undefined || outer === undefined || !inner.startsWith(outer) || inner === outer || !/\{\s*$/.test(source.slice(at, first.at)) || source[to - 1] !== '}') return undefined;
  if (/`[^`]*\n[^`]*`/.test(source.slice(first.at, to))) return undefined;
  const step = inner.slice(outer.length);
  const newline = lineBreak(source);
  const begin = first.at - inner.length;
  const end = to - 1 - outer.length;
  const lines = [...source.slice(first.at, end).matchAll(/\n(?=[^\S\r\n]*\S)/g)].map(({ index }) => first.at + index + 1);
  return [
    { start: begin, end: begin, newText: `${inner}${open}${newline}${step}` },
    ...lines.map((line) => ({ start: line, end: line, newText: step })),
    { start: end, end, newText: `${inner}${close}${endOfStatements(source)}${newline}` },
  ];
}

const RESERVED = new Set((
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null ' +
  'package private protected public return static super switch this throw true try typeof undefined var void while with yield arguments eval async of'
).split(' '));

/** A name for a new constant, made of a word: `getAccountRecord` gives `accountRecord`. */
export function constantName(word: string, taken: (name: string) => boolean): string {
  const bare = word.replace(/^#/, '').replace(/^(?:get|build|make|create|to|fetch|load|find|compute|generate|read|as|derive|extract|resolve|calculate|format|parse)(?=[A-Z])/, '').replace(/__[cr]$/i, '').replace(/[^\w$]/g, '').replace(/^\d+/, '');
  const base = bare === '' ? 'value' : bare.replace(/^(?:[A-Z]+(?![a-z])|[A-Z])/, (head) => head.toLowerCase());
  return freeOf(base, (name) => RESERVED.has(name) || taken(name));
}

/** Gives an expression a name of its own. */
export function constant(_source: string, name: string, value: string): string {
  return `const ${name} = ${value}`;
}
