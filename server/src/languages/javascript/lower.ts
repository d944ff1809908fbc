import type { FileFacts } from '../../facts/facts.ts';
import { Context } from '../lowering/context.ts';
import type { LoweredFunctions } from '../lowering/loweredFunctions.ts';
import { hoist } from './hoisting.ts';
import { collectCommonJs } from './modules.ts';
import { lowerStatements } from './statements.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';

/** Objects of the platform that are assigned to without being declared. */
const PLATFORM = new Set(['exports', 'module', 'global', 'globalThis', 'window', 'process', 'self']);

/** The names that are assigned to in a statement, by its children: an edit leaves most statements alone, and what is in them. */
const assigned = new WeakMap<readonly SyntaxNode[], readonly SyntaxNode[]>();

/** A script may assign to a name that nothing declares: it becomes a name of the module. */
function declareImplicit(ctx: Context, statement: SyntaxNode): void {
  let names = ctx.lowered && assigned.get(statement.children);
  if (!names) {
    names = assignedNames(statement, []);
    if (ctx.lowered) assigned.set(statement.children, names);
  }
  for (const each of names) {
    const name = ctx.slice(each);
    if (!PLATFORM.has(name) && ctx.scope.own(name) === undefined) ctx.binding(name, 'variable', each.at, false);
  }
}

function assignedNames(node: SyntaxNode, out: SyntaxNode[]): SyntaxNode[] {
  if (node.type === 'assignment_expression') {
    const left = field(node, 'left');
    if (left?.type === 'identifier') out.push(left);
  }
  for (const each of node.children) if (each.named) assignedNames(each, out);
  return out;
}

/** Lowers a syntax tree to facts: a pure function of text and tree. @param lowered its functions before an edit; the facts are the same without */
export function lower(root: SyntaxNode, text: string, dialect: string, damaged: boolean, lowered?: LoweredFunctions): FileFacts {
  const ctx = new Context(text, lowered);
  ctx.open({ kind: 'module', static: false, async: true, generator: false, at: 0, to: text.length }, undefined);
  const statements = named(root);
  hoist(ctx, statements, true);
  for (const each of statements) declareImplicit(ctx, each);
  lowerStatements(ctx, statements);
  collectCommonJs(ctx);
  return ctx.facts('javascript', dialect, damaged);
}
