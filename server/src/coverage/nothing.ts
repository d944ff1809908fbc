import type { CallValue, FileFacts, FunctionFact, ValueId } from '../facts/facts.ts';
import { lastName } from '../facts/fileIndex.ts';

/** `null` and `undefined`, as every language writes them. */
export function isAbsent(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  return value?.k === 'undefined' || (value?.k === 'literal' && value.value === null);
}

/** A value that tells nothing: undefined, null, false-like or empty. `false` itself is an answer to "did it work". */
export function isNothing(facts: FileFacts, id: ValueId, depth = 0): boolean {
  const value = facts.values[id];
  if (!value || depth > 4) return false;
  switch (value.k) {
    case 'undefined':
      return true;
    case 'literal':
      return value.value === null || value.value === '' || value.value === true;
    case 'array':
      if (value.items.length === 0) return value.spreads.length === 0;
      // `return name, None`: whoever asked knows the name.
      return value.items.some((each) => isNothing(facts, each, depth + 1)) && value.items.every((each) => isNothing(facts, each, depth + 1) || isParameter(facts, each));
    case 'object':
      return value.props.length === 0 && value.spreads.length === 0;
    case 'operator':
      return value.op === 'void';
    case 'call':
      // An observable `of(undefined)` is a promise of nothing, too.
      if (isEmptyCollection(facts, value)) return true;
      return (value.protocol === 'resolve' || (lastName(facts, value.callee) === 'of' && value.args.length === 1)) && (value.args[0] === undefined || isNothing(facts, value.args[0], depth + 1));
    case 'typed':
      return isNothing(facts, value.of, depth + 1);
    case 'binding': {
      const binding = facts.bindings[value.binding]!;
      return binding.kind === 'variable' && binding.sources.length > 0 && binding.sources.length < 6 && binding.constant && binding.sources.every((source) => isNothing(facts, source, depth + 1));
    }
    default:
      return false;
  }
}

/** What makes a list, a set, a map or a table in which nothing is, as the usual libraries call it; the second of Python's own, which are no methods. */
const MADE_EMPTY = /^(?:OrderedDict|Counter|DataFrame|Series|Set|Map|Array|ArrayList|LinkedList|List|HashSet|LinkedHashSet|TreeSet|HashMap|LinkedHashMap|TreeMap|ConcurrentHashMap|JSONObject|JSONArray|JsonObject|JsonArray|ObjectNode|ArrayNode|Dictionary|createObjectNode|createArrayNode)$/;
const BUILT_IN_EMPTY = /^(?:set|frozenset|list|tuple|dict|bytearray|deque|defaultdict)$/;

/** Whether a call makes something that holds things and gives it none. */
export function isEmptyCollection(facts: FileFacts, { callee, args, named }: CallValue): boolean {
  const name = lastName(facts, callee) ?? '';
  // `defaultdict(list)` says what comes into it, `DataFrame(columns=[…])` how it is called.
  const given = named === undefined ? undefined : facts.values[named];
  if (given !== undefined && !(name === 'DataFrame' && given.k === 'object' && given.spreads.length === 0 && given.props.every(({ key }) => key === 'columns' || key === 'dtype'))) return false;
  if (args.length > (name === 'defaultdict' ? 1 : 0)) return false;
  return MADE_EMPTY.test(name) || (BUILT_IN_EMPTY.test(name) && facts.language === 'python' && (facts.values[callee]!.k !== 'member' || name === 'defaultdict' || name === 'deque'));
}

/** Questions to which there may be no answer but `no`: whether there is something, or something is in it. */
const ASKS_FOR = /(?:^|_)exists?(?:_|$)|^exists?[A-Z]|[a-z]Exists?(?:[A-Z]|$)|^is_?(?:In(?=[A-Z_])|Deleted|Duplicate|Member|Existing)|^is_(?:in|deleted|duplicate|member|existing)(?:_|$)/;

/** `false` from a function that answers whether there is something: `accountExists`, `isInQueue`. */
export function saysThereIsNone(facts: FileFacts, { name }: FunctionFact, id: ValueId): boolean {
  const value = facts.values[id];
  return value?.k === 'literal' && value.value === false && name !== undefined && ASKS_FOR.test(name);
}

function isParameter(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  return value?.k === 'parameter' || (value?.k === 'binding' && facts.bindings[value.binding]!.kind === 'parameter');
}
