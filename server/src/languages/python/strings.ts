import type { ValueId } from '../../facts/facts.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { type Part, textOf } from '../lowering/texts.ts';
import { lowerExpression } from './expressions.ts';
import type { PythonContext } from './pythonContext.ts';

/** Whether a node is a text in quotes, or several in a row. */
export function isString(node: SyntaxNode): boolean {
  return node.type === 'string' || node.type === 'concatenated_string';
}

/** A text, or with something put into it a template. */
export function lowerString(ctx: PythonContext, node: SyntaxNode): ValueId {
  return textOf(ctx, node, stringParts(ctx, node));
}

/** The text of a string without what is put into it. */
export function stringText(ctx: PythonContext, node: SyntaxNode): string {
  const strings = node.type === 'concatenated_string' ? named(node) : [node];
  return strings.map((each) => named(each).map((piece) => (piece.type === 'string_content' ? contentOf(ctx, each, piece) : '')).join('')).join('');
}

function stringParts(ctx: PythonContext, node: SyntaxNode): Part[] {
  if (node.type === 'concatenated_string') return named(node).flatMap((each) => stringParts(ctx, each));
  return named(node).flatMap((piece): Part[] => {
    if (piece.type === 'string_content') return [contentOf(ctx, node, piece)];
    if (piece.type === 'interpolation') return [lowerExpression(ctx, field(piece, 'expression') ?? named(piece)[0])];
    return [];
  });
}

function contentOf(ctx: PythonContext, string: SyntaxNode, content: SyntaxNode): string {
  const start = named(string)[0];
  const prefix = start?.type === 'string_start' ? ctx.slice(start).replace(/['"]/g, '').toLowerCase() : '';
  const text = prefix.includes('f') ? ctx.slice(content).replaceAll('{{', '{').replaceAll('}}', '}') : ctx.slice(content);
  return prefix.includes('r') ? text : unescaped(text);
}

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', a: '\x07', 0: '\0', '\n': '' };

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([\s\S]))/g, (_all, byte, unit, point, plain: string | undefined) => {
    const hex = (byte ?? unit ?? point) as string | undefined;
    if (hex === undefined) return plain === undefined ? '' : (ESCAPES[plain] ?? plain);
    const code = Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

/** `'… %s …' % (a, b)`, `'… %(name)s …' % names`. */
export function formatted(ctx: PythonContext, node: SyntaxNode, template: SyntaxNode, values: readonly ValueId[], names: ValueId | undefined): ValueId {
  const pieces = stringParts(ctx, template);
  let next = 0;
  const parts = pieces.flatMap((piece): Part[] => {
    if (typeof piece !== 'string') return [piece];
    return split(piece, /%(?:\((\w+)\))?[-#0 +]*[\d*]*(?:\.\d+)?([%a-zA-Z])/g, ([, name, kind]) => {
      if (kind === '%') return '%';
      if (name !== undefined) return names === undefined ? values[0] : memberOf(ctx, names, name);
      return values[next++];
    });
  });
  return textOf(ctx, node, withAll(ctx, node, parts, values));
}

/** `'… {} {0} {name} …'.format(a, name=b)`. */
export function formatCall(ctx: PythonContext, node: SyntaxNode, template: SyntaxNode, args: readonly ValueId[], props: readonly { key: string; value: ValueId }[]): ValueId {
  let next = 0;
  const parts = stringParts(ctx, template).flatMap((piece): Part[] => {
    if (typeof piece !== 'string') return [piece];
    return split(piece, /\{\{|\}\}|\{(\w*)[^{}]*\}/g, ([all, name]) => {
      if (all === '{{' || all === '}}') return all[0];
      if (!name) return args[next++];
      return /^\d+$/.test(name) ? args[Number(name)] : props.find((each) => each.key === name)?.value;
    });
  });
  return textOf(ctx, node, withAll(ctx, node, parts, [...args, ...props.map((each) => each.value)]));
}

/** `', '.join([a, b])`, `os.path.join(a, b)`. */
export function joinCall(ctx: PythonContext, node: SyntaxNode, separator: string, items: readonly ValueId[]): ValueId {
  return textOf(ctx, node, withAll(ctx, node, items.flatMap((item, index): Part[] => (index === 0 ? [item] : [separator, item])), items));
}

/** A template whose parts name none of what it is given would lose it: a text that is only given on keeps its values beside it. */
function withAll(ctx: PythonContext, node: SyntaxNode, parts: readonly Part[], values: readonly ValueId[]): Part[] {
  const held = new Set(parts);
  const rest = values.filter((each) => !held.has(each));
  if (rest.length === 0 || parts.some((part) => typeof part === 'number')) return [...parts];
  return [...parts, ctx.made(node) === undefined ? ctx.fresh(node, { k: 'other', of: rest }) : rest[0]!];
}

function memberOf(ctx: PythonContext, object: ValueId, name: string): ValueId {
  const fact = ctx.values[object]!;
  const found = fact.k === 'object' ? fact.props.find((each) => each.key === name) : undefined;
  return found?.value ?? object;
}

function split(text: string, pattern: RegExp, replace: (match: RegExpMatchArray) => Part | undefined): Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(pattern)) {
    parts.push(text.slice(at, match.index));
    parts.push(replace(match) ?? '');
    at = match.index + match[0].length;
  }
  parts.push(text.slice(at));
  return parts;
}
