import { field, fields, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import type { CSharpContext } from './csharpContext.ts';

/** `using A.B;` opens a namespace, `using static A.B;` a class; `using C = A.B.C;` names one thing. */
export function lowerUsingDirective(ctx: CSharpContext, node: SyntaxNode): void {
  const alias = fields(node, 'name').find((each) => each.type === 'identifier' && isAlias(ctx, node, each));
  const path = named(node).filter((each) => each !== alias).at(-1);
  if (!path) return;
  const module = ctx.slice(path).replace(/\s+/g, '').replace(/^global::/, '').replace(/<.*$/s, '');
  if (!alias) {
    ctx.imports.push({ module, imported: '', opens: true, typeOnly: false, style: 'es', at: node.at, ...(has(node, 'global') ? { everywhere: true as const } : {}) });
    return;
  }
  const dot = module.lastIndexOf('.');
  const binding = ctx.binding(ctx.word(alias), 'import', alias.at, true);
  ctx.bindings[binding]!.import = ctx.imports.length;
  ctx.imports.push({ module: module.slice(0, Math.max(dot, 0)), imported: module.slice(dot + 1), submodule: module, binding, typeOnly: false, style: 'es', at: node.at });
}

function isAlias(ctx: CSharpContext, node: SyntaxNode, name: SyntaxNode): boolean {
  return /^\s*=/.test(ctx.text.slice(name.to, node.to));
}

/** The namespaces that a name's own holds: `A.B.C` stands in `A.B`, in `A` and in the nameless one. */
export function namespacesAround(name: string): string[] {
  const out: string[] = [];
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) out.push(name.slice(0, end));
  return [...out, ''];
}

/** The name of a namespace declaration. */
export function namespaceName(ctx: CSharpContext, node: SyntaxNode): string {
  const name = field(node, 'name');
  return name ? ctx.slice(name).replace(/\s+/g, '') : '';
}
