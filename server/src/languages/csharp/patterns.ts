import type { ValueId } from '../../facts/facts.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lowerAnnotation } from './annotations.ts';
import { bind } from './assignments.ts';
import type { CSharpContext } from './csharpContext.ts';
import { lowerExpression } from './expressions.ts';
import { lowerTypeName } from './names.ts';

/** `a is pattern`, `a is Type`. */
export function lowerIs(ctx: CSharpContext, node: SyntaxNode): ValueId {
  if (node.type === 'is_expression') {
    const subject = lowerExpression(ctx, field(node, 'left'));
    return ctx.made(node) ?? ctx.value(node, { k: 'operator', op: 'instanceof', of: [subject, lowerTypeName(ctx, field(node, 'right'))] });
  }
  const subject = lowerExpression(ctx, field(node, 'expression'));
  const pattern = field(node, 'pattern');
  const test = pattern ? testOf(ctx, pattern, subject) : undefined;
  return ctx.made(node) ?? (test === undefined ? ctx.value(node, { k: 'literal', value: true }) : ctx.tie(node, test));
}

/** The test that a pattern makes of a value; undefined where it takes everything. Names in it are given what they stand for. */
export function testOf(ctx: CSharpContext, pattern: SyntaxNode, subject: ValueId): ValueId | undefined {
  const operator = (op: string, ...of: ValueId[]): ValueId => ctx.made(pattern) ?? ctx.value(pattern, { k: 'operator', op, of });
  switch (pattern.type) {
    case 'discard':
      return undefined;
    case 'parenthesized_pattern': {
      const inner = named(pattern)[0];
      return inner && testOf(ctx, inner, subject);
    }
    case 'constant_pattern':
      return constantTest(ctx, pattern, subject);
    case 'var_pattern': {
      const name = field(pattern, 'name') ?? named(pattern).at(-1);
      if (name?.type === 'identifier') bind(ctx, ctx.declare(name, 'variable'), subject);
      return undefined;
    }
    case 'declaration_pattern':
    case 'type_pattern':
    case 'recursive_pattern':
      return typeTest(ctx, pattern, subject);
    case 'negated_pattern': {
      const inner = named(pattern)[0];
      const test = inner && testOf(ctx, inner, subject);
      return test === undefined ? ctx.made(pattern) ?? ctx.value(pattern, { k: 'literal', value: false }) : operator('not', test);
    }
    case 'relational_pattern': {
      const sign = pattern.children.find((each) => !each.named)?.type ?? '';
      return operator(sign, subject, lowerExpression(ctx, named(pattern)[0]));
    }
    case 'or_pattern':
      return orTest(ctx, pattern, subject);
    case 'and_pattern': {
      const of = [field(pattern, 'left'), field(pattern, 'right')].flatMap((each) => (each ? (testOf(ctx, each, subject) ?? []) : []));
      return of.length < 2 ? of[0] : (ctx.made(pattern) ?? ctx.value(pattern, { k: 'choice', op: '&&', of }));
    }
    case 'list_pattern':
      return ctx.made(pattern) ?? ctx.value(pattern, { k: 'other', of: [subject] });
    default:
      // Within a switch of old a label is an expression.
      return constantTest(ctx, pattern, subject);
  }
}

/** `is null`, `is "A"`, and `is Type`, which looks like a constant where the type is one word. */
function constantTest(ctx: CSharpContext, pattern: SyntaxNode, subject: ValueId): ValueId {
  const known = ctx.made(pattern);
  if (known !== undefined) return known;
  const inner = pattern.type === 'constant_pattern' ? named(pattern)[0] : pattern;
  const isType = inner?.type === 'predefined_type' || (inner?.type === 'identifier' && /^[A-Z]/.test(ctx.slice(inner)) && !isConstant(ctx, inner));
  if (inner && isType) return ctx.value(pattern, { k: 'operator', op: 'instanceof', of: [subject, lowerTypeName(ctx, inner)] });
  const wanted = lowerExpression(ctx, inner);
  const literal = ctx.values[wanted];
  return ctx.value(pattern, { k: 'operator', op: literal?.k === 'literal' && literal.value === null ? '==' : '===', of: [subject, wanted] });
}

/** Whether a name with a capital letter is that of a constant: one of the class, or of the function. */
function isConstant(ctx: CSharpContext, node: SyntaxNode): boolean {
  const name = ctx.word(node);
  const found = ctx.scope.lookUp(name);
  if (found !== undefined && ctx.moduleScope.own(name) !== found) return true;
  return ctx.classesAround.some(({ names }) => names.has(name));
}

/** `Type name`, `Type { Member: pattern } name`. */
function typeTest(ctx: CSharpContext, pattern: SyntaxNode, subject: ValueId): ValueId | undefined {
  const type = field(pattern, 'type');
  const clause = child(pattern, 'property_pattern_clause');
  const tests: ValueId[] = [];
  if (type) tests.push(ctx.part(type, () => ctx.fresh(type, { k: 'operator', op: 'instanceof', of: [subject, lowerTypeName(ctx, type)] })));
  else tests.push(ctx.part(pattern, () => ctx.fresh(pattern, { k: 'operator', op: '!=', of: [subject, ctx.fresh(pattern, { k: 'literal', value: null })] })));
  for (const each of clause ? named(clause) : []) tests.push(...memberTest(ctx, each, subject));
  const name = field(pattern, 'name');
  if (name?.type === 'identifier') {
    const annotation = lowerAnnotation(type, ctx.text);
    bind(ctx, ctx.declare(name, 'variable'), annotation ? ctx.part(name, () => ctx.fresh(name, { k: 'typed', of: subject, type: annotation })) : subject);
  }
  return tests.length === 1 ? tests[0] : (ctx.made(pattern) ?? ctx.value(pattern, { k: 'choice', op: '&&', of: tests }));
}

/** `Status: 401`, `Error.Code: "X"` within braces. */
function memberTest(ctx: CSharpContext, node: SyntaxNode, subject: ValueId): ValueId[] {
  const [path, pattern] = named(node);
  if (!path || !pattern) return [];
  const member = ctx.part(path, () => ctx.slice(path).split('.').reduce((object, name) => ctx.fresh(path, { k: 'member', object, name: name.trim(), nameAt: path.at, nameTo: path.to }), subject));
  const test = testOf(ctx, pattern, member);
  return test === undefined ? [] : [test];
}

/** `"A" or "B"` is one of a list; other patterns are tested one after the other. */
function orTest(ctx: CSharpContext, pattern: SyntaxNode, subject: ValueId): ValueId | undefined {
  const options = flattened(pattern);
  const isPlain = options.every((each) => each.type === 'constant_pattern' && !(named(each)[0]?.type === 'identifier' && /^[A-Z]/.test(ctx.slice(each))));
  const known = ctx.made(pattern);
  if (known !== undefined) return known;
  if (isPlain) {
    const items = options.map((each) => lowerExpression(ctx, named(each)[0]));
    return ctx.value(pattern, { k: 'operator', op: 'contains', of: [ctx.fresh(pattern, { k: 'array', items, spreads: [] }), subject] });
  }
  const of = options.map((each) => testOf(ctx, each, subject));
  return of.some((each) => each === undefined) ? undefined : ctx.value(pattern, { k: 'choice', op: '||', of: of.flatMap((each) => each ?? []) });
}

function flattened(pattern: SyntaxNode): SyntaxNode[] {
  if (pattern.type !== 'or_pattern') return [pattern];
  return [field(pattern, 'left'), field(pattern, 'right')].flatMap((each) => (each ? flattened(each) : []));
}
