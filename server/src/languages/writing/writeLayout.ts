import type { FileFacts, Span } from '../../facts/facts.ts';

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

/** A name that nothing in some code has: the wanted one, or one with a number. */
export function freshName(code: string, wanted: string): string {
  const words = new Set(code.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
  return freeOf(wanted, (name) => words.has(name));
}

/** The wanted name, or the first with a number that is not taken. */
export function freeOf(wanted: string, taken: (name: string) => boolean): string {
  for (let count = 1; ; count++) {
    const name = count === 1 ? wanted : `${wanted}${count}`;
    if (!taken(name)) return name;
  }
}
