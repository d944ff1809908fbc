import type { ValueId } from '../../facts/facts.ts';
import type { Context } from '../lowering/context.ts';
import { assignPattern, declare, lowerClass, lowerFunction, lowerVariables, patternNames } from './declarations.ts';
import { branchOn, joinTwo, lowerCondition, lowerExpression } from './expressions.ts';
import { hoist } from './hoisting.ts';
import { lowerExport } from './modules.ts';
import { Scope } from '../lowering/scope.ts';
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
  if (binding !== undefined) ctx.bindings[binding]!.sources.push(value);
}

function inScope(ctx: Context, work: () => void): void {
  const saved = ctx.scope;
  ctx.scope = new Scope(saved);
  work();
  ctx.scope = saved;
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
      if (binding !== undefined) ctx.bindings[binding]!.sources.push(value);
      const fact = ctx.values[value];
      if (binding !== undefined && fact?.k === 'class') ctx.classes[fact.cls]!.binding = binding;
      return;
    }
    case 'statement_block':
      return inScope(ctx, () => {
        hoist(ctx, named(node), false);
        lowerStatements(ctx, named(node));
      });
    case 'if_statement': {
      const { thenBlock, elseBlock } = branchOn(ctx, field(node, 'condition'));
      ctx.flow.current = thenBlock;
      lowerStatement(ctx, field(node, 'consequence'));
      const thenEnd = ctx.flow.current;
      ctx.flow.current = elseBlock;
      const alternative = field(node, 'alternative');
      if (alternative) for (const each of named(alternative)) lowerStatement(ctx, each);
      return joinTwo(ctx, thenEnd, ctx.flow.current);
    }
    case 'for_statement':
      return inScope(ctx, () => lowerFor(ctx, node, []));
    case 'for_in_statement':
      return inScope(ctx, () => lowerForIn(ctx, node, []));
    case 'while_statement':
    case 'do_statement':
      return lowerWhile(ctx, node, []);
    case 'try_statement':
      return lowerTry(ctx, node);
    case 'switch_statement':
      return lowerSwitch(ctx, node, []);
    case 'return_statement': {
      const result = named(node)[0];
      const value = result ? lowerExpression(ctx, result) : undefined;
      ctx.flow.runFinals(0);
      ctx.flow.end(value === undefined ? { k: 'return' } : { k: 'return', value });
      return ctx.flow.unreachable();
    }
    case 'throw_statement': {
      const value = lowerExpression(ctx, named(node)[0]);
      ctx.flow.end({ k: 'throw', value });
      return ctx.flow.unreachable();
    }
    case 'break_statement':
    case 'continue_statement':
      return lowerJump(ctx, node);
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
      const type = lowerType(field(node, 'body') ?? field(node, 'value'), ctx.text);
      if (name && type) ctx.types.push({ name: ctx.slice(name), type });
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
      return inScope(ctx, () => lowerFor(ctx, body, all));
    case 'for_in_statement':
      return inScope(ctx, () => lowerForIn(ctx, body, all));
    case 'while_statement':
    case 'do_statement':
      return lowerWhile(ctx, body, all);
    case 'labeled_statement':
      return lowerLabeled(ctx, body, all);
    default: {
      const after = ctx.flow.newBlock();
      ctx.flow.jumps.push({ labels: all, breakTo: after, finals: ctx.flow.finals.length });
      lowerStatement(ctx, body);
      ctx.flow.jumps.pop();
      ctx.flow.goto(after);
      ctx.flow.current = after;
    }
  }
}

function lowerJump(ctx: Context, node: SyntaxNode): void {
  const label = field(node, 'label');
  const name = label ? ctx.slice(label) : undefined;
  const goesOn = node.type === 'continue_statement';
  const target = ctx.flow.jumps.findLast((each) => (name === undefined ? !goesOn || each.continueTo !== undefined : each.labels.includes(name)) && (name !== undefined || each.labels.length === 0 || each.continueTo !== undefined));
  if (target) {
    ctx.flow.runFinals(target.finals);
    ctx.flow.goto((goesOn ? target.continueTo : undefined) ?? target.breakTo);
  }
  ctx.flow.unreachable();
}

/** Lowers a loop's body with break and continue going to the right places. */
function inLoop(ctx: Context, loop: number, labels: string[], breakTo: number, continueTo: number, body: () => void): void {
  const saved = ctx.flow.loop;
  ctx.flow.loop = loop;
  ctx.flow.jumps.push({ labels, breakTo, continueTo, finals: ctx.flow.finals.length });
  body();
  ctx.flow.jumps.pop();
  ctx.flow.loop = saved;
}

function lowerFor(ctx: Context, node: SyntaxNode, labels: string[]): void {
  const initializer = field(node, 'initializer');
  const conditionNode = field(node, 'condition');
  const condition = conditionNode?.type === 'expression_statement' ? named(conditionNode)[0] : conditionNode?.type === 'empty_statement' ? undefined : conditionNode;
  if (initializer) {
    hoist(ctx, [initializer], false);
    lowerStatement(ctx, initializer);
  }
  const after = ctx.flow.newBlock();
  const kind = condition && countsOver(ctx, condition) ? 'count' : 'while';
  const loop = ctx.flow.newLoop(kind, ctx.flow.fn.blocks.length, node.at, node.to);
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  const head = ctx.flow.split();
  const body = ctx.flow.newBlock();
  const step = ctx.flow.newBlock();
  if (condition) lowerCondition(ctx, condition, body, after);
  else ctx.flow.goto(body);
  ctx.flow.current = body;
  inLoop(ctx, loop, labels, after, step, () => lowerStatement(ctx, field(node, 'body')));
  ctx.flow.goto(step);
  ctx.flow.current = step;
  const increment = field(node, 'increment');
  if (increment) lowerExpression(ctx, increment);
  ctx.flow.goto(head);
  ctx.flow.loop = outer;
  ctx.flow.current = after;
}

/** `i < rows.length`, or a bound that is named after a size: the loop walks a collection. */
function countsOver(ctx: Context, condition: SyntaxNode): boolean {
  return /\.(length|size)\b/.test(ctx.slice(condition));
}

function lowerForIn(ctx: Context, node: SyntaxNode, labels: string[]): void {
  const over = lowerExpression(ctx, field(node, 'right'));
  const after = ctx.flow.newBlock();
  const loop = ctx.flow.newLoop('each', ctx.flow.fn.blocks.length, node.at, node.to, over);
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  const head = ctx.flow.split();
  const body = ctx.flow.newBlock();
  ctx.flow.end({ k: 'iterate', over, awaits: has(node, 'await'), body, done: after });
  ctx.flow.current = body;
  const left = field(node, 'left');
  const kind = field(node, 'kind');
  if (kind && left) declare(ctx, patternNames(ctx, left), 'variable', ctx.slice(kind) === 'const');
  if (left) {
    const element: ValueId = ctx.made(node) ?? ctx.fresh(left, { k: 'element', of: over });
    ctx.tie(node, element);
    assignPattern(ctx, left, element);
  }
  inLoop(ctx, loop, labels, after, head, () => lowerStatement(ctx, field(node, 'body')));
  ctx.flow.goto(head);
  ctx.flow.loop = outer;
  ctx.flow.current = after;
}

function lowerWhile(ctx: Context, node: SyntaxNode, labels: string[]): void {
  const after = ctx.flow.newBlock();
  const condition = field(node, 'condition');
  const kind = condition && countsOver(ctx, condition) ? 'count' : 'while';
  const loop = ctx.flow.newLoop(kind, ctx.flow.fn.blocks.length, node.at, node.to);
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  const head = ctx.flow.split();
  const body = ctx.flow.newBlock();
  if (node.type === 'while_statement') {
    lowerCondition(ctx, condition, body, after);
    ctx.flow.current = body;
    inLoop(ctx, loop, labels, after, head, () => lowerStatement(ctx, field(node, 'body')));
    ctx.flow.goto(head);
  } else {
    const test = ctx.flow.newBlock();
    ctx.flow.goto(body);
    ctx.flow.current = body;
    inLoop(ctx, loop, labels, after, test, () => lowerStatement(ctx, field(node, 'body')));
    ctx.flow.goto(test);
    ctx.flow.current = test;
    lowerCondition(ctx, condition, head, after);
  }
  ctx.flow.loop = outer;
  ctx.flow.current = after;
}

function lowerTry(ctx: Context, node: SyntaxNode): void {
  const flow = ctx.flow;
  const handlerNode = field(node, 'handler');
  const finalizer = field(node, 'finalizer');
  const outer = { onThrow: flow.onThrow, handler: flow.handler };
  const finalBody = finalizer ? (field(finalizer, 'body') ?? child(finalizer, 'statement_block')) : undefined;
  // Entered by an exception: the finally body runs, then the exception goes on.
  let exceptional: number | undefined;
  if (finalBody) {
    exceptional = flow.newBlock();
    flow.finals.push({ emit: () => lowerStatement(ctx, finalBody), onThrow: outer.onThrow, handler: outer.handler });
  }
  flow.onThrow = exceptional ?? outer.onThrow;
  const after = flow.newBlock();
  if (handlerNode) {
    const entry = flow.newBlock();
    const caught = ctx.made(handlerNode) ?? ctx.fresh(handlerNode, { k: 'caught', handler: flow.fn.handlers.length });
    ctx.tie(handlerNode, caught);
    const handler = flow.newHandler(entry, caught, handlerNode.at, handlerNode.to);
    const body = field(handlerNode, 'body');
    if (body && named(body).length === 0 && /\/[/*]/.test(ctx.slice(body))) flow.fn.handlers[handler]!.remark = true;
    const guard = flow.onThrow;
    flow.onThrow = entry;
    flow.split();
    lowerStatement(ctx, field(node, 'body'));
    flow.onThrow = guard;
    flow.goto(after);
    flow.fn.blocks[entry]!.handler = handler;
    flow.current = entry;
    flow.handler = handler;
    inScope(ctx, () => {
      const parameter = field(handlerNode, 'parameter');
      declare(ctx, patternNames(ctx, parameter), 'caught', false);
      assignPattern(ctx, parameter, caught);
      lowerStatement(ctx, field(handlerNode, 'body'));
    });
    flow.goto(after);
    flow.handler = outer.handler;
  } else {
    flow.split();
    lowerStatement(ctx, field(node, 'body'));
    flow.goto(after);
  }
  flow.current = after;
  flow.onThrow = outer.onThrow;
  if (finalBody && exceptional !== undefined) {
    flow.finals.pop();
    flow.fn.blocks[exceptional]!.onThrow = outer.onThrow;
    if (outer.onThrow === undefined) delete flow.fn.blocks[exceptional]!.onThrow;
    flow.split();
    lowerStatement(ctx, finalBody);
    const normalEnd = flow.current;
    flow.current = exceptional;
    lowerStatement(ctx, finalBody);
    flow.end({ k: 'resume' });
    flow.current = normalEnd;
  }
  flow.split();
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
  ctx.flow.jumps.push({ labels, breakTo: after, finals: ctx.flow.finals.length });
  inScope(ctx, () => {
    hoist(ctx, cases.flatMap((each) => fields(each, 'body')), false);
    cases.forEach((each, index) => {
      ctx.flow.current = bodies[index]!;
      lowerStatements(ctx, fields(each, 'body'));
      ctx.flow.goto(bodies[index + 1] ?? after);
    });
  });
  ctx.flow.jumps.pop();
  ctx.flow.current = after;
}
