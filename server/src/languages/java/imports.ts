import { child, named, type SyntaxNode } from '../lowering/syntax.ts';
import type { JavaContext } from './javaContext.ts';

/** Reads the package of the file and what it imports, before anything else. */
export function lowerImports(ctx: JavaContext, statements: readonly SyntaxNode[]): void {
  for (const each of statements) {
    if (each.type === 'package_declaration') ctx.packageName = words(ctx, each).join('.');
    else if (each.type === 'import_declaration') lowerImport(ctx, each);
  }
}

function words(ctx: JavaContext, node: SyntaxNode): string[] {
  const name = named(node).find((each) => each.type === 'scoped_identifier' || each.type === 'identifier');
  return name ? ctx.slice(name).replace(/\s+/g, '').split('.') : [];
}

/** `import a.B;`, `import a.*;`, `import static a.B.name;`, `import static a.B.*;`. */
function lowerImport(ctx: JavaContext, node: SyntaxNode): void {
  const path = words(ctx, node);
  const all = child(node, 'asterisk') !== undefined;
  const isStatic = node.children.some((each) => each.type === 'static');
  const last = path.at(-1);
  if (last === undefined) return;
  if (all && !isStatic) {
    ctx.openPackages.push(path.join('.'));
    ctx.imports.push({ module: path.join('.'), imported: '', typeOnly: false, style: 'es', at: node.at });
    return;
  }
  const cls = isStatic && !all ? path.slice(0, -1) : path;
  const binding = importClass(ctx, node, cls);
  if (binding === undefined) return;
  if (all) ctx.openClasses.push(binding);
  else if (isStatic) {
    const at = node.to - last.length;
    const named = ctx.binding(last, 'variable', at, true);
    const object = ctx.fresh(node, { k: 'binding', binding });
    ctx.bindings[named]!.sources.push(ctx.fresh(node, { k: 'member', object, name: last, nameAt: at, nameTo: node.to }));
  }
}

function importClass(ctx: JavaContext, node: SyntaxNode, path: readonly string[]): number | undefined {
  const imported = path.at(-1);
  if (imported === undefined || path.length < 2) return undefined;
  const known = ctx.moduleScope.own(imported);
  if (known !== undefined) return known;
  const module = path.slice(0, -1).join('.');
  const binding = ctx.binding(imported, 'import', node.at, true);
  ctx.bindings[binding]!.import = ctx.imports.length;
  ctx.imports.push({ module, imported, submodule: `${module}.${imported}`, binding, typeOnly: false, style: 'es', at: node.at });
  return binding;
}
