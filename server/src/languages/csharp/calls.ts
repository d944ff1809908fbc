import type { Protocol, ValueId } from '../../facts/facts.ts';
import { field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { typeArguments } from './annotations.ts';
import { bind } from './assignments.ts';
import { lowerBuiltIn } from './builtIns.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';
import { lowerName } from './names.ts';
import { methodProtocol, staticProtocol } from './protocols.ts';
import { nameOf } from './tasks.ts';

export interface Arguments {
  args: ValueId[];
  props: { key: string; value: ValueId }[];
  spread: boolean;
  /** Names that the call gives a value to. */
  outs: SyntaxNode[];
}

/** Lowers what stands in the parentheses of a call. */
export function lowerArguments(ctx: CSharpContext, list: SyntaxNode | undefined): Arguments {
  const out: Arguments = { args: [], props: [], spread: false, outs: [] };
  for (const each of list ? named(list) : []) {
    if (each.type !== 'argument') continue;
    const name = field(each, 'name');
    const expression = named(each).at(-1);
    if (has(each, 'out') && expression) out.outs.push(expression);
    const value = lowerExpression(ctx, expression);
    if (name && expression !== name) out.props.push({ key: ctx.word(name), value });
    else out.args.push(value);
  }
  return out;
}

/** Lowers a call; what the base library does, and the language has a form for, becomes that. */
export function lowerCall(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const target = field(node, 'function');
  const list = field(node, 'arguments');
  if (!target) return ctx.value(node, { k: 'other', of: [] });
  return lowerBuiltIn(ctx, node, target, list) ?? plainCall(ctx, node, target, list);
}

/** The call as it is written. */
export function plainCall(ctx: CSharpContext, node: SyntaxNode, target: SyntaxNode, list: SyntaxNode | undefined): ValueId {
  const callee = lowerCallee(ctx, target);
  const { args, props, outs } = lowerArguments(ctx, list);
  const protocol = protocolOf(ctx, target, callee, args);
  const typeArgs = typeArguments(genericOf(target), ctx.text);
  const known = ctx.made(node);
  const value = known ?? ctx.value(node, {
    k: 'call', callee,
    // What is waited for together is one list, however it is written.
    args: protocol === 'all' && args.length !== 1 ? [ctx.fresh(list ?? node, { k: 'array', items: args, spreads: [] })] : args,
    construct: false,
    ...(props.length > 0 ? { named: ctx.fresh(list ?? node, { k: 'object', props, spreads: [] }) } : {}),
    ...(protocol ? { protocol } : {}),
    ...(typeArgs.length > 0 ? { typeArgs } : {}),
  });
  ctx.flow.step({ k: 'call', value });
  for (const each of outs) giveOut(ctx, each);
  return value;
}

/** `out var token`: the call gives it a value of which nothing is known. */
function giveOut(ctx: CSharpContext, node: SyntaxNode): void {
  const place = ctx.values[lowerExpression(ctx, node)];
  if (place?.k === 'binding') bind(ctx, place.binding, ctx.part(node, () => ctx.fresh(node, { k: 'other', of: [] })));
}

function lowerCallee(ctx: CSharpContext, target: SyntaxNode): ValueId {
  if (target.type === 'identifier') return lowerName(ctx, target, 'call');
  if (target.type === 'generic_name') return lowerName(ctx, named(target)[0] ?? target, 'call');
  return lowerExpression(ctx, target);
}

/** The name with its type arguments, where the callee has such. */
function genericOf(target: SyntaxNode): SyntaxNode | undefined {
  if (target.type === 'generic_name') return target;
  const name = field(target, 'name') ?? named(target).at(-1);
  if (name?.type === 'member_binding_expression') return genericOf(name);
  return name?.type === 'generic_name' ? name : undefined;
}

function protocolOf(ctx: CSharpContext, target: SyntaxNode, callee: ValueId, args: readonly ValueId[]): Protocol | undefined {
  const value = ctx.values[callee];
  if (value?.k !== 'member' && value?.k !== 'assign') return undefined;
  const name = nameOf(ctx, target);
  const object = value.k === 'member' ? ctx.values[value.object] : undefined;
  const own = object?.k === 'global' ? staticProtocol(object.name, name) : undefined;
  if (own || object?.k === 'global') return own;
  const first = args[0] === undefined ? undefined : ctx.values[args[0]];
  const isFunction = first?.k === 'function' || (first?.k === 'binding' && ctx.bindings[first.binding]!.kind === 'function') || (first?.k === 'member' && ctx.values[first.object]?.k === 'this' && isMethod(ctx, first.name));
  return methodProtocol(name, args.length, first === undefined ? undefined : isFunction ? 'function' : 'value');
}

/** Whether a member of a class around is a method, which is given on as a function. */
function isMethod(ctx: CSharpContext, name: string): boolean {
  const cls = ctx.frame.cls;
  return cls !== undefined && (ctx.methodNames.get(cls)?.has(name) ?? false);
}

