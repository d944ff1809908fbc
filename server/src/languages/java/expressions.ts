import type { ValueId } from '../../facts/facts.ts';
import { type Condition, conditionsOf } from '../lowering/conditions.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerAssignment, lowerUpdate } from './assignments.ts';
import { lowerCall, lowerConstruction, lowerConstructorCall } from './calls.ts';
import { lowerLambda, lowerMethodReference } from './functions.ts';
import type { JavaContext } from './javaContext.ts';
import { declaredType, lowerName, lowerTypeName, qualified, thisOf } from './names.ts';
import { lowerInstanceof } from './patterns.ts';
import { statusNamed } from './statuses.ts';
import { stringText } from './strings.ts';
import { lowerSwitch } from './switches.ts';

/** Lowers an expression: emits its calls in order of evaluation and returns its value. */
export function lowerExpression(ctx: JavaContext, node: SyntaxNode | undefined): ValueId {
  if (!node) return ctx.fresh({ at: 0, to: 0 }, { k: 'undefined' });
  switch (node.type) {
    case 'identifier':
      return lowerName(ctx, node);
    case 'string_literal':
      return ctx.value(node, { k: 'literal', value: stringText(ctx, node) });
    case 'character_literal':
      return ctx.value(node, { k: 'literal', value: stringText(ctx, node) });
    case 'true':
    case 'false':
      return ctx.value(node, { k: 'literal', value: node.type === 'true' });
    case 'null_literal':
      return ctx.value(node, { k: 'literal', value: null });
    case 'parenthesized_expression':
      return lowerExpression(ctx, named(node)[0]);
    case 'this':
      return lowerThis(ctx, node);
    case 'super':
      return ctx.value(node, { k: 'super' });
    case 'field_access':
      return lowerField(ctx, node);
    case 'array_access': {
      const object = lowerExpression(ctx, field(node, 'array'));
      const key = lowerExpression(ctx, field(node, 'index'));
      return ctx.value(node, { k: 'index', object, key });
    }
    case 'method_invocation':
      return lowerCall(ctx, node);
    case 'object_creation_expression':
      return lowerConstruction(ctx, node);
    case 'explicit_constructor_invocation':
      return lowerConstructorCall(ctx, node);
    case 'array_creation_expression':
      for (const each of named(node)) if (each.type === 'dimensions_expr') for (const part of named(each)) lowerExpression(ctx, part);
      return field(node, 'value') ? lowerExpression(ctx, field(node, 'value')) : ctx.value(node, { k: 'array', items: [], spreads: [] });
    case 'array_initializer':
    case 'element_value_array_initializer':
      return ctx.value(node, { k: 'array', items: named(node).map((each) => lowerExpression(ctx, each)), spreads: [] });
    case 'lambda_expression':
      return lowerLambda(ctx, node);
    case 'method_reference':
      return lowerMethodReference(ctx, node);
    case 'assignment_expression':
      return lowerAssignment(ctx, node);
    case 'update_expression':
      return lowerUpdate(ctx, node);
    case 'unary_expression':
      return lowerUnary(ctx, node);
    case 'binary_expression':
      return lowerBinary(ctx, node);
    case 'instanceof_expression':
      return lowerInstanceof(ctx, node, lowerExpression(ctx, field(node, 'left')));
    case 'ternary_expression':
      return lowerConditional(ctx, node, field(node, 'condition'), field(node, 'consequence'), field(node, 'alternative'));
    case 'switch_expression':
      return lowerSwitch(ctx, node, []);
    case 'cast_expression':
      return lowerCast(ctx, node);
    case 'class_literal':
      return ctx.value(node, { k: 'other', of: [lowerTypeName(ctx, named(node)[0])] });
    case 'scoped_identifier':
    case 'type_identifier':
    case 'scoped_type_identifier':
    case 'generic_type':
    case 'array_type':
      return lowerTypeName(ctx, node);
    default:
      if (/_(?:integer|point)_literal$|floating_point_literal$/.test(node.type)) return ctx.value(node, { k: 'literal', value: numberOf(ctx.slice(node)) });
      // Erroneous text: what stands inside still runs in order.
      return ctx.value(node, { k: 'other', of: named(node).map((each) => lowerExpression(ctx, each)) });
  }
}

function readCondition(ctx: JavaContext, node: SyntaxNode): Condition | undefined {
  if (node.type === 'true' || node.type === 'false') return { k: 'constant', holds: node.type === 'true' };
  const sign = field(node, 'operator');
  const op = sign ? ctx.slice(sign) : '';
  if (node.type === 'unary_expression' && op === '!') return { k: 'not', of: field(node, 'operand') };
  return node.type === 'binary_expression' && (op === '&&' || op === '||') ? { k: op, left: field(node, 'left'), right: field(node, 'right') } : undefined;
}

export const { lowerCondition, lowerEither, lowerConditional, lowerShortCut } = conditionsOf(readCondition, lowerExpression);

function numberOf(written: string): number {
  const plain = written.replace(/_/g, '').toLowerCase();
  const value = /^0[xb]/.test(plain) ? Number(plain.replace(/l$/, '')) : Number.parseFloat(plain.replace(/[lfd]$/, ''));
  return Number.isFinite(value) ? value : 0;
}

function lowerThis(ctx: JavaContext, node: SyntaxNode): ValueId {
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const cls = ctx.classesAround.at(-1)?.cls;
  return ctx.tie(node, cls === undefined ? ctx.fresh(node, { k: 'this' }) : thisOf(ctx, node, cls));
}

/** `a.b`, `Outer.this.b`, `com.acme.Client.DEFAULT`. */
function lowerField(ctx: JavaContext, node: SyntaxNode): ValueId {
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const property = field(node, 'field');
  const target = field(node, 'object');
  if (property?.type === 'this' && target) return outerObject(ctx, node, ctx.slice(target));
  const status = node.to - node.at < 120 ? statusNamed(ctx.slice(node)) : undefined;
  if (status !== undefined) return ctx.value(node, { k: 'literal', value: status });
  const packaged = packageName(ctx, node);
  if (packaged) return ctx.tie(node, qualified(ctx, node, packaged));
  const object = target?.type === 'identifier' ? lowerName(ctx, target, true) : lowerExpression(ctx, target);
  if (!property) return object;
  return ctx.value(node, { k: 'member', object, name: ctx.slice(property), nameAt: property.at, nameTo: property.to });
}

function outerObject(ctx: JavaContext, node: SyntaxNode, name: string): ValueId {
  const around = ctx.classesAround.findLast(({ cls }) => ctx.classes[cls]!.name === name);
  return ctx.tie(node, around ? thisOf(ctx, node, around.cls) : ctx.fresh(node, { k: 'this' }));
}

/** The words of a class that is written with its package: small words up to the first capital one, none of which is a name here. */
export function packageName(ctx: JavaContext, node: SyntaxNode): string[] | undefined {
  const text = ctx.slice(node);
  if (text.length > 300 || !/^[a-z]\w*(?:\s*\.\s*[a-z]\w*)*\s*\.\s*[A-Z]\w*$/.test(text)) return undefined;
  const words = text.replace(/\s+/g, '').split('.');
  const first = words[0]!;
  if (words.length < 3 || ctx.scope.lookUp(first) !== undefined || ctx.classesAround.some(({ fields }) => fields.has(first))) return undefined;
  return words;
}

function lowerUnary(ctx: JavaContext, node: SyntaxNode): ValueId {
  const sign = field(node, 'operator');
  const op = sign ? ctx.slice(sign) : '';
  const of = lowerExpression(ctx, field(node, 'operand'));
  const literal = ctx.values[of];
  if (op === '-' && literal?.k === 'literal' && typeof literal.value === 'number') return ctx.value(node, { k: 'literal', value: -literal.value });
  return ctx.value(node, { k: 'operator', op: op === '!' ? 'not' : op, of: [of] });
}

function lowerBinary(ctx: JavaContext, node: SyntaxNode): ValueId {
  const sign = field(node, 'operator');
  const op = sign ? ctx.slice(sign) : '';
  if (op === '&&' || op === '||') return lowerShortCut(ctx, node, op, field(node, 'left'), field(node, 'right'));
  return ctx.value(node, { k: 'operator', op, of: [lowerExpression(ctx, field(node, 'left')), lowerExpression(ctx, field(node, 'right'))] });
}

/** A cast to a class says what the value is; one to a number or a function says nothing. */
function lowerCast(ctx: JavaContext, node: SyntaxNode): ValueId {
  const of = lowerExpression(ctx, field(node, 'value'));
  const type = field(node, 'type');
  const declared = type && !/^(?:integral|floating_point|boolean)_type$/.test(type.type) ? declaredType(ctx, type) : undefined;
  return declared ? ctx.value(node, { k: 'typed', of, type: declared }) : ctx.value(node, { k: 'assign', of });
}
