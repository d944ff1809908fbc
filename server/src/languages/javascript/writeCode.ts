import type { FileFacts, FunctionId, Span } from '../../facts/facts.ts';
import { indentAt, innermostStatement, lineEndAt } from '../writing/writeLayout.ts';
import type { Insertion, PlainStatement } from '../writing/writer.ts';

/**
 * The statement in which an expression stands, where that is all it does and where other statements can be put beside it. Undefined where the statement
 * does more, is the body of an `if` without braces, or shares its line.
 */
export function plainStatement(facts: FileFacts, source: string, expression: Span): PlainStatement | undefined {
  const around = statementOf(facts, source, expression);
  if (!around) return undefined;
  const { head, ...place } = around;
  if (head === '') return { ...place, use: 'dropped' };
  if (/^return\s+$/.test(head)) return { ...place, use: 'returned' };
  const declared = /^(?:const|let|var)\s+([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::[^=>]*)?=\s*$/u.exec(head);
  if (declared) return { ...place, use: 'declared', name: declared[1]! };
  const assigned = /^([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*=\s*$/u.exec(head);
  return assigned ? { ...place, use: 'assigned', name: assigned[1]! } : undefined;
}

/** A statement that takes the value of an expression apart and does nothing else: `const { records } = …`. */
export interface TakenApart extends Pick<PlainStatement, 'at' | 'to' | 'indent' | 'semicolon'> {
  /** `const`, `let` or `var`. */
  keyword: string;
  /** The pattern, as it is written. */
  pattern: string;
}

/** The statement that takes the value of an expression apart into names, where it does just that. */
export function takenApart(facts: FileFacts, source: string, expression: Span): TakenApart | undefined {
  const around = statementOf(facts, source, expression);
  const found = around && /^(const|let|var)\s+(\{[^{}]*\})\s*=\s*$/.exec(around.head);
  if (!found) return undefined;
  const { at, to, indent, semicolon } = around;
  return { at, to, indent, semicolon, keyword: found[1]!, pattern: found[2]! };
}

/** The statement that ends with an expression, on lines of its own, and what stands in it before that. */
function statementOf(facts: FileFacts, source: string, { at, to }: Span): (Omit<PlainStatement, 'use' | 'name'> & { head: string }) | undefined {
  const around = facts.damaged ? undefined : innermostStatement(facts, at, to);
  // Where no semicolon ends a statement, the parser ends it behind the comment that follows.
  const end = around && (/^;$/.test(source.slice(to, around.to)) ? around.to : /^\s*(?:\/\/[^\n]*\s*)?$/.test(source.slice(to, around.to)) ? to : undefined);
  if (!around || end === undefined) return undefined;
  const indent = indentAt(source, around.at);
  if (indent === undefined || !/^[ \t]*(?:\/\/[^\n]*)?\r?$/.test(source.slice(end, lineEndAt(source, end)))) return undefined;
  return { at: around.at, to: end, indent, semicolon: source[end - 1] === ';' ? ';' : '', head: source.slice(around.at, at) };
}

/** How texts are quoted in this file. */
export function quoted(source: string, text: string): string {
  const quote = (source.match(/"/g)?.length ?? 0) > (source.match(/'/g)?.length ?? 0) ? '"' : "'";
  return quote + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

/**
 * The edits that make a function async: the word, and the promise round a written type of nothing. Undefined where that cannot be: a constructor, an
 * accessor, a generator, a written type of something.
 */
export function asyncInsertions(facts: FileFacts, source: string, id: FunctionId): Insertion[] | undefined {
  const fn = facts.functions[id]!;
  if (fn.async || fn.generator || !['function', 'arrow', 'method'].includes(fn.kind) || fn.decorators.length > 0) return undefined;
  const modifiers = fn.kind === 'method' ? (/^(?:(?:public|private|protected|static|override)\s+)*/.exec(source.slice(fn.at))?.[0].length ?? 0) : 0;
  const word = { at: fn.at + modifiers, to: fn.at + modifiers, text: 'async ' };
  const first = (facts.statements ?? []).find(({ at, to }) => at > fn.at && to <= fn.to);
  const head = source.slice(fn.at, first?.at ?? fn.at);
  if (/(?:\)|^[\p{ID_Continue}$]+)\s*(?:=>\s*)?\{\s*$/u.test(head)) return [word];
  const typed = /\)\s*:\s*(void)\s*(?:=>\s*)?\{\s*$/.exec(head);
  if (!typed) return undefined;
  const at = fn.at + typed.index + typed[0].indexOf('void');
  return [word, { at, to: at + 4, text: 'Promise<void>' }];
}
