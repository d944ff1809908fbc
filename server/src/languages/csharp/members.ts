import type { ClassId, FunctionFact, TypeFact } from '../../facts/facts.ts';
import { child, field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { attributesOf, lowerAnnotation, modifiers, parameterNodes } from './annotations.ts';
import { lowerBaseCall } from './builtIns.ts';
import type { CSharpContext } from './csharpContext.ts';
import { declarators } from './declarations.ts';
import { lowerExpression } from './expressions.ts';
import { lowerFunction } from './functions.ts';

/** Lowers a member of a class: a field, a property, a method, a constructor. */
export function lowerClassMember(ctx: CSharpContext, cls: ClassId, node: SyntaxNode): void {
  switch (node.type) {
    case 'field_declaration':
    case 'event_field_declaration':
      return addFields(ctx, cls, node);
    case 'property_declaration':
      return addProperty(ctx, cls, node);
    case 'method_declaration':
    case 'operator_declaration':
    case 'conversion_operator_declaration':
      return addMethod(ctx, cls, node, 'method');
    case 'constructor_declaration':
      return addMethod(ctx, cls, node, 'constructor');
    case 'destructor_declaration':
    case 'indexer_declaration':
    case 'event_declaration':
      return addAccessors(ctx, cls, node);
    default:
  }
}

/** A member of the class; what belongs to the class can be asked of its objects too. */
function addField(ctx: CSharpContext, cls: ClassId, field_: { name: string; type?: TypeFact; value?: number }, isStatic: boolean): void {
  ctx.classes[cls]!.fields.push({ ...field_, static: isStatic });
  if (isStatic) ctx.classes[cls]!.fields.push({ ...field_, static: false });
}

function addFields(ctx: CSharpContext, cls: ClassId, node: SyntaxNode): void {
  const list = child(node, 'variable_declaration');
  if (!list) return;
  const written = field(list, 'type');
  const type = lowerAnnotation(written, ctx.text);
  const words = modifiers(node, ctx.text);
  for (const { name, initial } of declarators(list)) {
    const value = initial ? lowerExpression(ctx, initial, written) : undefined;
    addField(ctx, cls, { name: ctx.word(name), ...(type ? { type } : {}), ...(value === undefined ? {} : { value }) }, words.has('static') || words.has('const'));
  }
}

/** `T Name { get; set; } = value;` is a field; one with bodies is a pair of functions. */
function addProperty(ctx: CSharpContext, cls: ClassId, node: SyntaxNode): void {
  const nameNode = field(node, 'name');
  if (!nameNode) return;
  const name = ctx.word(nameNode);
  const written = field(node, 'type');
  const type = lowerAnnotation(written, ctx.text);
  const isStatic = modifiers(node, ctx.text).has('static');
  const value = field(node, 'value');
  if (value?.type === 'arrow_expression_clause') return addFunction(ctx, cls, value, { name, kind: 'getter', isStatic, returns: type }, value);
  const accessors = field(node, 'accessors');
  const bodies = (accessors ? named(accessors) : []).filter((each) => each.type === 'accessor_declaration' && accessorBody(each));
  for (const each of bodies) addFunction(ctx, cls, each, { name, kind: has(each, 'get') ? 'getter' : 'setter', isStatic, returns: has(each, 'get') ? type : undefined }, accessorBody(each));
  if (bodies.length > 0) return;
  const initial = value ? lowerExpression(ctx, value, written) : undefined;
  addField(ctx, cls, { name, ...(type ? { type } : {}), ...(initial === undefined ? {} : { value: initial }) }, isStatic);
}

function accessorBody(node: SyntaxNode): SyntaxNode | undefined {
  return field(node, 'body') ?? child(node, 'block') ?? child(node, 'arrow_expression_clause');
}

/** Bodies that nobody calls by a name. */
function addAccessors(ctx: CSharpContext, cls: ClassId, node: SyntaxNode): void {
  const accessors = field(node, 'accessors');
  for (const each of accessors ? named(accessors) : [node]) {
    const body = accessorBody(each);
    if (body) lowerFunction(ctx, each, { kind: 'method', static: false, async: false, cls }, field(node, 'parameters'), body);
  }
}

interface Member {
  name: string;
  kind: FunctionFact['kind'];
  isStatic: boolean;
  returns?: TypeFact | undefined;
}

function addFunction(ctx: CSharpContext, cls: ClassId, node: SyntaxNode, { name, kind, isStatic, returns }: Member, body: SyntaxNode | undefined): void {
  const fn = lowerFunction(ctx, node, { name, kind, static: isStatic, async: false, cls, returns }, undefined, body);
  addMember(ctx, cls, name, fn, isStatic);
}

function addMember(ctx: CSharpContext, cls: ClassId, name: string, fn: number, isStatic: boolean): void {
  const { methods } = ctx.classes[cls]!;
  methods.push({ name, fn, static: isStatic });
  if (isStatic) methods.unshift({ name, fn, static: false });
}

function addMethod(ctx: CSharpContext, cls: ClassId, node: SyntaxNode, kind: 'method' | 'constructor'): void {
  const words = modifiers(node, ctx.text);
  const nameNode = field(node, 'name');
  const body = accessorBody(node);
  // What is only declared runs nowhere.
  if (!body && words.has('abstract')) return;
  const name = kind === 'constructor' ? 'constructor' : nameNode ? ctx.word(nameNode) : '';
  const initializer = child(node, 'constructor_initializer');
  const fn = lowerFunction(
    ctx,
    node,
    {
      name, kind, static: kind === 'method' && words.has('static'), async: words.has('async'), cls,
      returns: lowerAnnotation(field(node, 'returns') ?? (kind === 'method' ? field(node, 'type') : undefined), ctx.text), decorators: attributesOf(node, ctx.text),
    },
    field(node, 'parameters'),
    body,
    initializer && has(initializer, 'base') ? () => lowerBaseCall(ctx, initializer, child(initializer, 'argument_list')) : undefined,
  );
  addMember(ctx, cls, name, fn, ctx.functions[fn]!.static);
}

/** `class Sync(Client client)`: what it is made with can be used in all of it. */
export function addPrimaryConstructor(ctx: CSharpContext, cls: ClassId, node: SyntaxNode, list: SyntaxNode): void {
  const parameters = parameterNodes(list);
  const base = child(node, 'base_list');
  const given = base && child(base, 'argument_list');
  const fn = lowerFunction(ctx, list, { name: 'constructor', kind: 'constructor', static: false, async: false, cls }, list, undefined, () => {
    for (const { name } of parameters) {
      const object = ctx.fresh(name, { k: 'this' });
      const value = ctx.fresh(name, { k: 'binding', binding: ctx.scope.lookUp(ctx.word(name))! });
      ctx.stores.push({ object, name: ctx.word(name), value, in: ctx.frame.fn });
      ctx.flow.step({ k: 'store', object, name: ctx.word(name), value });
    }
    if (given) lowerBaseCall(ctx, given, given);
  });
  addMember(ctx, cls, 'constructor', fn, false);
  for (const { name, type: written } of parameters) {
    const type = lowerAnnotation(written, ctx.text);
    addField(ctx, cls, { name: ctx.word(name), ...(type ? { type } : {}) }, false);
  }
}

/** The type of a member that an interface declares. */
export function memberType(ctx: CSharpContext, node: SyntaxNode): TypeFact | undefined {
  const written = lowerAnnotation(field(node, 'returns') ?? field(node, 'type'), ctx.text);
  if (node.type === 'property_declaration') return written;
  if (node.type !== 'method_declaration') return undefined;
  return { k: 'function', ...(written ? { returns: written } : {}), params: parameterNodes(field(node, 'parameters')).map((each) => lowerAnnotation(each.type, ctx.text)) };
}
