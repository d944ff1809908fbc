import type { ClassId, FunctionFact, FunctionId, ParameterFact, TypeFact, ValueId } from '../../facts/facts.ts';
import { child, field, type SyntaxNode } from '../lowering/syntax.ts';
import { attributesOf, lowerAnnotation, modifiers, parameterNodes } from './annotations.ts';
import { bind } from './assignments.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';
import { lowerStatement } from './statements.ts';

/** What a function is beside its parameters and its body. */
export interface Head {
  name?: string;
  kind: FunctionFact['kind'];
  static: boolean;
  async: boolean;
  cls?: ClassId | undefined;
  returns?: TypeFact | undefined;
  decorators?: string[];
}

/**
 * Lowers a function, once.
 * @param node where it stands
 * @param before what runs before its body: calls of other constructors
 */
export function lowerFunction(ctx: CSharpContext, node: SyntaxNode, head: Head, parameters: SyntaxNode | undefined, body: SyntaxNode | undefined, before?: () => void): FunctionId {
  const known = ctx.functionOf.get(node);
  if (known !== undefined) return known;
  const id = ctx.functions.length;
  ctx.functionOf.set(node, id);
  const { cls, decorators, returns, name, ...rest } = head;
  const close = ctx.open(
    { ...(name === undefined ? {} : { name }), ...rest, parent: ctx.frame.fn, ...(cls === undefined ? {} : { cls }), generator: body !== undefined && yields(body), at: node.at, to: node.to },
    cls ?? ctx.frame.cls,
  );
  const fact = ctx.functions[id]!;
  fact.decorators.push(...(decorators ?? []));
  if (returns) fact.returns = returns;
  const caught = ctx.caught.splice(0);
  const conditionals = ctx.conditionals.splice(0);
  lowerParameters(ctx, fact, id, parameters);
  before?.();
  lowerBody(ctx, body);
  ctx.caught.push(...caught);
  ctx.conditionals.push(...conditionals);
  close();
  return id;
}

/** `{ … }`, or `=> expression`, which is returned. */
function lowerBody(ctx: CSharpContext, body: SyntaxNode | undefined): void {
  if (!body) return;
  if (body.type === 'block') return lowerStatement(ctx, body);
  const expression = body.type === 'arrow_expression_clause' ? body.children.find((each) => each.named) : body;
  if (expression?.type === 'throw_expression') {
    lowerExpression(ctx, expression);
    return;
  }
  const value = lowerExpression(ctx, expression);
  ctx.flow.end({ k: 'return', value });
}

/** Whether a body gives values one by one; functions within it are others. */
function yields(node: SyntaxNode): boolean {
  if (node.type === 'yield_statement') return true;
  if (node.type === 'local_function_statement' || node.type === 'lambda_expression' || node.type === 'anonymous_method_expression') return false;
  return node.children.some((each) => each.named && yields(each));
}

function lowerParameters(ctx: CSharpContext, fact: FunctionFact, fn: FunctionId, list: SyntaxNode | undefined): void {
  for (const { name, type: written, fallback, rest } of parameterNodes(list)) {
    const binding = ctx.declare(name, 'parameter');
    const param: ParameterFact = { rest, name: ctx.word(name), binding };
    const type = lowerAnnotation(written, ctx.text);
    if (type) {
      param.type = type;
      ctx.bindings[binding]!.type ??= type;
    }
    const index = fact.params.length;
    fact.params.push(param);
    let value = ctx.fresh(name, { k: 'parameter', fn, index });
    if (fallback) value = ctx.fresh(name, { k: 'choice', op: '??', of: [value, lowerExpression(ctx, fallback)] });
    bind(ctx, binding, value);
  }
}

/** `row => …`, `async (a, b) => …`, `delegate (int a) { … }`. @param runs it is run as work of its own: what it throws is a failure of that */
export function lowerLambda(ctx: CSharpContext, node: SyntaxNode, runs = false): ValueId {
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const body = field(node, 'body') ?? child(node, 'block');
  const head: Head = { kind: 'arrow', static: false, async: runs || modifiers(node, ctx.text).has('async') };
  return ctx.value(node, { k: 'function', fn: lowerFunction(ctx, node, head, field(node, 'parameters'), body) });
}

/** A function in a function; its name is there before it. */
export function lowerLocalFunction(ctx: CSharpContext, node: SyntaxNode): void {
  const name = field(node, 'name');
  if (!name) return;
  const binding = ctx.declare(name, 'function');
  const head: Head = {
    name: ctx.word(name), kind: 'arrow', static: false, async: modifiers(node, ctx.text).has('async'),
    returns: lowerAnnotation(field(node, 'type'), ctx.text), decorators: attributesOf(node, ctx.text),
  };
  const fn = lowerFunction(ctx, node, head, field(node, 'parameters'), field(node, 'body'));
  const value = ctx.value(node, { k: 'function', fn });
  const { sources } = ctx.bindings[binding]!;
  if (!sources.includes(value)) sources.push(value);
}
