import type { BlockId } from '../../facts/facts.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerExpression } from './expressions.ts';
import type { JavaContext } from './javaContext.ts';
import { declaredType, lowerTypeName } from './names.ts';
import { takesEverything } from './platform.ts';
import { lowerStatement, lowerStatements } from './statements.ts';
import { typeName } from './types.ts';

/** `try` with its clauses, each for errors of its classes, and with what it opens. */
export function lowerTry(ctx: JavaContext, node: SyntaxNode): void {
  const clauses = node.children.filter((each) => each.type === 'catch_clause');
  const finallyClause = child(node, 'finally_clause');
  const finalBody = finallyClause && child(finallyClause, 'block');
  const flow = ctx.flow;
  const outer = { onThrow: flow.onThrow, handler: flow.handler };
  let exceptional: BlockId | undefined;
  if (finalBody) {
    exceptional = flow.newBlock();
    flow.finals.push({ emit: () => lowerStatement(ctx, finalBody), onThrow: outer.onThrow, handler: outer.handler });
  }
  const guard = exceptional ?? outer.onThrow;
  flow.onThrow = guard;
  const after = flow.newBlock();
  const entries = clauses.map(() => flow.newBlock());
  flow.onThrow = entries[0] ?? guard;
  flow.split();
  ctx.inScope(() => {
    const resources = field(node, 'resources');
    for (const each of resources ? named(resources) : []) lowerResource(ctx, each);
    lowerStatement(ctx, field(node, 'body'));
  });
  flow.onThrow = guard;
  flow.goto(after);
  clauses.forEach((clause, index) => ctx.inScope(() => lowerClause(ctx, clause, entries[index]!, entries[index + 1] ?? guard, after)));
  flow.handler = outer.handler;
  flow.current = after;
  flow.onThrow = outer.onThrow;
  if (finalBody && exceptional !== undefined) {
    flow.finals.pop();
    if (outer.onThrow === undefined) delete flow.fn.blocks[exceptional]!.onThrow;
    else flow.fn.blocks[exceptional]!.onThrow = outer.onThrow;
    flow.split();
    lowerStatement(ctx, finalBody);
    const normalEnd = flow.current;
    flow.current = exceptional;
    lowerStatement(ctx, finalBody);
    flow.end({ k: 'resume' });
    flow.current = normalEnd;
  }
  flow.split();
}

/** What stands in the parentheses of `try`: it is closed whatever happens, which is no concern of those who use it. */
function lowerResource(ctx: JavaContext, node: SyntaxNode): void {
  const name = field(node, 'name');
  const init = field(node, 'value');
  const value = lowerExpression(ctx, init ?? named(node)[0]);
  if (name && init) ctx.bind(ctx.declare(name, 'variable', declaredType(ctx, field(node, 'type'))), value);
}

function lowerClause(ctx: JavaContext, node: SyntaxNode, entry: BlockId, otherwise: BlockId | undefined, after: BlockId): void {
  const flow = ctx.flow;
  const around = flow.handler;
  const parameter = child(node, 'catch_formal_parameter');
  const list = parameter && child(parameter, 'catch_type');
  const types = list ? named(list) : [];
  const body = field(node, 'body');
  flow.current = entry;
  const caught = ctx.made(node) ?? ctx.value(node, { k: 'caught', handler: flow.fn.handlers.length });
  const handler = flow.newHandler(entry, caught, node.at, node.to);
  const fact = flow.fn.handlers[handler]!;
  if (types.length > 0 && !types.some((each) => takesEverything(typeName(each, ctx.text)))) {
    fact.classes = types.map((each) => lowerTypeName(ctx, each));
    if (otherwise !== undefined) fact.otherwise = otherwise;
  }
  if (body && named(body).length === 0 && /\/[/*]/.test(ctx.slice(body))) fact.remark = true;
  flow.fn.blocks[entry]!.handler = handler;
  flow.handler = handler;
  const name = parameter && field(parameter, 'name');
  if (name) ctx.bind(ctx.declare(name, 'caught'), caught);
  lowerStatements(ctx, body ? named(body) : []);
  flow.goto(after);
  flow.handler = around;
}
