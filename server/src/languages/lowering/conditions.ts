import type { BlockId, ValueId } from '../../facts/facts.ts';
import type { Context } from './context.ts';
import { named, type SyntaxNode } from './syntax.ts';

type Operand = SyntaxNode | undefined;

/** What a condition says beyond being a value. */
export type Condition =
  | { k: 'not'; of: Operand }
  | { k: '&&' | '||'; left: Operand; right: Operand }
  /** It always holds, or never. */
  | { k: 'constant'; holds: boolean };

/** Lowers what decides the way through a function, in one language. */
export interface Conditions<C extends Context> {
  /** Continues in the current block and leaves it to `thenBlock` or `elseBlock`. */
  lowerCondition(ctx: C, node: Operand, thenBlock: BlockId, elseBlock: BlockId): void;
  /** Lowers a condition and either way on from it, which meet again. */
  lowerEither(ctx: C, condition: Operand, one: () => void, other: () => void): void;
  /** `a ? b : c`. */
  lowerConditional(ctx: C, node: SyntaxNode, condition: Operand, consequence: Operand, alternative: Operand): ValueId;
  /** `a && b`, `a || b`, `a ?? b`, as a value: the second is evaluated only where the first does not decide. */
  lowerShortCut(ctx: C, node: SyntaxNode, op: '&&' | '||' | '??', left: Operand, right: Operand): ValueId;
  /** A test that throws where it fails, with what it then says. */
  lowerAssertion(ctx: C, node: SyntaxNode, test: Operand, message: Operand): void;
}

/**
 * How a language lowers conditions, with their short cuts, so that each test stands in a block of its own.
 * @param read a condition without brackets around it; undefined for a value that is tested
 * @param lower an expression
 */
export function conditionsOf<C extends Context>(read: (ctx: C, node: SyntaxNode) => Condition | undefined, lower: (ctx: C, node: Operand) => ValueId): Conditions<C> {
  const lowerCondition = (ctx: C, node: Operand, thenBlock: BlockId, elseBlock: BlockId): void => {
    let inner = node;
    while (inner?.type === 'parenthesized_expression') inner = named(inner)[0];
    const condition = inner && read(ctx, inner);
    switch (condition?.k) {
      case 'not':
        return lowerCondition(ctx, condition.of, elseBlock, thenBlock);
      case '&&':
      case '||': {
        const second = ctx.flow.newBlock();
        if (condition.k === '&&') lowerCondition(ctx, condition.left, second, elseBlock);
        else lowerCondition(ctx, condition.left, thenBlock, second);
        ctx.flow.current = second;
        return lowerCondition(ctx, condition.right, thenBlock, elseBlock);
      }
      case 'constant':
        return ctx.flow.goto(condition.holds ? thenBlock : elseBlock);
      default:
        return ctx.flow.end({ k: 'branch', test: lower(ctx, inner), then: thenBlock, else: elseBlock });
    }
  };

  const branchOn = (ctx: C, condition: Operand): { thenBlock: BlockId; elseBlock: BlockId } => {
    const thenBlock = ctx.flow.newBlock();
    const elseBlock = ctx.flow.newBlock();
    lowerCondition(ctx, condition, thenBlock, elseBlock);
    return { thenBlock, elseBlock };
  };

  const lowerEither = (ctx: C, condition: Operand, one: () => void, other: () => void): void => {
    const { flow } = ctx;
    const { thenBlock, elseBlock } = branchOn(ctx, condition);
    flow.current = thenBlock;
    one();
    const thenEnd = flow.current;
    flow.current = elseBlock;
    other();
    const elseEnd = flow.current;
    const after = flow.newBlock();
    for (const end of [thenEnd, elseEnd]) flow.fn.blocks[end]!.next = { k: 'goto', to: after };
    flow.current = after;
  };

  return {
    lowerCondition,
    lowerEither,
    lowerConditional(ctx, node, condition, consequence, alternative) {
      const of: ValueId[] = [];
      lowerEither(ctx, condition, () => of.push(lower(ctx, consequence)), () => of.push(lower(ctx, alternative)));
      return ctx.value(node, { k: 'choice', op: '?:', of });
    },
    lowerShortCut(ctx, node, op, left, right) {
      const { flow } = ctx;
      const first = lower(ctx, left);
      const from = flow.current;
      const more = flow.newBlock();
      flow.current = more;
      const second = lower(ctx, right);
      const moreEnd = flow.current;
      const after = flow.newBlock();
      flow.fn.blocks[from]!.next = op === '&&' ? { k: 'branch', test: first, then: more, else: after } : { k: 'branch', test: first, then: after, else: more };
      flow.fn.blocks[moreEnd]!.next = { k: 'goto', to: after };
      flow.current = after;
      return ctx.value(node, { k: 'choice', op, of: [first, second] });
    },
    lowerAssertion(ctx, node, test, message) {
      const { thenBlock, elseBlock } = branchOn(ctx, test);
      ctx.flow.current = elseBlock;
      const of = message ? [lower(ctx, message)] : [];
      ctx.flow.end({ k: 'throw', value: ctx.value(node, { k: 'other', of }) });
      ctx.flow.current = thenBlock;
    },
  };
}
