import type { TypeFact, ValueId } from '../../facts/facts.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerAlias, lowerAnnotation } from './annotations.ts';
import { keyOf, lowerExpression } from './expressions.ts';
import type { PythonContext } from './pythonContext.ts';

/** `a = b = value`, `a: T = value`, `a: T`. */
export function lowerAssignment(ctx: PythonContext, node: SyntaxNode): ValueId | undefined {
  const left = field(node, 'left');
  const right = field(node, 'right');
  const type = lowerAnnotation(field(node, 'type'), ctx.text);
  if (!right) {
    if (left && type) declareType(ctx, left, type);
    return undefined;
  }
  const named = left?.type === 'identifier' && ctx.frame.fn === 0 && ctx.frame.cls === undefined ? lowerAlias(right, ctx.text) : undefined;
  if (left && named) ctx.types.push({ name: ctx.slice(left), type: named });
  const value = right.type === 'assignment' ? lowerAssignment(ctx, right) : lowerExpression(ctx, right);
  if (left && value !== undefined) assign(ctx, left, value, type);
  return value;
}

function declareType(ctx: PythonContext, target: SyntaxNode, type: TypeFact): void {
  const binding = target.type === 'identifier' ? ctx.scope.lookUp(ctx.slice(target)) : undefined;
  if (binding !== undefined) ctx.bindings[binding]!.type ??= type;
}

/** `a += b`. */
export function lowerAugmented(ctx: PythonContext, node: SyntaxNode): void {
  const left = field(node, 'left');
  const sign = field(node, 'operator');
  const before = lowerExpression(ctx, left);
  const after = lowerExpression(ctx, field(node, 'right'));
  const op = sign ? ctx.slice(sign) : '';
  // `rows += more` keeps what both hold.
  const value = ctx.value(node, { k: 'operator', op: op === '+=' ? '+' : op, of: [before, after] });
  if (left) assign(ctx, left, value);
}

/** Gives a value to any target: a name, a member, an element, several at once. */
export function assign(ctx: PythonContext, target: SyntaxNode, value: ValueId, type?: TypeFact): void {
  switch (target.type) {
    case 'identifier': {
      const binding = ctx.scope.lookUp(ctx.slice(target));
      if (binding === undefined) return;
      const fact = ctx.bindings[binding]!;
      if (!fact.sources.includes(value)) fact.sources.push(value);
      if (type) fact.type ??= type;
      ctx.flow.step({ k: 'bind', binding, value });
      return;
    }
    case 'attribute': {
      const object = lowerExpression(ctx, field(target, 'object'));
      const property = field(target, 'attribute');
      if (!property) return;
      const name = ctx.slice(property);
      if (ctx.made(target) === undefined && type && ctx.values[object]?.k === 'this' && ctx.frame.cls !== undefined) ctx.classes[ctx.frame.cls]!.fields.push({ name, type, static: false });
      // The member itself is a value too, so that a look at `self.sf` finds where it stands.
      ctx.value(target, { k: 'member', object, name, nameAt: property.at, nameTo: property.to });
      return ctx.store(target, object, name, value);
    }
    case 'subscript': {
      const object = lowerExpression(ctx, field(target, 'value'));
      const key = field(target, 'subscript');
      const name = key ? keyOf(ctx, key) : '';
      if (key) lowerExpression(ctx, key);
      return ctx.store(target, object, name, value);
    }
    case 'pattern_list':
    case 'tuple_pattern':
    case 'list_pattern':
    case 'tuple':
    case 'list':
    case 'expression_list':
      named(target).forEach((each, index) => assign(ctx, each, part(ctx, each, value, index)));
      return;
    case 'list_splat_pattern':
    case 'list_splat':
    case 'parenthesized_expression':
    case 'as_pattern_target': {
      const inner = named(target)[0];
      if (inner) assign(ctx, inner, value, type);
      return;
    }
    default:
  }
}

/** What one of several targets is given: the item of that place, where the items can be seen. */
function part(ctx: PythonContext, target: SyntaxNode, value: ValueId, index: number): ValueId {
  if (target.type === 'list_splat_pattern') return value;
  const whole = ctx.values[value];
  if (whole?.k === 'array' && whole.spreads.length === 0 && whole.items[index] !== undefined) return whole.items[index]!;
  return ctx.part(target, () => ctx.fresh(target, { k: 'index', object: value, key: ctx.fresh(target, { k: 'literal', value: index }) }));
}
