import type { ValueId } from '../../facts/facts.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerCondition, lowerExpression } from './expressions.ts';
import type { JavaContext } from './javaContext.ts';
import { patternTest } from './patterns.ts';
import { lowerDropped, lowerStatements } from './statements.ts';

/** `switch`, as a statement or as an expression: each label is a test of the subject. Returns its value, where it has one. */
export function lowerSwitch(ctx: JavaContext, node: SyntaxNode, labels: string[]): ValueId {
  const subject = lowerExpression(ctx, field(node, 'condition'));
  const body = field(node, 'body');
  const cases = body ? named(body).filter((each) => each.type === 'switch_rule' || each.type === 'switch_block_statement_group') : [];
  const after = ctx.flow.newBlock();
  const bodies = cases.map(() => ctx.flow.newBlock());
  const values: ValueId[] = [];
  ctx.inScope(() => {
    let fallback = after;
    cases.forEach((each, index) => {
      for (const label of named(each).filter((part) => part.type === 'switch_label')) {
        if (named(label).length === 0) fallback = bodies[index]!;
        else testLabel(ctx, label, subject, bodies[index]!);
      }
    });
    ctx.flow.goto(fallback);
    ctx.yields.push({ values, after });
    ctx.flow.within({ labels, breakTo: after }, () => {
      cases.forEach((each, index) => {
        ctx.flow.current = bodies[index]!;
        const parts = named(each).filter((part) => part.type !== 'switch_label');
        if (each.type === 'switch_block_statement_group') {
          lowerStatements(ctx, parts);
          ctx.flow.goto(bodies[index + 1] ?? after);
        } else lowerRule(ctx, parts[0], values, after);
      });
    });
    ctx.yields.pop();
  });
  ctx.flow.current = after;
  return ctx.value(node, { k: 'choice', op: '?:', of: [...new Set(values)] });
}

/** What stands behind an arrow: a value, statements or a `throw`. */
function lowerRule(ctx: JavaContext, part: SyntaxNode | undefined, values: ValueId[], after: number): void {
  const expression = part?.type === 'expression_statement' ? named(part)[0] : undefined;
  if (expression && /assignment|update|switch/.test(expression.type)) lowerDropped(ctx, expression);
  else if (expression) values.push(lowerExpression(ctx, expression));
  else if (part) lowerStatements(ctx, [part]);
  ctx.flow.goto(after);
}

function testLabel(ctx: JavaContext, label: SyntaxNode, subject: ValueId, then: number): void {
  const guard = child(label, 'guard');
  for (const each of named(label)) {
    if (each.type === 'guard') continue;
    const next = ctx.flow.newBlock();
    const matched = guard ? ctx.flow.newBlock() : then;
    const pattern = each.type === 'pattern' ? named(each)[0] : undefined;
    const test = pattern ? patternTest(ctx, pattern, subject) : labelTest(ctx, each, subject);
    ctx.flow.end({ k: 'branch', test, then: matched, else: next });
    if (guard) {
      ctx.flow.current = matched;
      lowerCondition(ctx, named(guard)[0], then, next);
    }
    ctx.flow.current = next;
  }
}

/** A word that stands for itself is a constant of the subject's own type, which is known by its name. */
function labelTest(ctx: JavaContext, label: SyntaxNode, subject: ValueId): ValueId {
  const known = ctx.made(label);
  if (known !== undefined) return known;
  const name = ctx.slice(label);
  const found = ctx.scope.lookUp(name);
  const isWord = label.type === 'identifier' && (found === undefined || found === ctx.moduleScope.own(name)) && !ctx.classesAround.some(({ fields }) => fields.has(name));
  const value = isWord ? ctx.fresh(label, { k: 'literal', value: name }) : label.type === 'identifier' ? ctx.fresh(label, { k: 'assign', of: lowerExpression(ctx, { ...label }) }) : lowerExpression(ctx, { ...label });
  return ctx.tie(label, ctx.fresh(label, { k: 'operator', op: '==', of: [subject, value] }));
}
