import type { ValueId } from '../../facts/facts.ts';
import { named, type SyntaxNode } from '../lowering/syntax.ts';
import { type Part, textOf } from '../lowering/texts.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';

const STRINGS = new Set(['string_literal', 'verbatim_string_literal', 'raw_string_literal', 'interpolated_string_expression', 'character_literal']);

/** Whether a node is a text in quotes. */
export function isString(node: SyntaxNode): boolean {
  return STRINGS.has(node.type);
}

/** A text, or with something put into it a template. */
export function lowerString(ctx: CSharpContext, node: SyntaxNode): ValueId {
  return textOf(ctx, node, partsOf(ctx, node));
}

/** The text of a string without what is put into it. */
export function stringText(ctx: CSharpContext, node: SyntaxNode): string {
  return node.type === 'interpolated_string_expression' ? '' : partsOf(ctx, node).join('');
}

function partsOf(ctx: CSharpContext, node: SyntaxNode): Part[] {
  switch (node.type) {
    case 'verbatim_string_literal':
      return [ctx.slice(node).replace(/^@"|"(?:u8)?$/gi, '').replaceAll('""', '"')];
    case 'raw_string_literal':
      return named(node).filter((each) => each.type === 'raw_string_content').map((each) => ctx.slice(each));
    case 'interpolated_string_expression':
      return interpolated(ctx, node);
    default:
      return named(node).map((each) => (each.type === 'escape_sequence' ? unescaped(ctx.slice(each)) : ctx.slice(each)));
  }
}

function interpolated(ctx: CSharpContext, node: SyntaxNode): Part[] {
  const start = named(node).find((each) => each.type === 'interpolation_start');
  const verbatim = start !== undefined && ctx.text.slice(node.at, start.to + 1).includes('@');
  return named(node).flatMap((piece): Part[] => {
    if (piece.type === 'interpolation') {
      const value = lowerExpression(ctx, named(piece).find((each) => each.type !== 'interpolation_brace'));
      const known = ctx.values[value];
      return [known?.k === 'literal' && known.value !== null ? String(known.value) : value];
    }
    if (piece.type === 'interpolation_start' || /quote|raw_string_(?:start|end)/.test(piece.type)) return [];
    const text = ctx.slice(piece).replaceAll('{{', '{').replaceAll('}}', '}');
    if (piece.type === 'escape_sequence') return [unescaped(text)];
    return [verbatim ? text.replaceAll('""', '"') : text];
  });
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07', 0: '\0', e: '\x1b' };

function unescaped(text: string): string {
  return text.replace(/\\(?:[xuU]([0-9a-fA-F]{1,8})|([\s\S]))/g, (_all, hex: string | undefined, plain: string | undefined) => {
    if (hex === undefined) return ESCAPES[plain ?? ''] ?? plain ?? '';
    const code = Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** `string.Format("… {0} …", a)`. */
export function formatCall(ctx: CSharpContext, node: SyntaxNode, template: SyntaxNode, args: readonly ValueId[]): ValueId {
  const used = new Set<ValueId>();
  const parts = partsOf(ctx, template).flatMap((piece): Part[] => {
    if (typeof piece !== 'string') return [piece];
    const out: Part[] = [];
    let at = 0;
    for (const match of piece.matchAll(/\{\{|\}\}|\{(\d+)[^{}]*\}/g)) {
      out.push(piece.slice(at, match.index));
      const value = match[1] === undefined ? undefined : args[Number(match[1])];
      if (value !== undefined) used.add(value);
      out.push(value ?? (match[1] === undefined ? match[0][0]! : ''));
      at = match.index + match[0].length;
    }
    out.push(piece.slice(at));
    return out;
  });
  return textOf(ctx, node, parts);
}

/** `string.Concat(a, b)`, and `string.Join(", ", a, b)` with what stands between. */
export function joinCall(ctx: CSharpContext, node: SyntaxNode, between: string, items: readonly ValueId[]): ValueId {
  return textOf(ctx, node, items.flatMap((item, index): Part[] => (index === 0 ? [item] : [between, item])));
}
