import type { TypeFact } from '../../facts/facts.ts';
import { child, field, fields, named, type SyntaxNode } from '../lowering/syntax.ts';

const LISTS = new Set([
  'List', 'IList', 'IEnumerable', 'ICollection', 'IReadOnlyList', 'IReadOnlyCollection', 'IEnumerator', 'HashSet', 'ISet', 'SortedSet', 'Queue', 'Stack', 'LinkedList', 'Collection',
  'ObservableCollection', 'ConcurrentBag', 'ConcurrentQueue', 'ConcurrentStack', 'BlockingCollection', 'ImmutableList', 'ImmutableArray', 'IAsyncEnumerable', 'IQueryable', 'IOrderedEnumerable', 'ArraySegment', 'Span', 'ReadOnlySpan',
]);
const MAPS = new Set(['Dictionary', 'IDictionary', 'IReadOnlyDictionary', 'ConcurrentDictionary', 'SortedDictionary', 'ImmutableDictionary', 'ILookup']);
const AWAITED = new Set(['Task', 'ValueTask']);

/** The last word of a type's name, without namespaces and arguments: `System.Collections.Generic.List<T>` is `List`. */
export function lastWord(node: SyntaxNode, text: string): string {
  return text.slice(node.at, node.to).replace(/<[\s\S]*$/, '').split(/\.|::/).at(-1)!.trim().replace(/^@/, '');
}

/** Lowers an annotation, keeping what can carry a class: names, lists, tuples, and what a map or a task holds. */
export function lowerAnnotation(node: SyntaxNode | undefined, text: string): TypeFact | undefined {
  if (!node) return undefined;
  switch (node.type) {
    case 'predefined_type': {
      const name = text.slice(node.at, node.to);
      return name === 'void' ? undefined : { k: 'ref', name, args: [] };
    }
    case 'identifier':
    case 'alias_qualified_name':
      return simple(lastWord(node, text));
    case 'qualified_name': {
      const last = field(node, 'name');
      return last?.type === 'generic_name' ? lowerAnnotation(last, text) : simple(text.slice(node.at, node.to).replace(/\s+/g, '').replace(/^global::/, ''));
    }
    case 'nullable_type':
    case 'ref_type':
    case 'scoped_type':
      return lowerAnnotation(field(node, 'type') ?? named(node)[0], text);
    case 'array_type': {
      const of = lowerAnnotation(field(node, 'type'), text);
      return { k: 'array', of: of ?? unknown() };
    }
    case 'tuple_type':
      return tuple(node, text);
    case 'generic_name': {
      const list = child(node, 'type_argument_list');
      return generic(lastWord(node, text), (list ? named(list) : []).map((each) => lowerAnnotation(each, text)));
    }
    default:
      return undefined;
  }
}

function simple(name: string): TypeFact {
  return AWAITED.has(name) ? { k: 'ref', name: 'Promise', args: [] } : { k: 'ref', name, args: [] };
}

function unknown(): TypeFact {
  return { k: 'ref', name: 'unknown', args: [] };
}

function generic(name: string, args: (TypeFact | undefined)[]): TypeFact | undefined {
  const known = args.flatMap((each) => each ?? []);
  if (name === 'Nullable') return args[0];
  if (LISTS.has(name)) return { k: 'array', of: args[0] ?? unknown() };
  if (MAPS.has(name)) return { k: 'ref', name: 'Map', args: known.slice(-1) };
  if (AWAITED.has(name)) return { k: 'ref', name: 'Promise', args: known.slice(-1) };
  return { k: 'ref', name, args: known };
}

/** `(Token token, string url)`: its parts are members, by name. */
function tuple(node: SyntaxNode, text: string): TypeFact {
  const members: Record<string, TypeFact> = Object.create(null);
  for (const each of named(node)) {
    const name = field(each, 'name');
    const type = lowerAnnotation(field(each, 'type'), text);
    if (name && type) members[text.slice(name.at, name.to)] = type;
  }
  return { k: 'object', members };
}

/** The type arguments of a generic name. */
export function typeArguments(node: SyntaxNode | undefined, text: string): TypeFact[] {
  const list = node && child(node, 'type_argument_list');
  return list ? named(list).flatMap((each) => lowerAnnotation(each, text) ?? []) : [];
}

/** Whether a class is by its form an interface: `ICrmClient`. */
export function isInterfaceName(name: string): boolean {
  return /^I[A-Z]/.test(name);
}

/** The words of a declaration: `public`, `static`, `async`. */
export function modifiers(node: SyntaxNode, text: string): Set<string> {
  return new Set(node.children.flatMap((each) => (each.type === 'modifier' ? [text.slice(each.at, each.to)] : [])));
}

/** Attributes as decorators are written: `[Retry(3)]` is `@Retry(3)`. */
export function attributesOf(node: SyntaxNode, text: string): string[] {
  return node.children
    .filter((each) => each.type === 'attribute_list')
    .flatMap((list) => named(list).filter((each) => each.type === 'attribute'))
    .map((each) => `@${text.slice(each.at, each.to)}`);
}

/** Parameters in a list, with what the grammar leaves beside them for `params`. */
export function parameterNodes(list: SyntaxNode | undefined): { name: SyntaxNode; type: SyntaxNode | undefined; fallback: SyntaxNode | undefined; rest: boolean }[] {
  if (!list) return [];
  if (list.type === 'implicit_parameter' || list.type === 'identifier') return [{ name: list, type: undefined, fallback: undefined, rest: false }];
  const out = named(list).flatMap((each) => {
    if (each.type === 'implicit_parameter') return [{ name: each, type: undefined, fallback: undefined, rest: false }];
    const name = each.type === 'parameter' ? field(each, 'name') : undefined;
    // A default value has no field of its own and stands last.
    const last = each.children.at(-1);
    return name ? [{ name, type: field(each, 'type'), fallback: last && last !== name && last.named && last.field === null ? last : undefined, rest: false }] : [];
  });
  const restName = fields(list, 'name').at(-1);
  if (restName) out.push({ name: restName, type: field(list, 'type'), fallback: undefined, rest: true });
  return out;
}
