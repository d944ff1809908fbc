import type { BindingId, ValueId } from '../../facts/facts.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerAnnotation } from './annotations.ts';
import type { CSharpContext } from './csharpContext.ts';
import { keyOf, lowerExpression } from './expressions.ts';
import { lowerName } from './names.ts';
import { beginsWork } from './tasks.ts';

/** Gives a value to a name. */
export function bind(ctx: CSharpContext, binding: BindingId, value: ValueId): void {
  const { sources } = ctx.bindings[binding]!;
  if (!sources.includes(value)) sources.push(value);
  ctx.built.drop(binding);
  ctx.flow.step({ k: 'bind', binding, value });
}

/** `a = b`, `a += b`, `a ??= b`; gives what the target then holds. */
export function lowerAssignment(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const left = field(node, 'left');
  const right = field(node, 'right');
  const sign = field(node, 'operator');
  const op = sign ? ctx.slice(sign) : '=';
  if (!left) return lowerExpression(ctx, right);
  // `source.Done += handler` asks to be called.
  if (op === '+=' && (right?.type === 'lambda_expression' || right?.type === 'anonymous_method_expression')) {
    const callee = lowerExpression(ctx, left);
    const handler = lowerExpression(ctx, right);
    const call = ctx.value(node, { k: 'call', callee, args: [handler], construct: false, protocol: 'event' });
    ctx.flow.step({ k: 'call', value: call });
    return call;
  }
  const before = op === '=' ? undefined : lowerExpression(ctx, left);
  const given = lowerExpression(ctx, right);
  let value = given;
  if (before !== undefined) {
    value = ctx.made(node) ?? (op === '??=' ? ctx.value(node, { k: 'choice', op: '??', of: [before, given] }) : ctx.value(node, { k: 'operator', op: op.slice(0, -1), of: [before, given] }));
  }
  assign(ctx, left, value, right);
  return before === undefined ? (ctx.made(node) ?? ctx.value(node, { k: 'assign', of: given })) : value;
}

/** Gives a value to any target: a name, a member, an element, several at once. @param from what is written as the value */
export function assign(ctx: CSharpContext, target: SyntaxNode, value: ValueId, from?: SyntaxNode): void {
  switch (target.type) {
    case 'identifier': {
      if (ctx.slice(target) === '_' && ctx.scope.lookUp('_') === undefined) return ctx.flow.step({ k: 'drop', value });
      return assignName(ctx, target, value, from);
    }
    case 'declaration_expression': {
      const name = field(target, 'name');
      if (name?.type === 'identifier') bind(ctx, ctx.declare(name, 'variable'), value);
      else if (name) assign(ctx, name, value);
      return;
    }
    case 'discard':
      return ctx.flow.step({ k: 'drop', value });
    case 'tuple_expression':
    case 'tuple_pattern':
    case 'parenthesized_variable_designation':
      return parts(target).forEach((each, index) => {
        const part = partOf(ctx, each, value, index);
        if (target.type === 'tuple_expression') assign(ctx, each, part);
        else if (each.type === 'identifier') bind(ctx, ctx.declare(each, 'variable'), part);
        else assign(ctx, each, part);
      });
    case 'parenthesized_expression': {
      const inner = named(target)[0];
      if (inner) assign(ctx, inner, value, from);
      return;
    }
    case 'member_access_expression':
    case 'element_access_expression':
      return store(ctx, target, value);
    default:
      lowerExpression(ctx, target);
  }
}

function assignName(ctx: CSharpContext, target: SyntaxNode, value: ValueId, from: SyntaxNode | undefined): void {
  const place = ctx.values[lowerName(ctx, target, 'write')]!;
  if (place.k === 'binding') {
    bind(ctx, place.binding, value);
    if (from && beginsWork(ctx, from)) ctx.begun.add(place.binding);
  } else if (place.k === 'member') ctx.store(target, place.object, place.name, value);
}

function store(ctx: CSharpContext, target: SyntaxNode, value: ValueId): void {
  if (target.type === 'member_access_expression') {
    const member = lowerExpression(ctx, target);
    const place = ctx.values[member]!;
    if (place.k === 'member') ctx.store(target, place.object, place.name, value);
    return;
  }
  const object = lowerExpression(ctx, field(target, 'expression'));
  const list = field(target, 'subscript');
  const key = list && named(list)[0];
  const name = key ? keyOf(ctx, key) : '';
  if (key) lowerExpression(ctx, key);
  ctx.store(target, object, name, value);
}

function parts(target: SyntaxNode): SyntaxNode[] {
  return named(target).flatMap((each) => (each.type === 'argument' ? named(each).slice(-1) : [each]));
}

/** What one of several targets is given: the item of that place, where the items can be seen. */
function partOf(ctx: CSharpContext, target: SyntaxNode, value: ValueId, index: number): ValueId {
  const whole = ctx.values[value];
  if (whole?.k === 'array' && whole.spreads.length === 0 && whole.items[index] !== undefined) return whole.items[index]!;
  return ctx.part(target, () => ctx.fresh(target, { k: 'index', object: value, key: ctx.fresh(target, { k: 'literal', value: index }) }));
}

/** `var a = b, c = d`. */
export function lowerVariables(ctx: CSharpContext, node: SyntaxNode): void {
  const written = field(node, 'type');
  for (const each of named(node).filter((part) => part.type === 'variable_declarator')) lowerDeclarator(ctx, each, written);
}

function lowerDeclarator(ctx: CSharpContext, node: SyntaxNode, written: SyntaxNode | undefined): void {
  const name = field(node, 'name');
  const initial = initialOf(node);
  const value = initial ? lowerExpression(ctx, initial, written) : undefined;
  if (!name) {
    const pattern = named(node)[0];
    if (pattern && value !== undefined) assign(ctx, pattern, value);
    return;
  }
  const binding = ctx.declare(name, 'variable');
  declareLocalType(ctx, binding, written);
  if (value !== undefined) bind(ctx, binding, value);
  if ((initial && beginsWork(ctx, initial)) || (written && /^(?:Value)?Task\b/.test(ctx.slice(written)))) ctx.begun.add(binding);
}

/** The value that stands in a declarator: it has no field, and comes after what is declared. */
export function initialOf(declarator: SyntaxNode): SyntaxNode | undefined {
  const last = declarator.children.at(-1);
  const first = declarator.children.find((each) => each.named);
  if (!last?.named || last === first || last.type === 'bracketed_argument_list') return undefined;
  return last.type === 'equals_value_clause' ? named(last)[0] : last;
}

function declareLocalType(ctx: CSharpContext, binding: BindingId, written: SyntaxNode | undefined): void {
  if (!written || written.type === 'implicit_type') return;
  const type = lowerAnnotation(written, ctx.text);
  if (type) ctx.bindings[binding]!.type ??= type;
}
