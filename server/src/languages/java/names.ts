import type { BindingId, ClassId, TypeFact, ValueId } from '../../facts/facts.ts';
import { child, named, type SyntaxNode } from '../lowering/syntax.ts';
import type { ClassAround, JavaContext } from './javaContext.ts';
import { isPlatformClass } from './platform.ts';
import { lowerType, typeName } from './types.ts';

/** Names of constants: capital letters alone. */
const CONSTANT = /^[A-Z][A-Z0-9]*_?[A-Z0-9_]+$/;

/**
 * A name that stands alone: a local, else a field of a class around, else a class. What is none of these is a class of another file of the package if it is
 * written like one, and else a field that a class around inherits. `qualifies`: something is asked of it, as of a class.
 */
export function lowerName(ctx: JavaContext, node: SyntaxNode, qualifies = false): ValueId {
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const name = ctx.slice(node);
  const found = ctx.scope.lookUp(name);
  if (found !== undefined && ctx.moduleScope.own(name) !== found) return ctx.value(node, { k: 'binding', binding: found });
  const around = ctx.classesAround.findLast(({ fields }) => fields.has(name));
  if (around) return memberOf(ctx, node, ownerOf(ctx, node, around, around.fields.get(name)!));
  if (found !== undefined) return ctx.value(node, { k: 'binding', binding: found });
  if (/^[A-Z]/.test(name) && (qualifies || !CONSTANT.test(name))) return classValue(ctx, node, name);
  return inherited(ctx, node, CONSTANT.test(name)) ?? ctx.value(node, { k: 'global', name });
}

/** A name that one of several classes has, of each of which the file can name all. */
function openedBinding(ctx: JavaContext, node: SyntaxNode): BindingId {
  const name = ctx.slice(node);
  const binding = ctx.bindings.push({ name, in: 0, kind: 'variable', sources: openedMembers(ctx, node), constant: true, at: node.at }) - 1;
  ctx.moduleScope.declare(name, binding);
  return binding;
}

function openedMembers(ctx: JavaContext, node: SyntaxNode): ValueId[] {
  return ctx.openClasses.map((open) => {
    const object = ctx.fresh(node, { k: 'binding', binding: open });
    return ctx.fresh(node, { k: 'member', object, name: ctx.slice(node), nameAt: node.at, nameTo: node.to });
  });
}

/** A method that is called by its name alone: of a class around, else inherited. */
export function lowerMethodName(ctx: JavaContext, node: SyntaxNode): ValueId {
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const name = ctx.slice(node);
  const around = ctx.classesAround.findLast(({ methods }) => methods.has(name));
  if (around) return memberOf(ctx, node, ownerOf(ctx, node, around, around.methods.get(name)!));
  const imported = ctx.moduleScope.own(name);
  if (imported !== undefined) return ctx.value(node, { k: 'binding', binding: imported });
  const innermost = ctx.classesAround.at(-1);
  return inherited(ctx, node) ?? (innermost ? memberOf(ctx, node, thisOf(ctx, node, innermost.cls)) : ctx.value(node, { k: 'global', name }));
}

/** What a class around has from a class that it extends, or what all can name that a class has. `either`: it may be of both. */
function inherited(ctx: JavaContext, node: SyntaxNode, either = false): ValueId | undefined {
  const heir = ctx.classesAround.findLast(({ more }) => more);
  if (heir && either && ctx.openClasses.length > 0) {
    const own = ctx.fresh(node, { k: 'member', object: thisOf(ctx, node, heir.cls), name: ctx.slice(node), nameAt: node.at, nameTo: node.to });
    return ctx.value(node, { k: 'choice', op: '??', of: [own, ...openedMembers(ctx, node)] });
  }
  if (heir) return memberOf(ctx, node, thisOf(ctx, node, heir.cls));
  const [open, ...others] = ctx.openClasses;
  if (others.length > 0) return ctx.value(node, { k: 'binding', binding: openedBinding(ctx, node) });
  return open === undefined ? undefined : memberOf(ctx, node, ctx.fresh(node, { k: 'binding', binding: open }));
}

function ownerOf(ctx: JavaContext, node: SyntaxNode, { cls, binding }: ClassAround, isStatic: boolean): ValueId {
  return isStatic && binding !== undefined ? ctx.fresh(node, { k: 'binding', binding }) : thisOf(ctx, node, cls);
}

/** The object of a class around: of the innermost one as its methods know it, else that of the named class. */
export function thisOf(ctx: JavaContext, node: { at: number; to: number }, cls: ClassId): ValueId {
  return ctx.fresh(node, ctx.frame.cls === cls && ctx.frame.fn !== 0 ? { k: 'this' } : { k: 'this', cls });
}

function memberOf(ctx: JavaContext, node: SyntaxNode, object: ValueId): ValueId {
  return ctx.value(node, { k: 'member', object, name: ctx.slice(node), nameAt: node.at, nameTo: node.to });
}

function classValue(ctx: JavaContext, node: SyntaxNode, name: string): ValueId {
  const binding = classBinding(ctx, name, node.at);
  return ctx.value(node, binding === undefined ? { k: 'global', name } : { k: 'binding', binding });
}

/** The name of a class that stands in the file, is imported, or stands in another file of the package; undefined where every file has it. */
export function classBinding(ctx: JavaContext, name: string, at: number): BindingId | undefined {
  const found = ctx.moduleScope.own(name);
  if (found !== undefined || isPlatformClass(name)) return found;
  return importOf(ctx, ctx.packageName, name, at, ctx.openPackages);
}

/** A class that is named without an import of its own. */
function importOf(ctx: JavaContext, module: string, imported: string, at: number, among: readonly string[]): BindingId {
  const key = module === '' ? imported : `${module}.${imported}`;
  const known = ctx.implied.get(key);
  if (known !== undefined) return known;
  ctx.bindings.push({ name: imported, in: 0, kind: 'import', sources: [], import: ctx.imports.length, constant: true, at });
  const binding = ctx.bindings.length - 1;
  ctx.imports.push({ module, imported, submodule: key, ...(among.length > 0 ? { among: [...among] } : {}), binding, typeOnly: false, style: 'es', at });
  ctx.implied.set(key, binding);
  if (ctx.moduleScope.own(imported) === undefined) ctx.moduleScope.declare(imported, binding);
  return binding;
}

/** A class as a value: what is constructed, caught, extended or asked for. */
export function lowerTypeName(ctx: JavaContext, node: SyntaxNode | undefined): ValueId {
  if (!node) return ctx.fresh({ at: 0, to: 0 }, { k: 'undefined' });
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const inner = node.type === 'array_type' ? (named(node)[0] ?? node) : node;
  return ctx.tie(node, qualified(ctx, node, typeName(inner, ctx.text).split('.')));
}

/** `Outer.Inner`, `com.acme.Client`: a class by all its words. */
export function qualified(ctx: JavaContext, node: SyntaxNode, words: readonly string[]): ValueId {
  const first = words.findIndex((word) => /^[A-Z]/.test(word));
  const name = words[first];
  if (name === undefined) return ctx.fresh(node, { k: 'global', name: words.join('.') });
  const binding = first === 0 ? classBinding(ctx, name, node.at) : importOf(ctx, words.slice(0, first).join('.'), name, node.at, []);
  let value = ctx.fresh(node, binding === undefined ? { k: 'global', name } : { k: 'binding', binding });
  for (const each of words.slice(first + 1)) value = ctx.fresh(node, { k: 'member', object: value, name: each, nameAt: node.at, nameTo: node.to });
  return value;
}

/** A declared type, with the classes that it names known to the file. */
export function declaredType(ctx: JavaContext, node: SyntaxNode | undefined): TypeFact | undefined {
  const type = lowerType(node, ctx.text);
  return type && withNames(ctx, type, node!.at);
}

/** Lowers what has type parameters, `<C extends Connection>`, each of which is what it extends. */
export function withTypeParameters<T>(ctx: JavaContext, node: SyntaxNode, work: () => T): T {
  const list = child(node, 'type_parameters');
  if (!list) return work();
  const bounds = new Map<string, TypeFact>();
  for (const each of named(list)) {
    const name = named(each).find(({ type }) => type.endsWith('identifier'));
    const extended = child(each, 'type_bound');
    const bound = extended && declaredType(ctx, named(extended)[0]);
    if (name && bound) bounds.set(ctx.slice(name), bound);
  }
  ctx.bounds.push(bounds);
  const out = work();
  ctx.bounds.pop();
  return out;
}

function withNames(ctx: JavaContext, type: TypeFact, at: number): TypeFact {
  switch (type.k) {
    case 'union':
      return { k: 'union', of: type.of.map((each) => withNames(ctx, each, at)) };
    case 'array':
      return { k: 'array', of: withNames(ctx, type.of, at) };
    case 'ref': {
      const bound = ctx.bounds.findLast((each) => each.has(type.name))?.get(type.name);
      if (bound) return bound;
      const words = type.name.split('.');
      const first = words.findIndex((word) => /^[A-Z]./.test(word));
      const args = type.args.map((each) => withNames(ctx, each, at));
      if (first < 0 || (first === 0 && ['Map', 'Promise'].includes(type.name))) return { ...type, args };
      if (first === 0) classBinding(ctx, words[0]!, at);
      else importOf(ctx, words.slice(0, first).join('.'), words[first]!, at, []);
      return { k: 'ref', name: words.slice(first).join('.'), args };
    }
    default:
      return type;
  }
}
