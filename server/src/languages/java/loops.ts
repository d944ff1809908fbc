import { type Loop, lowerDoLoop, lowerEachLoop, lowerLoop } from '../lowering/loops.ts';
import { field, fields, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerCondition, lowerExpression } from './expressions.ts';
import type { JavaContext } from './javaContext.ts';
import { declaredType } from './names.ts';
import { lowerDropped, lowerStatement } from './statements.ts';

/** `i < rows.size()`: the loop walks a collection. An iterator that is asked for another element does too. */
function loopOf(ctx: JavaContext, node: SyntaxNode, labels: string[]): Loop {
  const condition = field(node, 'condition');
  const kind = condition && /\.(?:length\b|size\(\)|hasNext\(\))/.test(ctx.slice(condition)) ? 'count' : 'while';
  return { kind, node, labels, body: () => lowerStatement(ctx, field(node, 'body')) };
}

/** `for (init; condition; update)`. */
export function lowerFor(ctx: JavaContext, node: SyntaxNode, labels: string[]): void {
  for (const each of fields(node, 'init')) {
    if (each.type === 'local_variable_declaration') lowerStatement(ctx, each);
    else lowerDropped(ctx, each);
  }
  const condition = field(node, 'condition');
  const step = (): void => {
    for (const each of fields(node, 'update')) lowerDropped(ctx, each);
  };
  lowerLoop(ctx.flow, { ...loopOf(ctx, node, labels), step }, (body, done) => {
    if (condition) lowerCondition(ctx, condition, body, done);
    else ctx.flow.goto(body);
  });
}

/** `for (Type name : rows)`. */
export function lowerEach(ctx: JavaContext, node: SyntaxNode, labels: string[]): void {
  const over = lowerExpression(ctx, field(node, 'value'));
  const body = (): void => {
    const name = field(node, 'name');
    if (name) {
      const element = ctx.part(node, () => ctx.fresh(name, { k: 'element', of: over }));
      ctx.bind(ctx.declare(name, 'variable', declaredType(ctx, field(node, 'type'))), element);
    }
    lowerStatement(ctx, field(node, 'body'));
  };
  lowerEachLoop(ctx.flow, { kind: 'each', node, labels, over, body }, false);
}

/** `while (condition)`. */
export function lowerWhile(ctx: JavaContext, node: SyntaxNode, labels: string[]): void {
  lowerLoop(ctx.flow, loopOf(ctx, node, labels), (body, done) => lowerCondition(ctx, field(node, 'condition'), body, done));
}

/** `do { … } while (condition);`. */
export function lowerDo(ctx: JavaContext, node: SyntaxNode, labels: string[]): void {
  lowerDoLoop(ctx.flow, loopOf(ctx, node, labels), (body, done) => lowerCondition(ctx, field(node, 'condition'), body, done));
}
