import type { TypeFact, ValueId } from '../../facts/facts.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerAnnotation } from './annotations.ts';
import { lowerAssignment } from './assignments.ts';
import { lowerCall } from './calls.ts';
import { lowerArray, lowerConstruction, lowerInitializer } from './constructions.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerLambda } from './functions.ts';
import { lowerMember, lowerConditionalAccess, lowerBindingExpression } from './memberAccess.ts';
import { lowerName, lowerTypeName } from './names.ts';
import { lowerBinary, lowerConditional, lowerPostfix, lowerPrefix, lowerThrow } from './operators.ts';
import { lowerIs } from './patterns.ts';
import { lowerQuery } from './queries.ts';
import { isString, lowerString, stringText } from './strings.ts';
import { lowerSwitchExpression } from './switches.ts';

/** Lowers an expression: emits its calls in order of evaluation and returns its value. @param wanted the type of what it is given to, which `new()` and `[…]` do not name */
export function lowerExpression(ctx: CSharpContext, node: SyntaxNode | undefined, wanted?: SyntaxNode): ValueId {
  if (!node) return ctx.fresh({ at: 0, to: 0 }, { k: 'undefined' });
  if (isString(node)) return lowerString(ctx, node);
  switch (node.type) {
    case 'identifier':
      return lowerName(ctx, node);
    case 'generic_name':
      return lowerName(ctx, named(node)[0] ?? node);
    case 'integer_literal':
    case 'real_literal':
      return ctx.value(node, { k: 'literal', value: numberOf(ctx.slice(node)) });
    case 'boolean_literal':
      return ctx.value(node, { k: 'literal', value: ctx.slice(node) === 'true' });
    case 'null_literal':
    case 'default_expression':
      return ctx.value(node, { k: 'literal', value: null });
    case 'this':
    case 'this_expression':
      return ctx.value(node, { k: 'this' });
    case 'base':
    case 'base_expression':
      return ctx.value(node, { k: 'super' });
    case 'parenthesized_expression':
    case 'checked_expression':
    case 'ref_expression':
    case 'argument':
      return lowerExpression(ctx, named(node).at(-1), wanted);
    case 'member_access_expression':
      return lowerMember(ctx, node);
    case 'conditional_access_expression':
      return lowerConditionalAccess(ctx, node);
    case 'member_binding_expression':
    case 'element_binding_expression':
      return lowerBindingExpression(ctx, node);
    case 'element_access_expression':
      return lowerElement(ctx, node, lowerReceiver(ctx, node), field(node, 'subscript'));
    case 'invocation_expression':
      return lowerCall(ctx, node);
    case 'object_creation_expression':
    case 'implicit_object_creation_expression':
    case 'anonymous_object_creation_expression':
      return lowerConstruction(ctx, node, wanted);
    case 'array_creation_expression':
    case 'implicit_array_creation_expression':
    case 'implicit_stackalloc_expression':
    case 'collection_expression':
    case 'tuple_expression':
      return lowerArray(ctx, node);
    case 'initializer_expression':
      return lowerInitializer(ctx, node);
    case 'await_expression': {
      const of = lowerExpression(ctx, named(node).at(-1));
      return lowerAwait(ctx, node, of);
    }
    case 'lambda_expression':
    case 'anonymous_method_expression':
      return lowerLambda(ctx, node);
    case 'assignment_expression':
      return lowerAssignment(ctx, node);
    case 'binary_expression':
      return lowerBinary(ctx, node);
    case 'conditional_expression':
      return lowerConditional(ctx, node, field(node, 'condition'), field(node, 'consequence'), field(node, 'alternative'));
    case 'prefix_unary_expression':
      return lowerPrefix(ctx, node);
    case 'postfix_unary_expression':
      return lowerPostfix(ctx, node);
    case 'is_pattern_expression':
    case 'is_expression':
      return lowerIs(ctx, node);
    case 'cast_expression':
    case 'as_expression':
      return lowerCast(ctx, node);
    case 'switch_expression':
      return lowerSwitchExpression(ctx, node);
    case 'throw_expression':
      return lowerThrow(ctx, node);
    case 'query_expression':
      return lowerQuery(ctx, node);
    case 'typeof_expression':
      return lowerTypeName(ctx, field(node, 'type'));
    case 'declaration_expression': {
      const name = field(node, 'name');
      return name?.type === 'identifier' ? ctx.value(node, { k: 'binding', binding: ctx.declare(name, 'variable') }) : ctx.value(node, { k: 'other', of: [] });
    }
    case 'with_expression':
      return ctx.value(node, { k: 'assign', of: lowerExpression(ctx, named(node)[0]) });
    case 'predefined_type':
    case 'qualified_name':
    case 'alias_qualified_name':
      return lowerTypeName(ctx, node);
    default:
      // Ranges, erroneous text: what stands inside still runs in order.
      return ctx.value(node, { k: 'other', of: named(node).map((each) => lowerExpression(ctx, each)) });
  }
}

/** The program waits here for work that has been begun. */
export function lowerAwait(ctx: CSharpContext, node: SyntaxNode, of: ValueId): ValueId {
  const value = ctx.value(node, { k: 'await', of });
  ctx.flow.step({ k: 'await', value });
  return value;
}

function numberOf(text: string): number {
  const plain = text.replaceAll('_', '');
  return Number(/^0[xb]/i.test(plain) ? plain.replace(/[uUlL]+$/, '') : plain.replace(/[uUlLfFdDmM]+$/, '')) || 0;
}

/** `(Foo)x`, `x as Foo`. */
function lowerCast(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const type = lowerAnnotation(field(node, 'type') ?? field(node, 'right'), ctx.text);
  const of = lowerExpression(ctx, field(node, 'value') ?? field(node, 'left'));
  return type ? ctx.value(node, { k: 'typed', of, type }) : of;
}

/** What something is taken out of. A member of which a member is taken must be there: `?.` has a node of its own. */
export function lowerReceiver(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const object = lowerExpression(ctx, field(node, 'expression'));
  const value = ctx.values[object];
  if (value?.k === 'member') value.demands = true;
  return object;
}

/** Whether a value is a map that throws at a key that it does not have, by the type of its name or of what has made it. */
function isDictionary(ctx: CSharpContext, id: ValueId): boolean {
  const value = ctx.values[id];
  if (value?.k === 'binding') {
    const { type, sources } = ctx.bindings[value.binding]!;
    return type === undefined ? sources.length === 1 && isDictionary(ctx, sources[0]!) : isMap(type);
  }
  if (value?.k === 'await') return isDictionary(ctx, value.of);
  return value?.k === 'call' && value.typeArgs?.length === 1 && isMap(value.typeArgs[0]!);
}

/** All dictionaries have one name in the facts. */
function isMap(type: TypeFact): boolean {
  return type.k === 'ref' && type.name === 'Map';
}

/** `a["b"]` is a member, `a[1..2]` a part of the list, everything else an element. */
export function lowerElement(ctx: CSharpContext, node: SyntaxNode, object: ValueId, list: SyntaxNode | undefined): ValueId {
  const argument = list && named(list)[0];
  const keyNode = argument?.type === 'argument' ? named(argument).at(-1) : argument;
  const key = lowerExpression(ctx, keyNode);
  if (keyNode?.type === 'range_expression') return ctx.value(node, { k: 'operator', op: 'slice', of: [object, key] });
  const literal = ctx.values[key];
  if (keyNode && literal?.k === 'literal' && typeof literal.value === 'string') {
    return ctx.value(node, { k: 'member', object, name: literal.value, nameAt: keyNode.at, nameTo: keyNode.to, ...(isDictionary(ctx, object) ? { demands: true } : {}) });
  }
  return ctx.value(node, { k: 'index', object, key });
}

/** The name under which a key stores: the text of a string, else what is written. */
export function keyOf(ctx: CSharpContext, key: SyntaxNode): string {
  const inner = key.type === 'argument' || key.type === 'bracketed_argument_list' ? (named(key).at(-1) ?? key) : key;
  return isString(inner) ? stringText(ctx, inner) : ctx.slice(child(inner, 'identifier') ?? inner);
}
