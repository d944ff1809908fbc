/**
 * The sign of a comment line before the line that begins at `lineStart`; `none` where that line goes on with a text of many lines, or with a line that a
 * backslash joins to it. Time linear in the text.
 */
export function commentBefore(text: string, lineStart: number): '#' | 'none' {
  const token = /#[^\n]*|'''|"""|'(?:[^'\\\n]|\\[\s\S])*'?|"(?:[^"\\\n]|\\[\s\S])*"?/g;
  for (let match = token.exec(text); match && match.index < lineStart; match = token.exec(text)) {
    const [found] = match;
    if (found === "'''" || found === '"""') token.lastIndex = endOf(text, found, token.lastIndex);
    if (token.lastIndex > lineStart) return 'none';
  }
  return /\\\r?\n$/.test(text.slice(Math.max(0, lineStart - 3), lineStart)) ? 'none' : '#';
}

/** Where a text of many lines ends: after its closing quotes, else with the file. */
function endOf(text: string, quotes: string, from: number): number {
  for (let at = text.indexOf(quotes, from); at >= 0; at = text.indexOf(quotes, at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return at + quotes.length;
  }
  return text.length + 1;
}
