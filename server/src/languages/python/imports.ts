import type { BindingId, ValueId } from '../../facts/facts.ts';
import { field, fields, named, type SyntaxNode } from '../lowering/syntax.ts';
import type { PythonContext } from './pythonContext.ts';

/** `from module import name as alias`: one fact a name. What is imported may be a name of the module or a module below it. */
export function lowerFrom(ctx: PythonContext, node: SyntaxNode): void {
  const source = field(node, 'module_name');
  if (!source) return;
  const module = ctx.slice(source).replace(/\s+/g, '');
  if (node.children.some((each) => each.type === 'wildcard_import')) {
    ctx.imports.push({ module, imported: '', typeOnly: false, opens: true, style: 'es', at: node.at });
    if (ctx.frame.fn === 0) ctx.exports.push({ name: '*', from: module, imported: '*' });
    return;
  }
  for (const each of fields(node, 'name')) {
    const name = each.type === 'aliased_import' ? field(each, 'name') : each;
    const alias = each.type === 'aliased_import' ? field(each, 'alias') : each;
    if (!name || !alias) continue;
    const imported = ctx.slice(name);
    bindImport(ctx, alias, { module, imported, submodule: module.endsWith('.') ? module + imported : `${module}.${imported}` }, node.at);
  }
}

function bindImport(ctx: PythonContext, name: SyntaxNode, from: { module: string; imported: string; submodule?: string }, at: number): void {
  const binding = replaced(ctx, ctx.slice(name), from.imported === '*') ?? ctx.binding(ctx.slice(name), 'import', name.at, true);
  Object.assign(ctx.bindings[binding]!, { kind: 'import', at: name.at, import: ctx.imports.length });
  ctx.imports.push({ ...from, binding, typeOnly: false, style: 'es', at });
}

/**
 * A name that is given nothing but `None` where there is no such module: `try: from client import Client`, `except ImportError: Client = None`; or a module by
 * which those below it are named: `import urllib.request, urllib`.
 */
function replaced(ctx: PythonContext, name: string, isModule: boolean): BindingId | undefined {
  const own = ctx.scope.own(name);
  const fact = own === undefined ? undefined : ctx.bindings[own]!;
  const isStandIn = fact && fact.in === ctx.frame.fn && fact.import === undefined && fact.kind !== 'parameter' && fact.sources.every((source) => ctx.values[source]?.k === 'literal' || (isModule && isPartOfModule(ctx, source)));
  return isStandIn ? own : undefined;
}

function isPartOfModule(ctx: PythonContext, id: ValueId): boolean {
  const value = ctx.values[id];
  return value?.k === 'object' && value.spreads.some((spread) => isPartOfModule(ctx, spread)) || (value?.k === 'call' && value.protocol === 'import');
}

/** `import a`, `import a.b as c`, and `import a.b`, which names `a` with `b` in it. */
export function lowerImport(ctx: PythonContext, node: SyntaxNode): void {
  for (const each of fields(node, 'name')) {
    const alias = each.type === 'aliased_import' ? field(each, 'alias') : undefined;
    const path = each.type === 'aliased_import' ? field(each, 'name') : each;
    if (!path) continue;
    const words = named(path);
    const module = words.map((word) => ctx.slice(word)).join('.');
    if (alias || words.length < 2) bindImport(ctx, alias ?? path, { module, imported: '*' }, node.at);
    else lowerDotted(ctx, node, words);
  }
}

/** `import a.b.c`: the name `a` holds the module `a`, in which `b` and `c` are found too. */
function lowerDotted(ctx: PythonContext, node: SyntaxNode, words: readonly SyntaxNode[]): void {
  const name = ctx.slice(words[0]!);
  const binding = ctx.scope.own(name) ?? ctx.binding(name, 'variable', words[0]!.at, true);
  const modules = words.map((_, index) => moduleValue(ctx, node, words.slice(0, index + 1)));
  let held: ValueId = modules.at(-1)!;
  for (let index = words.length - 2; index >= 0; index--) {
    held = ctx.fresh(words[index]!, { k: 'object', props: [{ key: ctx.slice(words[index + 1]!), value: held }], spreads: [modules[index]!] });
  }
  ctx.bindings[binding]!.sources.push(held);
}

function moduleValue(ctx: PythonContext, node: SyntaxNode, words: readonly SyntaxNode[]): ValueId {
  const span = { at: words[0]!.at, to: words.at(-1)!.to };
  const module = words.map((word) => ctx.slice(word)).join('.');
  const callee = ctx.fresh(span, { k: 'global', name: 'import' });
  const value = ctx.fresh(span, { k: 'call', callee, args: [ctx.fresh(span, { k: 'literal', value: module })], construct: false, protocol: 'import' });
  ctx.imports.push({ module, imported: '*', typeOnly: false, style: 'es', value, at: node.at });
  return value;
}
