import type { ClassId, FunctionFact, FunctionId, ParameterFact, ValueId } from '../../facts/facts.ts';
import { Scope } from '../lowering/scope.ts';
import { child, field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerAnnotation } from './annotations.ts';
import { assign } from './assignments.ts';
import { lowerExpression } from './expressions.ts';
import { hoist } from './hoisting.ts';
import type { PythonContext } from './pythonContext.ts';
import { lowerBlock, lowerStatement } from './statements.ts';

/**
 * Lowers `def`, once. `value` is what its name holds: the function, or what its decorators make of it. `around`: where names of decorators are looked for, if
 * that is not where the function's own are.
 */
export function lowerFunctionDefinition(ctx: PythonContext, node: SyntaxNode, decorators: readonly SyntaxNode[], cls?: ClassId, around = ctx.scope): { fn: FunctionId; value: ValueId } {
  const written = decorators.map((each) => ctx.slice(each));
  const inner = ctx.scope;
  ctx.scope = around;
  const applied = decorators.filter((each) => !OF_CLASSES.test(ctx.slice(each))).map((each) => ({ node: each, value: lowerExpression(ctx, named(each)[0]) }));
  ctx.scope = inner;
  const fn = ctx.functionOf.get(node) ?? lowerBody(ctx, node, written, cls);
  let value = ctx.value(node, { k: 'function', fn });
  for (const { node: each, value: callee } of applied.reverse()) {
    const known = ctx.made(each);
    value = known ?? ctx.value(each, { k: 'call', callee, args: [value], construct: false, decorates: true });
  }
  return { fn, value };
}

/** Decorators that only say what kind of method it is. */
const OF_CLASSES = /^@\s*(?:staticmethod|classmethod|property|(?:functools\.)?cached_property|(?:abc\.)?abstract\w+|(?:typing\.)?(?:override|overload|final)|\w+\.(?:setter|getter|deleter))\b\s*$/;

function kindOf(written: readonly string[], name: string, isMethod: boolean, isNested: boolean): FunctionFact['kind'] {
  // Within a method a function looks outward for the object.
  if (!isMethod) return isNested ? 'arrow' : 'function';
  if (written.some((each) => /^@\s*(?:(?:functools\.)?cached_)?property\b|^@\s*abc\.abstractproperty/.test(each))) return 'getter';
  if (written.some((each) => /^@\s*\w+\.setter\b/.test(each))) return 'setter';
  return name === '__init__' ? 'constructor' : 'method';
}

function lowerBody(ctx: PythonContext, node: SyntaxNode, written: string[], cls: ClassId | undefined): FunctionId {
  const nameNode = field(node, 'name');
  const name = nameNode ? ctx.slice(nameNode) : '';
  const isMethod = cls !== undefined;
  const isStatic = isMethod && written.some((each) => /^@\s*(?:static|class)method\b/.test(each));
  const body = field(node, 'body');
  const id = ctx.functions.length;
  ctx.functionOf.set(node, id);
  const kind = kindOf(written, name, isMethod, ctx.frame.fn !== 0);
  const close = ctx.open(
    {
      name: kind === 'constructor' ? 'constructor' : name,
      parent: ctx.frame.fn,
      ...(isMethod ? { cls } : {}),
      kind,
      static: isStatic,
      async: has(node, 'async'),
      generator: body !== undefined && yields(body),
      at: node.at,
      to: node.to,
    },
    isMethod ? cls : ctx.frame.cls,
  );
  const fact = ctx.functions[id]!;
  fact.decorators.push(...written);
  const returns = lowerAnnotation(field(node, 'return_type'), ctx.text);
  if (returns) fact.returns = returns;
  const receiver = isMethod && !written.some((each) => /^@\s*staticmethod\b/.test(each));
  const caught = ctx.caught.splice(0);
  lowerParameters(ctx, fact, id, field(node, 'parameters'), receiver);
  hoist(ctx, body ? named(body) : []);
  lowerBlock(ctx, body);
  ctx.caught.push(...caught);
  close();
  return id;
}

/** Whether a body gives values one by one; functions within it are others. */
function yields(node: SyntaxNode): boolean {
  if (node.type === 'yield') return true;
  if (node.type === 'function_definition' || node.type === 'lambda' || node.type === 'class_definition') return false;
  return node.children.some((each) => each.named && yields(each));
}

/** `lambda row: f(row)`. */
export function lowerLambda(ctx: PythonContext, node: SyntaxNode): ValueId {
  const known = ctx.functionOf.get(node);
  if (known !== undefined) return ctx.value(node, { k: 'function', fn: known });
  const id = ctx.functions.length;
  ctx.functionOf.set(node, id);
  const close = ctx.open({ parent: ctx.frame.fn, kind: 'arrow', static: false, async: false, generator: false, at: node.at, to: node.to }, ctx.frame.cls);
  lowerParameters(ctx, ctx.functions[id]!, id, field(node, 'parameters'), false);
  const value = lowerExpression(ctx, field(node, 'body'));
  ctx.flow.end({ k: 'return', value });
  close();
  return ctx.value(node, { k: 'function', fn: id });
}

/** Lowers parameters. The first of a method is the object, which is no parameter to whoever calls. */
function lowerParameters(ctx: PythonContext, fact: FunctionFact, fn: FunctionId, list: SyntaxNode | undefined, receiver: boolean): void {
  let first = receiver;
  let byNameOnly = false;
  for (const node of list ? named(list) : []) {
    if (node.type === 'positional_separator') continue;
    if (node.type === 'keyword_separator') {
      byNameOnly = true;
      continue;
    }
    const inner = node.type === 'typed_parameter' ? named(node)[0] : node;
    const splat = inner?.type === 'list_splat_pattern' || inner?.type === 'dictionary_splat_pattern';
    const nameNode = node.type === 'default_parameter' || node.type === 'typed_default_parameter' ? field(node, 'name') : splat ? named(inner!)[0] : inner;
    if (!nameNode) continue;
    const name = ctx.slice(nameNode);
    const binding = nameNode.type === 'identifier' ? ctx.binding(name, 'parameter', nameNode.at, false) : undefined;
    if (first && !splat) {
      if (binding !== undefined) ctx.receivers.add(binding);
      first = false;
      continue;
    }
    first = false;
    lowerParameter(ctx, fact, fn, node, { nameNode, name, binding, rest: inner?.type === 'list_splat_pattern', names: inner?.type === 'dictionary_splat_pattern', byNameOnly });
    if (inner?.type === 'list_splat_pattern') byNameOnly = true;
  }
}

interface Parameter {
  nameNode: SyntaxNode;
  name: string;
  binding: number | undefined;
  rest: boolean;
  names: boolean;
  byNameOnly: boolean;
}

function lowerParameter(ctx: PythonContext, fact: FunctionFact, fn: FunctionId, node: SyntaxNode, { nameNode, name, binding, rest, names, byNameOnly }: Parameter): void {
  const param: ParameterFact = { rest: rest || names };
  if (binding !== undefined) Object.assign(param, { name, binding });
  if (names) param.names = true;
  if (byNameOnly && !names) param.byName = true;
  const type = lowerAnnotation(field(node, 'type'), ctx.text);
  if (type) param.type = type;
  const index = fact.params.length;
  fact.params.push(param);
  let value = ctx.fresh(nameNode, { k: 'parameter', fn, index });
  const fallback = field(node, 'value');
  if (fallback) value = ctx.fresh(nameNode, { k: 'choice', op: '??', of: [value, lowerExpression(ctx, fallback)] });
  if (binding === undefined) return;
  assign(ctx, nameNode, value, type);
}

/** Lowers `class`, once; returns what its name holds. */
export function lowerClassDefinition(ctx: PythonContext, node: SyntaxNode, decorators: readonly SyntaxNode[]): ValueId {
  for (const each of decorators) lowerExpression(ctx, named(each)[0]);
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const nameNode = field(node, 'name');
  const cls = ctx.classes.length;
  const fact: (typeof ctx.classes)[number] = { at: node.at, to: node.to, methods: [], fields: [], decorators: decorators.map((each) => ctx.slice(each)) };
  if (nameNode) fact.name = ctx.slice(nameNode);
  ctx.classes.push(fact);
  const bases = field(node, 'superclasses');
  for (const each of bases ? named(bases) : []) {
    if (each.type === 'keyword_argument') continue;
    const parent = lowerExpression(ctx, each);
    if (fact.extends === undefined) fact.extends = parent;
    else (fact.mixins ??= []).push(parent);
  }
  const value = ctx.value(node, { k: 'class', cls });
  const outside = ctx.scope;
  const savedCls = ctx.frame.cls;
  const own = new Scope(outside);
  ctx.scope = own;
  ctx.frame.cls = cls;
  const statements = named(field(node, 'body') ?? node).filter((each) => each !== nameNode && each !== bases);
  hoist(ctx, statements);
  const decorating = decoratorsAmong(ctx, statements);
  for (const each of statements) lowerMember(ctx, cls, each, outside, own, decorating);
  addFields(ctx, cls, own);
  ctx.scope = outside;
  ctx.frame.cls = savedCls;
  return value;
}

/** Functions of a class body by which later ones of it are decorated. */
function decoratorsAmong(ctx: PythonContext, statements: readonly SyntaxNode[]): Set<string> {
  const defined = new Set<string>();
  const out = new Set<string>();
  for (const each of statements) {
    for (const one of each.children) {
      const name = one.type === 'decorator' ? decoratorName(ctx, one) : undefined;
      if (name !== undefined && defined.has(name)) out.add(name);
    }
    const definition = each.type === 'decorated_definition' ? field(each, 'definition') : each;
    const name = definition?.type === 'function_definition' ? field(definition, 'name') : undefined;
    if (name) defined.add(ctx.slice(name));
  }
  return out;
}

/** The name that a decorator calls, where that is a single word. */
function decoratorName(ctx: PythonContext, decorator: SyntaxNode): string | undefined {
  const written = named(decorator)[0];
  const name = written?.type === 'call' ? field(written, 'function') : written;
  return name?.type === 'identifier' ? ctx.slice(name) : undefined;
}

function lowerMember(ctx: PythonContext, cls: ClassId, node: SyntaxNode, outside: Scope, own: Scope, decorating: ReadonlySet<string>): void {
  const definition = node.type === 'decorated_definition' ? field(node, 'definition') : node;
  const name = definition && field(definition, 'name');
  if (definition?.type !== 'function_definition' || !name) return lowerStatement(ctx, node);
  const decorators = node === definition ? [] : node.children.filter((each) => each.type === 'decorator');
  // The names of a class body are not seen from within its methods.
  ctx.scope = outside;
  // What decorates others in the class body is called there, and with no object.
  const decorates = decorating.has(ctx.slice(name));
  const around = decorators.some((each) => decorating.has(decoratorName(ctx, each) ?? '')) ? own : outside;
  const { fn, value } = lowerFunctionDefinition(ctx, definition, decorators, decorates ? undefined : cls, around);
  ctx.scope = own;
  const binding = own.own(ctx.slice(name));
  if (decorates && binding !== undefined) ctx.bindings[binding]!.sources.push(value);
  if (decorates) return;
  const fact = ctx.functions[fn]!;
  const method = { name: fact.name!, fn };
  const { methods } = ctx.classes[cls]!;
  methods.push({ ...method, static: fact.static });
  // What belongs to the class can be asked of its objects too.
  if (fact.static) methods.unshift({ ...method, static: false });
}

/** Names that the class body gives a value to belong to the class, and to its objects. */
function addFields(ctx: PythonContext, cls: ClassId, own: Scope): void {
  const { fields } = ctx.classes[cls]!;
  for (const binding of own.bindings) {
    const each = ctx.bindings[binding]!;
    if (each.kind !== 'variable') continue;
    const type = each.type ? { type: each.type } : {};
    const values: ({ value: ValueId } | object)[] = each.sources.length > 0 ? each.sources.map((value) => ({ value })) : [{}];
    for (const value of values) for (const isStatic of [true, false]) fields.push({ name: each.name, static: isStatic, ...value, ...type });
  }
}

/** The body of a statement with one, whatever the grammar calls it. */
export function bodyOf(node: SyntaxNode): SyntaxNode | undefined {
  return field(node, 'body') ?? child(node, 'block');
}
