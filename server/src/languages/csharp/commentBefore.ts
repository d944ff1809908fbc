/**
 * The sign of a comment line before the line that begins at `lineStart`; `none` where that line goes on with a text or a comment of many lines. Time linear
 * in the text.
 */
export function commentBefore(text: string, lineStart: number): '//' | 'none' {
  const token = /\/\/[^\n]*|\/\*|"""+|[$@]*"|'(?:[^'\\\n]|\\.)*'?/g;
  for (let match = token.exec(text); match && match.index < lineStart; match = token.exec(text)) {
    const [found] = match;
    if (found === '/*') token.lastIndex = after(text, '*/', token.lastIndex);
    else if (found.startsWith('"""')) token.lastIndex = after(text, found, token.lastIndex);
    else if (found.endsWith('"')) token.lastIndex = found.includes('@') ? endOfVerbatim(text, token.lastIndex) : endOfLineText(text, token.lastIndex);
    if (token.lastIndex > lineStart) return 'none';
  }
  return '//';
}

function after(text: string, sign: string, from: number): number {
  const at = text.indexOf(sign, from);
  return at < 0 ? text.length + 1 : at + sign.length;
}

/** `@"…"` ends at a quote that is not doubled. */
function endOfVerbatim(text: string, from: number): number {
  for (let at = text.indexOf('"', from); at >= 0; at = text.indexOf('"', at + 2)) if (text[at + 1] !== '"') return at + 1;
  return text.length + 1;
}

/** `"…"` ends at a quote without a backslash, or with its line. */
function endOfLineText(text: string, from: number): number {
  for (let at = from; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"' || text[at] === '\n') return text[at] === '"' ? at + 1 : at;
  }
  return text.length;
}
