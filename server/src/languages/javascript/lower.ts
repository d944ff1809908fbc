import { FACTS_VERSION, type FileFacts } from '../../facts/facts.ts';
import { Context } from './context.ts';
import { collectCommonJs } from './modules.ts';
import { hoist, lowerStatements } from './statements.ts';
import { named, type SyntaxNode } from './syntax.ts';

/** Raised whenever lowering writes other facts for the same text; part of the cache key. */
export const LOWERING_VERSION = 1;

/** Lowers a syntax tree to facts: a pure function of text and tree. */
export function lower(root: SyntaxNode, text: string, dialect: string, damaged: boolean): FileFacts {
  const ctx = new Context(text);
  ctx.open({ kind: 'module', static: false, async: true, generator: false, at: 0, to: text.length }, undefined);
  const statements = named(root);
  hoist(ctx, statements, true);
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
    damaged,
  };
}
