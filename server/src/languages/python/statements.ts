import type { ValueId } from '../../facts/facts.ts';
import { lowerJump } from '../lowering/jumps.ts';
import { type Loop, lowerEachLoop, lowerLoop } from '../lowering/loops.ts';
import { child, field, fields, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerAnnotation } from './annotations.ts';
import { assign, lowerAssignment, lowerAugmented } from './assignments.ts';
import { lowerClassDefinition, lowerFunctionDefinition } from './definitions.ts';
import { lowerAssertion, lowerCondition, lowerEither, lowerExpression } from './expressions.ts';
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
      return ctx.flow.returns(result && lowerExpression(ctx, result));
    }
    case 'raise_statement':
      return lowerRaise(ctx, node);
    case 'assert_statement':
      return lowerAssertion(ctx, node, named(node)[0], named(node)[1]);
    case 'break_statement':
    case 'continue_statement':
      return lowerJump(ctx.flow, node.type === 'continue_statement', undefined);
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
  // Each `elif` stands in the `else` of what is before it.
  const [first, ...rest] = fields(node, 'alternative');
  const otherwise = (): void => {
    if (first?.type === 'elif_clause') lowerIf(ctx, { ...first, children: [...first.children, ...rest] });
    else if (first) lowerBlock(ctx, field(first, 'body'));
  };
  lowerEither(ctx, field(node, 'condition'), () => lowerBlock(ctx, field(node, 'consequence')), otherwise);
}

/** A loop with its body, and with what stands after one that was not broken off. */
function loopOf(ctx: PythonContext, node: SyntaxNode, kind: Loop['kind']): Loop {
  const clause = field(node, 'alternative') ?? child(node, 'else_clause');
  return { kind, node, body: () => lowerBlock(ctx, field(node, 'body')), otherwise: clause && (() => lowerBlock(ctx, field(clause, 'body'))) };
}

function lowerFor(ctx: PythonContext, node: SyntaxNode): void {
  const overNode = field(node, 'right');
  const over = lowerExpression(ctx, overNode);
  const loop = loopOf(ctx, node, loopKind(ctx, overNode));
  const body = (): void => {
    const left = field(node, 'left');
    if (left) assignElement(ctx, left, over);
    loop.body();
  };
  lowerEachLoop(ctx.flow, { ...loop, over, times: timesOf(ctx, over), body }, has(node, 'async'));
}

/** Gives a loop's names an element of what is walked; of `enumerate(rows)` and of `rows.items()` the second is an element of `rows`. */
export function assignElement(ctx: PythonContext, left: SyntaxNode, over: ValueId): void {
  const call = ctx.values[over];
  const callee = call?.k === 'call' ? ctx.values[call.callee] : undefined;
  const names = left.type === 'pattern_list' || left.type === 'tuple_pattern' ? named(left) : [];
  const counted = callee?.k === 'global' && callee.name === 'enumerate' && call?.k === 'call' ? call.args[0] : callee?.k === 'member' && callee.name === 'items' ? callee.object : undefined;
  const pair = pairOf(ctx, over);
  if (counted !== undefined && names.length === 2) assignElement(ctx, names[1]!, counted);
  else if (pair.length > 0 && pair.length === names.length) names.forEach((name, index) => assign(ctx, name, pair[index]!));
  else assign(ctx, left, elementOf(ctx, left, over));
}

/** What stands in each of the lists that `zip` makes. */
function pairOf(ctx: PythonContext, over: ValueId): readonly ValueId[] {
  const zipped = ctx.values[over];
  const [held] = zipped?.k === 'array' && zipped.items.length === 0 ? zipped.spreads : [];
  const list = held === undefined ? undefined : ctx.values[held];
  const pair = list?.k === 'array' && list.items.length === 1 ? ctx.values[list.items[0]!] : undefined;
  return pair?.k === 'array' && pair.items.every((item) => ctx.values[item]?.k === 'element') ? pair.items : [];
}

function elementOf(ctx: PythonContext, node: SyntaxNode, over: ValueId): ValueId {
  return ctx.part(node, () => ctx.fresh(node, { k: 'element', of: over }));
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
  const condition = field(node, 'condition');
  const kind = condition && /\blen\s*\(/.test(ctx.slice(condition)) ? 'count' : 'while';
  lowerLoop(ctx.flow, loopOf(ctx, node, kind), (body, done) => lowerCondition(ctx, condition, body, done));
}

/** `raise`, `raise error`, `raise error from cause`. */
function lowerRaise(ctx: PythonContext, node: SyntaxNode): void {
  const cause = field(node, 'cause');
  const error = named(node).find((each) => each !== cause);
  let value: ValueId;
  if (error) value = lowerExpression(ctx, error);
  else value = ctx.caught.at(-1) ?? ctx.value(node, { k: 'other', of: [] });
  if (cause) givenCause(ctx, value, cause, lowerExpression(ctx, cause));
  ctx.flow.throws(value);
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
