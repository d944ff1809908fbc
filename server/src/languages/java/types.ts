import type { TypeFact } from '../../facts/facts.ts';
import { child, field, named, type SyntaxNode } from '../lowering/syntax.ts';

const LISTS = new Set(['List', 'ArrayList', 'LinkedList', 'Collection', 'Set', 'HashSet', 'LinkedHashSet', 'TreeSet', 'SortedSet', 'Queue', 'Deque', 'ArrayDeque', 'Iterable', 'Iterator', 'Stream', 'Vector', 'BlockingQueue', 'Flux']);
/** What holds one of its argument, and gives it when it is asked. */
const HOLDERS = new Set(['Optional', 'AtomicReference', 'ThreadLocal', 'WeakReference', 'SoftReference', 'ObjectProvider', 'ObjectFactory', 'Instance', 'Provider', 'Supplier', 'Lazy']);
const MAPS = new Set(['Map', 'HashMap', 'LinkedHashMap', 'TreeMap', 'SortedMap', 'ConcurrentMap', 'ConcurrentHashMap', 'Hashtable', 'LoadingCache', 'Cache']);
const AWAITED = new Set(['Future', 'CompletableFuture', 'CompletionStage', 'ListenableFuture', 'Mono', 'Uni', 'Try']);

/** Lowers a type, keeping what can carry a class: names, lists, and what a map or a future holds. */
export function lowerType(node: SyntaxNode | undefined, text: string): TypeFact | undefined {
  if (!node) return undefined;
  switch (node.type) {
    case 'type_identifier':
    case 'identifier':
    case 'scoped_type_identifier':
    case 'scoped_identifier':
    case 'integral_type':
    case 'floating_point_type':
    case 'boolean_type': {
      const name = nameOf(node, text);
      return name === 'var' ? undefined : { k: 'ref', name, args: [] };
    }
    case 'array_type':
      return { k: 'array', of: lowerType(field(node, 'element'), text) ?? { k: 'ref', name: 'unknown', args: [] } };
    case 'generic_type': {
      const [head] = named(node);
      const list = child(node, 'type_arguments');
      return head && generic(nameOf(head, text), (list ? named(list) : []).map((each) => lowerType(each, text)));
    }
    case 'annotated_type':
      return lowerType(named(node).find((each) => !each.type.endsWith('annotation')), text);
    case 'wildcard':
      return lowerType(named(node).find((each) => each.type !== 'super'), text);
    case 'catch_type': {
      const of = named(node).flatMap((each) => lowerType(each, text) ?? []);
      return of.length > 1 ? { k: 'union', of } : of[0];
    }
    default:
      return undefined;
  }
}

/** A name as it is written, without annotations and spaces. */
function nameOf(node: SyntaxNode, text: string): string {
  if (node.type === 'scoped_type_identifier') return named(node).filter((each) => !each.type.endsWith('annotation')).map((each) => nameOf(each, text)).join('.');
  if (node.type === 'generic_type') return named(node)[0] ? nameOf(named(node)[0]!, text) : '';
  return text.slice(node.at, node.to).replace(/\s+/g, '');
}

function generic(written: string, args: (TypeFact | undefined)[]): TypeFact | undefined {
  const name = written.slice(written.lastIndexOf('.') + 1);
  const known = args.flatMap((each) => each ?? []);
  if (LISTS.has(name) || HOLDERS.has(name)) return { k: 'array', of: args[0] ?? { k: 'ref', name: 'unknown', args: [] } };
  if (MAPS.has(name)) return { k: 'ref', name: 'Map', args: known.slice(-1) };
  if (AWAITED.has(name)) return { k: 'ref', name: 'Promise', args: known.slice(-1) };
  return { k: 'ref', name: written, args: known };
}

/** Whether a declared type is that of a result which is yet to come. */
export function isAwaited(type: TypeFact | undefined): boolean {
  return type?.k === 'ref' && type.name === 'Promise';
}

/** The name of a type without its arguments: what is constructed, caught or asked for. */
export function typeName(node: SyntaxNode, text: string): string {
  const inner = node.type === 'annotated_type' ? named(node).find((each) => !each.type.endsWith('annotation')) : node;
  return inner ? nameOf(inner, text) : '';
}
