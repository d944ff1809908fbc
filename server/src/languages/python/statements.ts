import type { ValueId } from '../../facts/facts.ts';
import { child, field, fields, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerAnnotation } from './annotations.ts';
import { assign, lowerAssignment, lowerAugmented } from './assignments.ts';
import { lowerClassDefinition, lowerFunctionDefinition } from './definitions.ts';
import { branchOn, joinTwo, lowerCondition, lowerExpression } from './expressions.ts';
import { lowerFrom, lowerImport } from './imports.ts';
import { lowerMatch } from './matching.ts';
import type { PythonContext } from './pythonContext.ts';
import { lowerTry, lowerWith } from './regions.ts';

/** Lowers statements into the current block, in order. */
export function lowerStatements(ctx: PythonContext, statements: readonly SyntaxNode[]): void {
  for (const each of statements) {
    ctx.standsAt(each);
    lowerStatement(ctx, each);
  }
}

/** Lowers the statements of a block. */
export function lowerBlock(ctx: PythonContext, block: SyntaxNode | undefined): void {
  if (block) lowerStatements(ctx, named(block));
}

/** Lowers one statement into the current block. */
export function lowerStatement(ctx: PythonContext, node: SyntaxNode): void {
  switch (node.type) {
    case 'expression_statement':
      return lowerExpressionStatement(ctx, node);
    case 'function_definition':
    case 'decorated_definition':
    case 'class_definition':
      return lowerDefinition(ctx, node);
    case 'import_statement':
      return lowerImport(ctx, node);
    case 'import_from_statement':
      return lowerFrom(ctx, node);
    case 'if_statement':
      return lowerIf(ctx, node);
    case 'for_statement':
      return lowerFor(ctx, node);
    case 'while_statement':
      return lowerWhile(ctx, node);
    case 'try_statement':
      return lowerTry(ctx, node);
    case 'with_statement':
      return lowerWith(ctx, node);
    case 'match_statement':
      return lowerMatch(ctx, node);
    case 'return_statement': {
      const result = named(node)[0];
      const value = result ? lowerExpression(ctx, result) : undefined;
      ctx.flow.runFinals(0);
      ctx.flow.end(value === undefined ? { k: 'return' } : { k: 'return', value });
      return ctx.flow.unreachable();
    }
    case 'raise_statement':
      return lowerRaise(ctx, node);
    case 'assert_statement':
      return lowerAssert(ctx, node);
    case 'break_statement':
    case 'continue_statement':
      return lowerJump(ctx, node.type === 'continue_statement');
    case 'type_alias_statement': {
      const name = field(node, 'left');
      const type = lowerAnnotation(field(node, 'right'), ctx.text);
      if (name && type) ctx.types.push({ name: ctx.slice(name), type });
      return;
    }
    case 'print_statement': {
      const args = fields(node, 'argument').map((each) => lowerExpression(ctx, each));
      const callee = ctx.fresh({ at: node.at, to: node.at + 'print'.length }, { k: 'global', name: 'print' });
      ctx.flow.step({ k: 'call', value: ctx.value(node, { k: 'call', callee, args, construct: false }) });
      return;
    }
    case 'ERROR':
      for (const each of named(node)) lowerStatement(ctx, each);
      return;
    case 'pass_statement':
    case 'global_statement':
    case 'nonlocal_statement':
    case 'future_import_statement':
      return;
    case 'delete_statement':
    case 'exec_statement':
      for (const each of named(node)) lowerExpression(ctx, each);
      return;
    case 'block':
      return lowerBlock(ctx, node);
    default:
      lowerExpression(ctx, node);
  }
}

function lowerExpressionStatement(ctx: PythonContext, node: SyntaxNode): void {
  for (const each of named(node)) {
    if (each.type === 'assignment') lowerAssignment(ctx, each);
    else if (each.type === 'augmented_assignment') lowerAugmented(ctx, each);
    else ctx.flow.step({ k: 'drop', value: lowerExpression(ctx, each) });
  }
}

/** A function or class, with its decorators: each is a call that is given what stands below it. */
function lowerDefinition(ctx: PythonContext, node: SyntaxNode): void {
  const definition = node.type === 'decorated_definition' ? field(node, 'definition') : node;
  const name = definition && field(definition, 'name');
  if (!definition || !name) return;
  const decorators = node === definition ? [] : node.children.filter((each) => each.type === 'decorator');
  const value = definition.type === 'class_definition' ? lowerClassDefinition(ctx, definition, decorators) : lowerFunctionDefinition(ctx, definition, decorators).value;
  const binding = ctx.scope.lookUp(ctx.slice(name));
  if (binding === undefined) return;
  const { sources } = ctx.bindings[binding]!;
  if (!sources.includes(value)) sources.push(value);
  const fact = ctx.values[value];
  if (fact?.k === 'class') ctx.classes[fact.cls]!.binding = binding;
}

function lowerIf(ctx: PythonContext, node: SyntaxNode): void {
  const { thenBlock, elseBlock } = branchOn(ctx, field(node, 'condition'));
  ctx.flow.current = thenBlock;
  lowerBlock(ctx, field(node, 'consequence'));
  const thenEnd = ctx.flow.current;
  ctx.flow.current = elseBlock;
  // Each `elif` stands in the `else` of what is before it.
  const alternatives = fields(node, 'alternative');
  const [first, ...rest] = alternatives;
  if (first?.type === 'elif_clause') lowerIf(ctx, { ...first, children: [...first.children, ...rest] });
  else if (first) lowerBlock(ctx, field(first, 'body'));
  joinTwo(ctx, thenEnd, ctx.flow.current);
}

function lowerJump(ctx: PythonContext, goesOn: boolean): void {
  const target = ctx.flow.jumps.at(-1);
  if (target) {
    ctx.flow.runFinals(target.finals);
    ctx.flow.goto((goesOn ? target.continueTo : undefined) ?? target.breakTo);
  }
  ctx.flow.unreachable();
}

/** Lowers a loop's body with break and continue going to the right places, and what stands after a loop that was not broken off. */
function lowerBody(ctx: PythonContext, node: SyntaxNode, loop: number, after: number, head: number): void {
  const saved = ctx.flow.loop;
  ctx.flow.loop = loop;
  ctx.flow.jumps.push({ labels: [], breakTo: after, continueTo: head, finals: ctx.flow.finals.length });
  lowerBlock(ctx, field(node, 'body'));
  ctx.flow.jumps.pop();
  ctx.flow.loop = saved;
  ctx.flow.goto(head);
}

function lowerElse(ctx: PythonContext, node: SyntaxNode, done: number, after: number): void {
  ctx.flow.current = done;
  const clause = field(node, 'alternative') ?? child(node, 'else_clause');
  if (clause) lowerBlock(ctx, field(clause, 'body'));
  ctx.flow.goto(after);
  ctx.flow.current = after;
}

function lowerFor(ctx: PythonContext, node: SyntaxNode): void {
  const overNode = field(node, 'right');
  const over = lowerExpression(ctx, overNode);
  const after = ctx.flow.newBlock();
  const done = ctx.flow.newBlock();
  const loop = ctx.flow.newLoop(loopKind(ctx, overNode), ctx.flow.fn.blocks.length, node.at, node.to, over);
  const times = timesOf(ctx, over);
  if (times !== undefined) ctx.flow.fn.loops[loop]!.times = times;
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  const head = ctx.flow.split();
  const body = ctx.flow.newBlock();
  ctx.flow.end({ k: 'iterate', over, awaits: has(node, 'async'), body, done });
  ctx.flow.current = body;
  const left = field(node, 'left');
  if (left) assignElement(ctx, left, over);
  lowerBody(ctx, node, loop, after, head);
  ctx.flow.loop = outer;
  lowerElse(ctx, node, done, after);
}

/** Gives a loop's names an element of what is walked; of `enumerate(rows)` and of `rows.items()` the second is an element of `rows`. */
export function assignElement(ctx: PythonContext, left: SyntaxNode, over: ValueId): void {
  const call = ctx.values[over];
  const callee = call?.k === 'call' ? ctx.values[call.callee] : undefined;
  const names = left.type === 'pattern_list' || left.type === 'tuple_pattern' ? named(left) : [];
  const counted = callee?.k === 'global' && callee.name === 'enumerate' && call?.k === 'call' ? call.args[0] : callee?.k === 'member' && callee.name === 'items' ? callee.object : undefined;
  if (counted !== undefined && names.length === 2) assign(ctx, names[1]!, once(ctx, names[1]!, counted));
  else assign(ctx, left, once(ctx, left, over));
}

function once(ctx: PythonContext, node: SyntaxNode, over: ValueId): ValueId {
  const known = ctx.elements.get(node);
  if (known !== undefined) return known;
  const made = ctx.fresh(node, { k: 'element', of: over });
  ctx.elements.set(node, made);
  return made;
}

/** `range(3)`, `range(1, 4)`: how many numbers it gives, where they are written down. */
function timesOf(ctx: PythonContext, over: ValueId): ValueId | undefined {
  const call = ctx.values[over];
  const callee = call?.k === 'call' ? ctx.values[call.callee] : undefined;
  if (call?.k !== 'call' || callee?.k !== 'global' || !/^x?range$/.test(callee.name)) return undefined;
  const [first, second, ...others] = call.args;
  if (second === undefined) return first;
  const [from, to] = [ctx.values[first!], ctx.values[second]];
  if (others.length > 0 || from?.k !== 'literal' || to?.k !== 'literal' || typeof from.value !== 'number' || typeof to.value !== 'number') return undefined;
  return ctx.fresh(call, { k: 'literal', value: to.value - from.value });
}

/** `for attempt in range(3)` counts; `for i in range(len(rows))` walks a collection. */
function loopKind(ctx: PythonContext, over: SyntaxNode | undefined): 'each' | 'count' | 'while' {
  const text = over ? ctx.slice(over) : '';
  if (!/^(?:x?range|(?:itertools\.)?(?:count|repeat|cycle))\s*\(/.test(text)) return 'each';
  return /\blen\s*\(/.test(text) ? 'count' : 'while';
}

function lowerWhile(ctx: PythonContext, node: SyntaxNode): void {
  const after = ctx.flow.newBlock();
  const done = ctx.flow.newBlock();
  const condition = field(node, 'condition');
  const kind = condition && /\blen\s*\(/.test(ctx.slice(condition)) ? 'count' : 'while';
  const loop = ctx.flow.newLoop(kind, ctx.flow.fn.blocks.length, node.at, node.to);
  const outer = ctx.flow.loop;
  ctx.flow.loop = loop;
  const head = ctx.flow.split();
  const body = ctx.flow.newBlock();
  if (isEndless(ctx, condition)) ctx.flow.goto(body);
  else lowerCondition(ctx, condition, body, done);
  ctx.flow.current = body;
  lowerBody(ctx, node, loop, after, head);
  ctx.flow.loop = outer;
  lowerElse(ctx, node, done, after);
}

/** `while True` has no way out at its head. */
function isEndless(ctx: PythonContext, condition: SyntaxNode | undefined): boolean {
  return condition?.type === 'true' || (condition?.type === 'integer' && ctx.slice(condition) !== '0');
}

/** `raise`, `raise error`, `raise error from cause`. */
function lowerRaise(ctx: PythonContext, node: SyntaxNode): void {
  const cause = field(node, 'cause');
  const error = named(node).find((each) => each !== cause);
  let value: ValueId;
  if (error) value = lowerExpression(ctx, error);
  else value = ctx.caught.at(-1) ?? ctx.value(node, { k: 'other', of: [] });
  if (cause) givenCause(ctx, value, cause, lowerExpression(ctx, cause));
  ctx.flow.end({ k: 'throw', value });
  ctx.flow.unreachable();
}

/** `raise Error(…) from cause`: the error is given its cause by name. */
function givenCause(ctx: PythonContext, error: ValueId, node: SyntaxNode, cause: ValueId): void {
  const made = ctx.values[error]!;
  if (made.k !== 'call' || node.type === 'none') return;
  const prop = { key: '__cause__', value: cause };
  const named = made.named === undefined ? undefined : ctx.values[made.named]!;
  if (named?.k === 'object') named.props.push(prop);
  else made.named ??= ctx.fresh(node, { k: 'object', props: [prop], spreads: [] });
}

/** `assert test, message` throws where the test fails. */
function lowerAssert(ctx: PythonContext, node: SyntaxNode): void {
  const [test, message] = named(node);
  const { thenBlock, elseBlock } = branchOn(ctx, test);
  ctx.flow.current = elseBlock;
  const of = message ? [lowerExpression(ctx, message)] : [];
  ctx.flow.end({ k: 'throw', value: ctx.value(node, { k: 'other', of }) });
  ctx.flow.current = thenBlock;
}
