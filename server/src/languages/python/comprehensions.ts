import type { ValueId } from '../../facts/facts.ts';
import { lowerEachLoop } from '../lowering/loops.ts';
import { Scope } from '../lowering/scope.ts';
import { field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { keyOf, lowerEither, lowerExpression } from './expressions.ts';
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
    let value: ValueId | undefined;
    lowerEither(ctx, named(clause)[0], () => (value = lowerClauses(ctx, node, body, rest)), () => {});
    return value!;
  }
  const over = lowerExpression(ctx, field(clause, 'right'));
  const left = field(clause, 'left');
  for (const each of left ? targetNames(left) : []) if (ctx.scope.own(ctx.slice(each)) === undefined) ctx.binding(ctx.slice(each), 'variable', each.at, false);
  let value: ValueId | undefined;
  const round = (): void => {
    if (left) assignElement(ctx, left, over);
    value = lowerClauses(ctx, node, body, rest);
  };
  lowerEachLoop(ctx.flow, { kind: 'each', node, over, body: round }, has(clause, 'async'));
  return value!;
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

/** `map(f, rows)`, `filter(f, rows)`: a loop that calls the function with each element, and the list of what that gives, or of the elements. */
export function lowerMap(ctx: PythonContext, node: SyntaxNode, work: SyntaxNode, rows: SyntaxNode, gives: 'results' | 'elements'): ValueId {
  const callee = lowerExpression(ctx, work);
  const over = lowerExpression(ctx, rows);
  const call = ctx.part(node, () => ctx.fresh(node, { k: 'call', callee, args: [ctx.fresh(rows, { k: 'element', of: over })], construct: false }));
  lowerEachLoop(ctx.flow, { kind: 'each', node, over, body: () => ctx.flow.step({ k: 'call', value: call }) }, false);
  return ctx.value(node, gives === 'results' ? { k: 'array', items: [call], spreads: [] } : { k: 'array', items: [], spreads: [over] });
}
