import { field, type SyntaxNode } from '../lowering/syntax.ts';

const SHORT_CUTS = new Set(['&&', '||']);

/**
 * The grammar reads `a is B or C && d` as if `C && d` were the pattern's end. A pattern ends before the sign, so what stands after it is put beside the whole
 * question.
 */
export function liftPatternEnd(node: SyntaxNode): SyntaxNode {
  const pattern = node.type === 'is_pattern_expression' ? field(node, 'pattern') : undefined;
  const end = pattern && lastConstant(pattern);
  if (!pattern || !end) return node;
  const parts: SyntaxNode[] = [];
  let first = end.children.at(-1)!;
  for (; isShortCut(first); first = field(first, 'left')!) parts.push(first);
  if (parts.length === 0) return node;
  const shorter = withEnd(pattern, end, first);
  let out: SyntaxNode = { ...node, to: first.to, children: node.children.map((each) => (each === pattern ? shorter : each)) };
  for (const part of parts.reverse()) {
    const left: SyntaxNode = { ...out, field: 'left' };
    out = { ...part, at: node.at, children: part.children.map((each) => (each.field === 'left' ? left : each)) };
  }
  return { ...out, field: node.field };
}

function isShortCut(node: SyntaxNode): boolean {
  const sign = node.type === 'binary_expression' ? field(node, 'operator') : undefined;
  return sign !== undefined && SHORT_CUTS.has(sign.type) && field(node, 'left') !== undefined;
}

/** The constant with which a pattern ends. */
function lastConstant(pattern: SyntaxNode): SyntaxNode | undefined {
  if (pattern.type === 'constant_pattern') return pattern.children.length > 0 ? pattern : undefined;
  const last = pattern.children.at(-1);
  return last?.type.endsWith('_pattern') && pattern.type !== 'parenthesized_pattern' ? lastConstant(last) : undefined;
}

function withEnd(pattern: SyntaxNode, end: SyntaxNode, constant: SyntaxNode): SyntaxNode {
  if (pattern === end) return { ...pattern, to: constant.to, children: [...pattern.children.slice(0, -1), { ...constant, field: null }] };
  return { ...pattern, to: constant.to, children: [...pattern.children.slice(0, -1), withEnd(pattern.children.at(-1)!, end, constant)] };
}
