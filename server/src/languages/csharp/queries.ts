import type { ValueId } from '../../facts/facts.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { bind } from './assignments.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';

/** `from row in rows where … select row.Id`: a list of what is selected of each. */
export function lowerQuery(ctx: CSharpContext, node: SyntaxNode): ValueId {
  let over: ValueId | undefined;
  let selected: ValueId | undefined;
  ctx.inScope(() => {
    for (const clause of named(node)) {
      if (clause.type === 'from_clause' || clause.type === 'join_clause') {
        const name = field(clause, 'name') ?? named(clause).find((each) => each.type === 'identifier');
        const source = lowerExpression(ctx, named(clause).filter((each) => each !== name && each.field !== 'type')[0]);
        over ??= source;
        if (name) bind(ctx, ctx.declare(name, 'variable'), ctx.part(clause, () => ctx.fresh(clause, { k: 'element', of: source })));
      } else if (clause.type === 'let_clause') {
        const [name, value] = named(clause);
        const given = lowerExpression(ctx, value);
        if (name?.type === 'identifier') bind(ctx, ctx.declare(name, 'variable'), given);
      } else {
        const value = named(clause).map((each) => lowerExpression(ctx, each)).at(-1);
        if (clause.type === 'select_clause') selected = value;
      }
    }
  });
  // Without a choice of its own it gives the elements.
  return ctx.made(node) ?? ctx.value(node, selected === undefined ? { k: 'array', items: [], spreads: over === undefined ? [] : [over] } : { k: 'array', items: [selected], spreads: [] });
}
