import type { ValueId } from '../../facts/facts.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';
import { lowerCondition } from './operators.ts';
import { testOf } from './patterns.ts';
import { lowerStatements } from './statements.ts';

/** What stands before the colon of a section. */
function patternOf(section: SyntaxNode): SyntaxNode | undefined {
  const first = named(section)[0];
  return first && !isStatement(first) && first.type !== 'when_clause' ? first : undefined;
}

function isStatement(node: SyntaxNode): boolean {
  return node.type.endsWith('_statement') || node.type === 'block';
}

/** Leaves the current block to `taken` or `next` by a pattern and what is asked beside it. */
function lowerTest(ctx: CSharpContext, node: SyntaxNode, pattern: SyntaxNode, subject: ValueId, taken: number, next: number): void {
  const when = child(node, 'when_clause');
  const matched = when ? ctx.flow.newBlock() : taken;
  const test = testOf(ctx, pattern, subject);
  if (test === undefined) ctx.flow.goto(matched);
  else ctx.flow.end({ k: 'branch', test, then: matched, else: next });
  if (!when) return;
  ctx.flow.current = matched;
  lowerCondition(ctx, named(when)[0], taken, next);
}

/** `switch (subject) { case …: … }`. */
export function lowerSwitch(ctx: CSharpContext, node: SyntaxNode): void {
  const subject = lowerExpression(ctx, field(node, 'value') ?? named(node)[0]);
  const body = field(node, 'body');
  const sections = body ? named(body).filter((each) => each.type === 'switch_section') : [];
  const after = ctx.flow.newBlock();
  const bodies = sections.map(() => ctx.flow.newBlock());
  let fallback = after;
  ctx.inScope(() => {
    sections.forEach((each, index) => {
      const pattern = patternOf(each);
      if (!pattern) {
        fallback = bodies[index]!;
        return;
      }
      const next = ctx.flow.newBlock();
      lowerTest(ctx, each, pattern, subject, bodies[index]!, next);
      ctx.flow.current = next;
    });
    ctx.flow.goto(fallback);
    ctx.flow.within({ labels: [], breakTo: after }, () => {
      sections.forEach((each, index) => {
        ctx.flow.current = bodies[index]!;
        lowerStatements(ctx, named(each).filter(isStatement));
        // Only a section without statements goes on to the next.
        ctx.flow.goto(bodies[index + 1] ?? after);
      });
    });
  });
  ctx.flow.current = after;
}

/** `subject switch { pattern => value, … }`. */
export function lowerSwitchExpression(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const subject = lowerExpression(ctx, named(node)[0]);
  const after = ctx.flow.newBlock();
  const of: ValueId[] = [];
  ctx.inScope(() => {
    for (const arm of named(node).filter((each) => each.type === 'switch_expression_arm')) {
      const pattern = named(arm)[0];
      if (!pattern) continue;
      const taken = ctx.flow.newBlock();
      const next = ctx.flow.newBlock();
      lowerTest(ctx, arm, pattern, subject, taken, next);
      ctx.flow.current = taken;
      of.push(lowerExpression(ctx, named(arm).at(-1)));
      ctx.flow.goto(after);
      ctx.flow.current = next;
    }
  });
  ctx.flow.goto(after);
  ctx.flow.current = after;
  return ctx.made(node) ?? ctx.value(node, { k: 'choice', op: '?:', of });
}
