import type { FileFacts } from '../../facts/facts.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { isClass, lowerClass } from './classes.ts';
import { lowerImports } from './imports.ts';
import { JavaContext } from './javaContext.ts';
import { lowerStatement } from './statements.ts';

/** Lowers a syntax tree to facts: a pure function of text and tree. */
export function lower(root: SyntaxNode, text: string, dialect: string, damaged: boolean): FileFacts {
  const ctx = new JavaContext(text);
  ctx.open({ kind: 'module', static: false, async: false, generator: false, at: 0, to: text.length }, undefined);
  ctx.moduleScope = ctx.scope;
  const statements = named(root);
  lowerImports(ctx, statements);
  declareClasses(ctx, root);
  for (const each of statements) {
    if (isClass(each)) lowerClass(ctx, each);
    else if (!each.type.endsWith('_declaration')) lowerStatement(ctx, each);
  }
  callMain(ctx);
  exportClasses(ctx);
  ctx.markConstants();
  return { ...ctx.facts('java', dialect, damaged), entry: true };
}

/** Every class of the file, wherever it stands, is known by its own name: two of one name are too rare to tell apart. */
function declareClasses(ctx: JavaContext, node: SyntaxNode): void {
  for (const each of node.children) {
    if (!each.named) continue;
    const name = isClass(each) ? field(each, 'name') : undefined;
    if (name && ctx.moduleScope.own(ctx.slice(name)) === undefined) ctx.declare(name, 'class');
    declareClasses(ctx, each);
  }
}

/** The platform calls `static void main(String[])` of a class: the file is a program that does so. */
function callMain(ctx: JavaContext): void {
  ctx.classes.forEach(({ binding, methods }) => {
    const main = methods.find((each) => each.name === 'main' && each.static);
    const span = main && ctx.functions[main.fn]!;
    if (!span || binding === undefined || span.params.length > 1) return;
    const object = ctx.fresh(span, { k: 'binding', binding });
    const callee = ctx.fresh(span, { k: 'member', object, name: 'main', nameAt: span.at, nameTo: span.to });
    ctx.flow.step({ k: 'call', value: ctx.fresh(span, { k: 'call', callee, args: [], construct: false, spread: true }) });
  });
}

/** The classes of a file can be imported by their names. */
function exportClasses(ctx: JavaContext): void {
  ctx.bindings.forEach(({ name, at, kind }, binding) => {
    if (kind === 'class') ctx.exports.push({ name, value: ctx.fresh({ at, to: at + name.length }, { k: 'binding', binding }) });
  });
}
