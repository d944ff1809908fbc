import type { ValueId } from '../../facts/facts.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { bind } from './assignments.ts';
import { lowerArguments } from './calls.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerAwait, lowerExpression, lowerReceiver } from './expressions.ts';
import { lowerLambda } from './functions.ts';
import { formatCall, isString, joinCall, stringText } from './strings.ts';
import { beginsWork, nameOf } from './tasks.ts';

/** Calls that are the base library's own operations: waiting for work, beginning it, texts, parts of lists. */
export function lowerBuiltIn(ctx: CSharpContext, node: SyntaxNode, target: SyntaxNode, list: SyntaxNode | undefined): ValueId | undefined {
  const args = (list ? named(list) : []).flatMap((each) => (each.type === 'argument' ? named(each).slice(-1) : []));
  if (target.type === 'identifier') return ctx.slice(target) === 'nameof' && args[0] ? ctx.value(node, { k: 'literal', value: ctx.slice(args[0]).split('.').at(-1)! }) : undefined;
  const object = target.type === 'member_access_expression' ? field(target, 'expression') : undefined;
  if (!object) return undefined;
  const name = nameOf(ctx, target);
  const receiver = ctx.slice(object).replace(/^System\.(?:Threading\.Tasks\.)?/, '');
  if (receiver === 'string' || receiver === 'String') return lowerText(ctx, node, name, args, list);
  if (receiver === 'Task' || receiver === 'Task.Factory') return lowerTask(ctx, node, target, name, args, list);
  if (receiver === 'Parallel' && args.length > 1) return lowerParallel(ctx, node, target, name, args);
  return lowerWaiting(ctx, node, object, name, args) ?? lowerPart(ctx, node, target, object, name, args);
}

/** `string.Format`, `string.Concat`, `string.Join`, `string.IsNullOrEmpty`, `string.Equals`. */
function lowerText(ctx: CSharpContext, node: SyntaxNode, name: string, args: readonly SyntaxNode[], list: SyntaxNode | undefined): ValueId | undefined {
  const [first, ...rest] = args;
  if (!first) return undefined;
  switch (name) {
    case 'Format':
      return isString(first) ? formatCall(ctx, node, first, rest.map((each) => lowerExpression(ctx, each))) : undefined;
    case 'Concat':
      return joinCall(ctx, node, '', lowerArguments(ctx, list).args);
    case 'Join':
      return isString(first) && rest.length > 1 ? joinCall(ctx, node, stringText(ctx, first), rest.map((each) => lowerExpression(ctx, each))) : undefined;
    case 'IsNullOrEmpty':
    case 'IsNullOrWhiteSpace':
      return ctx.value(node, { k: 'operator', op: 'not', of: [lowerExpression(ctx, first)] });
    case 'Equals':
      return rest[0] ? ctx.value(node, { k: 'operator', op: '==', of: [lowerExpression(ctx, first), lowerExpression(ctx, rest[0])] }) : undefined;
    default:
      return undefined;
  }
}

/** `Task.Run(f)` begins `f`, whose failure is that of the task; `Task.WaitAll` waits for several. */
function lowerTask(ctx: CSharpContext, node: SyntaxNode, target: SyntaxNode, name: string, args: readonly SyntaxNode[], list: SyntaxNode | undefined): ValueId | undefined {
  const [first] = args;
  if ((name === 'Run' || name === 'StartNew') && first) {
    const work = withoutCast(first);
    const callee = work.type === 'lambda_expression' || work.type === 'anonymous_method_expression' ? lowerLambda(ctx, work, true) : lowerExpression(ctx, first);
    const value = ctx.made(node) ?? ctx.value(node, { k: 'call', callee, args: [], construct: false });
    ctx.flow.step({ k: 'call', value });
    return value;
  }
  if (name !== 'WaitAll' && name !== 'WaitAny') return undefined;
  const all = lowerArguments(ctx, list).args;
  const of = all.length === 1 ? all[0]! : ctx.part(target, () => ctx.fresh(node, { k: 'array', items: all, spreads: [] }));
  return lowerAwait(ctx, node, of);
}

/** `(Func<Task>)(() => save())` is the function. */
function withoutCast(node: SyntaxNode): SyntaxNode {
  const inner = node.type === 'cast_expression' ? field(node, 'value') : node.type === 'parenthesized_expression' ? named(node)[0] : undefined;
  return inner ? withoutCast(inner) : node;
}

/** `Parallel.ForEach(rows, f)` calls `f` for each; `Parallel.ForEachAsync` can be waited for. */
function lowerParallel(ctx: CSharpContext, node: SyntaxNode, target: SyntaxNode, name: string, args: readonly SyntaxNode[]): ValueId | undefined {
  if (name !== 'ForEach' && name !== 'ForEachAsync') return undefined;
  const over = lowerExpression(ctx, args[0]);
  const work = lowerExpression(ctx, args.at(-1));
  const waits = name === 'ForEachAsync';
  const each = ctx.part(target, () => {
    const callee = ctx.fresh(target, { k: 'member', object: over, name, nameAt: target.at, nameTo: target.to });
    return ctx.fresh(node, { k: 'call', callee, args: [work], construct: false, protocol: waits ? 'map' : 'each' });
  });
  ctx.flow.step({ k: 'call', value: each });
  if (!waits) return ctx.made(node) ?? ctx.value(node, { k: 'assign', of: each });
  const value = ctx.made(node) ?? ctx.value(node, { k: 'call', callee: lowerExpression(ctx, target), args: [each], construct: false, protocol: 'all' });
  ctx.flow.step({ k: 'call', value });
  return value;
}

/** What gives the same work, or the same rows, in another form. */
const TRANSPARENT = new Set(['ConfigureAwait', 'AsTask', 'Unwrap', 'GetAsyncEnumerator', 'GetEnumerator', 'MoveNextAsync', 'MoveNext', 'WithCancellation']);

/** `x.Wait()`, `x.GetAwaiter().GetResult()`; `x.ConfigureAwait(false)` is `x`, and so is what walks it by hand: whoever waits for the next row waits for `x`. */
function lowerWaiting(ctx: CSharpContext, node: SyntaxNode, object: SyntaxNode, name: string, args: readonly SyntaxNode[]): ValueId | undefined {
  if (TRANSPARENT.has(name)) return lowerExpression(ctx, object);
  if (name === 'WaitAsync' && beginsWork(ctx, object)) return lowerExpression(ctx, object);
  if (name === 'Wait' && (args.length === 0 ? beginsWork(ctx, object) || object.type === 'invocation_expression' : beginsWork(ctx, object))) return lowerAwait(ctx, node, lowerExpression(ctx, object));
  if (name !== 'GetResult') return undefined;
  const inner = object.type === 'invocation_expression' ? field(object, 'function') : undefined;
  const waited = inner?.type === 'member_access_expression' && nameOf(ctx, inner) === 'GetAwaiter' ? field(inner, 'expression') : undefined;
  return waited ? lowerAwait(ctx, node, lowerExpression(ctx, waited)) : undefined;
}

const FIRST = new Set(['First', 'FirstOrDefault', 'Single', 'SingleOrDefault', 'Last', 'LastOrDefault']);
const WHOLE = new Set(['ToList', 'ToArray', 'AsEnumerable', 'ToHashSet', 'AsReadOnly', 'Distinct', 'Reverse']);
const PART = new Set(['Take', 'Skip']);

/** Texts and lists: `x.ToString()`, `x.Equals(y)`, `x.Contains(y)`, `rows.First()`, `rows.Any()`, `rows.Count()`, `rows.ToList()`. */
function lowerPart(ctx: CSharpContext, node: SyntaxNode, target: SyntaxNode, object: SyntaxNode, name: string, args: readonly SyntaxNode[]): ValueId | undefined {
  const of = (): ValueId => (target.type === 'member_access_expression' ? lowerReceiver(ctx, target) : lowerExpression(ctx, object));
  const [first] = args;
  if (name === 'ToString') return args.length < 3 && object.type !== 'base' && object.type !== 'base_expression' ? ctx.value(node, { k: 'template', parts: [builtSoFar(ctx, of()) ?? of()] }) : undefined;
  if (APPENDS.has(name) && first) return lowerAppend(ctx, node, object, name, args);
  if (name === 'Equals' && first) return ctx.value(node, { k: 'operator', op: '==', of: [of(), lowerExpression(ctx, first)] });
  if (name === 'Contains' && first && first.type !== 'lambda_expression') return ctx.value(node, { k: 'operator', op: 'contains', of: [of(), lowerExpression(ctx, first)] });
  if (PART.has(name) && first) return ctx.value(node, { k: 'operator', op: 'slice', of: [of(), lowerExpression(ctx, first)] });
  if (args.length > 0) return undefined;
  if (FIRST.has(name)) return firstOf(ctx, node, target, of(), name.startsWith('Last') ? -1 : 0);
  if (WHOLE.has(name)) return ctx.value(node, { k: 'array', items: [], spreads: [of()] });
  if (name === 'Count' || name === 'LongCount') return ctx.value(node, { k: 'member', object: of(), name: 'length', nameAt: target.at, nameTo: target.to });
  return name === 'Any' ? anyOf(ctx, node, target, of()) : undefined;
}

/** Steps by which a builder of texts is given more. */
const APPENDS = new Set(['Append', 'AppendLine', 'AppendFormat']);
const BUILDER = /^(?:System\.Text\.)?StringBuilder$/;

/** `text.Append(more)`: what builds a text holds what it is given, one after the other. */
function lowerAppend(ctx: CSharpContext, node: SyntaxNode, object: SyntaxNode, name: string, args: readonly SyntaxNode[]): ValueId | undefined {
  const holder = lowerExpression(ctx, object);
  if (!buildsText(ctx, holder)) return undefined;
  const before = ctx.built.latest(ctx.values[holder], ctx.flow) ?? holder;
  const [first, ...rest] = args;
  const values = rest.map((each) => lowerExpression(ctx, each));
  const more = name === 'AppendFormat' && isString(first!) ? formatCall(ctx, first!, first!, values) : lowerExpression(ctx, first);
  const end = name === 'AppendLine' ? [ctx.part(object, () => ctx.fresh(node, { k: 'literal', value: '\n' }))] : [];
  const value = ctx.made(node) ?? ctx.value(node, { k: 'operator', op: '+', of: [before, more, ...end] });
  let root = object;
  while (root.type === 'invocation_expression') {
    const target = field(root, 'function');
    const inner = target?.type === 'member_access_expression' ? field(target, 'expression') : undefined;
    if (!inner) break;
    root = inner;
  }
  const named = root.type === 'identifier' ? ctx.values[lowerExpression(ctx, root)] : undefined;
  if (named?.k !== 'binding') return value;
  bind(ctx, named.binding, value);
  ctx.built.keep(named.binding, value, before, ctx.flow);
  return value;
}

function builtSoFar(ctx: CSharpContext, id: ValueId): ValueId | undefined {
  return buildsText(ctx, id) ? ctx.built.latest(ctx.values[id], ctx.flow) : undefined;
}

/** Whether a value is a builder of texts, or what one has built so far. */
function buildsText(ctx: CSharpContext, id: ValueId): boolean {
  const value = ctx.values[id];
  if (value?.k === 'operator') return value.op === '+' && value.of[0] !== undefined && buildsText(ctx, value.of[0]);
  if (value?.k === 'call') {
    const callee = ctx.values[value.callee];
    return value.construct && (callee?.k === 'global' || callee?.k === 'member') && BUILDER.test(callee.name);
  }
  if (value?.k !== 'binding') return false;
  const { type, sources } = ctx.bindings[value.binding]!;
  return type === undefined ? sources[0] !== undefined && buildsText(ctx, sources[0]) : type.k === 'ref' && BUILDER.test(type.name);
}

function firstOf(ctx: CSharpContext, node: SyntaxNode, target: SyntaxNode, object: ValueId, index: number): ValueId {
  return ctx.made(node) ?? ctx.value(node, { k: 'index', object, key: ctx.fresh(target, { k: 'literal', value: index }) });
}

function anyOf(ctx: CSharpContext, node: SyntaxNode, target: SyntaxNode, object: ValueId): ValueId {
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const length = ctx.fresh(target, { k: 'member', object, name: 'length', nameAt: target.at, nameTo: target.to });
  return ctx.value(node, { k: 'operator', op: '>', of: [length, ctx.fresh(target, { k: 'literal', value: 0 })] });
}

/** A call of what a class extends: `: base(a)`. */
export function lowerBaseCall(ctx: CSharpContext, node: SyntaxNode, list: SyntaxNode | undefined): void {
  const callee = ctx.part(node, () => ctx.fresh(node, { k: 'super' }));
  const { args } = lowerArguments(ctx, list);
  const value = ctx.made(node) ?? ctx.value(node, { k: 'call', callee, args, construct: false });
  ctx.flow.step({ k: 'call', value });
}

