import type { ClassFact, ClassId, TypeFact, ValueId } from '../../facts/facts.ts';
import { child, field, fields, named, type SyntaxNode } from '../lowering/syntax.ts';
import { addAccessor, lowerMethod } from './functions.ts';
import { lowerArguments } from './calls.ts';
import { lowerExpression } from './expressions.ts';
import type { ClassAround, JavaContext } from './javaContext.ts';
import { declaredType, lowerTypeName, withTypeParameters } from './names.ts';
import { lowerStatement } from './statements.ts';

const DECLARATIONS = new Set(['class_declaration', 'interface_declaration', 'enum_declaration', 'record_declaration', 'annotation_type_declaration']);

/** Whether a node declares a class of any kind. */
export function isClass(node: SyntaxNode): boolean {
  return DECLARATIONS.has(node.type);
}

/** Annotations as they are written. */
export function annotationsOf(ctx: JavaContext, node: SyntaxNode): string[] {
  const modifiers = child(node, 'modifiers');
  return modifiers ? named(modifiers).filter((each) => each.type.endsWith('annotation')).map((each) => ctx.slice(each)) : [];
}

/** Whether a keyword stands among the modifiers. */
export function isMarked(node: SyntaxNode, word: string): boolean {
  return child(node, 'modifiers')?.children.some((each) => each.type === word) === true;
}

/** Lowers a declared class, once, with all that stands in it. */
export function lowerClass(ctx: JavaContext, node: SyntaxNode): void {
  if (ctx.made(node) !== undefined) return;
  const nameNode = field(node, 'name');
  const name = nameNode && ctx.slice(nameNode);
  const declared = name === undefined ? undefined : ctx.moduleScope.own(name);
  const fact: ClassFact = { at: node.at, to: node.to, methods: [], fields: [], decorators: annotationsOf(ctx, node) };
  if (name !== undefined) fact.name = name;
  const cls = ctx.classes.push(fact) - 1;
  const binding = declared !== undefined && ctx.bindings[declared]!.kind === 'class' && ctx.bindings[declared]!.sources.length === 0 ? declared : undefined;
  const value = ctx.value(node, { k: 'class', cls });
  if (binding !== undefined) {
    fact.binding = binding;
    ctx.bindings[binding]!.sources.push(value);
  }
  const outer = ctx.classesAround.at(-1);
  // A class in another is a member of it.
  if (outer && name !== undefined) ctx.classes[outer.cls]!.fields.push({ name, value, static: true });
  withTypeParameters(ctx, node, () => {
    addParents(ctx, fact, node);
    inClass(ctx, node, cls, binding, () => {
      if (node.type === 'record_declaration') addComponents(ctx, cls, node);
      lowerMembers(ctx, cls, membersOf(node), node.type === 'interface_declaration');
      addGenerated(ctx, cls, node);
    });
  });
}

/** The class of `new Type() { … }`. */
export function lowerAnonymousClass(ctx: JavaContext, node: SyntaxNode, body: SyntaxNode, parent: ValueId): ClassId {
  const fact: ClassFact = { at: body.at, to: body.to, methods: [], fields: [], decorators: [], extends: parent };
  const cls = ctx.classes.push(fact) - 1;
  const type = field(node, 'type');
  const declared = type && declaredType(ctx, type);
  if (declared) fact.implements = [declared];
  inClass(ctx, body, cls, undefined, () => lowerMembers(ctx, cls, named(body), false));
  return cls;
}

function addParents(ctx: JavaContext, fact: ClassFact, node: SyntaxNode): void {
  const superclass = field(node, 'superclass');
  const parent = superclass && named(superclass)[0];
  if (parent) fact.extends = lowerTypeName(ctx, parent);
  const lists = [field(node, 'interfaces'), child(node, 'extends_interfaces')].flatMap((each) => (each ? (child(each, 'type_list') ?? []) : []));
  for (const each of lists.flatMap(named)) {
    const type = declaredType(ctx, each);
    if (type) (fact.implements ??= []).push(type);
    // An interface can have methods of its own.
    (fact.mixins ??= []).push(lowerTypeName(ctx, each));
  }
}

function membersOf(node: SyntaxNode): SyntaxNode[] {
  const body = field(node, 'body');
  return body ? named(body).flatMap((each) => (each.type === 'enum_body_declarations' ? named(each) : [each])) : [];
}

/** Runs `work` with the members of a class seen by their names. */
function inClass(ctx: JavaContext, node: SyntaxNode, cls: ClassId, binding: number | undefined, work: () => void): void {
  const members = DECLARATIONS.has(node.type) ? membersOf(node) : named(node);
  const own = new Map<string, boolean>();
  const methods = new Map<string, boolean>();
  for (const each of members) {
    if (each.type === 'field_declaration' || each.type === 'constant_declaration') {
      for (const declarator of fields(each, 'declarator')) own.set(nameOf(ctx, declarator), each.type === 'constant_declaration' || isMarked(each, 'static'));
    } else if (each.type === 'method_declaration') methods.set(nameOf(ctx, each), isMarked(each, 'static'));
    else if (each.type === 'enum_constant') own.set(nameOf(ctx, each), true);
  }
  for (const each of componentsOf(node)) {
    own.set(nameOf(ctx, each), false);
    methods.set(nameOf(ctx, each), false);
  }
  const fact = ctx.classes[cls]!;
  const around: ClassAround = { cls, binding, fields: own, methods, more: fact.extends !== undefined || fact.mixins !== undefined };
  ctx.classesAround.push(around);
  const saved = ctx.frame.cls;
  ctx.frame.cls = cls;
  work();
  ctx.frame.cls = saved;
  ctx.classesAround.pop();
}

function nameOf(ctx: JavaContext, node: SyntaxNode): string {
  const name = field(node, 'name');
  return name ? ctx.slice(name) : '';
}

function componentsOf(node: SyntaxNode): SyntaxNode[] {
  const list = node.type === 'record_declaration' ? field(node, 'parameters') : undefined;
  return list ? named(list).filter((each) => each.type === 'formal_parameter') : [];
}

function lowerMembers(ctx: JavaContext, cls: ClassId, members: readonly SyntaxNode[], isInterface: boolean): void {
  const fact = ctx.classes[cls]!;
  for (const each of members) {
    switch (each.type) {
      case 'field_declaration':
      case 'constant_declaration':
        lowerField(ctx, fact, each);
        break;
      case 'enum_constant':
        lowerConstant(ctx, fact, each);
        break;
      case 'method_declaration':
        // A method without a body is what others must have.
        if (field(each, 'body')) addMethod(ctx, fact, each, cls);
        else addAbstract(ctx, fact, each);
        break;
      case 'constructor_declaration':
      case 'compact_constructor_declaration':
        addMethod(ctx, fact, each, cls);
        break;
      case 'static_initializer':
        for (const block of named(each)) lowerStatement(ctx, block);
        break;
      default:
        if (isClass(each)) lowerClass(ctx, each);
        else if (!isInterface || each.type === 'block') lowerStatement(ctx, each);
    }
  }
  markOverloads(ctx, fact);
}

function addMethod(ctx: JavaContext, fact: ClassFact, node: SyntaxNode, cls: ClassId): void {
  const fn = lowerMethod(ctx, node, cls);
  const { name, static: isStatic } = ctx.functions[fn]!;
  fact.methods.push({ name: name ?? '', fn, static: isStatic });
  // What belongs to the class can be asked of its objects too.
  if (isStatic) fact.methods.push({ name: name ?? '', fn, static: false });
}

/** A method that others must have: its type says what it gives. */
function addAbstract(ctx: JavaContext, fact: ClassFact, node: SyntaxNode): void {
  const returns = declaredType(ctx, field(node, 'type'));
  const list = field(node, 'parameters');
  const params = (list ? named(list) : []).map((each) => declaredType(ctx, field(each, 'type')));
  const decorators = annotationsOf(ctx, node);
  fact.fields.push({ name: nameOf(ctx, node), type: { k: 'function', params, ...(returns ? { returns } : {}) }, static: false, ...(decorators.length > 0 ? { decorators } : {}) });
}

function markOverloads(ctx: JavaContext, fact: ClassFact): void {
  const byName = new Map<string, Set<number>>();
  for (const { name, fn } of fact.methods) byName.set(name, (byName.get(name) ?? new Set()).add(fn));
  for (const group of byName.values()) if (group.size > 1) for (const fn of group) ctx.functions[fn]!.overloaded = true;
}

function lowerField(ctx: JavaContext, fact: ClassFact, node: SyntaxNode): void {
  const declared = declaredType(ctx, field(node, 'type'));
  const isStatic = node.type === 'constant_declaration' || isMarked(node, 'static');
  for (const each of fields(node, 'declarator')) {
    const name = nameOf(ctx, each);
    const type: TypeFact | undefined = declared && field(each, 'dimensions') ? { k: 'array', of: declared } : declared;
    const init = field(each, 'value');
    const value = init ? lowerExpression(ctx, init) : (settingOf(ctx, node) ?? settingOfGroup(ctx, node, name, type));
    for (const ofClass of isStatic ? [true, false] : [false]) fact.fields.push({ name, static: ofClass, ...(value === undefined ? {} : { value }), ...(type ? { type } : {}) });
  }
}

/** `@Value("${acme.url}")`, `@ConfigProperty(name = "acme.url")`: a field that is given a setting of the program when it starts. */
const SETTING = /^@(?:[\w.]+\.)?(?:Value|ConfigProperty|Property)\s*\((?:[^"]*\bname\s*=)?\s*"(?:\$\{)?([\w.-]+)[^"]*"/;

/** `@ConfigurationProperties("acme")`: a class all of whose fields are given settings that are called like them, behind a name for all. */
const SETTINGS = /^@(?:[\w.]+\.)?(?:ConfigurationProperties|ConfigMapping)\s*\((?:[^"]*\b(?:prefix|value)\s*=)?\s*"([\w.-]+)"/;
/** Types of settings by which something can be addressed. */
const WORDS = /^(?:java\.\w+\.)?(?:String|URI|URL)$/;

function settingOfGroup(ctx: JavaContext, node: SyntaxNode, name: string, type: TypeFact | undefined): ValueId | undefined {
  if (type?.k !== 'ref' || !WORDS.test(type.name) || isMarked(node, 'static')) return undefined;
  const group = ctx.classesAround.flatMap(({ cls }) => ctx.classes[cls]!.decorators).map((each) => SETTINGS.exec(each)?.[1]).find((each) => each !== undefined);
  return group === undefined ? undefined : setting(ctx, node, `${group}.${name}`);
}

function settingOf(ctx: JavaContext, node: SyntaxNode): ValueId | undefined {
  const name = annotationsOf(ctx, node).map((each) => SETTING.exec(each)?.[1]).find((each) => each !== undefined);
  return name === undefined ? undefined : setting(ctx, node, name);
}

/** A setting, as a member of what surrounds the program. */
function setting(ctx: JavaContext, node: SyntaxNode, name: string): ValueId {
  return ctx.fresh(node, { k: 'member', object: ctx.fresh(node, { k: 'global', name: 'env' }), name, nameAt: node.at, nameTo: node.to });
}

/** `NAME(arguments) { … }` of an enum: an object of it. */
function lowerConstant(ctx: JavaContext, fact: ClassFact, node: SyntaxNode): void {
  const body = field(node, 'body');
  const list = field(node, 'arguments');
  const around = ctx.classesAround.at(-1)!;
  const callee = ctx.fresh(node, around.binding === undefined ? { k: 'undefined' } : { k: 'binding', binding: around.binding });
  const { args } = lowerArguments(ctx, list);
  if (body) lowerAnonymousClass(ctx, node, body, callee);
  const value = ctx.value(node, { k: 'call', callee, args, construct: true });
  if (args.length > 0) ctx.flow.step({ k: 'call', value });
  fact.fields.push({ name: nameOf(ctx, node), value, static: true });
}

/** The components of a record are its fields, each with a method that gives it. */
function addComponents(ctx: JavaContext, cls: ClassId, node: SyntaxNode): void {
  const fact = ctx.classes[cls]!;
  for (const each of componentsOf(node)) {
    const type = declaredType(ctx, field(each, 'type'));
    const name = nameOf(ctx, each);
    const value = settingOfGroup(ctx, each, name, type);
    fact.fields.push({ name, static: false, ...(value === undefined ? {} : { value }), ...(type ? { type } : {}) });
    addAccessor(ctx, cls, each, name, name, type);
  }
}

/** Annotations for which a method is generated that gives a field: `getName`, `isName`. */
const GETTERS = /^@(?:lombok\.)?(?:Data|Getter|Value)\b/;

function addGenerated(ctx: JavaContext, cls: ClassId, node: SyntaxNode): void {
  const fact = ctx.classes[cls]!;
  const all = fact.decorators.some((each) => GETTERS.test(each));
  for (const each of membersOf(node)) {
    if (each.type !== 'field_declaration' || isMarked(each, 'static') || !(all || annotationsOf(ctx, each).some((written) => GETTERS.test(written)))) continue;
    const type = declaredType(ctx, field(each, 'type'));
    for (const declarator of fields(each, 'declarator')) {
      const name = nameOf(ctx, declarator);
      const method = `${type?.k === 'ref' && type.name === 'boolean' ? 'is' : 'get'}${name.slice(0, 1).toUpperCase()}${name.slice(1)}`;
      if (!fact.methods.some((known) => known.name === method)) addAccessor(ctx, cls, declarator, method, name, type);
    }
  }
}
