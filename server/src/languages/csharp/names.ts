import type { BindingId, ValueId } from '../../facts/facts.ts';
import { field, type SyntaxNode } from '../lowering/syntax.ts';
import { lastWord } from './annotations.ts';
import type { CSharpContext } from './csharpContext.ts';

/** How a name is used, which tells what one means that is declared nowhere in the file. */
export type Use = 'read' | 'call' | 'write';

/**
 * A name that stands alone: a local, else a member of a class around, else a type of the file. What is none of these is a name of another file, unless it can
 * only be a member that stands elsewhere: types begin with capital letters, and are neither called nor assigned to.
 */
export function lowerName(ctx: CSharpContext, node: SyntaxNode, use: Use = 'read'): ValueId {
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const name = ctx.word(node);
  const found = ctx.scope.lookUp(name);
  if (found !== undefined && ctx.moduleScope.own(name) !== found) return ctx.value(node, { k: 'binding', binding: found });
  return memberAround(ctx, node, name, use) ?? ctx.value(node, found === undefined ? { k: 'global', name } : { k: 'binding', binding: found });
}

function memberAround(ctx: CSharpContext, node: SyntaxNode, name: string, use: Use): ValueId | undefined {
  for (let index = ctx.classesAround.length - 1; index >= 0; index--) {
    const { binding, names } = ctx.classesAround[index]!;
    if (!names.has(name)) continue;
    const innermost = index === ctx.classesAround.length - 1;
    if (!innermost && binding === undefined) return undefined;
    return memberOf(ctx, node, name, innermost ? ctx.fresh(node, { k: 'this' }) : ctx.fresh(node, { k: 'binding', binding: binding! }));
  }
  const inherits = ctx.classesAround.at(-1)?.more === true;
  if (!inherits || ctx.moduleScope.own(name) !== undefined || (use === 'read' && !/^[a-z_]/.test(name))) return undefined;
  return memberOf(ctx, node, name, ctx.fresh(node, { k: 'this' }));
}

function memberOf(ctx: CSharpContext, node: SyntaxNode, name: string, object: ValueId): ValueId {
  return ctx.value(node, { k: 'member', object, name, nameAt: node.at, nameTo: node.to });
}

/** A type as a value: what is constructed, caught or asked for. A name with its namespace is imported from there. */
export function lowerTypeName(ctx: CSharpContext, node: SyntaxNode | undefined): ValueId {
  if (!node) return ctx.fresh({ at: 0, to: 0 }, { k: 'undefined' });
  const known = ctx.made(node);
  if (known !== undefined) return known;
  switch (node.type) {
    case 'nullable_type':
    case 'array_type':
    case 'ref_type':
      return lowerTypeName(ctx, field(node, 'type'));
    case 'qualified_name':
      return lowerQualified(ctx, node);
    case 'predefined_type':
      return ctx.value(node, { k: 'global', name: ctx.slice(node) });
    default: {
      const name = lastWord(node, ctx.text);
      const binding = ctx.scope.lookUp(name);
      return ctx.value(node, binding === undefined ? { k: 'global', name } : { k: 'binding', binding });
    }
  }
}

/** `Company.Crm.Client`: a class of the file with another in it, or a name of a namespace. */
function lowerQualified(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const qualifier = field(node, 'qualifier');
  const last = field(node, 'name');
  if (!qualifier || !last) return ctx.value(node, { k: 'other', of: [] });
  const name = lastWord(last, ctx.text);
  const first = ctx.slice(qualifier).split('.')[0]!.trim();
  if (ctx.moduleScope.own(first) !== undefined) return ctx.value(node, { k: 'member', object: lowerTypeName(ctx, qualifier), name, nameAt: last.at, nameTo: last.to });
  return ctx.value(node, { k: 'binding', binding: importOf(ctx, ctx.slice(qualifier).replace(/\s+/g, '').replace(/^global::/, ''), name, node) });
}

function importOf(ctx: CSharpContext, module: string, imported: string, node: SyntaxNode): BindingId {
  const key = `${module}.${imported}`;
  const known = ctx.qualified.get(key);
  if (known !== undefined) return known;
  ctx.bindings.push({ name: imported, in: 0, kind: 'import', sources: [], import: ctx.imports.length, constant: true, at: node.at });
  const binding = ctx.bindings.length - 1;
  ctx.imports.push({ module, imported, submodule: key, binding, typeOnly: false, style: 'es', at: node.at });
  ctx.qualified.set(key, binding);
  return binding;
}
