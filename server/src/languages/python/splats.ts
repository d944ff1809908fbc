import type { SyntaxNode } from '../lowering/syntax.ts';

/** The grammar reads `*page['rows']` as an element of `*page`; a star never binds tighter than what stands right of it, so it is put back outside. */
export function liftSplat(node: SyntaxNode): SyntaxNode {
  if (node.type !== 'subscript' && node.type !== 'attribute' && node.type !== 'call') return node;
  const left = node.children[0];
  const operand = left?.type === 'list_splat' ? left.children.at(-1) : undefined;
  if (!left || !operand?.named) return node;
  const inner: SyntaxNode = { ...node, at: operand.at, field: null, children: [{ ...operand, field: left.field }, ...node.children.slice(1)] };
  return { ...left, to: node.to, field: node.field, children: [...left.children.slice(0, -1), inner] };
}
