import type { Protocol, ValueId } from '../../facts/facts.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerMap } from './comprehensions.ts';
import { lowerExpression } from './expressions.ts';
import { protocolOf } from './protocols.ts';
import type { PythonContext } from './pythonContext.ts';
import { formatCall, isString, joinCall, stringText } from './strings.ts';

interface Arguments {
  args: ValueId[];
  props: { key: string; value: ValueId }[];
  spreads: ValueId[];
  spread: boolean;
}

/** Lowers a call; what the language itself does, and spells as a call, becomes what it is. */
export function lowerCall(ctx: PythonContext, node: SyntaxNode): ValueId {
  const target = field(node, 'function');
  const list = field(node, 'arguments');
  return zipped(ctx, node, target, list) ?? builtIn(ctx, node, target, list) ?? joinedAddress(ctx, node, target, list) ?? plainCall(ctx, node, target, list);
}

/** `zip(rows, results)`: a list of lists that hold one element of each; nobody knows how many. */
function zipped(ctx: PythonContext, node: SyntaxNode, target: SyntaxNode | undefined, list: SyntaxNode | undefined): ValueId | undefined {
  const args = list?.type === 'argument_list' ? named(list).filter((each) => each.type !== 'keyword_argument') : [];
  if (!target || args.length < 2 || !/^(?:zip|(?:itertools\.)?zip_longest)$/.test(ctx.slice(target)) || args.some((each) => each.type.endsWith('_splat'))) return undefined;
  const lists = args.map((each) => lowerExpression(ctx, each));
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const pair = ctx.fresh(node, { k: 'array', items: lists.map((of, index) => ctx.fresh(args[index]!, { k: 'element', of })), spreads: [] });
  return ctx.value(node, { k: 'array', items: [], spreads: [ctx.fresh(node, { k: 'array', items: [pair], spreads: [] })] });
}

/** `urljoin(base, path)`: the address that a path has at another. */
function joinedAddress(ctx: PythonContext, node: SyntaxNode, target: SyntaxNode | undefined, list: SyntaxNode | undefined): ValueId | undefined {
  const args = list?.type === 'argument_list' ? named(list) : [];
  if (!target || !list || args.length !== 2 || !/^(?:[\w.]+\.)?urljoin$/.test(ctx.slice(target)) || args.some((each) => each.type === 'keyword_argument' || each.type.endsWith('_splat'))) return undefined;
  const [base, path] = args.map((each) => lowerExpression(ctx, each)) as [ValueId, ValueId];
  return ctx.value(node, { k: 'call', callee: ctx.fresh(target, { k: 'global', name: 'URL' }), args: [path, base], construct: true, protocol: 'pure' });
}

function lowerArguments(ctx: PythonContext, list: SyntaxNode | undefined): Arguments {
  const out: Arguments = { args: [], props: [], spreads: [], spread: false };
  // `f(x for x in rows)` has a generator in place of the list.
  if (list?.type === 'generator_expression') out.args.push(lowerExpression(ctx, list));
  else if (list) {
    for (const each of named(list)) {
      if (each.type === 'keyword_argument') {
        const name = field(each, 'name');
        const value = lowerExpression(ctx, field(each, 'value'));
        if (name) out.props.push({ key: ctx.slice(name), value });
      } else if (each.type === 'dictionary_splat') out.spreads.push(lowerExpression(ctx, named(each)[0]));
      else {
        if (each.type === 'list_splat') out.spread = true;
        out.args.push(lowerExpression(ctx, each));
      }
    }
  }
  return out;
}

function plainCall(ctx: PythonContext, node: SyntaxNode, target: SyntaxNode | undefined, list: SyntaxNode | undefined): ValueId {
  return callOf(ctx, node, lowerExpression(ctx, target), list);
}

function callOf(ctx: PythonContext, node: SyntaxNode, callee: ValueId, list: SyntaxNode | undefined): ValueId {
  const { args, props, spreads, spread } = lowerArguments(ctx, list);
  const protocol = protocolFor(ctx, callee);
  const known = ctx.made(node);
  if (known !== undefined) return again(ctx, known);
  const named = props.length > 0 || spreads.length > 0 ? ctx.fresh(list ?? node, { k: 'object', props, spreads }) : undefined;
  const gathered = protocol === 'all';
  const settles = gathered && props.some((each) => each.key === 'return_exceptions' && isTrue(ctx, each.value));
  const value = ctx.value(node, {
    k: 'call', callee,
    // What is waited for together is one list, however it is written.
    args: gathered ? [ctx.fresh(list ?? node, spread ? { k: 'array', items: [], spreads: args } : { k: 'array', items: args, spreads: [] })] : args,
    construct: isConstruction(ctx, callee),
    ...(named === undefined ? {} : { named }),
    ...(protocol ? { protocol: settles ? 'all-settled' : protocol } : {}),
    ...(spread && !gathered ? { spread } : {}),
  });
  return again(ctx, value);
}

/** The call happens here; a finally body that stands twice has it twice. */
function again(ctx: PythonContext, value: ValueId): ValueId {
  ctx.flow.step({ k: 'call', value });
  return value;
}

function isTrue(ctx: PythonContext, id: ValueId): boolean {
  const value = ctx.values[id];
  return value?.k === 'literal' && value.value === true;
}

function protocolFor(ctx: PythonContext, callee: ValueId): Protocol | undefined {
  const value = ctx.values[callee];
  if (value?.k === 'global') return protocolOf(undefined, value.name);
  if (value?.k === 'binding') return imported(ctx, value.binding);
  if (value?.k !== 'member') return undefined;
  const object = ctx.values[value.object];
  const module = object?.k === 'binding' ? ctx.bindings[object.binding]!.import : undefined;
  return protocolOf(module === undefined ? '' : ctx.imports[module]!.module, value.name);
}

function imported(ctx: PythonContext, binding: number): Protocol | undefined {
  const id = ctx.bindings[binding]!.import;
  const fact = id === undefined ? undefined : ctx.imports[id];
  return fact && fact.imported !== '*' ? protocolOf(fact.module, fact.imported) : undefined;
}

/** Classes begin with a capital letter, functions do not. */
function isConstruction(ctx: PythonContext, callee: ValueId): boolean {
  const value = ctx.values[callee];
  const name = value?.k === 'binding' ? ctx.bindings[value.binding]!.name : value?.k === 'member' || value?.k === 'global' ? value.name : '';
  return /^_?[A-Z]/.test(name);
}

/** Calls that are the language's own operations: `isinstance`, `len`, `str`, `getattr`, `super`, `'…'.format`, `asyncio.run`. */
function builtIn(ctx: PythonContext, node: SyntaxNode, target: SyntaxNode | undefined, list: SyntaxNode | undefined): ValueId | undefined {
  const args = list?.type === 'argument_list' ? named(list) : [];
  if (target?.type === 'attribute') return builtInMethod(ctx, node, target, args, list);
  if (target?.type !== 'identifier' || ctx.scope.lookUp(ctx.slice(target)) !== undefined) return undefined;
  const plain = args.every((each) => each.type !== 'keyword_argument' && !each.type.endsWith('_splat'));
  const [first, second, third] = args;
  switch (ctx.slice(target)) {
    case 'isinstance':
      return first && second && plain ? ctx.value(node, { k: 'operator', op: 'instanceof', of: [lowerExpression(ctx, first), lowerExpression(ctx, second)] }) : undefined;
    case 'len':
      return first && plain ? ctx.value(node, { k: 'member', object: lowerExpression(ctx, first), name: 'length', nameAt: target.at, nameTo: target.to }) : undefined;
    case 'str':
    case 'repr':
      return first && plain ? ctx.value(node, { k: 'template', parts: [lowerExpression(ctx, first)] }) : undefined;
    case 'bool':
      return first && plain ? lowerExpression(ctx, first) : undefined;
    case 'list':
    case 'tuple':
    case 'set':
    case 'sorted':
    case 'reversed':
      return first && first.type !== 'keyword_argument' ? ctx.value(node, { k: 'array', items: [], spreads: [lowerExpression(ctx, first)] }) : undefined;
    case 'dict':
      return dictionary(ctx, node, list);
    case 'map':
    case 'filter':
      return first && second && plain && args.length === 2 && first.type !== 'none' ? lowerMap(ctx, node, first, second, ctx.slice(target) === 'map' ? 'results' : 'elements') : undefined;
    case 'super':
      return ctx.value(node, { k: 'super' });
    case 'getattr':
      return first && second && plain ? attribute(ctx, node, first, second, third) : undefined;
    default:
      return undefined;
  }
}

/** The attribute of a name that is a value: `getattr(sf, 'Account')`, `sf.__getattr__(name)`. */
function attribute(ctx: PythonContext, node: SyntaxNode, of: SyntaxNode, named: SyntaxNode, otherwise?: SyntaxNode): ValueId {
  const object = lowerExpression(ctx, of);
  const key = lowerExpression(ctx, named);
  const name = ctx.values[key];
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const member = ctx.fresh(node, name?.k === 'literal' && typeof name.value === 'string' ? { k: 'member', object, name: name.value, nameAt: named.at, nameTo: named.to } : { k: 'index', object, key });
  return ctx.value(node, otherwise ? { k: 'choice', op: '??', of: [member, lowerExpression(ctx, otherwise)] } : { k: 'assign', of: member });
}

/** Which argument is the function that another thread runs while the code waits: `asyncio.to_thread(work, row)`, `loop.run_in_executor(None, work, row)`. */
function threadedWork(ctx: PythonContext, object: SyntaxNode, name: string): number | undefined {
  if (name === 'to_thread' && ctx.slice(object) === 'asyncio') return 0;
  return name === 'run_in_executor' ? 1 : undefined;
}

/** The function is called, and whoever waits for it learns of its failure. */
function workCall(ctx: PythonContext, node: SyntaxNode, [work, ...args]: SyntaxNode[]): ValueId {
  const callee = lowerExpression(ctx, work);
  const given = args.map((each) => lowerExpression(ctx, each));
  return again(ctx, ctx.made(node) ?? ctx.value(node, { k: 'call', callee, args: given, construct: false }));
}

function dictionary(ctx: PythonContext, node: SyntaxNode, list: SyntaxNode | undefined): ValueId {
  const { args, props, spreads } = lowerArguments(ctx, list);
  return ctx.value(node, { k: 'object', props, spreads: [...args, ...spreads] });
}

function builtInMethod(ctx: PythonContext, node: SyntaxNode, target: SyntaxNode, args: readonly SyntaxNode[], list: SyntaxNode | undefined): ValueId | undefined {
  const object = field(target, 'object');
  const name = field(target, 'attribute');
  if (!object || !name) return undefined;
  if (isString(object) && ctx.slice(name) === 'format') {
    const given = lowerArguments(ctx, list);
    return formatCall(ctx, node, object, [...given.args, ...given.spreads], given.props);
  }
  // Without its ends a text is still the text.
  if (/^(?:[lr]?strip|remove(?:suffix|prefix))$/.test(ctx.slice(name)) && args.every(isString)) {
    const of = lowerExpression(ctx, object);
    return ctx.made(node) ?? ctx.value(node, { k: 'template', parts: [of] });
  }
  if (ctx.slice(name) === '__getattr__' && args[0] && args.length === 1) return attribute(ctx, node, object, args[0]);
  if (/^(?:os\.path|posixpath)$/.test(ctx.slice(object)) && ctx.slice(name) === 'join' && args.every((each) => !/splat|keyword/.test(each.type))) return joinCall(ctx, node, '/', args.map((each) => lowerExpression(ctx, each)));
  const work = threadedWork(ctx, object, ctx.slice(name));
  if (work !== undefined && args[work] && args.every((each) => !/splat|keyword/.test(each.type))) return workCall(ctx, node, args.slice(work));
  if (isString(object) && ctx.slice(name) === 'join' && (args[0]?.type === 'list' || args[0]?.type === 'tuple')) {
    return joinCall(ctx, node, stringText(ctx, object), named(args[0]).map((each) => lowerExpression(ctx, each.type === 'list_splat' ? named(each)[0] : each)));
  }
  // `super().__init__(…)` constructs what the class extends, and is named by what stands for the constructor.
  if (ctx.slice(name) === '__init__' && object.type === 'call' && ctx.slice(object).startsWith('super(')) {
    return callOf(ctx, node, ctx.fresh(name, { k: 'super' }), list);
  }
  // `super().__new__(cls)` makes the object that stands around.
  if (ctx.slice(name) === '__new__' && args.length > 0 && /^(?:super\(|object$)/.test(ctx.slice(object)) && ctx.receivers.has(ctx.scope.lookUp(ctx.slice(args[0]!)) ?? -1)) return ctx.value(node, { k: 'this' });
  // `Parent.__init__(self, …)` does the same.
  if (ctx.slice(name) === '__init__' && args[0] && ctx.slice(args[0]) === 'self' && list) {
    return callOf(ctx, node, ctx.fresh(name, { k: 'super' }), { ...list, children: list.children.filter((each) => each !== args[0]) });
  }
  // The program waits here for what is given, as `await` does within a coroutine.
  const runs = (ctx.slice(name) === 'run' && ctx.slice(object) === 'asyncio') || ctx.slice(name) === 'run_until_complete';
  if (runs && args[0] && args[0].type !== 'keyword_argument') {
    const value = ctx.value(node, { k: 'await', of: lowerExpression(ctx, args[0]) });
    ctx.flow.step({ k: 'await', value });
    return value;
  }
  return undefined;
}
