import type { ValueId } from '../../facts/facts.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';
import type { JavaContext } from './javaContext.ts';
import { declaredType, lowerTypeName } from './names.ts';

/** `value instanceof Type name`, `value instanceof Type(parts)`. */
export function lowerInstanceof(ctx: JavaContext, node: SyntaxNode, subject: ValueId): ValueId {
  const pattern = field(node, 'pattern');
  const type = field(node, 'right') ?? (pattern && named(pattern)[0]);
  const test = ctx.value(node, { k: 'operator', op: 'instanceof', of: [subject, lowerTypeName(ctx, type)] });
  if (pattern) nameParts(ctx, pattern, subject);
  else nameWhole(ctx, type, field(node, 'name'), subject);
  return test;
}

/** `case Type name`, `case Type(parts)`. */
export function patternTest(ctx: JavaContext, pattern: SyntaxNode, subject: ValueId): ValueId {
  const [type, name] = named(pattern);
  const test = ctx.made(pattern) ?? ctx.value(pattern, { k: 'operator', op: 'instanceof', of: [subject, lowerTypeName(ctx, type)] });
  if (pattern.type === 'type_pattern') nameWhole(ctx, type, name, subject);
  else nameParts(ctx, pattern, subject);
  return test;
}

/** A name holds the value as what it then is. */
function nameWhole(ctx: JavaContext, type: SyntaxNode | undefined, name: SyntaxNode | undefined, value: ValueId): void {
  if (name?.type !== 'identifier') return;
  const declared = declaredType(ctx, type);
  ctx.bind(ctx.declare(name, 'variable', declared), ctx.part(name, () => ctx.fresh(name, declared ? { k: 'typed', of: value, type: declared } : { k: 'assign', of: value })));
}

/** The names that a record's parts are given. */
function nameParts(ctx: JavaContext, pattern: SyntaxNode, subject: ValueId): void {
  const body = child(pattern, 'record_pattern_body');
  for (const each of body ? named(body) : []) {
    if (each.type === 'record_pattern') nameParts(ctx, each, subject);
    else if (each.type === 'record_pattern_component') {
      const [type, name] = named(each);
      if (name) nameWhole(ctx, type, name, ctx.part(each, () => ctx.fresh(each, { k: 'other', of: [subject] })));
    }
  }
}
