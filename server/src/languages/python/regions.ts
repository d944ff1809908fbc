import type { ValueId } from '../../facts/facts.ts';
import { type CatchClause, lowerGuarded } from '../lowering/guarded.ts';
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

/** `try` with its clauses. */
export function lowerTry(ctx: PythonContext, node: SyntaxNode): void {
  const elseClause = child(node, 'else_clause');
  const finallyClause = child(node, 'finally_clause');
  lowerGuarded(ctx, {
    body: () => lowerBlock(ctx, field(node, 'body')),
    otherwise: elseClause && (() => lowerBlock(ctx, bodyOf(elseClause))),
    clauses: node.children.filter((each) => each.type === 'except_clause' || each.type === 'except_group_clause').map((each) => catching(ctx, clauseOf(ctx, each))),
    finally: finallyClause && (() => lowerBlock(ctx, bodyOf(finallyClause))),
  });
}

function catching(ctx: PythonContext, { node, classes, name, body }: Clause): CatchClause {
  const lower: CatchClause['lower'] = (caught, handler) => {
    if (classes) handler.classes = classes.map((each) => lowerExpression(ctx, each));
    if (body && named(body).every((each) => each.type === 'pass_statement') && /#\s*\S/.test(ctx.slice(node))) handler.remark = true;
    if (name) nameError(ctx, name, caught);
    ctx.caught.push(caught);
    lowerBlock(ctx, body);
    ctx.caught.pop();
  };
  return { node, lower };
}

/** `as e`: a name of its own in each clause, which is gone after it. */
function nameError(ctx: PythonContext, target: SyntaxNode, caught: ValueId): void {
  const name = target.type === 'as_pattern_target' ? named(target)[0] : target;
  if (name?.type !== 'identifier') return;
  ctx.part(name, () => {
    ctx.binding(ctx.slice(name), 'caught', name.at, false);
    return caught;
  });
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
  return ctx.part(node, () => {
    const callee = ctx.fresh(node, { k: 'member', object, name: '__enter__', nameAt: node.at, nameTo: node.at });
    const entered = ctx.fresh(node, { k: 'call', callee, args: [], construct: false });
    return ctx.fresh(node, { k: 'choice', op: '??', of: [object, entered] });
  });
}

function suppressedBy(ctx: PythonContext, node: SyntaxNode): SyntaxNode[] | undefined {
  const callee = node.type === 'call' ? field(node, 'function') : undefined;
  const list = field(node, 'arguments');
  return callee && list && /^(?:contextlib\.)?suppress$/.test(ctx.slice(callee)) ? named(list) : undefined;
}

/** The same as `try` with a clause that does nothing. */
function lowerSuppress(ctx: PythonContext, node: SyntaxNode, classes: SyntaxNode[], body: () => void): void {
  const every = classes.some((each) => EVERY.test(ctx.slice(each)));
  lowerGuarded(ctx, { body, clauses: [catching(ctx, { node, classes: every ? undefined : classes, name: undefined, body: undefined })] });
}
