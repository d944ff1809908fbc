import type { ValueId } from '../../facts/facts.ts';
import { Scope } from '../lowering/scope.ts';
import { field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { branchOn, keyOf, lowerExpression } from './expressions.ts';
import { targetNames } from './hoisting.ts';
import type { PythonContext } from './pythonContext.ts';
import { assignElement } from './statements.ts';

/** `[f(row) for row in rows if row]`: a loop within the expression, and the list that it makes. */
export function lowerComprehension(ctx: PythonContext, node: SyntaxNode): ValueId {
  const saved = ctx.scope;
  const known = ctx.comprehensions.get(node);
  ctx.scope = known ?? new Scope(saved);
  ctx.comprehensions.set(node, ctx.scope);
  const body = field(node, 'body');
  const clauses = named(node).filter((each) => each.type === 'for_in_clause' || each.type === 'if_clause');
  const value = lowerClauses(ctx, node, body, clauses);
  ctx.scope = saved;
  return value;
}

function lowerClauses(ctx: PythonContext, node: SyntaxNode, body: SyntaxNode | undefined, clauses: readonly SyntaxNode[]): ValueId {
  const [clause, ...rest] = clauses;
  if (!clause) return made(ctx, node, body);
  if (clause.type === 'if_clause') {
    const after = ctx.flow.newBlock();
    const { thenBlock, elseBlock } = branchOn(ctx, named(clause)[0]);
    ctx.flow.current = elseBlock;
    ctx.flow.goto(after);
    ctx.flow.current = thenBlock;
    const value = lowerClauses(ctx, node, body, rest);
    ctx.flow.goto(after);
    ctx.flow.current = after;
    return value;
  }
  const over = lowerExpression(ctx, field(clause, 'right'));
  const left = field(clause, 'left');
  for (const each of left ? targetNames(left) : []) if (ctx.scope.own(ctx.slice(each)) === undefined) ctx.binding(ctx.slice(each), 'variable', each.at, false);
  const after = ctx.flow.newBlock();
  const loop = ctx.flow.newLoop('each', ctx.flow.fn.blocks.length, node.at, node.to, over);
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  const head = ctx.flow.split();
  const inside = ctx.flow.newBlock();
  ctx.flow.end({ k: 'iterate', over, awaits: has(clause, 'async'), body: inside, done: after });
  ctx.flow.current = inside;
  if (left) assignElement(ctx, left, over);
  const value = lowerClauses(ctx, node, body, rest);
  ctx.flow.goto(head);
  ctx.flow.loop = outer;
  ctx.flow.current = after;
  return value;
}

function made(ctx: PythonContext, node: SyntaxNode, body: SyntaxNode | undefined): ValueId {
  if (body?.type === 'pair') {
    const key = field(body, 'key');
    if (key) lowerExpression(ctx, key);
    const value = lowerExpression(ctx, field(body, 'value'));
    return ctx.value(node, { k: 'object', props: key ? [{ key: keyOf(ctx, key), value }] : [], spreads: [] });
  }
  return ctx.value(node, { k: 'array', items: [lowerExpression(ctx, body)], spreads: [] });
}
