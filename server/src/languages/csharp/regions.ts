import { type CatchClause, isRemark, lowerGuarded } from '../lowering/guarded.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerAnnotation, lastWord } from './annotations.ts';
import { bind, lowerVariables } from './assignments.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';
import { lowerTypeName } from './names.ts';
import { bodyOf, lowerStatement } from './statements.ts';

/** Every error of a program is an `Exception`; whoever blocks until work is done gets its errors in an `AggregateException`. */
const EVERY = new Set(['Exception', 'AggregateException']);

/** `try` with its clauses: each takes errors of its class for which its filter is true. */
export function lowerTry(ctx: CSharpContext, node: SyntaxNode): void {
  const finallyClause = child(node, 'finally_clause');
  lowerGuarded(ctx, {
    body: () => lowerStatement(ctx, field(node, 'body') ?? child(node, 'block')),
    clauses: named(node).filter((each) => each.type === 'catch_clause').map((each) => clauseOf(ctx, each)),
    finally: finallyClause && (() => lowerStatement(ctx, bodyOf(finallyClause))),
  });
}

function clauseOf(ctx: CSharpContext, node: SyntaxNode): CatchClause {
  const declaration = child(node, 'catch_declaration');
  const type = declaration && field(declaration, 'type');
  const name = declaration && field(declaration, 'name');
  const filter = child(node, 'catch_filter_clause');
  const body = bodyOf(node);
  const lower: CatchClause['lower'] = (caught, handler) => {
    if (type && !EVERY.has(lastWord(type, ctx.text))) handler.classes = [lowerTypeName(ctx, type)];
    if (isRemark(ctx, body)) handler.remark = true;
    ctx.inScope(() => {
      if (name) nameError(ctx, name, type, caught);
      if (filter) handler.filter = lowerFilter(ctx, filter);
      ctx.caught.push(caught);
      lowerStatement(ctx, body);
      ctx.caught.pop();
    });
  };
  return { node, lower };
}

/** The error's name. */
function nameError(ctx: CSharpContext, name: SyntaxNode, type: SyntaxNode | undefined, caught: number): void {
  const binding = ctx.declare(name, 'caught');
  const annotation = lowerAnnotation(type, ctx.text);
  if (annotation) ctx.bindings[binding]!.type ??= annotation;
  bind(ctx, binding, caught);
}

/** `when (test)`: a value, not a way through the function. What it calls stands in blocks to which nothing leads. */
function lowerFilter(ctx: CSharpContext, filter: SyntaxNode): number {
  const entry = ctx.flow.current;
  ctx.flow.unreachable();
  const value = lowerExpression(ctx, named(filter)[0]);
  ctx.flow.current = entry;
  return value;
}

/** `using (var a = b) { … }`: what is made is let go of at the end of the body. */
export function lowerUsing(ctx: CSharpContext, node: SyntaxNode): void {
  ctx.inScope(() => {
    const body = bodyOf(node);
    for (const each of named(node)) {
      if (each === body) continue;
      if (each.type === 'variable_declaration') lowerVariables(ctx, each);
      else lowerExpression(ctx, each);
    }
    lowerStatement(ctx, body ?? named(node).at(-1));
  });
}
