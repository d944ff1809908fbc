import type { TypeFact } from '../../facts/facts.ts';
import { child, named, type SyntaxNode } from '../lowering/syntax.ts';

const LISTS = new Set(['List', 'list', 'Sequence', 'MutableSequence', 'Iterable', 'Iterator', 'Set', 'set', 'FrozenSet', 'frozenset', 'Tuple', 'tuple', 'Collection', 'Deque', 'deque', 'Generator', 'AsyncIterator', 'AsyncIterable', 'AsyncGenerator', 'ContextManager', 'AsyncContextManager']);
const MAPS = new Set(['Dict', 'dict', 'Mapping', 'MutableMapping', 'DefaultDict', 'defaultdict', 'OrderedDict']);
/** What stands for its argument. */
const SAME = new Set(['Optional', 'Annotated', 'Final', 'ClassVar', 'Required', 'NotRequired']);
const AWAITED = new Set(['Awaitable', 'Coroutine', 'Future', 'Task']);

/** Lowers an annotation, keeping what can carry a class: names, unions, lists, and what a map or an awaitable holds. */
export function lowerAnnotation(node: SyntaxNode | undefined, text: string): TypeFact | undefined {
  if (!node) return undefined;
  switch (node.type) {
    case 'type':
    case 'parenthesized_expression':
      return lowerAnnotation(named(node)[0], text);
    case 'identifier':
    case 'attribute':
    case 'member_type':
    case 'dotted_name':
      return { k: 'ref', name: text.slice(node.at, node.to).replace(/\s+/g, ''), args: [] };
    case 'string':
      return quoted(text.slice(node.at, node.to).replace(/^[rRbBuU]*['"]+|['"]+$/g, ''));
    case 'generic_type':
    case 'subscript': {
      const [head, ...rest] = named(node);
      const list = child(node, 'type_parameter');
      const given = list ? named(list) : rest;
      const args = given.map((each) => lowerAnnotation(each, text));
      return head && (injected(text.slice(head.at, head.to), given, args[0], text) ?? generic(text.slice(head.at, head.to), args));
    }
    case 'union_type':
    case 'binary_operator':
      return union(named(node).map((each) => lowerAnnotation(each, text)));
    default:
      return undefined;
  }
}

/** `Annotated[Any, Depends(connect)]`: where the type itself tells nothing, what the function gives that is asked for it. */
function injected(head: string, given: readonly SyntaxNode[], type: TypeFact | undefined, text: string): TypeFact | undefined {
  if (!/^(?:[\w.]+\.)?Annotated$/.test(head) || (type && !(type.k === 'ref' && /^(?:typing\.)?Any$|^object$/.test(type.name)))) return undefined;
  for (const each of given.slice(1)) {
    const asked = /^(?:[\w.]+\.)?(?:Depends|Security)\(\s*(?:dependency\s*=\s*)?([A-Za-z_][\w.]*)\s*[,)]/.exec(text.slice(each.at, each.to))?.[1];
    if (asked !== undefined) return { k: 'ref', name: 'ReturnType', args: [{ k: 'value', name: asked }] };
  }
  return undefined;
}

/** The type that an expression names for later use: `Connection = Annotated[Salesforce, Depends(connect)]`. */
export function lowerAlias(node: SyntaxNode, text: string): TypeFact | undefined {
  const head = node.type === 'subscript' ? named(node)[0] : undefined;
  return head && /^(?:(?:typing|t|typing_extensions)\.)?(?:Annotated|Optional|Union)$/.test(text.slice(head.at, head.to)) ? lowerAnnotation(node, text) : undefined;
}

function generic(written: string, args: (TypeFact | undefined)[]): TypeFact | undefined {
  const name = written.split('.').at(-1)!.trim();
  if (SAME.has(name)) return args[0];
  if (name === 'Union') return union(args);
  const known = args.flatMap((each) => each ?? []);
  // `Callable[..., Connection]`: what it gives stands last.
  if (name === 'Callable') return { k: 'function', params: [], ...(args.at(-1) ? { returns: args.at(-1)! } : {}) };
  if (LISTS.has(name)) return { k: 'array', of: args[0] ?? { k: 'ref', name: 'unknown', args: [] } };
  if (MAPS.has(name)) return { k: 'ref', name: 'Map', args: known.slice(-1) };
  if (AWAITED.has(name)) return { k: 'ref', name: 'Promise', args: known.slice(-1) };
  return { k: 'ref', name: written.replace(/\s+/g, ''), args: known };
}

function union(parts: (TypeFact | undefined)[]): TypeFact | undefined {
  const of = parts.flatMap((each) => each ?? []);
  return of.length > 1 ? { k: 'union', of } : of[0];
}

/** An annotation in quotes: a name, optional or not. */
function quoted(text: string): TypeFact | undefined {
  const name = /^\s*(?:(?:typing\.)?Optional\[\s*)?([A-Za-z_][\w.]*)\s*\]?\s*(?:\|\s*None\s*)?$/.exec(text)?.[1];
  return name === undefined ? undefined : { k: 'ref', name, args: [] };
}
