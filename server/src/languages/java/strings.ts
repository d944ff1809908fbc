import type { ValueId } from '../../facts/facts.ts';
import type { SyntaxNode } from '../lowering/syntax.ts';
import { type Part, textOf } from '../lowering/texts.ts';
import type { JavaContext } from './javaContext.ts';

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', s: ' ', 0: '\0', '\n': '' };

/** The text of a string, a text block or a character. */
export function stringText(ctx: JavaContext, node: SyntaxNode): string {
  const written = ctx.slice(node);
  if (written.startsWith('"""')) return unescaped(withoutMargin(written.slice(3).replace(/"""$/, '')));
  const quote = written[0] === "'" ? "'" : '"';
  return unescaped(written.slice(1, written.length > 1 && written.endsWith(quote) ? -1 : undefined));
}

/** A text block without the blanks that all of its lines begin with. */
function withoutMargin(text: string): string {
  const lines = text.replace(/^[ \t]*\r?\n/, '').split('\n');
  const filled = lines.filter((line, index) => line.trim() !== '' || index === lines.length - 1);
  const margin = Math.min(...filled.map((line) => /^[ \t]*/.exec(line)![0].length));
  return lines.map((line) => line.slice(margin)).join('\n');
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:u+([0-9a-fA-F]{4})|([0-3]?[0-7]{1,2})|([\s\S]))/g, (_all, unit: string | undefined, octal: string | undefined, plain: string | undefined) => {
    if (unit !== undefined) return String.fromCharCode(Number.parseInt(unit, 16));
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
    return plain === undefined ? '' : (ESCAPES[plain] ?? plain);
  });
}

/** `String.format("… %s %2$s …", a, b)` and, with `braces`, `MessageFormat.format("… {0} …", a)`. Undefined where the pattern is no text that stands there. */
export function formatted(ctx: JavaContext, node: SyntaxNode, pattern: ValueId, values: readonly ValueId[], braces: boolean): ValueId | undefined {
  const text = ctx.values[pattern];
  if (text?.k !== 'literal' || typeof text.value !== 'string') return undefined;
  let next = 0;
  const parts: Part[] = [];
  let at = 0;
  const sign = braces ? /\{(\d+)[^{}]*\}/g : /%(?:(\d+)\$)?[-#+ 0,(<]*\d*(?:\.\d+)?([a-zA-Z%])/g;
  for (const match of text.value.matchAll(sign)) {
    parts.push(text.value.slice(at, match.index));
    at = match.index + match[0].length;
    if (!braces && (match[2] === '%' || match[2] === 'n')) {
      parts.push(match[2] === '%' ? '%' : '\n');
      continue;
    }
    const index = match[1] === undefined ? next++ : Number(match[1]) - (braces ? 0 : 1);
    parts.push(values[index] ?? '');
  }
  parts.push(text.value.slice(at));
  // A value that the pattern names nowhere is still given to it.
  if (values.length > 0 && parts.every((part) => typeof part === 'string')) return ctx.value(node, { k: 'template', parts: [...parts, ...values] });
  return textOf(ctx, node, parts);
}
