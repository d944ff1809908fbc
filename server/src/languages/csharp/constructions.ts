import type { ValueId } from '../../facts/facts.ts';
import { child, field, has, named, type SyntaxNode } from '../lowering/syntax.ts';
import { lastWord, typeArguments } from './annotations.ts';
import { lowerArguments } from './calls.ts';
import type { CSharpContext } from './csharpContext.ts';
import { keyOf, lowerExpression } from './expressions.ts';
import { lowerTypeName } from './names.ts';
import { constructorProtocol } from './protocols.ts';

const LIST = /^(?:List|HashSet|Queue|Stack|LinkedList|Collection|ObservableCollection|ConcurrentBag|ConcurrentQueue|SortedSet|ArrayList)$/;
const MAP = /^(?:Dictionary|ConcurrentDictionary|SortedDictionary|NameValueCollection|Hashtable)$/;

interface Property {
  key: string;
  value: ValueId;
}

/** `new Foo(a) { B = c }`, `new(a)`, `new { A = b }`; a list or a map that is made with its elements is what it holds. */
export function lowerConstruction(ctx: CSharpContext, node: SyntaxNode, wanted: SyntaxNode | undefined): ValueId {
  if (node.type === 'anonymous_object_creation_expression') return lowerAnonymous(ctx, node);
  const written = field(node, 'type') ?? (wanted?.type === 'implicit_type' ? undefined : wanted);
  const type = written?.type === 'nullable_type' ? field(written, 'type') : written;
  const list = field(node, 'arguments') ?? child(node, 'argument_list');
  const initializer = field(node, 'initializer') ?? child(node, 'initializer_expression');
  const name = type ? lastWord(type, ctx.text) : '';
  const given = list ? named(list).length : 0;
  if (name === 'Uri' && given > 0) return lowerAddress(ctx, node, list!);
  if (given === 0 && LIST.test(name)) return ctx.value(node, { k: 'array', items: initializer ? named(initializer).map((each) => lowerExpression(ctx, each)) : [], spreads: [] });
  if (given === 0 && MAP.test(name) && initializer) return lowerObject(ctx, node, initializer);
  const callee = type ? lowerTypeName(ctx, type) : ctx.part(node, () => ctx.fresh(node, { k: 'other', of: [] }));
  const { args, props, spread } = lowerArguments(ctx, list);
  if (initializer) props.push(...properties(ctx, initializer));
  const known = ctx.made(node);
  const protocol = constructorProtocol(name);
  const typeArgs = type?.type === 'generic_name' ? typeArguments(type, ctx.text) : [];
  const value = known ?? ctx.value(node, {
    k: 'call', callee, args, construct: true,
    ...(props.length > 0 ? { named: ctx.fresh(initializer ?? list ?? node, { k: 'object', props, spreads: [] }) } : {}),
    ...(protocol ? { protocol } : {}),
    ...(spread ? { spread } : {}),
    ...(typeArgs.length > 0 ? { typeArgs } : {}),
  });
  ctx.flow.step({ k: 'call', value });
  return value;
}

/** `{ A = b, ["c"] = d, { "e", f } }`: members, by name. */
function properties(ctx: CSharpContext, initializer: SyntaxNode): Property[] {
  return named(initializer).flatMap((each): Property[] => {
    if (each.type === 'assignment_expression') {
      const left = field(each, 'left');
      const value = lowerExpression(ctx, field(each, 'right'));
      const key = left?.type === 'element_binding_expression' ? named(left)[0] : left;
      return key ? [{ key: keyOf(ctx, key), value }] : [];
    }
    const [key, value] = each.type === 'initializer_expression' ? named(each) : [];
    if (key && value) return [{ key: keyOf(ctx, key), value: lowerExpression(ctx, value) }];
    lowerExpression(ctx, each);
    return [];
  });
}

function lowerObject(ctx: CSharpContext, node: SyntaxNode, initializer: SyntaxNode): ValueId {
  const props = properties(ctx, initializer);
  return ctx.made(node) ?? ctx.value(node, { k: 'object', props, spreads: [] });
}

/** `new { A = b, c.D, e }`: names are given, or taken from what is written. */
function lowerAnonymous(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const props: Property[] = [];
  const parts = named(node);
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]!;
    const next = parts[index + 1];
    // A name and its value stand side by side, with a sign between them.
    if (part.type === 'identifier' && next && /^\s*=\s*$/.test(ctx.text.slice(part.to, next.at))) {
      props.push({ key: ctx.word(part), value: lowerExpression(ctx, next) });
      index++;
    } else {
      props.push({ key: part.type === 'member_access_expression' ? lastWord(field(part, 'name') ?? part, ctx.text) : ctx.word(part), value: lowerExpression(ctx, part) });
    }
  }
  return ctx.made(node) ?? ctx.value(node, { k: 'object', props, spreads: [] });
}

/** `new[] { a, b }`, `[a, ..b]`, `(a, b)`. */
export function lowerArray(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const initializer = child(node, 'initializer_expression') ?? (node.type === 'tuple_expression' || node.type === 'collection_expression' ? node : undefined);
  const items: ValueId[] = [];
  const spreads: ValueId[] = [];
  for (const each of initializer ? named(initializer) : []) {
    if (each.type === 'spread_element' || has(each, '..')) spreads.push(...named(each).map((part) => lowerExpression(ctx, part)));
    else items.push(lowerExpression(ctx, each));
  }
  return ctx.made(node) ?? ctx.value(node, { k: 'array', items, spreads });
}

/** `{ a, b }` where an array is declared with it. */
export function lowerInitializer(ctx: CSharpContext, node: SyntaxNode): ValueId {
  const items = named(node).map((each) => lowerExpression(ctx, each));
  return ctx.made(node) ?? ctx.value(node, { k: 'array', items, spreads: [] });
}

/** `new Uri(text)` is the text, `new Uri(base, text)` both, one after the other. */
function lowerAddress(ctx: CSharpContext, node: SyntaxNode, list: SyntaxNode): ValueId {
  const [base, rest] = lowerArguments(ctx, list).args;
  const known = ctx.made(node);
  if (known !== undefined) return known;
  const second = rest === undefined ? undefined : ctx.values[rest];
  // A kind of address stands in the place of the text.
  const isKind = second?.k === 'member' && ctx.values[second.object]?.k === 'global';
  if (rest === undefined || isKind) return ctx.tie(node, base!);
  return ctx.value(node, { k: 'template', parts: [base!, rest] });
}
