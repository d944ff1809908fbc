import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import type { PythonContext } from './pythonContext.ts';

interface Name {
  name: string;
  at: number;
  kind: 'variable' | 'function' | 'class' | 'import' | 'caught';
}

/** Nodes with names of their own. */
const OWN_SCOPE = new Set(['function_definition', 'class_definition', 'lambda', 'list_comprehension', 'set_comprehension', 'dictionary_comprehension', 'generator_expression']);

/** Declares every name that a body gives a value to: in a function or a module it is there from the beginning, in whatever block it stands. */
export function hoist(ctx: PythonContext, statements: readonly SyntaxNode[]): void {
  const names: Name[] = [];
  const elsewhere = new Map<string, 'global_statement' | 'nonlocal_statement'>();
  for (const each of statements) collect(ctx, each, names, elsewhere);
  for (const { name, at, kind } of names) {
    const outside = elsewhere.get(name);
    if (outside !== undefined) {
      const scope = outside === 'global_statement' ? ctx.moduleScope : (ctx.scope.parent ?? ctx.moduleScope);
      let binding = scope.lookUp(name);
      if (binding === undefined) {
        binding = ctx.binding(name, 'variable', at, false, scope);
        ctx.bindings[binding]!.in = 0;
      }
      ctx.scope.declare(name, binding);
    } else if (ctx.scope.own(name) === undefined && kind !== 'import') ctx.binding(name, kind, at, false);
  }
}

function collect(ctx: PythonContext, node: SyntaxNode, out: Name[], elsewhere: Map<string, 'global_statement' | 'nonlocal_statement'>): void {
  const add = (target: SyntaxNode | undefined, kind: Name['kind'] = 'variable'): void => {
    for (const each of target ? targetNames(target) : []) out.push({ name: ctx.slice(each), at: each.at, kind });
  };
  switch (node.type) {
    case 'global_statement':
    case 'nonlocal_statement':
      for (const each of named(node)) elsewhere.set(ctx.slice(each), node.type);
      return;
    case 'function_definition':
      add(field(node, 'name'), 'function');
      break;
    case 'class_definition':
      add(field(node, 'name'), 'class');
      break;
    case 'assignment':
    case 'augmented_assignment':
    case 'for_statement':
    case 'type_alias_statement':
      add(field(node, 'left'));
      break;
    case 'named_expression':
      add(field(node, 'name'));
      break;
    case 'as_pattern':
      add(field(node, 'alias'));
      break;
    case 'case_pattern':
      for (const each of captures(node)) out.push({ name: ctx.slice(each), at: each.at, kind: 'variable' });
      break;
    default:
  }
  if (OWN_SCOPE.has(node.type)) {
    // A walrus within a comprehension names something of the function around it.
    if (node.type.endsWith('comprehension') || node.type === 'generator_expression') collectWalrus(ctx, node, out);
    return;
  }
  for (const each of node.children) if (each.named) collect(ctx, each, out, elsewhere);
}

function collectWalrus(ctx: PythonContext, node: SyntaxNode, out: Name[]): void {
  for (const each of named(node)) {
    const name = each.type === 'named_expression' ? field(each, 'name') : undefined;
    if (name) out.push({ name: ctx.slice(name), at: name.at, kind: 'variable' });
    collectWalrus(ctx, each, out);
  }
}

/** The names that an assignment's target gives a value to. */
export function targetNames(node: SyntaxNode): SyntaxNode[] {
  switch (node.type) {
    case 'identifier':
      return [node];
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'list_splat_pattern':
    case 'tuple':
    case 'list':
    case 'expression_list':
    case 'parenthesized_expression':
    case 'as_pattern_target':
      return named(node).flatMap(targetNames);
    default:
      return [];
  }
}

/** Names that a pattern of `match` captures: single words that stand alone. */
export function captures(node: SyntaxNode): SyntaxNode[] {
  if (node.type !== 'case_pattern') return [];
  const inner = named(node)[0];
  if (inner?.type !== 'dotted_name') return [];
  const words = named(inner);
  return words.length === 1 ? words : [];
}
