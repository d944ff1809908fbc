import type { ClassId, FileFacts } from '../../facts/facts.ts';
import { child, named, type SyntaxNode } from '../lowering/syntax.ts';
import { CSharpContext } from './csharpContext.ts';
import { declareType, isType, lowerType } from './declarations.ts';
import { lowerUsingDirective, namespaceName, namespacesAround } from './imports.ts';
import { lowerStatements } from './statements.ts';

/** A type of the file and the namespace in which it stands. */
interface Declared {
  node: SyntaxNode;
  namespace: string;
}

/** Lowers a syntax tree to facts: a pure function of text and tree. */
export function lower(root: SyntaxNode, text: string, dialect: string, damaged: boolean): FileFacts {
  const ctx = new CSharpContext(text);
  ctx.open({ kind: 'module', static: false, async: false, generator: false, at: 0, to: text.length }, undefined);
  ctx.moduleScope = ctx.scope;
  const types: Declared[] = [];
  const statements: SyntaxNode[] = [];
  const namespaces = new Set<string>();
  collect(ctx, named(root), '', types, statements, namespaces);
  for (const { node } of types) declareType(ctx, node);
  for (const { node, namespace } of types) lowerType(ctx, node, namespace);
  lowerStatements(ctx, statements);
  ctx.classes.forEach((_, cls) => runMain(ctx, cls));
  ctx.markConstants();
  return { ...ctx.facts('csharp', dialect, damaged), sees: [...new Set([...[...namespaces].flatMap(namespacesAround), ''])] };
}

/** Finds the types of a file, whatever namespaces stand around them, and the statements of a program that has no class. */
function collect(ctx: CSharpContext, nodes: readonly SyntaxNode[], around: string, types: Declared[], statements: SyntaxNode[], namespaces: Set<string>): void {
  let namespace = around;
  for (const node of nodes) {
    if (node.type === 'using_directive') lowerUsingDirective(ctx, node);
    else if (node.type === 'namespace_declaration' || node.type === 'file_scoped_namespace_declaration') {
      const name = around === '' ? namespaceName(ctx, node) : `${around}.${namespaceName(ctx, node)}`;
      namespaces.add(name);
      const list = child(node, 'declaration_list');
      if (list) collect(ctx, named(list), name, types, statements, namespaces);
      else namespace = name;
      // What a file-scoped namespace holds stands in it or after it.
      if (!list) collect(ctx, named(node).filter((each) => each.field !== 'name'), name, types, statements, namespaces);
    } else if (isType(node)) types.push({ node, namespace });
    else if (node.type.startsWith('preproc_') || node.type === 'ERROR') collect(ctx, named(node).filter((each) => each.field !== 'condition'), namespace, types, statements, namespaces);
    else if (node.type === 'global_statement' || node.type.endsWith('_statement')) statements.push(node);
  }
}

/** A program begins with the method `Main` of one of its classes: the same as a statement outside of all classes. */
function runMain(ctx: CSharpContext, cls: ClassId): void {
  const { binding, methods } = ctx.classes[cls]!;
  const main = methods.find((each) => each.name === 'Main' && each.static);
  const fact = main && ctx.functions[main.fn]!;
  if (!fact || binding === undefined) return;
  const place = { at: fact.at, to: fact.at };
  const callee = ctx.fresh(place, { k: 'member', object: ctx.fresh(place, { k: 'binding', binding }), name: 'Main', nameAt: fact.at, nameTo: fact.at });
  const call = ctx.fresh(place, { k: 'call', callee, args: [], construct: false });
  ctx.flow.step({ k: 'call', value: call });
  if (fact.async) ctx.flow.step({ k: 'await', value: ctx.fresh(place, { k: 'await', of: call }) });
}
