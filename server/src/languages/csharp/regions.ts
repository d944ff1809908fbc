import type { BlockId } from '../../facts/facts.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerAnnotation, lastWord } from './annotations.ts';
import { bind, lowerVariables } from './assignments.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';
import { lowerTypeName } from './names.ts';
import { bodyOf, lowerStatement } from './statements.ts';

/** Every error of a program is an `Exception`; whoever blocks until work is done gets its errors in an `AggregateException`. */
const EVERY = new Set(['Exception', 'AggregateException']);

/** `try` with its clauses: each takes errors of its class for which its filter is true, and leaves the others to the next. */
export function lowerTry(ctx: CSharpContext, node: SyntaxNode): void {
  const clauses = named(node).filter((each) => each.type === 'catch_clause');
  const finallyClause = child(node, 'finally_clause');
  const finalBody = finallyClause && bodyOf(finallyClause);
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
  lowerStatement(ctx, field(node, 'body') ?? child(node, 'block'));
  flow.onThrow = guard;
  flow.goto(after);
  clauses.forEach((clause, index) => lowerClause(ctx, clause, entries[index]!, entries[index + 1] ?? guard, after));
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

function lowerClause(ctx: CSharpContext, node: SyntaxNode, entry: BlockId, otherwise: BlockId | undefined, after: BlockId): void {
  const flow = ctx.flow;
  const around = flow.handler;
  const declaration = child(node, 'catch_declaration');
  const type = declaration && field(declaration, 'type');
  const name = declaration && field(declaration, 'name');
  const filter = child(node, 'catch_filter_clause');
  const body = bodyOf(node);
  flow.current = entry;
  const caught = ctx.made(node) ?? ctx.value(node, { k: 'caught', handler: flow.fn.handlers.length });
  const handler = flow.newHandler(entry, caught, node.at, node.to);
  const fact = flow.fn.handlers[handler]!;
  if (type && !EVERY.has(lastWord(type, ctx.text))) fact.classes = [lowerTypeName(ctx, type)];
  flow.fn.blocks[entry]!.handler = handler;
  flow.handler = handler;
  ctx.inScope(() => {
    if (name) nameError(ctx, name, type, caught);
    if (filter) fact.filter = lowerFilter(ctx, filter);
    if ((fact.classes || filter) && otherwise !== undefined) fact.otherwise = otherwise;
    if (body && named(body).length === 0 && /\/[/*]/.test(ctx.slice(body))) fact.remark = true;
    ctx.caught.push(caught);
    lowerStatement(ctx, body);
    ctx.caught.pop();
  });
  flow.goto(after);
  flow.handler = around;
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
