import type { ClassFact, ClassId, TypeFact, ValueId } from '../../facts/facts.ts';
import { Scope } from '../lowering/scope.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { attributesOf, isInterfaceName, lastWord, lowerAnnotation, modifiers, parameterNodes } from './annotations.ts';
import { initialOf } from './assignments.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';
import { addPrimaryConstructor, lowerClassMember, memberType } from './members.ts';
import { lowerTypeName } from './names.ts';

const CLASSES = new Set(['class_declaration', 'record_declaration', 'record_struct_declaration', 'struct_declaration']);

/** Whether a node declares a type. */
export function isType(node: SyntaxNode): boolean {
  return CLASSES.has(node.type) || node.type === 'interface_declaration' || node.type === 'enum_declaration';
}

/** Declares the name of a type and of those in it, so that they are known whatever their order. */
export function declareType(ctx: CSharpContext, node: SyntaxNode): void {
  const name = field(node, 'name');
  if (name && node.type !== 'interface_declaration' && ctx.scope.own(ctx.word(name)) === undefined) ctx.declare(name, node.type === 'enum_declaration' ? 'variable' : 'class');
  for (const each of membersOf(node)) if (isType(each)) declareType(ctx, each);
}

/** Lowers a class, an interface or an enumeration. @param namespace in which it stands; absent for one that stands in another type */
export function lowerType(ctx: CSharpContext, node: SyntaxNode, namespace: string | undefined): ValueId | undefined {
  const nameNode = field(node, 'name');
  if (!nameNode) return undefined;
  const name = ctx.word(nameNode);
  const exported = (value?: ValueId): void => {
    if (namespace !== undefined) ctx.exports.push({ name, module: namespace, ...(value === undefined ? {} : { value }) });
  };
  if (node.type === 'interface_declaration') {
    ctx.types.push({ name, type: interfaceType(ctx, node) });
    exported();
    return undefined;
  }
  const value = node.type === 'enum_declaration' ? lowerEnum(ctx, node) : lowerClass(ctx, node, name, namespace === undefined);
  const binding = ctx.scope.lookUp(name);
  if (binding !== undefined) {
    ctx.bindings[binding]!.sources.push(value);
    const fact = ctx.values[value];
    if (fact?.k === 'class') ctx.classes[fact.cls]!.binding = binding;
    exported(ctx.fresh(nameNode, { k: 'binding', binding }));
  } else exported(value);
  return value;
}

function membersOf(node: SyntaxNode): SyntaxNode[] {
  const body = field(node, 'body') ?? child(node, 'declaration_list');
  const flat = (each: SyntaxNode): SyntaxNode[] => (each.type.startsWith('preproc_') || each.type === 'ERROR' ? named(each).filter((part) => part.field !== 'condition').flatMap(flat) : [each]);
  return body && body.type === 'declaration_list' ? named(body).flatMap(flat) : [];
}

/** Names of the members that a class itself has. */
function namesOf(ctx: CSharpContext, members: readonly SyntaxNode[]): { names: Set<string>; methods: Set<string> } {
  const names = new Set<string>();
  const methods = new Set<string>();
  for (const each of members) {
    const list = child(each, 'variable_declaration');
    const declared = list ? named(list).flatMap((part) => (part.type === 'variable_declarator' ? (field(part, 'name') ?? []) : [])) : [];
    const name = field(each, 'name');
    for (const word of name && !isType(each) && each.type !== 'constructor_declaration' ? [name, ...declared] : declared) names.add(ctx.word(word));
    if (name && each.type === 'method_declaration') methods.add(ctx.word(name));
  }
  return { names, methods };
}

function lowerClass(ctx: CSharpContext, node: SyntaxNode, name: string, nested: boolean): ValueId {
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const cls = ctx.classes.length;
  const fact: ClassFact = { name, at: node.at, to: node.to, methods: [], fields: [], decorators: attributesOf(node, ctx.text) };
  ctx.classes.push(fact);
  const words = modifiers(node, ctx.text);
  addParents(ctx, node, fact);
  // Another part of a class has members of it too; it is found by the same name.
  if (words.has('partial') && !nested) (fact.mixins ??= []).push(ctx.fresh(node, { k: 'global', name }));
  const value = ctx.value(node, { k: 'class', cls });
  const members = membersOf(node);
  const { names, methods } = namesOf(ctx, members);
  const primary = child(node, 'parameter_list');
  for (const each of parameterNodes(primary)) names.add(ctx.word(each.name));
  ctx.methodNames.set(cls, methods);
  const saved = { scope: ctx.scope, cls: ctx.frame.cls };
  ctx.scope = new Scope(saved.scope);
  ctx.frame.cls = cls;
  ctx.classesAround.push({ cls, binding: saved.scope.lookUp(name), names, more: fact.extends !== undefined || (fact.mixins?.length ?? 0) > 0 });
  if (primary) addPrimaryConstructor(ctx, cls, node, primary);
  for (const each of members) {
    if (isType(each)) addNested(ctx, cls, each);
    else lowerClassMember(ctx, cls, each);
  }
  ctx.classesAround.pop();
  ctx.scope = saved.scope;
  ctx.frame.cls = saved.cls;
  return value;
}

/** A type in a class is a member of it. */
function addNested(ctx: CSharpContext, cls: ClassId, node: SyntaxNode): void {
  const name = field(node, 'name');
  const value = lowerType(ctx, node, undefined);
  if (name && value !== undefined) ctx.classes[cls]!.fields.push({ name: ctx.word(name), value, static: true });
}

/** What stands after the colon: a class by its name comes first, everything else is an interface. */
function addParents(ctx: CSharpContext, node: SyntaxNode, fact: ClassFact): void {
  const list = child(node, 'base_list');
  const bases = list ? named(list).filter((each) => each.type !== 'argument_list') : [];
  bases.forEach((each, index) => {
    const type = each.type === 'primary_constructor_base_type' ? (field(each, 'type') ?? named(each)[0] ?? each) : each;
    const name = lastWord(type, ctx.text);
    if (index === 0 && !isInterfaceName(name)) fact.extends = lowerTypeName(ctx, type);
    else {
      const annotation = lowerAnnotation(type, ctx.text);
      if (annotation) (fact.implements ??= []).push(annotation);
    }
  });
}

/** `enum Kind { A, B = 3 }`: an object whose members are what they are named, or the number they are given. */
function lowerEnum(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const body = field(node, 'body');
  const props = (body ? named(body) : []).flatMap((each) => {
    const name = field(each, 'name');
    if (!name) return [];
    const given = field(each, 'value');
    return [{ key: ctx.word(name), value: given ? lowerExpression(ctx, given) : ctx.value(each, { k: 'literal', value: ctx.word(name) }) }];
  });
  return ctx.made(node) ?? ctx.value(node, { k: 'object', props, spreads: [] });
}

/** The members of an interface, each with its type. */
function interfaceType(ctx: CSharpContext, node: SyntaxNode): TypeFact {
  const members: Record<string, TypeFact> = Object.create(null);
  for (const each of membersOf(node)) {
    const name = field(each, 'name');
    const type = memberType(ctx, each);
    if (name && type) members[ctx.word(name)] = type;
  }
  return { k: 'object', members };
}

/** Fields of a declaration with their first values. */
export function declarators(node: SyntaxNode): { name: SyntaxNode; initial: SyntaxNode | undefined }[] {
  return named(node).flatMap((each) => {
    const name = each.type === 'variable_declarator' ? field(each, 'name') : undefined;
    return name ? [{ name, initial: initialOf(each) }] : [];
  });
}
