import type { TypeFact, ValueId } from '../../facts/facts.ts';
import type { SyntaxNode } from '../lowering/syntax.ts';
import { assign } from './assignments.ts';
import { knowsAttempts } from './attempts.ts';
import type { JavaContext } from './javaContext.ts';
import { NUMBERS } from './statuses.ts';
import { formatted } from './strings.ts';
import { textOf } from '../lowering/texts.ts';

/** A call of a method, with its parts lowered. */
export interface MethodCall {
  target: SyntaxNode;
  object: ValueId;
  name: string;
  nameNode: SyntaxNode;
  args: readonly ValueId[];
}

/** Methods that give the value which stands under a name: of maps, and of what the usual readers of JSON give. */
const BY_NAME = new Set(['get', 'getString', 'getInt', 'getInteger', 'getLong', 'getBoolean', 'getJSONArray', 'getJSONObject', 'getJsonArray', 'getJsonObject', 'getAsJsonArray', 'getAsJsonObject', 'optString', 'optInt', 'optBoolean', 'optJSONArray', 'optJSONObject', 'path']);
/** Those of them that throw where there is nothing of that name: org.json. */
const DEMANDS = new Set(['getString', 'getInt', 'getLong', 'getBoolean', 'getJSONArray', 'getJSONObject']);
/** Methods that ask whether something stands under a name. */
const HAS = new Set(['has', 'hasNonNull', 'containsKey', 'isNull']);

/** What the language, or its standard library, spells as a call although it is an operation on values; undefined for every other call. */
export function builtIn(ctx: JavaContext, node: SyntaxNode, call: MethodCall): ValueId | undefined {
  const { object, name, nameNode, args } = call;
  const [first, second] = args;
  if (first === undefined) {
    const empty = emptyOf(ctx, node, classOf(ctx, object), name);
    if (empty !== undefined) return empty;
    if (name === 'toString') return textOf(ctx, node, [(buildsText(ctx, object) ? ctx.built.latest(ctx.values[object], ctx.flow) : undefined) ?? object]);
    if (name === 'size' || name === 'length') return ctx.value(node, { k: 'member', object, name: 'length', nameAt: nameNode.at, nameTo: nameNode.to });
    if (name === 'isEmpty') return isEmpty(ctx, node, object, nameNode);
    const status = NUMBERS.has(name) ? ctx.values[object] : undefined;
    if (status?.k === 'literal' && typeof status.value === 'number') return object;
    return undefined;
  }
  const ofClass = classOf(ctx, object);
  if (ofClass !== undefined) return ofStatic(ctx, node, ofClass, name, args);
  if ((name === 'submit' || name === 'execute') && isExecutor(ctx, object)) return name === 'submit' ? begun(ctx, node, first) : aside(ctx, node, call);
  if (name === 'append') return appended(ctx, node, call, first);
  if (name === 'formatted') return formatted(ctx, node, object, args, false);
  if (second !== undefined) return undefined;
  if (name === 'equals' || name === 'equalsIgnoreCase') return ctx.value(node, { k: 'operator', op: '==', of: [object, first] });
  if (name === 'concat') return ctx.value(node, { k: 'operator', op: '+', of: [object, first] });
  const key = ctx.values[first];
  if (key?.k !== 'literal') return undefined;
  if (name === 'get' && typeof key.value === 'number') return ctx.value(node, { k: 'index', object, key: first });
  if (typeof key.value !== 'string' || !/^[A-Za-z_]\w*$/.test(key.value)) return undefined;
  // What a map is declared to hold is an element of it.
  if (BY_NAME.has(name) && !isMap(ctx, object) && (name !== 'path' || readsTree(ctx, object))) return ctx.value(node, { k: 'member', object, name: key.value, nameAt: key.at, nameTo: key.to, ...(DEMANDS.has(name) ? { demands: true } : {}) });
  if (!HAS.has(name)) return undefined;
  const known = ctx.made(node);
  if (known !== undefined) return known;
  if (name !== 'isNull') return ctx.value(node, { k: 'operator', op: 'in', of: [first, object] });
  return ctx.value(node, { k: 'operator', op: 'not', of: [ctx.fresh(node, { k: 'operator', op: 'in', of: [first, object] })] });
}

/** What a name or a field of the class around is declared as. */
function declaredAs(ctx: JavaContext, id: ValueId): TypeFact | undefined {
  const value = ctx.values[id];
  const own = ctx.classesAround.at(-1);
  return value?.k === 'binding' ? ctx.bindings[value.binding]!.type : value?.k === 'member' && own ? ctx.classes[own.cls]!.fields.find((each) => each.name === value.name)?.type : undefined;
}

/** Trees of values, the steps in which are called as those of an address are. */
const TREES = /\b(?:JsonNode|ObjectNode|ArrayNode|readTree)\b/;
/** What addresses are built with. */
const ADDRESSES = /^(?:WebTarget|WebResource|ResourceWebTarget|Client|(?:Jax)?[Uu]ri\w*|\w*Builder)$/;
/** Steps that begin an address, or that only one has. */
const ADDRESS_STEPS = new Set(['target', 'resource', 'queryParam', 'uri', 'fromPath', 'fromUri', 'fromUriString', 'fromHttpUrl', 'fromCurrentContextPath', 'newInstance']);

/** Whether `path("name")` takes something out of a tree of values, and does not lengthen an address. */
function readsTree(ctx: JavaContext, id: ValueId, depth = 0): boolean {
  if (depth === 0 && !TREES.test(ctx.text)) return false;
  const value = ctx.values[id];
  const callee = value?.k === 'call' ? ctx.values[value.callee] : undefined;
  if (value?.k !== 'call' || depth > 12) {
    const type = declaredAs(ctx, id);
    return type?.k !== 'ref' || !ADDRESSES.test(type.name.slice(type.name.lastIndexOf('.') + 1));
  }
  if (callee?.k !== 'member') return true;
  if (ADDRESS_STEPS.has(callee.name)) return false;
  const own = ctx.values[callee.object]?.k === 'this' ? ctx.classesAround.at(-1) : undefined;
  const method = own && ctx.classes[own.cls]!.methods.find((each) => each.name === callee.name);
  const returns = method && ctx.functions[method.fn]!.returns;
  if (returns?.k === 'ref') return !ADDRESSES.test(returns.name.slice(returns.name.lastIndexOf('.') + 1));
  return readsTree(ctx, callee.object, depth + 1);
}

function isMap(ctx: JavaContext, id: ValueId): boolean {
  const type = declaredAs(ctx, id);
  return type?.k === 'ref' && type.name === 'Map' && type.args.length > 0;
}

function isExecutor(ctx: JavaContext, id: ValueId): boolean {
  const type = declaredAs(ctx, id);
  return type?.k === 'ref' && /(?:Executor|ExecutorService|ForkJoinPool)$/.test(type.name);
}

/** `CompletableFuture.runAsync(f)`, `pool.submit(f)` begin `f`, whose failure is that of the result which is yet to come. */
function begun(ctx: JavaContext, node: SyntaxNode, work: ValueId): ValueId | undefined {
  const made = ctx.values[work];
  if (made?.k !== 'function') return undefined;
  ctx.functions[made.fn]!.async = true;
  const value = ctx.made(node) ?? ctx.value(node, { k: 'call', callee: work, args: [], construct: false });
  ctx.flow.step({ k: 'call', value });
  return value;
}

/** `pool.execute(f)`: nobody learns what becomes of `f`. */
function aside(ctx: JavaContext, node: SyntaxNode, { object, name, nameNode, args }: MethodCall): ValueId {
  const known = ctx.made(node);
  const value = known ?? ctx.value(node, { k: 'call', callee: ctx.fresh(nameNode, { k: 'member', object, name, nameAt: nameNode.at, nameTo: nameNode.to }), args: [...args], construct: false, protocol: 'aside' });
  ctx.flow.step({ k: 'call', value });
  return value;
}

/** `Collections.emptyList()`, `Optional.empty()`: a value with nothing in it. */
function emptyOf(ctx: JavaContext, node: SyntaxNode, cls: string | undefined, name: string): ValueId | undefined {
  switch (`${cls}.${name}`) {
    case 'Collections.emptyList':
    case 'Collections.emptySet':
    case 'List.of':
    case 'Set.of':
    case 'Stream.empty':
      return ctx.value(node, { k: 'array', items: [], spreads: [] });
    case 'Collections.emptyMap':
    case 'Map.of':
      return ctx.value(node, { k: 'object', props: [], spreads: [] });
    case 'Optional.empty':
      return ctx.value(node, { k: 'literal', value: null });
    default:
      return undefined;
  }
}

function isEmpty(ctx: JavaContext, node: SyntaxNode, object: ValueId, nameNode: SyntaxNode): ValueId {
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const length = ctx.fresh(node, { k: 'member', object, name: 'length', nameAt: nameNode.at, nameTo: nameNode.to });
  return ctx.value(node, { k: 'operator', op: '==', of: [length, ctx.fresh(nameNode, { k: 'literal', value: 0 })] });
}

/** The class of which something is asked, by its name: it is one of the platform's or an import. */
function classOf(ctx: JavaContext, object: ValueId): string | undefined {
  const value = ctx.values[object];
  if (value?.k === 'global') return /^[A-Z]/.test(value.name) ? value.name : undefined;
  return value?.k === 'binding' && ctx.bindings[value.binding]!.kind === 'import' ? ctx.bindings[value.binding]!.name : undefined;
}

function ofStatic(ctx: JavaContext, node: SyntaxNode, cls: string, name: string, args: readonly ValueId[]): ValueId | undefined {
  const [first, second] = args;
  if (first === undefined) return undefined;
  switch (`${cls}.${name}`) {
    case 'String.valueOf':
    case 'Objects.toString':
      return textOf(ctx, node, [first]);
    case 'String.format':
      return formatted(ctx, node, first, args.slice(1), false);
    case 'MessageFormat.format':
      return formatted(ctx, node, first, args.slice(1), true);
    case 'String.join':
      return joined(ctx, node, args);
    case 'Objects.equals':
    case 'StringUtils.equals':
    case 'StringUtils.equalsIgnoreCase':
      return second === undefined ? undefined : ctx.value(node, { k: 'operator', op: '==', of: [first, second] });
    case 'Objects.isNull':
    case 'Objects.nonNull': {
      const known = ctx.made(node);
      return known ?? ctx.value(node, { k: 'operator', op: name === 'isNull' ? '==' : '!=', of: [first, ctx.fresh(node, { k: 'literal', value: null })] });
    }
    case 'Objects.requireNonNull':
    case 'Optional.of':
    case 'Optional.ofNullable':
      return ctx.value(node, { k: 'assign', of: first });
    case 'CompletableFuture.runAsync':
    case 'CompletableFuture.supplyAsync':
      return begun(ctx, node, first);
    case 'Try.of':
    case 'Try.run':
    case 'Try.ofSupplier':
    case 'Try.ofCallable':
    case 'Try.runRunnable':
      return knowsAttempts(ctx) ? begun(ctx, node, first) : undefined;
    case 'List.of':
    case 'Set.of':
    case 'Stream.of':
    case 'Arrays.asList':
    case 'Collections.singletonList':
    case 'Collections.singleton':
      return ctx.value(node, { k: 'array', items: [...args], spreads: [] });
    case 'Map.of':
      return mapOf(ctx, node, args);
    default:
      return undefined;
  }
}

/** `String.join(", ", a, b)`. */
function joined(ctx: JavaContext, node: SyntaxNode, [between, ...items]: readonly ValueId[]): ValueId | undefined {
  const separator = between === undefined ? undefined : ctx.values[between];
  if (items.length < 2 || separator?.k !== 'literal') return undefined;
  return textOf(ctx, node, items.flatMap((item, index) => (index === 0 ? [item] : [String(separator.value), item])));
}

/** `Map.of("a", x, "b", y)`. */
function mapOf(ctx: JavaContext, node: SyntaxNode, args: readonly ValueId[]): ValueId {
  const props: { key: string; value: ValueId }[] = [];
  for (let index = 0; index + 1 < args.length; index += 2) {
    const key = ctx.values[args[index]!];
    props.push({ key: key?.k === 'literal' ? String(key.value) : '', value: args[index + 1]! });
  }
  return ctx.value(node, { k: 'object', props, spreads: [] });
}

/** `text.append(more)`: what builds a text holds what it is given, one after the other. */
function appended(ctx: JavaContext, node: SyntaxNode, { target, object }: MethodCall, more: ValueId): ValueId | undefined {
  if (!buildsText(ctx, object)) return undefined;
  const known = ctx.made(node);
  const before = ctx.built.latest(ctx.values[object], ctx.flow);
  const value = known ?? ctx.value(node, { k: 'operator', op: '+', of: [before ?? object, more] });
  let root = target;
  while (root.type === 'method_invocation') {
    const inner = root.children.find((each) => each.field === 'object');
    if (!inner) break;
    root = inner;
  }
  if (root.type !== 'identifier') return value;
  assign(ctx, root, value);
  const holder = ctx.values[ctx.made(root) ?? -1];
  if (holder?.k === 'binding') ctx.built.keep(holder.binding, value, before ?? object, ctx.flow);
  return value;
}

/** Whether a value is a builder of texts, or what one has built so far. */
function buildsText(ctx: JavaContext, id: ValueId): boolean {
  const value = ctx.values[id];
  switch (value?.k) {
    case 'binding': {
      const { type, sources } = ctx.bindings[value.binding]!;
      return type === undefined ? sources[0] !== undefined && buildsText(ctx, sources[0]) : type.k === 'ref' && isBuilder(type.name);
    }
    case 'operator':
      return value.op === '+' && value.of[0] !== undefined && buildsText(ctx, value.of[0]);
    case 'call': {
      const callee = ctx.values[value.callee];
      return value.construct && callee?.k === 'global' && isBuilder(callee.name);
    }
    default:
      return false;
  }
}

function isBuilder(name: string): boolean {
  return name === 'StringBuilder' || name === 'StringBuffer';
}
