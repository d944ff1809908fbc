import type { TypeFact } from '../../facts/facts.ts';

/** What a JSDoc comment says of types. */
export interface Jsdoc {
  params: ReadonlyMap<string, TypeFact>;
  returns: TypeFact | undefined;
  type: TypeFact | undefined;
}

/** What may stand between a comment and what it describes: `export const name =`, `static async`, `key:`. */
const BETWEEN = /^\s*(?:(?:export|default|const|let|var|declare|static|public|private|protected|readonly|async|function)\s+)*(?:[\w$.#'"]+\s*[=:(]\s*)?\(?\s*$/;
/** Text looked at between the two, and the longest comment that is read, in UTF-16 code units. */
const REACH = 200;
const LONGEST = 10_000;

/** The part of the text before a place in which the JSDoc comment of what stands there is looked for; it begins with that comment if there is one. */
export function readBefore(text: string, at: number): string {
  const from = Math.max(0, at - REACH);
  const before = text.slice(from, at).lastIndexOf('*/');
  const start = before < 0 ? from : text.lastIndexOf('/**', from + before);
  return text.slice(start < 0 || at - start > REACH + LONGEST ? from : Math.min(from, start), at);
}

/** The JSDoc comment right before a place in a text. */
export function jsdocBefore(text: string, at: number): Jsdoc | undefined {
  const from = Math.max(0, at - REACH);
  const before = text.slice(from, at).lastIndexOf('*/');
  const end = from + before;
  if (before < 0 || !BETWEEN.test(text.slice(end + 2, at))) return undefined;
  const start = text.lastIndexOf('/**', end);
  if (start < 0 || end - start > LONGEST || text.slice(start + 3, end).includes('*/')) return undefined;
  const comment = text.slice(start + 3, end);
  const params = new Map<string, TypeFact>();
  let returns: TypeFact | undefined;
  let type: TypeFact | undefined;
  for (const { tag, braced, rest } of tags(comment)) {
    const named = typeOf(braced);
    if (!named) continue;
    if (tag === 'param' || tag === 'arg' || tag === 'argument') {
      const name = /^\s*\[?([\w$]+)(?![\w$.])/.exec(rest)?.[1];
      if (name) params.set(name, named);
    } else if (tag === 'returns' || tag === 'return') returns = named;
    else type = named;
  }
  return params.size > 0 || returns || type ? { params, returns, type } : undefined;
}

/** The tags with a type in braces, which may hold braces of its own. */
function* tags(comment: string): Generator<{ tag: string; braced: string; rest: string }> {
  const opening = /@(param|arg|argument|returns?|type)\s*\{/g;
  for (let match = opening.exec(comment); match; match = opening.exec(comment)) {
    let depth = 1;
    let index = opening.lastIndex;
    while (index < comment.length && depth > 0) {
      if (comment[index] === '{') depth++;
      else if (comment[index] === '}') depth--;
      index++;
    }
    if (depth > 0) return;
    yield { tag: match[1]!, braced: comment.slice(opening.lastIndex, index - 1), rest: comment.slice(index, index + REACH) };
    opening.lastIndex = index;
  }
}

/** Reads a type as JSDoc writes it: names, generics, arrays, unions, `import('m').Name`, with the marks `?`, `!` and `=`. */
function typeOf(written: string, depth = 0): TypeFact | undefined {
  const text = written.replace(/\s*\n\s*\*?\s*/g, ' ').trim().replace(/^[?!]|[=!?]$/g, '').trim();
  if (depth > 6 || text === '') return undefined;
  const parts = split(text, '|');
  if (parts.length > 1) {
    const of = parts.flatMap((part) => typeOf(part, depth + 1) ?? []);
    return of.length === 0 ? undefined : { k: 'union', of };
  }
  if (text.startsWith('(') && text.endsWith(')')) return typeOf(text.slice(1, -1), depth + 1);
  if (text.endsWith('[]')) {
    const of = typeOf(text.slice(0, -2), depth + 1);
    return of && { k: 'array', of };
  }
  const generic = /^((?:import\(['"][^'"]+['"]\)\.)?[\w$.]+?)\.?<(.*)>$/.exec(text);
  if (generic) return { k: 'ref', name: generic[1]!, args: split(generic[2]!, ',').flatMap((part) => typeOf(part, depth + 1) ?? []) };
  return /^(?:import\(['"][^'"]+['"]\)(?:\.[\w$.]+)?|[\w$.]+)$/.test(text) ? { k: 'ref', name: text, args: [] } : undefined;
}

/** Splits at a sign that stands in no brackets. */
function split(text: string, sign: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of text) {
    if ('<({['.includes(character)) depth++;
    else if ('>)}]'.includes(character)) depth--;
    if (character === sign && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}
