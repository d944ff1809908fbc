import type { ValueId } from '../../facts/facts.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lastWord } from './annotations.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerAwait, lowerElement, lowerExpression, lowerReceiver } from './expressions.ts';
import { statusNamed } from './statuses.ts';
import { beginsWork } from './tasks.ts';

/** Members that hold how many elements there are. */
const LENGTHS = new Set(['Length', 'Count', 'LongLength']);

/** `a.B`. The result of work that has been begun is waited for; the number of elements is `length`. */
export function lowerMember(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const objectNode = field(node, 'expression');
  const nameNode = field(node, 'name');
  const status = statusNamed(ctx.slice(node));
  if (status !== undefined) return ctx.value(node, { k: 'literal', value: status });
  const object = lowerReceiver(ctx, node);
  if (!nameNode) return object;
  const name = lastWord(nameNode, ctx.text);
  if (name === 'Result' && objectNode && waitsFor(ctx, objectNode)) return lowerAwait(ctx, node, object);
  return ctx.value(node, { k: 'member', object, name: LENGTHS.has(name) ? 'length' : name, nameAt: nameNode.at, nameTo: nameNode.to, optional: true });
}

/** Whether `.Result` of an expression waits: of what may be a task, and of no outcome that a policy has captured. */
function waitsFor(ctx: CSharpContext, node: SyntaxNode): boolean {
  return beginsWork(ctx, node) || (node.type === 'invocation_expression' && !/Capture\w*\s*\(/.test(ctx.slice(node)));
}

/** `a?.B(c)`: what stands after the question mark is asked of `a`. */
export function lowerConditionalAccess(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const condition = field(node, 'condition');
  const rest = named(node).filter((each) => each !== condition).at(-1);
  const object = lowerExpression(ctx, condition);
  if (!rest) return object;
  ctx.conditionals.push(object);
  const value = lowerExpression(ctx, rest);
  ctx.conditionals.pop();
  return ctx.made(node) ?? ctx.tie(node, value);
}

/** `.B` and `[b]` after a question mark. */
export function lowerBindingExpression(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const object = ctx.conditionals.at(-1);
  if (node.type === 'element_binding_expression') {
    // `[a, b]` on its own is a list.
    if (object === undefined) return ctx.value(node, { k: 'array', items: named(node).map((each) => lowerExpression(ctx, each)), spreads: [] });
    return lowerElement(ctx, node, object, node);
  }
  const nameNode = field(node, 'name');
  if (object === undefined || !nameNode) return ctx.value(node, { k: 'other', of: [] });
  const name = lastWord(nameNode, ctx.text);
  return ctx.value(node, { k: 'member', object, name: LENGTHS.has(name) ? 'length' : name, nameAt: nameNode.at, nameTo: nameNode.to, optional: true });
}
