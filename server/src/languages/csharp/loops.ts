import { type Loop, lowerDoLoop, lowerEachLoop, lowerLoop } from '../lowering/loops.ts';
import { field, fields, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { assign, bind, lowerVariables } from './assignments.ts';
import { lowerAnnotation } from './annotations.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';
import { lowerCondition } from './operators.ts';
import { lowerStatement } from './statements.ts';

/** `i < rows.Count`: the loop walks a collection. */
function loopOf(ctx: CSharpContext, node: SyntaxNode, condition: SyntaxNode | undefined): Loop {
  const kind = condition && /\.(?:Count|Length)\b/.test(ctx.slice(condition)) ? 'count' : 'while';
  return { kind, node, body: () => lowerStatement(ctx, field(node, 'body')) };
}

/** `foreach (var row in rows)`, `await foreach (…)`. */
export function lowerForeach(ctx: CSharpContext, node: SyntaxNode): void {
  const over = lowerExpression(ctx, field(node, 'right'));
  const body = (): void => ctx.inScope(() => {
    const left = field(node, 'left');
    const element = ctx.part(node, () => ctx.fresh(left ?? node, { k: 'element', of: over }));
    if (left?.type === 'identifier') {
      const binding = ctx.declare(left, 'variable');
      const written = field(node, 'type');
      const type = written?.type === 'implicit_type' ? undefined : lowerAnnotation(written, ctx.text);
      if (type) ctx.bindings[binding]!.type ??= type;
      bind(ctx, binding, element);
    } else if (left) assign(ctx, left, element);
    lowerStatement(ctx, field(node, 'body'));
  });
  lowerEachLoop(ctx.flow, { kind: 'each', node, over, body }, has(node, 'await'));
}

/** `for (…; …; …)`. */
export function lowerFor(ctx: CSharpContext, node: SyntaxNode): void {
  ctx.inScope(() => {
    for (const each of fields(node, 'initializer')) {
      if (each.type === 'variable_declaration') lowerVariables(ctx, each);
      else lowerExpression(ctx, each);
    }
    const condition = field(node, 'condition');
    const step = (): void => {
      for (const each of fields(node, 'update')) lowerExpression(ctx, each);
    };
    lowerLoop(ctx.flow, { ...loopOf(ctx, node, condition), step }, (body, done) => {
      if (condition) lowerCondition(ctx, condition, body, done);
      else ctx.flow.goto(body);
    });
  });
}

/** `while (…) …`. */
export function lowerWhile(ctx: CSharpContext, node: SyntaxNode): void {
  const condition = field(node, 'condition') ?? named(node)[0];
  lowerLoop(ctx.flow, loopOf(ctx, node, condition), (body, done) => lowerCondition(ctx, condition, body, done));
}

/** `do … while (…);`. */
export function lowerDo(ctx: CSharpContext, node: SyntaxNode): void {
  const condition = field(node, 'condition');
  lowerDoLoop(ctx.flow, loopOf(ctx, node, condition), (body, done) => lowerCondition(ctx, condition, body, done));
}
