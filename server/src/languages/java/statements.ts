import { lowerJump } from '../lowering/jumps.ts';
import { child, field, fields, named, type SyntaxNode } from '../lowering/syntax.ts';
import { isClass, lowerClass } from './classes.ts';
import { lowerEither, lowerExpression } from './expressions.ts';
import type { JavaContext } from './javaContext.ts';
import { lowerDo, lowerEach, lowerFor, lowerWhile } from './loops.ts';
import { forgotten, isAttempt } from './attempts.ts';
import { declaredType } from './names.ts';
import { lowerSwitch } from './switches.ts';
import { lowerTry } from './regions.ts';

/** Lowers statements into the current block, in order. */
export function lowerStatements(ctx: JavaContext, statements: readonly SyntaxNode[]): void {
  for (const each of statements) {
    ctx.standsAt(each);
    lowerStatement(ctx, each);
  }
}

/** Lowers one statement into the current block. `labels`: by which `break` and `continue` know it. */
export function lowerStatement(ctx: JavaContext, node: SyntaxNode | undefined, labels: string[] = []): void {
  if (!node) return;
  switch (node.type) {
    case 'block':
      return ctx.inScope(() => lowerStatements(ctx, named(node)));
    case 'constructor_body':
    case 'ERROR':
      return lowerStatements(ctx, named(node));
    case 'expression_statement':
      return lowerDropped(ctx, named(node)[0]);
    case 'local_variable_declaration':
      return lowerVariables(ctx, node);
    case 'if_statement':
      return ctx.inScope(() => lowerEither(ctx, field(node, 'condition'), () => lowerStatement(ctx, field(node, 'consequence')), () => lowerStatement(ctx, field(node, 'alternative'))));
    case 'while_statement':
      return lowerWhile(ctx, node, labels);
    case 'do_statement':
      return lowerDo(ctx, node, labels);
    case 'for_statement':
      return ctx.inScope(() => lowerFor(ctx, node, labels));
    case 'enhanced_for_statement':
      return ctx.inScope(() => lowerEach(ctx, node, labels));
    case 'labeled_statement':
      return lowerLabeled(ctx, node, labels);
    case 'switch_expression':
      return void lowerSwitch(ctx, node, labels);
    case 'try_statement':
    case 'try_with_resources_statement':
      return lowerTry(ctx, node);
    case 'synchronized_statement':
      lowerExpression(ctx, child(node, 'parenthesized_expression'));
      return lowerStatement(ctx, field(node, 'body'));
    case 'return_statement': {
      const [result] = named(node);
      return ctx.flow.returns(result && lowerExpression(ctx, result));
    }
    case 'throw_statement':
      return ctx.flow.throws(lowerExpression(ctx, named(node)[0]));
    case 'yield_statement':
      return lowerYield(ctx, node);
    case 'assert_statement':
      // A program checks assertions only where it is started so.
      return;
    case 'break_statement':
    case 'continue_statement':
      return lowerJump(ctx.flow, node.type === 'continue_statement', named(node)[0] && ctx.slice(named(node)[0]!));
    case 'explicit_constructor_invocation':
      return void lowerExpression(ctx, node);
    case 'package_declaration':
    case 'import_declaration':
    case 'modifiers':
      return;
    default:
      if (isClass(node)) lowerClass(ctx, node);
      else lowerExpression(ctx, node);
  }
}

/** An expression whose value nobody takes. */
export function lowerDropped(ctx: JavaContext, node: SyntaxNode | undefined): void {
  if (!node) return;
  if (node.type === 'switch_expression') return void lowerSwitch(ctx, node, []);
  const value = lowerExpression(ctx, node);
  if (node.type === 'assignment_expression' || node.type === 'update_expression') return;
  ctx.flow.step({ k: 'drop', value: isAttempt(ctx, node, value) ? forgotten(ctx, node, value) : value });
}

/** `Type a = 1, b[];`. */
export function lowerVariables(ctx: JavaContext, node: SyntaxNode): void {
  const declared = declaredType(ctx, field(node, 'type'));
  for (const each of fields(node, 'declarator')) {
    const name = field(each, 'name');
    const init = field(each, 'value');
    const value = init ? lowerExpression(ctx, init) : undefined;
    if (!name) continue;
    const binding = ctx.declare(name, 'variable', declared && field(each, 'dimensions') ? { k: 'array', of: declared } : declared);
    if (value !== undefined) ctx.bind(binding, value);
  }
}

const LOOPS = new Set(['while_statement', 'do_statement', 'for_statement', 'enhanced_for_statement', 'switch_expression', 'labeled_statement']);

function lowerLabeled(ctx: JavaContext, node: SyntaxNode, labels: string[]): void {
  const [label, body] = named(node);
  if (!label || !body) return;
  const all = [...labels, ctx.slice(label)];
  if (LOOPS.has(body.type)) return lowerStatement(ctx, body, all);
  ctx.flow.labelled(all, () => lowerStatement(ctx, body));
}

function lowerYield(ctx: JavaContext, node: SyntaxNode): void {
  const value = lowerExpression(ctx, named(node)[0]);
  const target = ctx.yields.at(-1);
  if (!target) return;
  target.values.push(value);
  ctx.flow.goto(target.after);
  ctx.flow.unreachable();
}
