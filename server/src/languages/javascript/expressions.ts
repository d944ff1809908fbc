import type { TypeFact, ValueFact, ValueId } from '../../facts/facts.ts';
import { type Condition, conditionsOf } from '../lowering/conditions.ts';
import type { Context } from '../lowering/context.ts';
import { assignTo, lowerClass, lowerFunction } from './declarations.ts';
import { globalProtocol, methodProtocol } from './protocols.ts';
import { child, field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerType } from './typeAnnotations.ts';

/** Lowers an expression: emits its calls in order of evaluation and returns its value. */
export function lowerExpression(ctx: Context, node: SyntaxNode | undefined): ValueId {
  if (!node) return ctx.fresh({ at: 0, to: 0 }, { k: 'undefined' });
  switch (node.type) {
    case 'identifier':
    case 'shorthand_property_identifier':
    case 'undefined':
      return lowerName(ctx, node);
    case 'this':
      return ctx.value(node, { k: 'this' });
    case 'super':
      return ctx.value(node, { k: 'super' });
    case 'string':
      return ctx.value(node, { k: 'literal', value: stringValue(ctx.slice(node)) });
    case 'number':
      return ctx.value(node, { k: 'literal', value: Number(ctx.slice(node).replace(/_/g, '').replace(/n$/, '')) });
    case 'true':
    case 'false':
      return ctx.value(node, { k: 'literal', value: node.type === 'true' });
    case 'null':
      return ctx.value(node, { k: 'literal', value: null });
    case 'regex':
      return ctx.value(node, { k: 'pattern', source: ctx.slice(node) });
    case 'template_string':
      return lowerTemplate(ctx, node);
    case 'parenthesized_expression':
      return lowerExpression(ctx, named(node)[0]);
    case 'non_null_expression':
      return lowerExpression(ctx, named(node)[0]);
    case 'as_expression':
    case 'satisfies_expression': {
      const [expression, typeNode] = named(node);
      const of = lowerExpression(ctx, expression);
      const type = lowerType(typeNode, ctx.text);
      return type ? ctx.value(node, { k: 'typed', of, type }) : of;
    }
    case 'type_assertion': {
      const parts = named(node);
      const of = lowerExpression(ctx, parts[parts.length - 1]);
      const type = lowerType(parts[0]?.type === 'type_arguments' ? named(parts[0])[0] : undefined, ctx.text);
      return type ? ctx.value(node, { k: 'typed', of, type }) : of;
    }
    case 'member_expression':
      return lowerMember(ctx, node);
    case 'subscript_expression': {
      const object = lowerReceiver(ctx, node);
      const keyNode = field(node, 'index');
      const key = lowerExpression(ctx, keyNode);
      const literal = ctx.values[key];
      if (keyNode && literal?.k === 'literal' && typeof literal.value === 'string') {
        return ctx.value(node, { k: 'member', object, name: literal.value, nameAt: keyNode.at, nameTo: keyNode.to });
      }
      return ctx.value(node, { k: 'index', object, key });
    }
    case 'call_expression':
    case 'new_expression':
      return lowerCall(ctx, node);
    case 'await_expression': {
      const of = lowerExpression(ctx, named(node)[0]);
      const value = ctx.value(node, { k: 'await', of });
      ctx.flow.step({ k: 'await', value });
      return value;
    }
    case 'yield_expression': {
      const operand = named(node)[0];
      const value = ctx.value(node, operand ? { k: 'yield', of: lowerExpression(ctx, operand) } : { k: 'yield' });
      ctx.flow.step({ k: 'yield', value });
      return value;
    }
    case 'function_expression':
    case 'generator_function':
    case 'arrow_function':
      return ctx.value(node, { k: 'function', fn: lowerFunction(ctx, node) });
    case 'class':
      return ctx.value(node, { k: 'class', cls: lowerClass(ctx, node) });
    case 'object':
      return lowerObject(ctx, node);
    case 'array': {
      const items: ValueId[] = [];
      const spreads: ValueId[] = [];
      for (const each of named(node)) {
        if (each.type === 'spread_element') spreads.push(lowerExpression(ctx, named(each)[0]));
        else items.push(lowerExpression(ctx, each));
      }
      return ctx.value(node, { k: 'array', items, spreads });
    }
    case 'unary_expression': {
      const sign = field(node, 'operator');
      const of = lowerExpression(ctx, field(node, 'argument'));
      const op = sign ? ctx.slice(sign) : '';
      return ctx.value(node, { k: 'operator', op: op === '!' ? 'not' : op, of: [of] });
    }
    case 'update_expression': {
      const target = field(node, 'argument');
      const of = lowerExpression(ctx, target);
      const sign = field(node, 'operator');
      const value = ctx.value(node, { k: 'operator', op: sign && ctx.slice(sign) === '--' ? '--' : '++', of: [of] });
      if (target) assignTo(ctx, target, value);
      return value;
    }
    case 'binary_expression':
      return lowerBinary(ctx, node);
    case 'ternary_expression':
      return lowerConditional(ctx, node, field(node, 'condition'), field(node, 'consequence'), field(node, 'alternative'));
    case 'assignment_expression': {
      const left = field(node, 'left');
      const of = lowerExpression(ctx, field(node, 'right'));
      if (left) assignTo(ctx, left, of);
      return ctx.value(node, { k: 'assign', of });
    }
    case 'augmented_assignment_expression': {
      const left = field(node, 'left');
      const sign = field(node, 'operator');
      const before = lowerExpression(ctx, left);
      const after = lowerExpression(ctx, field(node, 'right'));
      const op = sign ? ctx.slice(sign) : '';
      const value = ctx.value(node, ['||=', '&&=', '??='].includes(op) ? { k: 'choice', op, of: [before, after] } : { k: 'operator', op, of: [before, after] });
      if (left) assignTo(ctx, left, value);
      return value;
    }
    case 'sequence_expression': {
      let last: ValueId | undefined;
      for (const each of named(node)) last = lowerExpression(ctx, each);
      return last ?? ctx.value(node, { k: 'undefined' });
    }
    case 'spread_element':
      return lowerExpression(ctx, named(node)[0]);
    case 'meta_property':
      return ctx.value(node, { k: 'other', of: [] });
    default:
      // JSX, decorators, erroneous text: what stands inside still runs in order.
      return ctx.value(node, { k: 'other', of: named(node).map((each) => lowerExpression(ctx, each)) });
  }
}

function lowerName(ctx: Context, node: SyntaxNode): ValueId {
  const name = ctx.slice(node);
  const binding = ctx.scope.lookUp(name);
  if (binding !== undefined) return ctx.value(node, { k: 'binding', binding });
  if (name === 'undefined') return ctx.value(node, { k: 'undefined' });
  return ctx.value(node, { k: 'global', name });
}

function lowerMember(ctx: Context, node: SyntaxNode): ValueId {
  const property = field(node, 'property');
  const object = lowerReceiver(ctx, node);
  if (!property) return object;
  return ctx.value(node, { k: 'member', object, name: ctx.slice(property), nameAt: property.at, nameTo: property.to });
}

/** What something is taken out of. A member of which a member is taken must be there, unless `?.` asks first. */
function lowerReceiver(ctx: Context, node: SyntaxNode): ValueId {
  const object = lowerExpression(ctx, field(node, 'object'));
  const value = ctx.values[object];
  if (value?.k === 'member' && !has(node, '?.') && !child(node, 'optional_chain')) value.demands = true;
  return object;
}

function lowerTemplate(ctx: Context, node: SyntaxNode): ValueId {
  const parts: (string | ValueId)[] = [];
  let at = node.at + 1;
  for (const each of node.children) {
    if (each.type !== 'template_substitution') continue;
    if (each.at > at) parts.push(ctx.text.slice(at, each.at));
    parts.push(lowerExpression(ctx, named(each)[0]));
    at = each.to;
  }
  if (node.to - 1 > at) parts.push(ctx.text.slice(at, node.to - 1));
  if (parts.every((part) => typeof part === 'string')) return ctx.value(node, { k: 'literal', value: parts.join('') });
  return ctx.value(node, { k: 'template', parts });
}

function lowerCall(ctx: Context, node: SyntaxNode): ValueId {
  const construct = node.type === 'new_expression';
  const calleeNode = construct ? field(node, 'constructor') : field(node, 'function');
  const callee = calleeNode?.type === 'import' ? ctx.value(calleeNode, { k: 'global', name: 'import' }) : lowerExpression(ctx, calleeNode);
  const argsNode = field(node, 'arguments');
  const args: ValueId[] = [];
  let spread = false;
  if (argsNode?.type === 'template_string') args.push(lowerExpression(ctx, argsNode));
  else if (argsNode) {
    for (const each of named(argsNode)) {
      if (each.type === 'spread_element') spread = true;
      args.push(lowerExpression(ctx, each));
    }
  }
  const target = ctx.values[callee];
  let protocol;
  const global = wellKnownName(ctx, target);
  if (global !== undefined) protocol = globalProtocol(global, construct);
  else if (target?.k === 'member' && !construct) protocol = methodProtocol(wellKnownName(ctx, ctx.values[target.object]), target.name);
  const value = ctx.value(node, {
    k: 'call', callee, args, construct,
    ...(protocol ? { protocol } : {}),
    ...(spread ? { spread } : {}),
    ...(has(node, '?.') || child(node, 'optional_chain') ? { optional: true } : {}),
    ...(construct ? typeArguments(node, ctx.text) : {}),
  });
  ctx.flow.step({ k: 'call', value });
  const module = protocol === 'import' ? ctx.values[args[0] ?? -1] : undefined;
  if (module?.k === 'literal' && typeof module.value === 'string' && !ctx.imports.some((each) => each.value === value)) {
    const style = target?.k === 'global' && target.name === 'require' ? 'commonjs' : 'es';
    ctx.imports.push({ module: module.value, imported: '*', typeOnly: false, style, value, at: node.at });
  }
  return value;
}

/** The name of a global. A library's promises that are imported under the name of the language's own, as bluebird's often are, behave as those do. */
function wellKnownName(ctx: Context, value: ValueFact | undefined): string | undefined {
  if (value?.k === 'global') return value.name;
  return value?.k === 'binding' && ctx.bindings[value.binding]!.name === 'Promise' ? 'Promise' : undefined;
}

/** `new Map<string, Connection>()`. */
function typeArguments(node: SyntaxNode, text: string): { typeArgs?: TypeFact[] } {
  const list = field(node, 'type_arguments');
  return list ? { typeArgs: named(list).flatMap((each) => lowerType(each, text) ?? []) } : {};
}

function lowerObject(ctx: Context, node: SyntaxNode): ValueId {
  const props: { key: string; value: ValueId }[] = [];
  const spreads: ValueId[] = [];
  for (const each of named(node)) {
    if (each.type === 'pair') {
      const key = field(each, 'key');
      const value = lowerExpression(ctx, field(each, 'value'));
      if (key) props.push({ key: propertyName(ctx, key), value });
    } else if (each.type === 'shorthand_property_identifier') {
      props.push({ key: ctx.slice(each), value: lowerName(ctx, each) });
    } else if (each.type === 'method_definition') {
      const key = field(each, 'name');
      const value = ctx.value(each, { k: 'function', fn: lowerFunction(ctx, each) });
      if (key) props.push({ key: propertyName(ctx, key), value });
    } else if (each.type === 'spread_element') {
      spreads.push(lowerExpression(ctx, named(each)[0]));
    }
  }
  return ctx.value(node, { k: 'object', props, spreads });
}

/** The name of a property key: identifier, string, number or computed text. */
export function propertyName(ctx: Context, key: SyntaxNode): string {
  if (key.type === 'string') return stringValue(ctx.slice(key));
  return ctx.slice(key);
}

function lowerBinary(ctx: Context, node: SyntaxNode): ValueId {
  const sign = field(node, 'operator');
  const op = sign ? ctx.slice(sign) : '';
  const left = field(node, 'left');
  const right = field(node, 'right');
  if (op === '&&' || op === '||' || op === '??') return lowerShortCut(ctx, node, op, left, right);
  return ctx.value(node, { k: 'operator', op, of: [lowerExpression(ctx, left), lowerExpression(ctx, right)] });
}

function readCondition(ctx: Context, node: SyntaxNode): Condition | undefined {
  if (node.type === 'true' || node.type === 'false') return { k: 'constant', holds: node.type === 'true' };
  if (node.type === 'unary_expression' && has(node, '!')) return { k: 'not', of: field(node, 'argument') };
  const sign = node.type === 'binary_expression' ? field(node, 'operator') : undefined;
  const op = sign ? ctx.slice(sign) : '';
  return op === '&&' || op === '||' ? { k: op, left: field(node, 'left'), right: field(node, 'right') } : undefined;
}

export const { lowerCondition, lowerEither, lowerConditional, lowerShortCut } = conditionsOf(readCondition, lowerExpression);

const ESCAPES: Record<string, string> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v', 0: '\0' };

function stringValue(source: string): string {
  const body = source.slice(1, source.endsWith(source[0] ?? '') && source.length > 1 ? -1 : undefined);
  if (!body.includes('\\')) return body;
  return body.replace(/\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([\s\S]))/g, (_all, point, unit, byte, plain: string | undefined) => {
    const hex = (point ?? unit ?? byte) as string | undefined;
    if (hex !== undefined) {
      const code = Number.parseInt(hex, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : '';
    }
    return plain === undefined ? '' : (ESCAPES[plain] ?? plain);
  });
}
