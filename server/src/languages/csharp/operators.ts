import type { ValueId } from '../../facts/facts.ts';
import { type Condition, conditionsOf } from '../lowering/conditions.ts';
import { child, field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { assign } from './assignments.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';

function readCondition(ctx: CSharpContext, node: SyntaxNode): Condition | undefined {
  if (node.type === 'prefix_unary_expression' && child(node, '!')) return { k: 'not', of: named(node).at(-1) };
  const sign = node.type === 'binary_expression' ? field(node, 'operator')?.type : undefined;
  if (node.type === 'boolean_literal') return { k: 'constant', holds: ctx.slice(node) === 'true' };
  return sign === '&&' || sign === '||' ? { k: sign, left: field(node, 'left'), right: field(node, 'right') } : undefined;
}

export const { lowerCondition, lowerEither, lowerConditional, lowerShortCut } = conditionsOf(readCondition, lowerExpression);

/** `a && b`, `a ?? b` and comparisons. */
export function lowerBinary(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const sign = field(node, 'operator');
  const op = sign ? ctx.slice(sign) : '';
  if (op === '&&' || op === '||' || op === '??') return lowerShortCut(ctx, node, op, field(node, 'left'), field(node, 'right'));
  return ctx.value(node, { k: 'operator', op, of: [lowerExpression(ctx, field(node, 'left')), lowerExpression(ctx, field(node, 'right'))] });
}

/** `!a`, `-a`, `++a`. */
export function lowerPrefix(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const operand = named(node).at(-1);
  const sign = node.children.find((each) => !each.named)?.type ?? '';
  const of = lowerExpression(ctx, operand);
  const value = ctx.value(node, { k: 'operator', op: sign === '!' ? 'not' : sign, of: [of] });
  if (operand && (sign === '++' || sign === '--')) assign(ctx, operand, value);
  return value;
}

/** `a++`, and `a!`, which is `a`. */
export function lowerPostfix(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const operand = named(node)[0];
  const of = lowerExpression(ctx, operand);
  const sign = has(node, '++') ? '++' : has(node, '--') ? '--' : undefined;
  if (!sign || !operand) return of;
  const value = ctx.value(node, { k: 'operator', op: sign, of: [of] });
  assign(ctx, operand, value);
  return value;
}

/** `a ?? throw error`. */
export function lowerThrow(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const error = named(node)[0];
  const value = error ? lowerExpression(ctx, error) : (ctx.caught.at(-1) ?? ctx.value(node, { k: 'other', of: [] }));
  // What is going on is finished by the bodies around.
  ctx.flow.throws(value);
  return ctx.made(node) ?? ctx.value(node, { k: 'undefined' });
}
