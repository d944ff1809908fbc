import type { SyntaxNode } from '../lowering/syntax.ts';

/** Expressions that continue what stands left of them: `f()`, `a.b`, `a[b]`, `a!`. */
const PREFIXABLE = new Set(['call_expression', 'member_expression', 'subscript_expression', 'non_null_expression']);

/**
 * The TypeScript grammar reads `await f<T>(x)` as a call of `await f`, and `!f<T>(x)` as a call of `!f`. A prefix operator never binds tighter than a call,
 * so the prefix is put back outside.
 */
export function liftPrefix(node: SyntaxNode): SyntaxNode {
  if (!PREFIXABLE.has(node.type)) return node;
  const left = node.children[0];
  if (!left || (left.type !== 'await_expression' && left.type !== 'unary_expression')) return node;
  const argument = left.children[left.children.length - 1];
  if (!argument?.named) return node;
  const inner: SyntaxNode = { ...node, at: argument.at, field: argument.field, children: [{ ...argument, field: left.field }, ...node.children.slice(1)] };
  return { ...left, to: node.to, field: node.field, children: [...left.children.slice(0, -1), inner] };
}
