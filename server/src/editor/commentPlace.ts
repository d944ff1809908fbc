/**
 * How a comment line can be put before a line of JavaScript or TypeScript: `code` as `// ...`, `jsx-text` as an expression that holds a comment, `none`
 * not at all, because the line begins inside a string, a template or a comment.
 */
export type CommentPlace = 'code' | 'jsx-text' | 'none';

type Mode = 'code' | 'template' | 'tag' | 'children';

/** Words after which an expression begins, so that `/` opens a regular expression and `<` an element. */
const BEFORE_EXPRESSION = new Set([
  'return', 'typeof', 'case', 'in', 'of', 'delete', 'void', 'throw', 'new', 'else', 'do', 'await', 'yield', 'instanceof', 'default',
]);

/**
 * Reads the text up to `lineStart` by its tokens and says where that leaves off. `jsx` says whether the language has elements. Broken code may be
 * misread, as any editor would; an answer is always given, in time linear in the text.
 */
export function commentPlace(text: string, lineStart: number, jsx: boolean): CommentPlace {
  const end = Math.min(lineStart, text.length);
  const modes: Mode[] = ['code'];
  let at = 0;
  /** The last token: a word, or one character of punctuation. */
  let last = '';
  while (at < end) {
    const mode = modes[modes.length - 1] as Mode;
    const character = text[at] as string;
    if (mode === 'template') {
      if (character === '`') leave('`');
      else if (text.startsWith('${', at)) enter('code', 2);
      else at += character === '\\' ? 2 : 1;
    } else if (mode === 'children') {
      if (character === '{') enter('code', 1);
      else if (text.startsWith('</', at)) {
        at = after('>', at + 2);
        modes.pop();
        last = ')';
      } else if (character === '<') enter('tag', 1);
      else at++;
    } else if (text.startsWith('//', at)) at = before('\n', at);
    else if (text.startsWith('/*', at)) {
      at = after('*/', at + 2);
    } else if (mode === 'tag') {
      if (character === '"' || character === "'") at = after(character, at + 1);
      else if (character === '{') enter('code', 1);
      else if (text.startsWith('/>', at)) {
        at++;
        leave(')');
      } else if (character === '>') {
        modes[modes.length - 1] = 'children';
        at++;
      } else at++;
    } else codeToken(character);
  }
  // A token that began before the line and ends after its start covers it; one that ends exactly there does not.
  if (at > end) return 'none';
  const mode = modes[modes.length - 1] as Mode;
  return mode === 'template' ? 'none' : mode === 'children' ? 'jsx-text' : 'code';

  function codeToken(character: string): void {
    if (/\s/.test(character)) at++;
    else if (character === '"' || character === "'") {
      at = afterString(character, at + 1);
      last = ')';
    } else if (character === '`') enter('template', 1);
    else if (character === '{') enter('code', 1);
    else if (character === '}') leave('}');
    else if (character === '/' && expressionMayBegin()) {
      at = afterRegularExpression(at + 1);
      last = ')';
    } else if (character === '<' && jsx && expressionMayBegin() && /^<(?:>|[A-Za-z_$])/.test(text.slice(at, at + 2)) && !isTypeParameters(at)) {
      enter('tag', 1);
    } else if (/[\w$]/.test(character)) {
      const word = /[\w$]+/y;
      word.lastIndex = at;
      last = word.exec(text)?.[0] ?? character;
      at += last.length;
    } else {
      last = character;
      at++;
    }
  }

  function enter(mode: Mode, length: number): void {
    modes.push(mode);
    at += length;
    last = '';
  }

  function leave(token: string): void {
    if (modes.length > 1) modes.pop();
    at++;
    last = token === '`' ? ')' : token;
  }

  function expressionMayBegin(): boolean {
    if (last === '') return true;
    return /^[\w$]/.test(last) ? BEFORE_EXPRESSION.has(last) : last !== ')' && last !== ']';
  }

  /** `<T,>(...)`, `<T extends X>(...)` and `<T>(...)` are functions with type parameters. */
  function isTypeParameters(from: number): boolean {
    return /^<\s*(?:const\s+)?[\w$]+\s*(?:,|extends\b|=[^>]|>\s*\()/.test(text.slice(from, from + 200)) && !/^<[\w$]+\s+[\w$-]+=/.test(text.slice(from, from + 200));
  }

  function before(sought: string, from: number): number {
    const found = text.indexOf(sought, from);
    return found === -1 ? text.length : found;
  }

  function after(sought: string, from: number): number {
    const found = text.indexOf(sought, from);
    return found === -1 ? text.length + 1 : found + sought.length;
  }

  /** A string ends at its quote, or, forgotten, at the end of its line. */
  function afterString(quote: string, from: number): number {
    for (let index = from; index < text.length; index++) {
      const character = text[index];
      if (character === '\\') index += text.startsWith('\r\n', index + 1) ? 2 : 1;
      else if (character === quote) return index + 1;
      else if (character === '\n') return index;
    }
    return text.length;
  }

  function afterRegularExpression(from: number): number {
    let inClass = false;
    for (let index = from; index < text.length; index++) {
      const character = text[index];
      if (character === '\n') return from;
      if (character === '\\') index++;
      else if (character === '[') inClass = true;
      else if (character === ']') inClass = false;
      else if (character === '/' && !inClass) return index + 1;
    }
    return from;
  }
}
