import type { ValueId } from '../../facts/facts.ts';
import { child, field, fields, named, type SyntaxNode } from '../lowering/syntax.ts';
import { assign } from './assignments.ts';
import { lowerCondition, lowerExpression } from './expressions.ts';
import { captures } from './hoisting.ts';
import type { PythonContext } from './pythonContext.ts';
import { lowerBlock } from './statements.ts';

/** `match subject:` with its cases, each a test of the subject. */
export function lowerMatch(ctx: PythonContext, node: SyntaxNode): void {
  const subject = lowerExpression(ctx, field(node, 'subject'));
  const body = field(node, 'body') ?? node;
  const after = ctx.flow.newBlock();
  for (const each of named(body).filter((clause) => clause.type === 'case_clause')) {
    const taken = ctx.flow.newBlock();
    const next = ctx.flow.newBlock();
    const patterns = fields(each, 'pattern').concat(named(each).filter((part) => part.type === 'case_pattern' && part.field !== 'pattern'));
    testPattern(ctx, patterns[0], subject, taken, next);
    ctx.flow.current = taken;
    const guard = field(each, 'guard');
    const test = guard && named(guard)[0];
    if (test) {
      const guarded = ctx.flow.newBlock();
      lowerCondition(ctx, test, guarded, next);
      ctx.flow.current = guarded;
    }
    lowerBlock(ctx, field(each, 'consequence') ?? child(each, 'block'));
    ctx.flow.goto(after);
    ctx.flow.current = next;
  }
  ctx.flow.goto(after);
  ctx.flow.current = after;
}

function testPattern(ctx: PythonContext, pattern: SyntaxNode | undefined, subject: ValueId, taken: number, next: number): void {
  const inner = pattern && named(pattern)[0];
  const branch = (test: ValueId): void => ctx.flow.end({ k: 'branch', test, then: taken, else: next });
  if (!pattern || !inner) return ctx.flow.goto(taken);
  const [captured] = captures(pattern);
  if (captured) {
    assign(ctx, captured, subject);
    return ctx.flow.goto(taken);
  }
  if (inner.type === 'class_pattern') {
    const name = named(inner)[0]!;
    return branch(ctx.value(inner, { k: 'operator', op: 'instanceof', of: [subject, className(ctx, name)] }));
  }
  if (inner.type === 'union_pattern') {
    const literals = named(inner).map((each) => lowerExpression(ctx, each.type === 'case_pattern' ? named(each)[0] : each));
    const list = ctx.made(inner) ?? ctx.value(inner, { k: 'array', items: literals, spreads: [] });
    const known = ctx.made(pattern);
    return branch(known ?? ctx.value(pattern, { k: 'operator', op: 'contains', of: [list, subject] }));
  }
  if (['string', 'concatenated_string', 'integer', 'float', 'true', 'false', 'none', 'dotted_name'].includes(inner.type)) {
    const wanted = inner.type === 'dotted_name' ? className(ctx, inner) : lowerExpression(ctx, inner);
    const known = ctx.made(pattern);
    return branch(known ?? ctx.value(pattern, { k: 'operator', op: '===', of: [subject, wanted] }));
  }
  branch(ctx.made(pattern) ?? ctx.value(pattern, { k: 'other', of: [subject] }));
}

/** `Foo` or `package.Foo`, as a value. */
function className(ctx: PythonContext, node: SyntaxNode): ValueId {
  const [first, ...rest] = node.type === 'identifier' ? [node] : named(node);
  let value = lowerExpression(ctx, first);
  for (const each of rest) value = ctx.value(each, { k: 'member', object: value, name: ctx.slice(each), nameAt: each.at, nameTo: each.to });
  return value;
}
