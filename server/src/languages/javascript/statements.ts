import type { Context } from '../lowering/context.ts';
import { assignPattern, declare, lowerClass, lowerFunction, lowerVariables, patternNames } from './declarations.ts';
import { lowerCondition, lowerEither, lowerExpression } from './expressions.ts';
import { hoist } from './hoisting.ts';
import { lowerExport } from './modules.ts';
import { type CatchClause, isRemark, lowerGuarded } from '../lowering/guarded.ts';
import { lowerJump } from '../lowering/jumps.ts';
import { type Loop, lowerDoLoop, lowerEachLoop, lowerLoop } from '../lowering/loops.ts';
import { child, field, fields, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerType } from './typeAnnotations.ts';

/** Lowers statements in the scope that stands; function declarations first, as they are defined first. */
export function lowerStatements(ctx: Context, statements: SyntaxNode[]): void {
  for (const each of statements) {
    const node = each.type === 'export_statement' ? field(each, 'declaration') : each;
    if (node?.type === 'function_declaration' || node?.type === 'generator_function_declaration') defineFunction(ctx, node);
  }
  for (const each of statements) {
    ctx.standsAt(each);
    lowerStatement(ctx, each);
  }
}

function defineFunction(ctx: Context, node: SyntaxNode): void {
  const name = field(node, 'name');
  if (!name || ctx.functionOf.has(node)) return;
  const binding = ctx.scope.lookUp(ctx.slice(name));
  const value = ctx.value(node, { k: 'function', fn: lowerFunction(ctx, node) });
  if (binding !== undefined) ctx.give(binding, value);
}

/** Lowers one statement into the current block. */
export function lowerStatement(ctx: Context, node: SyntaxNode | undefined): void {
  if (!node) return;
  switch (node.type) {
    case 'expression_statement': {
      for (const each of named(node)) {
        const value = lowerExpression(ctx, each);
        ctx.flow.step({ k: 'drop', value });
      }
      return;
    }
    case 'lexical_declaration':
    case 'variable_declaration':
      return lowerVariables(ctx, node);
    case 'function_declaration':
    case 'generator_function_declaration':
      return defineFunction(ctx, node);
    case 'class_declaration':
    case 'abstract_class_declaration': {
      const name = field(node, 'name');
      const value = ctx.value(node, { k: 'class', cls: lowerClass(ctx, node) });
      const binding = name ? ctx.scope.lookUp(ctx.slice(name)) : undefined;
      if (binding !== undefined) ctx.give(binding, value);
      const fact = ctx.values[value];
      if (binding !== undefined && fact?.k === 'class') ctx.classes[fact.cls]!.binding = binding;
      return;
    }
    case 'statement_block':
      return ctx.inScope(() => {
        hoist(ctx, named(node), false);
        lowerStatements(ctx, named(node));
      });
    case 'if_statement': {
      const alternative = field(node, 'alternative');
      const otherwise = (): void => {
        for (const each of alternative ? named(alternative) : []) lowerStatement(ctx, each);
      };
      return lowerEither(ctx, field(node, 'condition'), () => lowerStatement(ctx, field(node, 'consequence')), otherwise);
    }
    case 'for_statement':
      return ctx.inScope(() => lowerFor(ctx, node, []));
    case 'for_in_statement':
      return ctx.inScope(() => lowerForIn(ctx, node, []));
    case 'while_statement':
    case 'do_statement':
      return lowerWhile(ctx, node, []);
    case 'try_statement':
      return lowerTry(ctx, node);
    case 'switch_statement':
      return lowerSwitch(ctx, node, []);
    case 'return_statement': {
      const result = named(node)[0];
      return ctx.flow.returns(result && lowerExpression(ctx, result));
    }
    case 'throw_statement':
      return ctx.flow.throws(lowerExpression(ctx, named(node)[0]));
    case 'break_statement':
    case 'continue_statement': {
      const label = field(node, 'label');
      return lowerJump(ctx.flow, node.type === 'continue_statement', label && ctx.slice(label));
    }
    case 'labeled_statement':
      return lowerLabeled(ctx, node, []);
    case 'import_statement':
      // Done by hoisting: imports are there before anything runs.
      return;
    case 'export_statement':
      return lowerExport(ctx, node);
    case 'interface_declaration':
    case 'type_alias_declaration': {
      const name = field(node, 'name');
      const own = lowerType(field(node, 'body') ?? field(node, 'value'), ctx.text);
      const extended = child(node, 'extends_type_clause');
      const parents = extended ? named(extended).flatMap((each) => lowerType(each, ctx.text) ?? []) : [];
      if (name && own) ctx.types.push({ name: ctx.slice(name), type: parents.length === 0 ? own : { k: 'union', of: [own, ...parents] } });
      return;
    }
    case 'internal_module':
    case 'module':
      return lowerStatement(ctx, field(node, 'body'));
    case 'with_statement':
      lowerExpression(ctx, field(node, 'object'));
      return lowerStatement(ctx, field(node, 'body'));
    case 'ERROR':
      for (const each of named(node)) {
        if (each.type.endsWith('statement') || each.type.endsWith('declaration')) lowerStatement(ctx, each);
        else lowerExpression(ctx, each);
      }
      return;
    case 'enum_declaration':
    case 'ambient_declaration':
    case 'function_signature':
    case 'empty_statement':
    case 'debugger_statement':
    case 'hash_bang_line':
    case 'import_alias':
    case 'decorator':
      return;
    default:
      lowerExpression(ctx, node);
  }
}

function lowerLabeled(ctx: Context, node: SyntaxNode, labels: string[]): void {
  const label = field(node, 'label');
  const body = field(node, 'body');
  const all = label ? [...labels, ctx.slice(label)] : labels;
  switch (body?.type) {
    case 'for_statement':
      return ctx.inScope(() => lowerFor(ctx, body, all));
    case 'for_in_statement':
      return ctx.inScope(() => lowerForIn(ctx, body, all));
    case 'while_statement':
    case 'do_statement':
      return lowerWhile(ctx, body, all);
    case 'labeled_statement':
      return lowerLabeled(ctx, body, all);
    default:
      ctx.flow.labelled(all, () => lowerStatement(ctx, body));
  }
}

/** `i < rows.length`, or a bound that is named after a size: the loop walks a collection. */
function loopOf(ctx: Context, node: SyntaxNode, condition: SyntaxNode | undefined, labels: string[]): Loop {
  const kind = condition && /\.(length|size)\b/.test(ctx.slice(condition)) ? 'count' : 'while';
  return { kind, node, labels, body: () => lowerStatement(ctx, field(node, 'body')) };
}

function lowerFor(ctx: Context, node: SyntaxNode, labels: string[]): void {
  const initializer = field(node, 'initializer');
  const conditionNode = field(node, 'condition');
  const condition = conditionNode?.type === 'expression_statement' ? named(conditionNode)[0] : conditionNode?.type === 'empty_statement' ? undefined : conditionNode;
  if (initializer) {
    hoist(ctx, [initializer], false);
    lowerStatement(ctx, initializer);
  }
  const increment = field(node, 'increment');
  const step = (): void => {
    if (increment) lowerExpression(ctx, increment);
  };
  lowerLoop(ctx.flow, { ...loopOf(ctx, node, condition, labels), step }, (body, done) => {
    if (condition) lowerCondition(ctx, condition, body, done);
    else ctx.flow.goto(body);
  });
}

function lowerForIn(ctx: Context, node: SyntaxNode, labels: string[]): void {
  const over = lowerExpression(ctx, field(node, 'right'));
  const body = (): void => {
    const left = field(node, 'left');
    const kind = field(node, 'kind');
    if (kind && left) declare(ctx, patternNames(ctx, left), 'variable', ctx.slice(kind) === 'const');
    if (left) assignPattern(ctx, left, ctx.part(node, () => ctx.fresh(left, { k: 'element', of: over })));
    lowerStatement(ctx, field(node, 'body'));
  };
  lowerEachLoop(ctx.flow, { kind: 'each', node, labels, over, body }, has(node, 'await'));
}

function lowerWhile(ctx: Context, node: SyntaxNode, labels: string[]): void {
  const condition = field(node, 'condition');
  const lower = node.type === 'while_statement' ? lowerLoop : lowerDoLoop;
  lower(ctx.flow, loopOf(ctx, node, condition, labels), (body, done) => lowerCondition(ctx, condition, body, done));
}

function lowerTry(ctx: Context, node: SyntaxNode): void {
  const handler = field(node, 'handler');
  const finalizer = field(node, 'finalizer');
  const finalBody = finalizer && (field(finalizer, 'body') ?? child(finalizer, 'statement_block'));
  lowerGuarded(ctx, {
    body: () => lowerStatement(ctx, field(node, 'body')),
    clauses: handler ? [clauseOf(ctx, handler)] : [],
    finally: finalBody && (() => lowerStatement(ctx, finalBody)),
  });
}

function clauseOf(ctx: Context, node: SyntaxNode): CatchClause {
  const body = field(node, 'body');
  const lower: CatchClause['lower'] = (caught, handler) => {
    if (isRemark(ctx, body)) handler.remark = true;
    ctx.inScope(() => {
      const parameter = field(node, 'parameter');
      declare(ctx, patternNames(ctx, parameter), 'caught', false);
      assignPattern(ctx, parameter, caught);
      lowerStatement(ctx, body);
    });
  };
  return { node, lower };
}

function lowerSwitch(ctx: Context, node: SyntaxNode, labels: string[]): void {
  const subject = lowerExpression(ctx, field(node, 'value'));
  const body = field(node, 'body');
  const cases = body ? named(body).filter((each) => each.type === 'switch_case' || each.type === 'switch_default') : [];
  const after = ctx.flow.newBlock();
  const bodies = cases.map(() => ctx.flow.newBlock());
  let fallback = after;
  cases.forEach((each, index) => {
    if (each.type === 'switch_default') {
      fallback = bodies[index]!;
      return;
    }
    const value = field(each, 'value');
    const label = lowerExpression(ctx, value);
    const test = ctx.made(each) ?? ctx.fresh(value ?? each, { k: 'operator', op: '===', of: [subject, label] });
    ctx.tie(each, test);
    const next = ctx.flow.newBlock();
    ctx.flow.end({ k: 'branch', test, then: bodies[index]!, else: next });
    ctx.flow.current = next;
  });
  ctx.flow.goto(fallback);
  ctx.flow.within({ labels, breakTo: after }, () => ctx.inScope(() => {
    hoist(ctx, cases.flatMap((each) => fields(each, 'body')), false);
    cases.forEach((each, index) => {
      ctx.flow.current = bodies[index]!;
      lowerStatements(ctx, fields(each, 'body'));
      ctx.flow.goto(bodies[index + 1] ?? after);
    });
  }));
  ctx.flow.current = after;
}
