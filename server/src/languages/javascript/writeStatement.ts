/**
 * The text with comments, the insides of strings, templates and regular expressions made blank, at its full length, so that brackets and words in it are those of
 * the code. What is not closed is blank to its end.
 */
export function codeOnly(text: string): string {
  if (latest?.text !== text) latest = { text, code: withoutTexts(text) };
  return latest.code;
}

/** Of the text that was asked for last: several fixes of a file ask one after the other. */
let latest: { text: string; code: string } | undefined;

function withoutTexts(text: string): string {
  const out = text.split('');
  const blank = (from: number, to: number): number => {
    for (let at = from; at < to; at++) if (out[at] !== '\n' && out[at] !== '\r') out[at] = ' ';
    return to;
  };
  // Templates whose `${` is open: braces that are open in each.
  const open: number[] = [];
  let before = '';
  for (let at = 0; at < text.length; ) {
    const char = text[at]!;
    if (char === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      at = blank(at, commentEnd(text, at));
      continue;
    }
    const continues = char === '}' && open.at(-1) === 0;
    if (char === '`' || continues) {
      if (continues) open.pop();
      const stop = blank(at + 1, closing(text, at + 1, '`'));
      const goesOn = text[stop] === '$';
      if (goesOn) open.push(0);
      at = stop + (goesOn ? 2 : 1);
      before = goesOn ? '{' : '`';
      continue;
    }
    if (char === "'" || char === '"') at = blank(at + 1, closing(text, at + 1, char)) + 1;
    else if (char === '/' && /[(,=:[!&|?{};+\-*%<>~^]|^$/.test(before)) at = blank(at + 1, patternEnd(text, at + 1)) + 1;
    else {
      if (open.length > 0 && (char === '{' || char === '}')) open[open.length - 1]! += char === '{' ? 1 : -1;
      at++;
    }
    if (!/\s/.test(char)) before = char;
  }
  return out.join('');
}

function commentEnd(text: string, at: number): number {
  const end = text[at + 1] === '/' ? text.indexOf('\n', at) : text.indexOf('*/', at + 2);
  return end < 0 ? text.length : text[at + 1] === '/' ? end : end + 2;
}

/** Where a string or a template stops: at its quote, a template also at `${`, a string at the end of its line. */
function closing(text: string, from: number, quote: string): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === quote || (quote === '`' ? text.startsWith('${', at) : text[at] === '\n')) return at;
  }
  return text.length;
}

function patternEnd(text: string, from: number): number {
  let inClass = false;
  for (let at = from; at < text.length && text[at] !== '\n'; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '[') inClass = true;
    else if (text[at] === ']') inClass = false;
    else if (text[at] === '/' && !inClass) return at;
  }
  return from;
}

/** Where a line can be put before the statement that begins with an expression, and how it is written. */
export interface StatementSlot {
  at: number;
  indent: string;
  newline: string;
  semicolon: string;
}

/** What may stand between the start of a statement and its one expression. */
const HEAD = /^(?:(?:export\s+)?(?:const|let|var)\s+[^=;()]*=\s*|return\s+|throw\s+|if\s*|(?:this|[A-Za-z_$][\w$]*)(?:\??\.[\w$]+)*\s*=\s*)?\(*$/;

/**
 * The place before the statement of an expression, where the statement stands on lines of its own in a block, so that what is put there runs just before it and as
 * often; undefined where that is not sure.
 * @param at where the statement's outermost expression begins
 */
export function statementSlot(source: string, at: number): StatementSlot | undefined {
  const code = codeOnly(source);
  const line = source.lastIndexOf('\n', at - 1) + 1;
  const indent = /^[^\S\r\n]*/.exec(source.slice(line, at))![0];
  if (!HEAD.test(code.slice(line + indent.length, at))) return undefined;
  const above = code.slice(0, line).trimEnd();
  const last = above.at(-1) ?? ';';
  if (!/[;{}\])'"`\w$]/.test(last) || /(?:^|[^\w$.])(?:else|do|return|of|in|await|typeof|new|case|extends|yield|throw|void|delete)$/.test(above)) return undefined;
  if (last === ')' && isHeader(above)) return undefined;
  return { at: line + indent.length, indent, newline: source.includes('\r\n') ? '\r\n' : '\n', semicolon: /;[^\S\n]*\r?$/m.test(source) ? ';' : '' };
}

/** Whether the last parenthesis closes what `if`, `for` or `while` asks, so that the next statement is its body. */
function isHeader(code: string): boolean {
  const open = openingOf(code, code.length - 1);
  return open === undefined || /(?:^|[^\w$.])(?:if|for|while|with|await)\s*$/.test(code.slice(Math.max(0, open - 20), open));
}

/** The bracket that a closing one closes. @param code as `codeOnly` gives it */
export function openingOf(code: string, closing: number): number | undefined {
  let depth = 0;
  for (let at = closing; at >= 0; at--) {
    if (')]}'.includes(code[at]!)) depth++;
    else if ('([{'.includes(code[at]!) && --depth === 0) return at;
  }
  return undefined;
}

/**
 * The insertions that put the body of a function into something, one step further in; undefined where the function has no braces or a text in it goes over lines.
 * @param to where the function ends
 * @param open what is put before the body, on a line of its own
 * @param close what is put after it, without the end of its statement
 */
export function bodyWrap(source: string, to: number, open: string, close: string): { start: number; end: number; newText: string }[] | undefined {
  const code = codeOnly(source);
  const opening = code[to - 1] === '}' ? openingOf(code, to - 1) : undefined;
  if (opening === undefined || /`[^`]*\n[^`]*`/.test(source.slice(opening, to))) return undefined;
  const newline = source.includes('\r\n') ? '\r\n' : '\n';
  const semicolon = /;[^\S\n]*\r?$/m.test(source) ? ';' : '';
  const outer = /^[^\S\r\n]*/.exec(source.slice(source.lastIndexOf('\n', to - 1) + 1))![0];
  const lines = [...source.slice(opening, to - 1).matchAll(/\n([^\S\r\n]*)(?=[^\s])/g)];
  const inner = lines[0]?.[1];
  // The body stands on lines of its own, further in than its end.
  if (inner === undefined || !inner.startsWith(outer) || inner === outer || !/^\s*$/.test(source.slice(source.lastIndexOf('\n', to - 1) + 1, to - 1)) || !/^\{[^\S\n]*\r?\n/.test(source.slice(opening))) return undefined;
  const step = inner.slice(outer.length);
  const start = (line: RegExpMatchArray): number => opening + line.index! + 1;
  const last = source.lastIndexOf('\n', to - 1) + 1;
  return [
    { start: start(lines[0]!), end: start(lines[0]!), newText: `${inner}${open}${newline}${step}` },
    ...lines.slice(1).map((line) => ({ start: start(line), end: start(line), newText: step })),
    { start: last, end: last, newText: `${inner}${close}${semicolon}${newline}` },
  ];
}

const RESERVED = new Set((
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null ' +
  'package private protected public return static super switch this throw true try typeof undefined var void while with yield arguments eval async of'
).split(' '));

/** A name for a new constant, made of a word: `getAccountRecord` gives `accountRecord`. */
export function constantName(word: string, taken: (name: string) => boolean): string {
  const bare = word.replace(/^#/, '').replace(/^(?:get|build|make|create|to|fetch|load|find|compute|generate|read|as)(?=[A-Z])/, '').replace(/__[cr]$/i, '').replace(/[^\w$]/g, '').replace(/^\d+/, '');
  const base = bare === '' ? 'value' : bare.replace(/^(?:[A-Z]+(?![a-z])|[A-Z])/, (head) => head.toLowerCase());
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}${number}`;
    if (!RESERVED.has(name) && !taken(name)) return name;
  }
}
