import { type CatchClause, isRemark, lowerGuarded } from '../lowering/guarded.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerExpression } from './expressions.ts';
import type { JavaContext } from './javaContext.ts';
import { declaredType, lowerTypeName } from './names.ts';
import { takesEverything } from './platform.ts';
import { lowerStatement, lowerStatements } from './statements.ts';
import { typeName } from './types.ts';

/** `try` with its clauses, each for errors of its classes, and with what it opens. */
export function lowerTry(ctx: JavaContext, node: SyntaxNode): void {
  const finallyClause = child(node, 'finally_clause');
  const resources = field(node, 'resources');
  const body = (): void => ctx.inScope(() => {
    for (const each of resources ? named(resources) : []) lowerResource(ctx, each);
    lowerStatement(ctx, field(node, 'body'));
  });
  lowerGuarded(ctx, {
    body,
    clauses: node.children.filter((each) => each.type === 'catch_clause').map((each) => clauseOf(ctx, each)),
    finally: finallyClause && (() => lowerStatement(ctx, child(finallyClause, 'block'))),
  });
}

/** What stands in the parentheses of `try`: it is closed whatever happens, which is no concern of those who use it. */
function lowerResource(ctx: JavaContext, node: SyntaxNode): void {
  const name = field(node, 'name');
  const init = field(node, 'value');
  const value = lowerExpression(ctx, init ?? named(node)[0]);
  if (name && init) ctx.bind(ctx.declare(name, 'variable', declaredType(ctx, field(node, 'type'))), value);
}

function clauseOf(ctx: JavaContext, node: SyntaxNode): CatchClause {
  const parameter = child(node, 'catch_formal_parameter');
  const list = parameter && child(parameter, 'catch_type');
  const types = list ? named(list) : [];
  const body = field(node, 'body');
  const lower: CatchClause['lower'] = (caught, handler) => {
    if (types.length > 0 && !types.some((each) => takesEverything(typeName(each, ctx.text)))) handler.classes = types.map((each) => lowerTypeName(ctx, each));
    if (isRemark(ctx, body)) handler.remark = true;
    ctx.inScope(() => {
      const name = parameter && field(parameter, 'name');
      if (name) ctx.bind(ctx.declare(name, 'caught'), caught);
      lowerStatements(ctx, body ? named(body) : []);
    });
  };
  return { node, lower };
}
