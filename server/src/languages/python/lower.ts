import type { FileFacts } from '../../facts/facts.ts';
import type { SyntaxNode } from '../lowering/syntax.ts';
import { named } from '../lowering/syntax.ts';
import { hoist } from './hoisting.ts';
import { PythonContext } from './pythonContext.ts';
import { lowerStatements } from './statements.ts';

/** Lowers a syntax tree to facts: a pure function of text and tree. */
export function lower(root: SyntaxNode, text: string, dialect: string, damaged: boolean): FileFacts {
  const ctx = new PythonContext(text);
  ctx.open({ kind: 'module', static: false, async: false, generator: false, at: 0, to: text.length }, undefined);
  const statements = named(root);
  ctx.moduleScope = ctx.scope;
  hoist(ctx, statements);
  lowerStatements(ctx, statements);
  exportNames(ctx);
  ctx.markConstants();
  return ctx.facts('python', dialect, damaged);
}

/** Every name of a module can be imported from it. */
function exportNames(ctx: PythonContext): void {
  for (const binding of ctx.scope.bindings) {
    const { name, at } = ctx.bindings[binding]!;
    ctx.exports.push({ name, value: ctx.fresh({ at, to: at + name.length }, { k: 'binding', binding }) });
  }
}
