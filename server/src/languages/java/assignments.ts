import type { ValueId } from '../../facts/facts.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerExpression } from './expressions.ts';
import type { JavaContext } from './javaContext.ts';
import { lowerName, thisOf } from './names.ts';

/** `a = b`, `a += b`. */
export function lowerAssignment(ctx: JavaContext, node: SyntaxNode): ValueId {
  const left = field(node, 'left');
  const sign = field(node, 'operator');
  const op = sign ? ctx.slice(sign) : '=';
  if (op === '=') {
    const of = lowerExpression(ctx, field(node, 'right'));
    if (left) assign(ctx, left, of);
    return ctx.value(node, { k: 'assign', of });
  }
  const before = lowerExpression(ctx, left);
  const more = lowerExpression(ctx, field(node, 'right'));
  const value = ctx.value(node, { k: 'operator', op: op.slice(0, -1), of: [before, more] });
  if (left) assign(ctx, left, value);
  return value;
}

/** `i++`, `--i`. */
export function lowerUpdate(ctx: JavaContext, node: SyntaxNode): ValueId {
  const [target] = named(node);
  const before = lowerExpression(ctx, target);
  const value = ctx.value(node, { k: 'operator', op: ctx.slice(node).includes('++') ? '++' : '--', of: [before] });
  if (target) assign(ctx, target, value);
  return value;
}

/** Gives a value to a name, a field or an element. */
export function assign(ctx: JavaContext, target: SyntaxNode, value: ValueId): void {
  switch (target.type) {
    case 'identifier': {
      const name = ctx.slice(target);
      const found = ctx.scope.lookUp(name);
      if (found !== undefined && ctx.moduleScope.own(name) !== found) return ctx.bind(found, value);
      const around = ctx.classesAround.findLast(({ fields }) => fields.has(name)) ?? ctx.classesAround.findLast(({ more }) => more);
      if (around) ctx.store(target, ctx.part(target, () => thisOf(ctx, target, around.cls)), name, value);
      // The member itself is a value too, so that a look at the field finds where it stands.
      return void lowerName(ctx, target);
    }
    case 'field_access': {
      const property = field(target, 'field');
      const object = lowerExpression(ctx, field(target, 'object'));
      if (!property) return;
      ctx.store(target, object, ctx.slice(property), value);
      return void lowerExpression(ctx, target);
    }
    case 'array_access': {
      const object = lowerExpression(ctx, field(target, 'array'));
      const key = lowerExpression(ctx, field(target, 'index'));
      const literal = ctx.values[key];
      ctx.store(target, object, literal?.k === 'literal' ? String(literal.value) : '', value);
      return void ctx.value(target, { k: 'index', object, key });
    }
    case 'parenthesized_expression':
      return named(target)[0] ? assign(ctx, named(target)[0]!, value) : undefined;
    default:
  }
}
