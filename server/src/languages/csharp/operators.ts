import type { ValueId } from '../../facts/facts.ts';
import { child, field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { assign } from './assignments.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';

/** `a && b`, `a ?? b` and comparisons. */
export function lowerBinary(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const sign = field(node, 'operator');
  const op = sign ? ctx.slice(sign) : '';
  if (op === '&&' || op === '||' || op === '??') return lowerShortCut(ctx, node, op);
  return ctx.value(node, { k: 'operator', op, of: [lowerExpression(ctx, field(node, 'left')), lowerExpression(ctx, field(node, 'right'))] });
}

function lowerShortCut(ctx: CSharpContext, node: SyntaxNode, op: '&&' | '||' | '??'): ValueId {
  const first = lowerExpression(ctx, field(node, 'left'));
  const from = ctx.flow.current;
  const more = ctx.flow.newBlock();
  ctx.flow.current = more;
  const second = lowerExpression(ctx, field(node, 'right'));
  const moreEnd = ctx.flow.current;
  const after = ctx.flow.newBlock();
  ctx.flow.fn.blocks[from]!.next = op === '&&' ? { k: 'branch', test: first, then: more, else: after } : { k: 'branch', test: first, then: after, else: more };
  ctx.flow.fn.blocks[moreEnd]!.next = { k: 'goto', to: after };
  ctx.flow.current = after;
  return ctx.value(node, { k: 'choice', op, of: [first, second] });
}

/** `a ? b : c`. */
export function lowerConditional(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const { thenBlock, elseBlock } = branchOn(ctx, field(node, 'condition'));
  ctx.flow.current = thenBlock;
  const consequence = lowerExpression(ctx, field(node, 'consequence'));
  const thenEnd = ctx.flow.current;
  ctx.flow.current = elseBlock;
  const alternative = lowerExpression(ctx, field(node, 'alternative'));
  joinTwo(ctx, thenEnd, ctx.flow.current);
  return ctx.value(node, { k: 'choice', op: '?:', of: [consequence, alternative] });
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
  ctx.flow.end({ k: 'throw', value });
  ctx.flow.unreachable();
  return ctx.made(node) ?? ctx.value(node, { k: 'undefined' });
}

/** Lowers a condition with its short cuts, so that each test stands in a block of its own. */
export function branchOn(ctx: CSharpContext, condition: SyntaxNode | undefined): { thenBlock: number; elseBlock: number } {
  const thenBlock = ctx.flow.newBlock();
  const elseBlock = ctx.flow.newBlock();
  lowerCondition(ctx, condition, thenBlock, elseBlock);
  return { thenBlock, elseBlock };
}

/** Continues in the current block and leaves it to `thenBlock` or `elseBlock`. */
export function lowerCondition(ctx: CSharpContext, node: SyntaxNode | undefined, thenBlock: number, elseBlock: number): void {
  let inner = node;
  while (inner?.type === 'parenthesized_expression') inner = named(inner)[0];
  if (inner?.type === 'prefix_unary_expression' && child(inner, '!')) return lowerCondition(ctx, named(inner).at(-1), elseBlock, thenBlock);
  const sign = inner?.type === 'binary_expression' ? field(inner, 'operator')?.type : undefined;
  if (inner && (sign === '&&' || sign === '||')) {
    const second = ctx.flow.newBlock();
    if (sign === '&&') lowerCondition(ctx, field(inner, 'left'), second, elseBlock);
    else lowerCondition(ctx, field(inner, 'left'), thenBlock, second);
    ctx.flow.current = second;
    return lowerCondition(ctx, field(inner, 'right'), thenBlock, elseBlock);
  }
  const test = lowerExpression(ctx, inner);
  ctx.flow.end({ k: 'branch', test, then: thenBlock, else: elseBlock });
}

/** Ends two blocks in one that follows both. */
export function joinTwo(ctx: CSharpContext, one: number, other: number): void {
  const after = ctx.flow.newBlock();
  ctx.flow.fn.blocks[one]!.next = { k: 'goto', to: after };
  ctx.flow.fn.blocks[other]!.next = { k: 'goto', to: after };
  ctx.flow.current = after;
}
