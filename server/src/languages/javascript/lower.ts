import { FACTS_VERSION, type FileFacts } from '../../facts/facts.ts';
import { Context } from '../lowering/context.ts';
import { hoist } from './hoisting.ts';
import { collectCommonJs } from './modules.ts';
import { lowerStatements } from './statements.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';

/** Objects of the platform that are assigned to without being declared. */
const PLATFORM = new Set(['exports', 'module', 'global', 'globalThis', 'window', 'process', 'self']);

/** A script may assign to a name that nothing declares: it becomes a name of the module. */
function declareImplicit(ctx: Context, node: SyntaxNode): void {
  if (node.type === 'assignment_expression') {
    const left = field(node, 'left');
    if (left?.type === 'identifier') {
      const name = ctx.slice(left);
      if (!PLATFORM.has(name) && ctx.scope.own(name) === undefined) ctx.binding(name, 'variable', left.at, false);
    }
  }
  for (const each of node.children) if (each.named) declareImplicit(ctx, each);
}

/** Lowers a syntax tree to facts: a pure function of text and tree. */
export function lower(root: SyntaxNode, text: string, dialect: string, damaged: boolean): FileFacts {
  const ctx = new Context(text);
  ctx.open({ kind: 'module', static: false, async: true, generator: false, at: 0, to: text.length }, undefined);
  const statements = named(root);
  hoist(ctx, statements, true);
  declareImplicit(ctx, root);
  lowerStatements(ctx, statements);
  collectCommonJs(ctx);
  return {
    version: FACTS_VERSION,
    language: 'javascript',
    dialect,
    values: ctx.values,
    bindings: ctx.bindings,
    functions: ctx.functions,
    classes: ctx.classes,
    imports: ctx.imports,
    exports: ctx.exports,
    stores: ctx.stores,
    types: ctx.types,
    statements: ctx.statementsInOrder(),
    damaged,
  };
}
