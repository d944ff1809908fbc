import type { ImportFact } from '../../facts/facts.ts';
import type { Context } from '../lowering/context.ts';
import { lowerClass, lowerFunction } from './declarations.ts';
import { lowerExpression } from './expressions.ts';
import { lowerStatement } from './statements.ts';
import { child, field, has, named, type SyntaxNode } from '../lowering/syntax.ts';

function moduleName(ctx: Context, source: SyntaxNode | undefined): string | undefined {
  return source ? ctx.slice(source).slice(1, -1) : undefined;
}

/** Lowers an import statement to one fact a name. */
export function lowerImport(ctx: Context, node: SyntaxNode): void {
  const clause = child(node, 'import_clause');
  const required = child(node, 'import_require_clause');
  const wholeTypeOnly = has(node, 'type');
  const module = moduleName(ctx, field(node, 'source') ?? (required ? field(required, 'source') : undefined));
  if (module === undefined) return;
  const add = (nameNode: SyntaxNode, imported: string, typeOnly: boolean, style: ImportFact['style']): void => {
    const binding = ctx.binding(ctx.slice(nameNode), 'import', nameNode.at, true);
    ctx.bindings[binding]!.import = ctx.imports.length;
    ctx.imports.push({ module, imported, binding, typeOnly, style, at: node.at });
  };
  if (required) {
    const name = named(required)[0];
    if (name) add(name, '*', false, 'commonjs');
    return;
  }
  if (!clause) {
    ctx.imports.push({ module, imported: '', typeOnly: false, style: 'es', at: node.at });
    return;
  }
  for (const each of named(clause)) {
    if (each.type === 'identifier') add(each, 'default', wholeTypeOnly, 'es');
    else if (each.type === 'namespace_import') {
      const name = named(each)[0];
      if (name) add(name, '*', wholeTypeOnly, 'es');
    } else if (each.type === 'named_imports') {
      for (const specifier of named(each)) {
        const name = field(specifier, 'name');
        const alias = field(specifier, 'alias') ?? name;
        if (name && alias) add(alias, ctx.slice(name).replace(/^['"]|['"]$/g, ''), wholeTypeOnly || has(specifier, 'type'), 'es');
      }
    }
  }
}

/** Lowers an export statement and what it declares. */
export function lowerExport(ctx: Context, node: SyntaxNode): void {
  lowerExported(ctx, node);
  // `@Controller() export class …`: the decorators stand before the export, and are the class's.
  const decorators = node.children.filter((each) => each.type === 'decorator').map((each) => ctx.slice(each));
  const declaration = field(node, 'declaration');
  if (decorators.length > 0 && declaration) ctx.classes.findLast((each) => each.at === declaration.at && each.to === declaration.to)?.decorators.push(...decorators);
}

function lowerExported(ctx: Context, node: SyntaxNode): void {
  const source = moduleName(ctx, field(node, 'source'));
  const clause = child(node, 'export_clause');
  const star = child(node, 'namespace_export');
  if (clause) {
    for (const each of named(clause)) {
      const name = field(each, 'name');
      const alias = field(each, 'alias') ?? name;
      if (!name || !alias) continue;
      if (source !== undefined) ctx.exports.push({ name: ctx.slice(alias), from: source, imported: ctx.slice(name) });
      else ctx.exports.push({ name: ctx.slice(alias), value: lowerExpression(ctx, { ...name, type: 'identifier' }) });
    }
    return;
  }
  if (source !== undefined) {
    const name = star ? named(star)[0] : undefined;
    ctx.exports.push(name ? { name: ctx.slice(name), from: source, imported: '*' } : { name: '*', from: source, imported: '*' });
    return;
  }
  const declaration = field(node, 'declaration');
  const isDefault = has(node, 'default');
  if (declaration) {
    lowerStatement(ctx, declaration);
    if (isDefault) {
      ctx.exports.push({ name: 'default', value: ctx.made(declaration) ?? anonymous(ctx, declaration) });
      return;
    }
    const names: SyntaxNode[] =
      declaration.type === 'lexical_declaration' || declaration.type === 'variable_declaration'
        ? named(declaration).flatMap((each) => declaredNames(field(each, 'name')))
        : [field(declaration, 'name')].flatMap((each) => each ?? []);
    for (const each of names) {
      const binding = ctx.scope.lookUp(ctx.slice(each));
      if (binding !== undefined) ctx.exports.push({ name: ctx.slice(each), value: ctx.fresh(each, { k: 'binding', binding }) });
    }
    return;
  }
  const value = field(node, 'value') ?? named(node).find((each) => each.type !== 'decorator');
  if (value) ctx.exports.push({ name: isDefault ? 'default' : '=', value: lowerExpression(ctx, value) });
}

function anonymous(ctx: Context, node: SyntaxNode): number {
  if (node.type.includes('class')) return ctx.value(node, { k: 'class', cls: lowerClass(ctx, node) });
  return ctx.value(node, { k: 'function', fn: lowerFunction(ctx, node) });
}

function declaredNames(pattern: SyntaxNode | undefined): SyntaxNode[] {
  if (!pattern) return [];
  if (pattern.type === 'identifier' || pattern.type === 'shorthand_property_identifier_pattern') return [pattern];
  if (pattern.type === 'pair_pattern') return declaredNames(field(pattern, 'value'));
  if (pattern.type === 'assignment_pattern' || pattern.type === 'object_assignment_pattern') return declaredNames(field(pattern, 'left'));
  return named(pattern).flatMap(declaredNames);
}

/** CommonJS: turns `module.exports = x`, `module.exports.a = x` and `exports.a = x` into exports. */
export function collectCommonJs(ctx: Context): void {
  for (const store of ctx.stores) {
    const object = ctx.values[store.object];
    if (object?.k === 'global' && object.name === 'module' && store.name === 'exports') ctx.exports.push({ name: '=', value: store.value });
    else if (object?.k === 'global' && object.name === 'exports') ctx.exports.push({ name: store.name, value: store.value });
    else if (object?.k === 'member' && object.name === 'exports') {
      const root = ctx.values[object.object];
      if (root?.k === 'global' && root.name === 'module') ctx.exports.push({ name: store.name, value: store.value });
    }
  }
}
