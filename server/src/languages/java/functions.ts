import type { ClassId, FunctionFact, FunctionId, ParameterFact, TypeFact, ValueId } from '../../facts/facts.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { annotationsOf, isMarked } from './classes.ts';
import { lowerExpression } from './expressions.ts';
import type { JavaContext } from './javaContext.ts';
import { declaredType, lowerTypeName, thisOf, withTypeParameters } from './names.ts';
import { lowerStatements } from './statements.ts';

/** Lowers a method or constructor, once; returns its id. */
export function lowerMethod(ctx: JavaContext, node: SyntaxNode, cls: ClassId | undefined): FunctionId {
  return ctx.functionOf.get(node) ?? withTypeParameters(ctx, node, () => lowerOwn(ctx, node, cls));
}

function lowerOwn(ctx: JavaContext, node: SyntaxNode, cls: ClassId | undefined): FunctionId {
  const isConstructor = node.type !== 'method_declaration';
  const nameNode = field(node, 'name');
  const id = ctx.functions.length;
  ctx.functionOf.set(node, id);
  const isMethod = cls !== undefined;
  const close = ctx.open(
    {
      ...(isMethod ? { name: isConstructor ? 'constructor' : nameNode ? ctx.slice(nameNode) : '' } : {}),
      parent: ctx.frame.fn,
      ...(isMethod ? { cls } : {}),
      // The one method of an object without a class is the function that the object stands for.
      kind: !isMethod ? 'arrow' : isConstructor ? 'constructor' : 'method',
      static: isMethod && isMarked(node, 'static'),
      async: false,
      generator: false,
      at: node.at,
      to: node.to,
    },
    isMethod ? cls : ctx.frame.cls,
  );
  const fact = ctx.functions[id]!;
  if (!isMethod) fact.object = true;
  fact.decorators.push(...annotationsOf(ctx, node));
  const type = isConstructor ? undefined : declaredType(ctx, field(node, 'type'));
  if (type) fact.returns = type;
  const throws = child(node, 'throws');
  if (throws) fact.throws = named(throws).flatMap((each) => declaredType(ctx, each) ?? []);
  const list = field(node, 'parameters');
  for (const each of list ? named(list) : []) lowerParameter(ctx, fact, id, each);
  const body = field(node, 'body');
  if (body) lowerStatements(ctx, named(body));
  close();
  return id;
}

function lowerParameter(ctx: JavaContext, fact: FunctionFact, fn: FunctionId, node: SyntaxNode): void {
  const rest = node.type === 'spread_parameter';
  if (!rest && node.type !== 'formal_parameter' && node.type !== 'identifier') return;
  const nameNode = node.type === 'identifier' ? node : rest ? field(child(node, 'variable_declarator') ?? node, 'name') : field(node, 'name');
  if (!nameNode) return;
  const written = rest ? named(node).find((each) => each.type.endsWith('type') || each.type.endsWith('type_identifier')) : field(node, 'type');
  const declared = node.type === 'identifier' ? undefined : declaredType(ctx, written);
  const type: TypeFact | undefined = declared && (rest || field(node, 'dimensions')) ? { k: 'array', of: declared } : declared;
  const binding = ctx.declare(nameNode, 'parameter', type);
  const param: ParameterFact = { name: ctx.slice(nameNode), binding, rest };
  if (type) param.type = type;
  const index = fact.params.push(param) - 1;
  ctx.bind(binding, ctx.fresh(nameNode, { k: 'parameter', fn, index }));
}

/** `(row) -> save(row)`, `row -> { … }`. */
export function lowerLambda(ctx: JavaContext, node: SyntaxNode): ValueId {
  const known = ctx.functionOf.get(node);
  if (known !== undefined) return ctx.value(node, { k: 'function', fn: known });
  const { id, close } = openLambda(ctx, node);
  const list = field(node, 'parameters');
  const params = !list ? [] : list.type === 'identifier' ? [list] : named(list);
  for (const each of params) lowerParameter(ctx, ctx.functions[id]!, id, each);
  const body = field(node, 'body');
  if (body?.type === 'block') lowerStatements(ctx, named(body));
  else {
    const value = lowerExpression(ctx, body);
    ctx.flow.end({ k: 'return', value });
  }
  close();
  return ctx.value(node, { k: 'function', fn: id });
}

/** `this::save`, `Account::new`: a function that calls the method with whatever it is given. */
export function lowerMethodReference(ctx: JavaContext, node: SyntaxNode): ValueId {
  const known = ctx.functionOf.get(node);
  if (known !== undefined) return ctx.value(node, { k: 'function', fn: known });
  const [target, method] = named(node);
  const { id, close } = openLambda(ctx, node);
  ctx.functions[id]!.params.push({ rest: true });
  const args = [ctx.fresh(node, { k: 'parameter', fn: id, index: 0 })];
  let callee: ValueId;
  if (method) {
    const owner = target ? lowerExpression(ctx, target) : ctx.fresh(node, { k: 'undefined' });
    const type = target && /^[A-Z]\w*$/.test(ctx.slice(target)) ? declaredType(ctx, target) : undefined;
    // `Account::getName`: a static method of the class, or a method of the object that is given.
    const object = type === undefined ? owner : ctx.fresh(node, { k: 'choice', op: '??', of: [owner, ctx.fresh(node, { k: 'typed', of: args[0]!, type })] });
    callee = ctx.fresh(node, { k: 'member', object, name: ctx.slice(method), nameAt: method.at, nameTo: method.to });
  } else callee = lowerTypeName(ctx, target);
  const value = ctx.fresh(node, { k: 'call', callee, args, construct: method === undefined, spread: true });
  ctx.flow.step({ k: 'call', value });
  ctx.flow.end({ k: 'return', value });
  close();
  return ctx.value(node, { k: 'function', fn: id });
}

function openLambda(ctx: JavaContext, node: SyntaxNode): { id: FunctionId; close: () => void } {
  const id = ctx.functions.length;
  ctx.functionOf.set(node, id);
  const close = ctx.open({ parent: ctx.frame.fn, kind: 'arrow', static: false, async: false, generator: false, at: node.at, to: node.to }, ctx.frame.cls);
  ctx.functions[id]!.object = true;
  return { id, close };
}

/** Adds a method that nobody has written and that gives a field. */
export function addAccessor(ctx: JavaContext, cls: ClassId, node: SyntaxNode, method: string, name: string, type: TypeFact | undefined): void {
  const span = { at: node.at, to: node.to };
  const fn = ctx.functions.length;
  const close = ctx.open({ name: method, parent: 0, cls, kind: 'method', static: false, async: false, generator: false, ...span }, cls);
  if (type) ctx.functions[fn]!.returns = type;
  const value = ctx.fresh(span, { k: 'member', object: thisOf(ctx, span, cls), name, nameAt: span.at, nameTo: span.to });
  ctx.flow.end({ k: 'return', value });
  close();
  ctx.classes[cls]!.methods.push({ name: method, fn, static: false });
}
