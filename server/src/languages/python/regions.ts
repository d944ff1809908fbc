import type { BlockId, ValueId } from '../../facts/facts.ts';
import { child, field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { assign } from './assignments.ts';
import { bodyOf } from './definitions.ts';
import { lowerExpression } from './expressions.ts';
import type { PythonContext } from './pythonContext.ts';
import { lowerBlock } from './statements.ts';

/** Classes that every error of a program extends. */
const EVERY = /^(?:builtins\.)?(?:Exception|BaseException)$/;

/** One `except` clause. `classes`: what it catches; absent where it catches everything. */
interface Clause {
  node: SyntaxNode;
  classes: SyntaxNode[] | undefined;
  name: SyntaxNode | undefined;
  body: SyntaxNode | undefined;
}

function clauseOf(ctx: PythonContext, node: SyntaxNode): Clause {
  const value = field(node, 'value') ?? named(node).find((each) => each.type !== 'block');
  const as = value?.type === 'as_pattern' ? value : undefined;
  const written = as ? named(as)[0] : value;
  const alias = as ? field(as, 'alias') : field(node, 'alias');
  const listed = written?.type === 'tuple' || written?.type === 'expression_list' ? named(written) : written ? [written] : [];
  // `except ValueError, e` named the error so before Python 3.
  const old = written?.type === 'expression_list' && listed.length === 2 && listed[1]!.type === 'identifier';
  const classes = old ? listed.slice(0, 1) : listed;
  const every = classes.length === 0 || classes.some((each) => EVERY.test(ctx.slice(each)));
  return { node, classes: every ? undefined : classes, name: alias ?? (old ? listed[1] : undefined), body: child(node, 'block') };
}

/** `try` with its clauses: each takes errors of its classes and leaves the others to the next. */
export function lowerTry(ctx: PythonContext, node: SyntaxNode): void {
  const clauses = node.children.filter((each) => each.type === 'except_clause' || each.type === 'except_group_clause').map((each) => clauseOf(ctx, each));
  const elseClause = child(node, 'else_clause');
  const finallyClause = child(node, 'finally_clause');
  const finalBody = finallyClause && bodyOf(finallyClause);
  const flow = ctx.flow;
  const outer = { onThrow: flow.onThrow, handler: flow.handler };
  let exceptional: BlockId | undefined;
  if (finalBody) {
    exceptional = flow.newBlock();
    flow.finals.push({ emit: () => lowerBlock(ctx, finalBody), onThrow: outer.onThrow, handler: outer.handler });
  }
  const guard = exceptional ?? outer.onThrow;
  flow.onThrow = guard;
  const after = flow.newBlock();
  const entries = clauses.map(() => flow.newBlock());
  flow.onThrow = entries[0] ?? guard;
  flow.split();
  lowerBlock(ctx, field(node, 'body'));
  flow.onThrow = guard;
  flow.split();
  if (elseClause) lowerBlock(ctx, bodyOf(elseClause));
  flow.goto(after);
  clauses.forEach((clause, index) => lowerClause(ctx, clause, entries[index]!, entries[index + 1] ?? guard, after));
  flow.handler = outer.handler;
  flow.current = after;
  flow.onThrow = outer.onThrow;
  if (finalBody && exceptional !== undefined) {
    flow.finals.pop();
    if (outer.onThrow === undefined) delete flow.fn.blocks[exceptional]!.onThrow;
    else flow.fn.blocks[exceptional]!.onThrow = outer.onThrow;
    flow.split();
    lowerBlock(ctx, finalBody);
    const normalEnd = flow.current;
    flow.current = exceptional;
    lowerBlock(ctx, finalBody);
    flow.end({ k: 'resume' });
    flow.current = normalEnd;
  }
  flow.split();
}

function lowerClause(ctx: PythonContext, { node, classes, name, body }: Clause, entry: BlockId, otherwise: BlockId | undefined, after: BlockId): void {
  const flow = ctx.flow;
  const around = flow.handler;
  flow.current = entry;
  const known = ctx.made(node);
  const caught = known ?? ctx.value(node, { k: 'caught', handler: flow.fn.handlers.length });
  const handler = flow.newHandler(entry, caught, node.at, node.to);
  const fact = flow.fn.handlers[handler]!;
  if (classes) {
    fact.classes = classes.map((each) => lowerExpression(ctx, each));
    if (otherwise !== undefined) fact.otherwise = otherwise;
  }
  if (body && named(body).every((each) => each.type === 'pass_statement') && /#\s*\S/.test(ctx.slice(node))) fact.remark = true;
  flow.fn.blocks[entry]!.handler = handler;
  flow.handler = handler;
  if (name) nameError(ctx, name, caught);
  ctx.caught.push(caught);
  lowerBlock(ctx, body);
  ctx.caught.pop();
  flow.goto(after);
  flow.handler = around;
}

/** `as e`: a name of its own in each clause, which is gone after it. */
function nameError(ctx: PythonContext, target: SyntaxNode, caught: ValueId): void {
  const name = target.type === 'as_pattern_target' ? named(target)[0] : target;
  if (name?.type !== 'identifier') return;
  if (!ctx.elements.has(name)) ctx.binding(ctx.slice(name), 'caught', name.at, false);
  ctx.elements.set(name, caught);
  assign(ctx, name, caught);
}

/** `with a as b, c:`. What is entered gives itself; `suppress(…)` catches errors of its classes. */
export function lowerWith(ctx: PythonContext, node: SyntaxNode): void {
  const clause = child(node, 'with_clause');
  const items = clause ? named(clause).filter((each) => each.type === 'with_item') : [];
  lowerItems(ctx, node, items);
}

function lowerItems(ctx: PythonContext, node: SyntaxNode, items: readonly SyntaxNode[]): void {
  const [item, ...rest] = items;
  const value = item && field(item, 'value');
  if (!item || !value) return lowerBlock(ctx, bodyOf(node));
  const entered = value.type === 'as_pattern' ? named(value)[0] : value;
  const target = value.type === 'as_pattern' ? field(value, 'alias') : undefined;
  const suppressed = entered && suppressedBy(ctx, entered);
  if (suppressed) return lowerSuppress(ctx, item, suppressed, () => lowerItems(ctx, node, rest));
  let given = lowerExpression(ctx, entered);
  if (has(node, 'async')) {
    given = ctx.value(item, { k: 'await', of: given });
    ctx.flow.step({ k: 'await', value: given });
  }
  if (target) assign(ctx, target, has(node, 'async') ? given : enteredBy(ctx, item, given));
  lowerItems(ctx, node, rest);
}

/** What entering an object gives: the object, or what its class says. */
function enteredBy(ctx: PythonContext, node: SyntaxNode, object: ValueId): ValueId {
  const value = ctx.values[object];
  if (value?.k !== 'call' || !value.construct) return object;
  const known = ctx.elements.get(node);
  if (known !== undefined) return known;
  const callee = ctx.fresh(node, { k: 'member', object, name: '__enter__', nameAt: node.at, nameTo: node.at });
  const entered = ctx.fresh(node, { k: 'call', callee, args: [], construct: false });
  const given = ctx.fresh(node, { k: 'choice', op: '??', of: [object, entered] });
  ctx.elements.set(node, given);
  return given;
}

function suppressedBy(ctx: PythonContext, node: SyntaxNode): SyntaxNode[] | undefined {
  const callee = node.type === 'call' ? field(node, 'function') : undefined;
  const list = field(node, 'arguments');
  return callee && list && /^(?:contextlib\.)?suppress$/.test(ctx.slice(callee)) ? named(list) : undefined;
}

/** The same as `try` with a clause that does nothing. */
function lowerSuppress(ctx: PythonContext, node: SyntaxNode, classes: SyntaxNode[], body: () => void): void {
  const flow = ctx.flow;
  const guard = flow.onThrow;
  const after = flow.newBlock();
  const entry = flow.newBlock();
  flow.onThrow = entry;
  flow.split();
  body();
  flow.onThrow = guard;
  flow.goto(after);
  const every = classes.some((each) => EVERY.test(ctx.slice(each)));
  lowerClause(ctx, { node, classes: every ? undefined : classes, name: undefined, body: undefined }, entry, guard, after);
  flow.current = after;
  flow.split();
}
