import type { ValueId } from '../../facts/facts.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { builtIn } from './builtIns.ts';
import { lowerAnonymousClass } from './classes.ts';
import { lowerExpression, packageName } from './expressions.ts';
import { lowerMethod } from './functions.ts';
import type { JavaContext } from './javaContext.ts';
import { declaredType, lowerMethodName, lowerName, lowerTypeName, qualified } from './names.ts';
import { attemptProtocol, isAttempt } from './attempts.ts';
import { BEGINS, BEGINS_ITSELF, BLOCKS, protocolOf, REACTIVE_NAMES, WAITS } from './protocols.ts';
import { isAwaited, typeName } from './types.ts';

/** Lowers what a call is given. */
export function lowerArguments(ctx: JavaContext, list: SyntaxNode | undefined): { args: ValueId[] } {
  return { args: list ? named(list).map((each) => lowerExpression(ctx, each)) : [] };
}

/** Lowers the call of a method; what the language itself does, and spells as a call, becomes what it is. */
export function lowerCall(ctx: JavaContext, node: SyntaxNode): ValueId {
  const nameNode = field(node, 'name');
  const target = field(node, 'object');
  const list = field(node, 'arguments');
  if (!nameNode) return ctx.value(node, { k: 'other', of: named(node).map((each) => lowerExpression(ctx, each)) });
  const name = ctx.slice(nameNode);
  const packaged = target?.type === 'field_access' ? packageName(ctx, target) : undefined;
  const isSuper = node.children.some((each) => each.type === 'super' && each.field !== 'object');
  const object = !target
    ? undefined
    : isSuper
      ? ctx.part(target, () => ctx.fresh(target, { k: 'super' }))
      : packaged
        ? ctx.part(target, () => qualified(ctx, target, packaged))
        : target.type === 'identifier'
          ? lowerName(ctx, target, true)
          : lowerExpression(ctx, target);
  // `answer.get("records").asText()`: where there is none, there is nothing to ask.
  const owner = object === undefined ? undefined : ctx.values[object];
  if (owner?.k === 'member' && target?.type === 'method_invocation' && GIVES_NOTHING.has(ctx.slice(field(target, 'name') ?? target))) owner.demands = true;
  const { args } = lowerArguments(ctx, list);
  const own = object === undefined ? undefined : builtIn(ctx, node, { target: target!, object, name, nameNode, args });
  if (own !== undefined) return own;
  if (object !== undefined && (BLOCKS.has(name) ? args.length <= 1 : (args.length === 0 || (args.length === 2 && name === 'get')) && WAITS.has(name) && (isWaitLimit(ctx, args[1]) || isBegun(ctx, object, 0)))) {
    const value = ctx.value(node, { k: 'await', of: object });
    ctx.flow.step({ k: 'await', value });
    return value;
  }
  const callee = object === undefined ? lowerMethodName(ctx, nameNode) : ctx.value(nameNode, { k: 'member', object, name, nameAt: nameNode.at, nameTo: nameNode.to });
  const cls = target && /^[A-Z]\w*$/.test(ctx.slice(target)) && !isLocal(ctx, target) ? ctx.slice(target) : undefined;
  const attempt = object !== undefined && isAttempt(ctx, target!, object) ? attemptProtocol(name) : undefined;
  const protocol = attempt ?? (object === undefined ? undefined : protocolOf(cls, name, target !== undefined && isReactive(ctx, target, object)));
  const types = field(node, 'type_arguments');
  const typeArgs = types ? named(types).flatMap((each) => declaredType(ctx, each) ?? []) : [];
  const gathered = protocol === 'all' || protocol === 'any';
  const value = ctx.value(node, {
    k: 'call', callee,
    // What is waited for together is one list, however it is written.
    args: gathered ? [ctx.part(list ?? node, () => ctx.fresh(list ?? node, { k: 'array', items: args, spreads: [] }))] : args,
    construct: false,
    ...(protocol ? { protocol } : {}),
    ...(typeArgs.length > 0 ? { typeArgs } : {}),
  });
  ctx.flow.step({ k: 'call', value });
  return value;
}

/** Methods of readers of JSON that give nothing where there is nothing of that name. */
const GIVES_NOTHING = new Set(['get', 'getAsJsonArray', 'getAsJsonObject']);

/** Steps of a chain that are looked back. */
const MOST_STEPS = 12;

function isLocal(ctx: JavaContext, node: SyntaxNode): boolean {
  const value = ctx.made(node);
  return value !== undefined && ctx.values[value]?.k === 'member';
}

/** `TimeUnit.SECONDS`: what is asked for something within a time is yet to come. */
function isWaitLimit(ctx: JavaContext, id: ValueId | undefined): boolean {
  const unit = id === undefined ? undefined : ctx.values[id];
  const holder = unit?.k === 'member' ? ctx.values[unit.object] : undefined;
  return holder?.k === 'binding' && ctx.bindings[holder.binding]!.name === 'TimeUnit';
}

/** Whether a value is a result that is yet to come: by its declared type, or by the method that begins it. */
function isBegun(ctx: JavaContext, id: ValueId, depth: number): boolean {
  const value = ctx.values[id];
  if (depth > MOST_STEPS) return false;
  if (value?.k === 'binding') {
    const { type, sources } = ctx.bindings[value.binding]!;
    return isAwaited(type) || (type === undefined && sources.length === 1 && isBegun(ctx, sources[0]!, depth + 1));
  }
  const callee = value?.k === 'call' ? ctx.values[value.callee] : undefined;
  if (callee?.k === 'function') return ctx.functions[callee.fn]!.async;
  if (value?.k !== 'call' || callee?.k !== 'member') return false;
  if (BEGINS.has(callee.name) || (depth === 0 && BEGINS_ITSELF.has(callee.name))) return true;
  const own = ctx.classesAround.at(-1);
  const method = own && ctx.classes[own.cls]!.methods.find((each) => each.name === callee.name);
  if (method && isAwaited(ctx.functions[method.fn]!.returns)) return true;
  return isBegun(ctx, callee.object, depth + 1);
}

function isReactive(ctx: JavaContext, target: SyntaxNode, object: ValueId): boolean {
  const value = ctx.values[object];
  if (value?.k === 'binding') return isAwaited(ctx.bindings[value.binding]!.type);
  return value?.k === 'call' && target.to - target.at < 5_000 && REACTIVE_NAMES.test(ctx.slice(target));
}

/** Classes whose objects run what is given to them, or their own method, in a thread of their own. */
const THREADS = new Set(['Thread', 'Timer', 'TimerTask']);

/** `new Type(…)`, with or without members of its own. */
export function lowerConstruction(ctx: JavaContext, node: SyntaxNode): ValueId {
  const type = field(node, 'type');
  const body = child(node, 'class_body');
  const known = ctx.made(node);
  const name = type ? typeName(type, ctx.text).split('.').at(-1)! : '';
  const { args } = lowerArguments(ctx, field(node, 'arguments'));
  const [only, ...others] = body ? named(body) : [];
  // An object whose class has no name and one method is that method.
  if (body && only?.type === 'method_declaration' && others.length === 0 && args.length === 0 && !THREADS.has(name)) {
    const fn = lowerMethod(ctx, only, undefined);
    return known ?? ctx.value(node, { k: 'function', fn });
  }
  const parent = lowerTypeName(ctx, type);
  if (known !== undefined) {
    ctx.flow.step({ k: 'call', value: known });
    return known;
  }
  const callee = body ? ctx.fresh(body, { k: 'class', cls: lowerAnonymousClass(ctx, node, body, parent) }) : parent;
  const declared = type && declaredType(ctx, type);
  const typeArgs = declared?.k === 'ref' ? declared.args : declared?.k === 'array' ? [declared.of] : [];
  const value = ctx.value(node, { k: 'call', callee, args, construct: true, ...(THREADS.has(name) ? { protocol: 'aside' } : {}), ...(typeArgs.length > 0 ? { typeArgs } : {}) });
  ctx.flow.step({ k: 'call', value });
  return value;
}

/** `super(…)`, `this(…)`. */
export function lowerConstructorCall(ctx: JavaContext, node: SyntaxNode): ValueId {
  const constructor = field(node, 'constructor');
  const { args } = lowerArguments(ctx, field(node, 'arguments'));
  const known = ctx.made(node);
  const binding = ctx.classesAround.at(-1)?.binding;
  const own = constructor?.type === 'this';
  const callee = known === undefined ? ctx.fresh(constructor ?? node, own ? (binding === undefined ? { k: 'undefined' } : { k: 'binding', binding }) : { k: 'super' }) : 0;
  const value = known ?? ctx.value(node, { k: 'call', callee, args, construct: own });
  ctx.flow.step({ k: 'call', value });
  return value;
}
