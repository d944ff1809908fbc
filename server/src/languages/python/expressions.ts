import type { ValueId } from '../../facts/facts.ts';
import { type Condition, conditionsOf } from '../lowering/conditions.ts';
import { lowerEachLoop } from '../lowering/loops.ts';
import { field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { assign } from './assignments.ts';
import { lowerCall } from './calls.ts';
import { lowerComprehension } from './comprehensions.ts';
import { lowerLambda } from './definitions.ts';
import type { PythonContext } from './pythonContext.ts';
import { formatted, isString, lowerString, stringText } from './strings.ts';

/** Lowers an expression: emits its calls in order of evaluation and returns its value. */
export function lowerExpression(ctx: PythonContext, node: SyntaxNode | undefined): ValueId {
  if (!node) return ctx.fresh({ at: 0, to: 0 }, { k: 'undefined' });
  switch (node.type) {
    case 'identifier':
      return lowerName(ctx, node);
    case 'string':
    case 'concatenated_string':
      return lowerString(ctx, node);
    case 'integer':
    case 'float':
      return ctx.value(node, { k: 'literal', value: Number(ctx.slice(node).replace(/_/g, '').replace(/[lLjJ]$/, '')) || 0 });
    case 'true':
    case 'false':
      return ctx.value(node, { k: 'literal', value: node.type === 'true' });
    case 'none':
      return ctx.value(node, { k: 'literal', value: null });
    case 'parenthesized_expression':
    case 'list_splat':
    case 'dictionary_splat':
    case 'keyword_argument':
      return lowerExpression(ctx, node.type === 'keyword_argument' ? field(node, 'value') : named(node)[0]);
    case 'attribute':
      return lowerAttribute(ctx, node);
    case 'subscript':
      return lowerSubscript(ctx, node);
    case 'call':
      return lowerCall(ctx, node);
    case 'await': {
      const of = lowerExpression(ctx, named(node)[0]);
      const value = ctx.value(node, { k: 'await', of });
      ctx.flow.step({ k: 'await', value });
      return value;
    }
    case 'yield':
      return lowerYield(ctx, node);
    case 'lambda':
      return lowerLambda(ctx, node);
    case 'dictionary':
      return lowerDictionary(ctx, node);
    case 'list':
    case 'set':
    case 'tuple':
    case 'expression_list':
      return lowerList(ctx, node);
    case 'list_comprehension':
    case 'set_comprehension':
    case 'dictionary_comprehension':
    case 'generator_expression':
      return lowerComprehension(ctx, node);
    case 'not_operator':
      return ctx.value(node, { k: 'operator', op: 'not', of: [lowerExpression(ctx, field(node, 'argument'))] });
    case 'unary_operator': {
      const sign = field(node, 'operator');
      return ctx.value(node, { k: 'operator', op: sign ? ctx.slice(sign) : '', of: [lowerExpression(ctx, field(node, 'argument'))] });
    }
    case 'boolean_operator':
      return lowerShortCut(ctx, node, booleanOf(node), field(node, 'left'), field(node, 'right'));
    case 'comparison_operator':
      return lowerComparison(ctx, node);
    case 'binary_operator':
      return lowerBinary(ctx, node);
    case 'conditional_expression': {
      const [consequence, condition, alternative] = named(node);
      return lowerConditional(ctx, node, condition, consequence, alternative);
    }
    case 'named_expression': {
      const name = field(node, 'name');
      const of = lowerExpression(ctx, field(node, 'value'));
      if (name) assign(ctx, name, of);
      return ctx.value(node, { k: 'assign', of });
    }
    default:
      // Slices, erroneous text: what stands inside still runs in order.
      return ctx.value(node, { k: 'other', of: named(node).map((each) => lowerExpression(ctx, each)) });
  }
}

function lowerName(ctx: PythonContext, node: SyntaxNode): ValueId {
  const name = ctx.slice(node);
  const binding = ctx.scope.lookUp(name);
  if (binding === undefined) return ctx.value(node, { k: 'global', name });
  return ctx.value(node, ctx.receivers.has(binding) ? { k: 'this' } : { k: 'binding', binding });
}

function lowerAttribute(ctx: PythonContext, node: SyntaxNode): ValueId {
  const property = field(node, 'attribute');
  const object = lowerExpression(ctx, field(node, 'object'));
  if (!property) return object;
  return ctx.value(node, { k: 'member', object, name: ctx.slice(property), nameAt: property.at, nameTo: property.to });
}

/** `a['b']` is a member, `a[1:2]` a part of the list, everything else an element. */
function lowerSubscript(ctx: PythonContext, node: SyntaxNode): ValueId {
  const object = lowerExpression(ctx, field(node, 'value'));
  const keyNode = field(node, 'subscript');
  if (keyNode?.type === 'slice') return ctx.value(node, { k: 'operator', op: 'slice', of: [object, ...named(keyNode).map((each) => lowerExpression(ctx, each))] });
  const key = lowerExpression(ctx, keyNode);
  const literal = ctx.values[key];
  if (keyNode && literal?.k === 'literal' && typeof literal.value === 'string') return ctx.value(node, { k: 'member', object, name: literal.value, nameAt: keyNode.at, nameTo: keyNode.to, demands: true });
  return ctx.value(node, { k: 'index', object, key });
}

/** `yield value`; `yield from values` gives on each of them. */
function lowerYield(ctx: PythonContext, node: SyntaxNode): ValueId {
  const operand = named(node)[0];
  const of = operand ? lowerExpression(ctx, operand) : undefined;
  if (of === undefined || !node.children.some((each) => each.type === 'from')) {
    const value = ctx.value(node, of === undefined ? { k: 'yield' } : { k: 'yield', of });
    ctx.flow.step({ k: 'yield', value });
    return value;
  }
  const value = ctx.made(node) ?? ctx.value(node, { k: 'yield', of: ctx.fresh(operand!, { k: 'element', of }) });
  lowerEachLoop(ctx.flow, { kind: 'each', node, over: of, body: () => ctx.flow.step({ k: 'yield', value }) }, false);
  return value;
}

function lowerDictionary(ctx: PythonContext, node: SyntaxNode): ValueId {
  const props: { key: string; value: ValueId }[] = [];
  const spreads: ValueId[] = [];
  for (const each of named(node)) {
    if (each.type === 'dictionary_splat') spreads.push(lowerExpression(ctx, named(each)[0]));
    else if (each.type === 'pair') {
      const key = field(each, 'key');
      if (key && !isString(key)) lowerExpression(ctx, key);
      const value = lowerExpression(ctx, field(each, 'value'));
      if (key) props.push({ key: keyOf(ctx, key), value });
    }
  }
  return ctx.value(node, { k: 'object', props, spreads });
}

/** The name under which a key stores: the text of a string, else what is written. */
export function keyOf(ctx: PythonContext, key: SyntaxNode): string {
  return isString(key) ? stringText(ctx, key) : ctx.slice(key);
}

function lowerList(ctx: PythonContext, node: SyntaxNode): ValueId {
  const items: ValueId[] = [];
  const spreads: ValueId[] = [];
  for (const each of named(node)) {
    if (each.type === 'list_splat') spreads.push(lowerExpression(ctx, named(each)[0]));
    else items.push(lowerExpression(ctx, each));
  }
  return ctx.value(node, { k: 'array', items, spreads });
}

function readCondition(ctx: PythonContext, node: SyntaxNode): Condition | undefined {
  switch (node.type) {
    case 'true':
    case 'false':
      return { k: 'constant', holds: node.type === 'true' };
    case 'integer':
      return { k: 'constant', holds: ctx.slice(node) !== '0' };
    case 'not_operator':
      return { k: 'not', of: field(node, 'argument') };
    case 'boolean_operator':
      return { k: booleanOf(node), left: field(node, 'left'), right: field(node, 'right') };
    case 'comparison_operator': {
      const parts = comparisonParts(ctx, node);
      return parts && { k: '&&', left: parts[0], right: parts[1] };
    }
    default:
      return undefined;
  }
}

const comparisons = new WeakMap<SyntaxNode, readonly [SyntaxNode, SyntaxNode]>();

/** The first comparison of `400 <= status < 500` and the rest of them, which are tests of their own where nothing between them is called. */
function comparisonParts(ctx: PythonContext, node: SyntaxNode): readonly [SyntaxNode, SyntaxNode] | undefined {
  const known = comparisons.get(node);
  const operands = node.children.filter((each) => each.named && each.field !== 'operators');
  if (operands.length < 3 || operands.slice(1, -1).some((each) => ctx.slice(each).includes('('))) return undefined;
  const middle = operands[1]!;
  // A tree that is kept while its file is edited moves its nodes.
  if (known && known[0].children[0] === operands[0] && known[0].at === operands[0]!.at && known[1].children[0] === middle && known[1].at === middle.at && known[1].to === operands.at(-1)!.to) return known;
  const at = node.children.indexOf(middle);
  const part = (from: SyntaxNode, to: SyntaxNode, children: SyntaxNode[]): SyntaxNode => ({ ...node, field: null, made: -1, by: undefined, at: from.at, to: to.to, children });
  const parts = [part(operands[0]!, middle, node.children.slice(0, at + 1)), part(middle, operands.at(-1)!, node.children.slice(at))] as const;
  comparisons.set(node, parts);
  return parts;
}

function booleanOf(node: SyntaxNode): '&&' | '||' {
  return field(node, 'operator')?.type === 'and' ? '&&' : '||';
}

export const { lowerCondition, lowerEither, lowerConditional, lowerShortCut, lowerAssertion } = conditionsOf(readCondition, lowerExpression);

const SIGNS: Record<string, string> = { '==': '==', '!=': '!=', '<>': '!=', is: '===', 'is not': '!==' };

/** `a < b < c` is both comparisons at once. */
function lowerComparison(ctx: PythonContext, node: SyntaxNode): ValueId {
  const operands = named(node).filter((each) => each.field !== 'operators');
  const signs = node.children.filter((each) => each.field === 'operators');
  const values = operands.map((each) => lowerExpression(ctx, each));
  const tests = signs.flatMap((sign, index) => {
    const left = values[index];
    const right = values[index + 1];
    return left === undefined || right === undefined ? [] : [comparison(ctx, signs.length === 1 ? node : sign, sign.type.replace(/\s+/g, ' '), left, right)];
  });
  if (tests.length === 1) return tests[0]!;
  return ctx.value(node, { k: 'choice', op: '&&', of: tests });
}

function comparison(ctx: PythonContext, node: SyntaxNode, sign: string, left: ValueId, right: ValueId): ValueId {
  if (sign === 'in') return ctx.value(node, { k: 'operator', op: 'contains', of: [right, left] });
  if (sign === 'not in') {
    const known = ctx.made(node);
    return known ?? ctx.value(node, { k: 'operator', op: 'not', of: [ctx.fresh(node, { k: 'operator', op: 'contains', of: [right, left] })] });
  }
  return ctx.value(node, { k: 'operator', op: SIGNS[sign] ?? sign, of: [left, right] });
}

function lowerBinary(ctx: PythonContext, node: SyntaxNode): ValueId {
  const sign = field(node, 'operator');
  const op = sign ? ctx.slice(sign) : '';
  const left = field(node, 'left');
  const right = field(node, 'right');
  if (op === '%' && left && right && isString(left)) {
    const parts = right.type === 'tuple' ? named(right) : [right];
    return formatted(ctx, node, left, parts.map((each) => lowerExpression(ctx, each)), right.type === 'dictionary' ? lowerExpression(ctx, right) : undefined);
  }
  return ctx.value(node, { k: 'operator', op, of: [lowerExpression(ctx, left), lowerExpression(ctx, right)] });
}
