import type { Context } from '../lowering/context.ts';
import { declare, patternNames } from './declarations.ts';
import { lowerImport } from './modules.ts';
import { field, has, named, type SyntaxNode } from '../lowering/syntax.ts';

/** Declares what the statements of a scope declare before any of them runs, and lowers function declarations' names. */
export function hoist(ctx: Context, statements: SyntaxNode[], functionScope: boolean): void {
  for (const statement of statements) {
    const node = statement.type === 'export_statement' ? (field(statement, 'declaration') ?? statement) : statement.type === 'ambient_declaration' ? (named(statement)[0] ?? statement) : statement;
    switch (node.type) {
      case 'import_statement':
        lowerImport(ctx, node);
        break;
      case 'lexical_declaration':
        for (const each of named(node)) declare(ctx, patternNames(ctx, field(each, 'name')), 'variable', has(node, 'const'));
        break;
      case 'function_declaration':
      case 'generator_function_declaration': {
        const name = field(node, 'name');
        if (name) declare(ctx, [{ name: ctx.slice(name), at: name.at }], 'function', true);
        break;
      }
      case 'class_declaration':
      case 'abstract_class_declaration':
      case 'enum_declaration': {
        const name = field(node, 'name');
        if (name) declare(ctx, [{ name: ctx.slice(name), at: name.at }], 'class', true);
        break;
      }
      default:
    }
  }
  if (functionScope) for (const statement of statements) hoistVars(ctx, statement);
}

const OWN_SCOPE = new Set(['function_declaration', 'function_expression', 'arrow_function', 'generator_function', 'generator_function_declaration', 'class_declaration', 'class', 'method_definition']);

function hoistVars(ctx: Context, node: SyntaxNode): void {
  if (OWN_SCOPE.has(node.type)) return;
  if (node.type === 'variable_declaration') {
    for (const each of named(node)) declare(ctx, patternNames(ctx, field(each, 'name')), 'variable', false);
  } else if (node.type === 'for_in_statement') {
    const kind = field(node, 'kind');
    if (kind && ctx.slice(kind) === 'var') declare(ctx, patternNames(ctx, field(node, 'left')), 'variable', false);
  }
  for (const each of node.children) if (each.named && !each.type.endsWith('expression')) hoistVars(ctx, each);
}
