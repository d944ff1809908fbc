import type { ValueId } from '../../facts/facts.ts';
import type { Context } from './context.ts';
import type { SyntaxNode } from './syntax.ts';

/** A piece of a text: its own characters, or a value that is put there. */
export type Part = string | ValueId;

/** A template of texts and values, or a literal where there are texts alone. */
export function textOf(ctx: Context, node: SyntaxNode, parts: readonly Part[]): ValueId {
  const joined: Part[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (part !== '') joined.push(part);
  }
  if (joined.every((part) => typeof part === 'string')) return ctx.value(node, { k: 'literal', value: joined.join('') });
  return ctx.value(node, { k: 'template', parts: joined });
}
