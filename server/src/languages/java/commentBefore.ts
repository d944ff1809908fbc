/**
 * The sign of a comment line before the line that begins at `lineStart`; `none` where that line goes on with a text of many lines or stands in a comment. Time
 * linear in the text.
 */
export function commentBefore(text: string, lineStart: number): '//' | 'none' {
  const token = /\/\/[^\n]*|\/\*|"""|"(?:[^"\\\n]|\\[\s\S])*"?|'(?:[^'\\\n]|\\[\s\S])*'?/g;
  for (let match = token.exec(text); match && match.index < lineStart; match = token.exec(text)) {
    const [found] = match;
    if (found === '/*') {
      const end = text.indexOf('*/', token.lastIndex);
      token.lastIndex = end < 0 ? text.length + 1 : end + 2;
    } else if (found === '"""') token.lastIndex = endOfText(text, token.lastIndex);
    if (token.lastIndex > lineStart) return 'none';
  }
  return '//';
}

function endOfText(text: string, from: number): number {
  for (let at = text.indexOf('"""', from); at >= 0; at = text.indexOf('"""', at + 1)) if (text[at - 1] !== '\\') return at + 3;
  return text.length + 1;
}
