import type { FileFacts, FunctionId, Span } from '../../facts/facts.ts';
import type { Insertion } from './writeImport.ts';

/** A statement whose whole work is one expression: what stands before and after it. */
export interface PlainStatement extends Span {
  /** What becomes of the value of the expression: it is dropped, it gets a new name, it is given to a name that is there, it is returned. */
  use: 'dropped' | 'declared' | 'assigned' | 'returned';
  /** The name that it gets, if it gets one. */
  name?: string;
  /** White space before the statement on its line. */
  indent: string;
  /** Ends statements, in this file's habit: `;` or nothing. */
  semicolon: string;
}

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

/** The innermost statement of a body around a place. */
export function innermostStatement(facts: FileFacts, at: number, to: number): Span | undefined {
  let found: Span | undefined;
  for (const each of facts.statements ?? []) {
    if (each.at > at) break;
    if (each.to >= to) found = each;
  }
  return found;
}

/** White space before a place on its line; undefined where something else stands there. */
export function indentAt(source: string, at: number): string | undefined {
  const line = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*$/.test(line) ? line : undefined;
}

/** The end of the line at which a place stands, before its line end. */
export function lineEndAt(source: string, at: number): number {
  const newline = source.indexOf('\n', at);
  if (newline < 0) return source.length;
  return source[newline - 1] === '\r' && newline > at ? newline - 1 : newline;
}

/** One step of indentation, in this file's habit. @param indent of the place, whose tabs count more than those elsewhere */
export function indentStep(source: string, indent = ''): string {
  if (indent.includes('\t')) return '\t';
  const [, found] = /^(\t| {2,8})\S/m.exec(source.replace(/^ \*.*$/gm, '')) ?? [];
  return found ?? '  ';
}

/** Lines of code below one another, in this file's habit of line ends. */
export function lines(source: string, indent: string, texts: readonly string[]): string {
  return texts.map((text) => (text === '' ? '' : indent + text)).join(lineBreak(source));
}

/** How lines end in this file. */
export function lineBreak(source: string): string {
  return source.includes('\r\n') ? '\r\n' : '\n';
}

/** How texts are quoted in this file. */
export function quoted(source: string, text: string): string {
  const quote = (source.match(/"/g)?.length ?? 0) > (source.match(/'/g)?.length ?? 0) ? '"' : "'";
  return quote + text.replaceAll('\\', '\\\\').replaceAll(quote, `\\${quote}`) + quote;
}

/** A name that nothing in some code has: the wanted one, or one with a number. */
export function freshName(code: string, wanted: string): string {
  const words = new Set(code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}${count}`;
    if (!words.has(name)) return name;
  }
}

/**
 * The edits that make a function async: the word, and the promise round a written type of nothing. Undefined where that cannot be: a constructor, an
 * accessor, a generator, a written type of something.
 */
export function asyncInsertions(facts: FileFacts, source: string, id: FunctionId): (Insertion & { to: number })[] | undefined {
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
