import { field, fields, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerCondition, lowerExpression } from './expressions.ts';
import type { JavaContext } from './javaContext.ts';
import { declaredType } from './names.ts';
import { lowerDropped, lowerStatement } from './statements.ts';

/** Lowers a loop's body with break and continue going to the right places. */
function inLoop(ctx: JavaContext, loop: number, labels: string[], breakTo: number, continueTo: number, body: SyntaxNode | undefined): void {
  const saved = ctx.flow.loop;
  ctx.flow.loop = loop;
  ctx.flow.jumps.push({ labels, breakTo, continueTo, finals: ctx.flow.finals.length });
  lowerStatement(ctx, body);
  ctx.flow.jumps.pop();
  ctx.flow.loop = saved;
}

/** Opens a loop whose head is the next block. */
function openLoop(ctx: JavaContext, node: SyntaxNode, kind: 'each' | 'count' | 'while', over?: number): { loop: number; close: (after: number) => void } {
  const loop = ctx.flow.newLoop(kind, ctx.flow.fn.blocks.length, node.at, node.to, over);
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  return {
    loop,
    close: (after) => {
      ctx.flow.loop = outer;
      ctx.flow.current = after;
    },
  };
}

/** `i < rows.size()`: the loop walks a collection. An iterator that is asked for another element does too. */
function kindOf(ctx: JavaContext, condition: SyntaxNode | undefined): 'count' | 'while' {
  return condition && /\.(?:length\b|size\(\)|hasNext\(\))/.test(ctx.slice(condition)) ? 'count' : 'while';
}

/** `for (init; condition; update)`. */
export function lowerFor(ctx: JavaContext, node: SyntaxNode, labels: string[]): void {
  for (const each of fields(node, 'init')) {
    if (each.type === 'local_variable_declaration') lowerStatement(ctx, each);
    else lowerDropped(ctx, each);
  }
  const condition = field(node, 'condition');
  const after = ctx.flow.newBlock();
  const { loop, close } = openLoop(ctx, node, kindOf(ctx, condition));
  const head = ctx.flow.split();
  const body = ctx.flow.newBlock();
  const step = ctx.flow.newBlock();
  if (condition) lowerCondition(ctx, condition, body, after);
  else ctx.flow.goto(body);
  ctx.flow.current = body;
  inLoop(ctx, loop, labels, after, step, field(node, 'body'));
  ctx.flow.goto(step);
  ctx.flow.current = step;
  for (const each of fields(node, 'update')) lowerDropped(ctx, each);
  ctx.flow.goto(head);
  close(after);
}

/** `for (Type name : rows)`. */
export function lowerEach(ctx: JavaContext, node: SyntaxNode, labels: string[]): void {
  const over = lowerExpression(ctx, field(node, 'value'));
  const after = ctx.flow.newBlock();
  const { loop, close } = openLoop(ctx, node, 'each', over);
  const head = ctx.flow.split();
  const body = ctx.flow.newBlock();
  ctx.flow.end({ k: 'iterate', over, awaits: false, body, done: after });
  ctx.flow.current = body;
  const name = field(node, 'name');
  if (name) {
    const element = ctx.part(node, () => ctx.fresh(name, { k: 'element', of: over }));
    ctx.bind(ctx.declare(name, 'variable', declaredType(ctx, field(node, 'type'))), element);
  }
  inLoop(ctx, loop, labels, after, head, field(node, 'body'));
  ctx.flow.goto(head);
  close(after);
}

/** `while (condition)`. */
export function lowerWhile(ctx: JavaContext, node: SyntaxNode, labels: string[]): void {
  const after = ctx.flow.newBlock();
  const condition = field(node, 'condition');
  const { loop, close } = openLoop(ctx, node, kindOf(ctx, condition));
  const head = ctx.flow.split();
  const body = ctx.flow.newBlock();
  if (isEndless(condition)) ctx.flow.goto(body);
  else lowerCondition(ctx, condition, body, after);
  ctx.flow.current = body;
  inLoop(ctx, loop, labels, after, head, field(node, 'body'));
  ctx.flow.goto(head);
  close(after);
}

/** `while (true)` has no way out at its head. */
function isEndless(condition: SyntaxNode | undefined): boolean {
  const inner = condition && named(condition)[0];
  return inner?.type === 'true';
}

/** `do { … } while (condition);`. */
export function lowerDo(ctx: JavaContext, node: SyntaxNode, labels: string[]): void {
  const after = ctx.flow.newBlock();
  const condition = field(node, 'condition');
  const { loop, close } = openLoop(ctx, node, kindOf(ctx, condition));
  const head = ctx.flow.split();
  const test = ctx.flow.newBlock();
  inLoop(ctx, loop, labels, after, test, field(node, 'body'));
  ctx.flow.goto(test);
  ctx.flow.current = test;
  lowerCondition(ctx, condition, head, after);
  close(after);
}
