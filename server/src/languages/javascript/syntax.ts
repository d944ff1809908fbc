import type { Parser, Tree } from '@vscode/tree-sitter-wasm';

/** A node of the concrete syntax tree as a plain object: cheap to walk, free of the parser's memory. */
export interface SyntaxNode {
  type: string;
  /** Whether the grammar names it; keywords and punctuation are not named. */
  named: boolean;
  field: string | null;
  at: number;
  to: number;
  children: SyntaxNode[];
}

/** Thrown when a file is nested deeper than any program that people write; the file is then reported as failed. */
export class NestingError extends Error {}

/** Levels of syntax at which we stop: far above real code, far below the stack's end. */
const MAX_DEPTH = 900;

/** Copies a tree out of the parser's memory. Positions are UTF-16 offsets. */
export function copyTree(tree: Tree): { root: SyntaxNode; damaged: boolean } {
  const cursor = tree.walk();
  let damaged = false;
  const visit = (depth: number): SyntaxNode => {
    if (depth > MAX_DEPTH) throw new NestingError('nested too deeply to analyse');
    const type = cursor.nodeType;
    if (type === 'ERROR' || cursor.nodeIsMissing) damaged = true;
    const node: SyntaxNode = {
      type,
      named: cursor.nodeIsNamed,
      field: cursor.currentFieldName,
      at: cursor.startIndex,
      to: cursor.endIndex,
      children: [],
    };
    if (cursor.gotoFirstChild()) {
      do {
        if (cursor.nodeType !== 'comment') node.children.push(visit(depth + 1));
      } while (cursor.gotoNextSibling());
      cursor.gotoParent();
    }
    return PREFIXABLE.has(type) ? liftPrefix(node) : node;
  };
  const root = visit(0);
  cursor.delete();
  return { root, damaged };
}

/** Expressions that continue what stands left of them: `f()`, `a.b`, `a[b]`, `a!`. */
const PREFIXABLE = new Set(['call_expression', 'member_expression', 'subscript_expression', 'non_null_expression']);

/**
 * The TypeScript grammar reads `await f<T>(x)` as a call of `await f`, and `!f<T>(x)` as a call of `!f`. A prefix operator never binds tighter than a call,
 * so the prefix is put back outside.
 */
function liftPrefix(node: SyntaxNode): SyntaxNode {
  const left = node.children[0];
  if (!left || (left.type !== 'await_expression' && left.type !== 'unary_expression')) return node;
  const argument = left.children[left.children.length - 1];
  if (!argument?.named) return node;
  const inner: SyntaxNode = { ...node, at: argument.at, field: argument.field, children: [{ ...argument, field: left.field }, ...node.children.slice(1)] };
  return { ...left, to: node.to, field: node.field, children: [...left.children.slice(0, -1), inner] };
}

/** Parses with a parser that already has its language. */
export function parse(parser: Parser, text: string): { root: SyntaxNode; damaged: boolean } {
  const tree = parser.parse(text);
  if (!tree) throw new Error('the parser gave no tree');
  try {
    return copyTree(tree);
  } finally {
    tree.delete();
  }
}

/** The first child in this field. */
export function field(node: SyntaxNode, name: string): SyntaxNode | undefined {
  for (const child of node.children) if (child.field === name) return child;
  return undefined;
}

/** All children in this field. */
export function fields(node: SyntaxNode, name: string): SyntaxNode[] {
  return node.children.filter((child) => child.field === name);
}

/** Named children. */
export function named(node: SyntaxNode): SyntaxNode[] {
  return node.children.filter((child) => child.named);
}

/** The first child of this type, named or not. */
export function child(node: SyntaxNode, type: string): SyntaxNode | undefined {
  for (const each of node.children) if (each.type === type) return each;
  return undefined;
}

/** Whether a keyword or sign stands directly in the node. */
export function has(node: SyntaxNode, token: string): boolean {
  return node.children.some((each) => !each.named && each.type === token);
}
