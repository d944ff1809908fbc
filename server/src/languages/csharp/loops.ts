import { field, fields, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { assign, bind, lowerVariables } from './assignments.ts';
import { lowerAnnotation } from './annotations.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';
import { lowerCondition } from './operators.ts';
import { lowerStatement } from './statements.ts';

/** `i < rows.Count`: the loop walks a collection. */
function countsOver(ctx: CSharpContext, condition: SyntaxNode | undefined): boolean {
  return condition !== undefined && /\.(?:Count|Length)\b/.test(ctx.slice(condition));
}

/** Lowers a loop's body with break and continue going to the right places. */
function lowerBody(ctx: CSharpContext, node: SyntaxNode, loop: number, breakTo: number, continueTo: number): void {
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  ctx.flow.jumps.push({ labels: [], breakTo, continueTo, finals: ctx.flow.finals.length });
  lowerStatement(ctx, field(node, 'body'));
  ctx.flow.jumps.pop();
  ctx.flow.loop = outer;
}

/** `foreach (var row in rows)`, `await foreach (…)`. */
export function lowerForeach(ctx: CSharpContext, node: SyntaxNode): void {
  const over = lowerExpression(ctx, field(node, 'right'));
  const after = ctx.flow.newBlock();
  const loop = ctx.flow.newLoop('each', ctx.flow.fn.blocks.length, node.at, node.to, over);
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  const head = ctx.flow.split();
  const body = ctx.flow.newBlock();
  ctx.flow.end({ k: 'iterate', over, awaits: has(node, 'await'), body, done: after });
  ctx.flow.current = body;
  ctx.inScope(() => {
    const left = field(node, 'left');
    const element = ctx.part(node, () => ctx.fresh(left ?? node, { k: 'element', of: over }));
    if (left?.type === 'identifier') {
      const binding = ctx.declare(left, 'variable');
      const written = field(node, 'type');
      const type = written?.type === 'implicit_type' ? undefined : lowerAnnotation(written, ctx.text);
      if (type) ctx.bindings[binding]!.type ??= type;
      bind(ctx, binding, element);
    } else if (left) assign(ctx, left, element);
    lowerBody(ctx, node, loop, after, head);
  });
  ctx.flow.goto(head);
  ctx.flow.loop = outer;
  ctx.flow.current = after;
}

/** `for (…; …; …)`. */
export function lowerFor(ctx: CSharpContext, node: SyntaxNode): void {
  ctx.inScope(() => {
    for (const each of fields(node, 'initializer')) {
      if (each.type === 'variable_declaration') lowerVariables(ctx, each);
      else lowerExpression(ctx, each);
    }
    const condition = field(node, 'condition');
    const after = ctx.flow.newBlock();
    const loop = ctx.flow.newLoop(countsOver(ctx, condition) ? 'count' : 'while', ctx.flow.fn.blocks.length, node.at, node.to);
    const outer = ctx.flow.loop;
    ctx.flow.loop = loop;
    const head = ctx.flow.split();
    const body = ctx.flow.newBlock();
    const step = ctx.flow.newBlock();
    if (condition) lowerCondition(ctx, condition, body, after);
    else ctx.flow.goto(body);
    ctx.flow.current = body;
    lowerBody(ctx, node, loop, after, step);
    ctx.flow.goto(step);
    ctx.flow.current = step;
    for (const each of fields(node, 'update')) lowerExpression(ctx, each);
    ctx.flow.goto(head);
    ctx.flow.loop = outer;
    ctx.flow.current = after;
  });
}

/** `while (…) …`. */
export function lowerWhile(ctx: CSharpContext, node: SyntaxNode): void {
  const condition = field(node, 'condition') ?? named(node)[0];
  const after = ctx.flow.newBlock();
  const loop = ctx.flow.newLoop(countsOver(ctx, condition) ? 'count' : 'while', ctx.flow.fn.blocks.length, node.at, node.to);
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  const head = ctx.flow.split();
  const body = ctx.flow.newBlock();
  // `while (true)` has no way out at its head.
  if (condition?.type === 'boolean_literal' && ctx.slice(condition) === 'true') ctx.flow.goto(body);
  else lowerCondition(ctx, condition, body, after);
  ctx.flow.current = body;
  lowerBody(ctx, node, loop, after, head);
  ctx.flow.goto(head);
  ctx.flow.loop = outer;
  ctx.flow.current = after;
}

/** `do … while (…);`. */
export function lowerDo(ctx: CSharpContext, node: SyntaxNode): void {
  const condition = field(node, 'condition');
  const after = ctx.flow.newBlock();
  const loop = ctx.flow.newLoop(countsOver(ctx, condition) ? 'count' : 'while', ctx.flow.fn.blocks.length, node.at, node.to);
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  const head = ctx.flow.split();
  const test = ctx.flow.newBlock();
  lowerBody(ctx, node, loop, after, test);
  ctx.flow.goto(test);
  ctx.flow.current = test;
  lowerCondition(ctx, condition, head, after);
  ctx.flow.loop = outer;
  ctx.flow.current = after;
}
