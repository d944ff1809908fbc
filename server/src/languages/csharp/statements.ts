import { child, field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerVariables } from './assignments.ts';
import { lastGoto, lowerGoto, lowerRepeated } from './labels.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';
import { lowerLocalFunction } from './functions.ts';
import { lowerDo, lowerFor, lowerForeach, lowerWhile } from './loops.ts';
import { lowerEither, lowerThrow } from './operators.ts';
import { lowerTry, lowerUsing } from './regions.ts';
import { lowerSwitch } from './switches.ts';

/** Lowers statements into the current block, in order. */
export function lowerStatements(ctx: CSharpContext, statements: readonly SyntaxNode[]): void {
  // A function in a block is there from its beginning.
  for (const each of statements) {
    const name = each.type === 'local_function_statement' ? field(each, 'name') : undefined;
    if (name) ctx.declare(name, 'function');
  }
  for (let index = 0; index < statements.length; index++) {
    const each = statements[index]!;
    ctx.standsAt(each);
    const again = each.type === 'labeled_statement' ? lastGoto(ctx, each, statements.at(-1)!.to) : undefined;
    if (again === undefined) lowerStatement(ctx, each);
    else {
      const first = index;
      while (statements[index]!.to <= again) index++;
      lowerRepeated(ctx, each, statements.slice(first, index + 1));
    }
  }
}

/** Lowers one statement into the current block. */
export function lowerStatement(ctx: CSharpContext, node: SyntaxNode | undefined): void {
  if (!node) return;
  switch (node.type) {
    case 'block':
      return ctx.inScope(() => lowerStatements(ctx, named(node)));
    case 'labeled_statement':
      return lowerStatements(ctx, named(node).slice(1));
    case 'global_statement':
    case 'checked_statement':
    case 'unsafe_statement':
    case 'ERROR':
      return lowerStatements(ctx, named(node));
    case 'expression_statement':
      for (const each of named(node)) ctx.flow.step({ k: 'drop', value: lowerExpression(ctx, each) });
      return;
    case 'local_declaration_statement':
      for (const each of named(node)) if (each.type === 'variable_declaration') lowerVariables(ctx, each);
      return;
    case 'local_function_statement':
      return lowerLocalFunction(ctx, node);
    case 'if_statement':
      return lowerEither(ctx, field(node, 'condition'), () => lowerStatement(ctx, field(node, 'consequence')), () => lowerStatement(ctx, field(node, 'alternative')));
    case 'switch_statement':
      return lowerSwitch(ctx, node);
    case 'foreach_statement':
      return lowerForeach(ctx, node);
    case 'for_statement':
      return lowerFor(ctx, node);
    case 'while_statement':
      return lowerWhile(ctx, node);
    case 'do_statement':
      return lowerDo(ctx, node);
    case 'try_statement':
      return lowerTry(ctx, node);
    case 'using_statement':
      return lowerUsing(ctx, node);
    case 'lock_statement':
    case 'fixed_statement':
      return lowerAround(ctx, node);
    case 'return_statement':
      return lowerReturn(ctx, node);
    case 'throw_statement':
      lowerThrow(ctx, node);
      return;
    case 'yield_statement':
      return lowerYield(ctx, node);
    // Labels are for `goto` alone.
    case 'break_statement':
      return ctx.flow.jump(false, (each) => each.labels.length === 0);
    case 'continue_statement':
      return ctx.flow.jump(true, (each) => each.labels.length === 0 && each.continueTo !== undefined);
    case 'goto_statement':
      return lowerGoto(ctx, node);
    case 'preproc_if':
    case 'preproc_elif':
    case 'preproc_else':
      return lowerStatements(ctx, named(node).filter((each) => each.field !== 'condition'));
    case 'empty_statement':
      return;
    default:
      if (!node.type.startsWith('preproc')) lowerExpression(ctx, node);
  }
}

/** `lock (a) { … }` and what else only stands around a body. */
function lowerAround(ctx: CSharpContext, node: SyntaxNode): void {
  const parts = named(node);
  const body = parts.at(-1);
  for (const each of parts) {
    if (each === body) lowerStatement(ctx, each);
    else if (each.type === 'variable_declaration') lowerVariables(ctx, each);
    else lowerExpression(ctx, each);
  }
}

function lowerReturn(ctx: CSharpContext, node: SyntaxNode): void {
  const result = named(node)[0];
  ctx.flow.returns(result && lowerExpression(ctx, result));
}

/** `yield return value`; `yield break` ends the function. */
function lowerYield(ctx: CSharpContext, node: SyntaxNode): void {
  if (has(node, 'break')) return lowerReturn(ctx, { ...node, children: [] });
  const of = lowerExpression(ctx, named(node)[0]);
  ctx.flow.step({ k: 'yield', value: ctx.value(node, { k: 'yield', of }) });
}

/** The body of a statement, whatever the grammar calls it. */
export function bodyOf(node: SyntaxNode): SyntaxNode | undefined {
  return field(node, 'body') ?? child(node, 'block');
}
