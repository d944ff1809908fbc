import type { FileFacts, FunctionId, ValueId } from '../../facts/facts.ts';
import { indexOf, lastName } from '../../facts/fileIndex.ts';
import type { Writer } from '../../languages/writing/writer.ts';
import type { TextEdit } from '../edit.ts';
import { outermostOf, runsBefore } from '../outermost.ts';
import type { Once } from './once.ts';

/** The names that a function can meet, by function. */
const names = new WeakMap<FileFacts, Map<FunctionId, Set<string>>>();

/**
 * Edits that put parts of a repeated expression into constants before its statement; undefined where they cannot be put there without changing when or
 * whether something runs.
 * @param given names that other edits of the same fix have given; those that are given here are added
 */
export function constantsBefore(writer: Writer, facts: FileFacts, source: string, root: ValueId, parts: readonly Once[], given: Set<string>): TextEdit[] | undefined {
  const outermost = outermostOf(facts, root);
  if (outermost === undefined || runsBefore(facts, outermost, root)) return undefined;
  const slot = writer.placeBefore(facts, source, facts.values[outermost]!);
  if (!slot) return undefined;
  const taken = namesIn(facts, facts.values[root]!.in);
  let lines = '';
  const edits: TextEdit[] = [];
  for (const { value } of parts) {
    const { at, to } = facts.values[value]!;
    const isTaken = (each: string): boolean => taken.has(each) || given.has(each);
    const word = wordFor(facts, value);
    // A variable that is assigned again keeps what it is now under a name that says so.
    const own = facts.values[value]!.k === 'binding' ? `current${word[0]!.toUpperCase()}${word.slice(1)}` : word;
    const name = writer.constantName(own, isTaken);
    given.add(name);
    const line = writer.constant(source, name, source.slice(at, to));
    if (line === undefined) return undefined;
    lines += `${line}${slot.semicolon}${slot.newline}${slot.indent}`;
    edits.push({ start: at, end: to, newText: `${shorthandOf(facts, source, value)}${name}` });
  }
  return [{ start: slot.at, end: slot.at, newText: lines }, ...edits];
}

/** Names that are in use in a function, around it and in the functions in it, and those that the file takes from nowhere. */
function namesIn(facts: FileFacts, fn: FunctionId): ReadonlySet<string> {
  const byFunction = names.get(facts) ?? new Map<FunctionId, Set<string>>();
  names.set(facts, byFunction);
  let known = byFunction.get(fn);
  if (!known) {
    known = new Set(facts.bindings.filter((each) => isInside(facts, each.in, fn) || isInside(facts, fn, each.in)).map(({ name }) => name));
    for (const value of facts.values) if (value.k === 'global') known.add(value.name);
    byFunction.set(fn, known);
  }
  return known;
}

function isInside(facts: FileFacts, inner: FunctionId, outer: FunctionId): boolean {
  for (let at: FunctionId | undefined = inner; at !== undefined; at = facts.functions[at]!.parent) if (at === outer) return true;
  return false;
}

/** The word that says best what a value is: the key under which it is given, or the last name in it. */
function wordFor(facts: FileFacts, id: ValueId): string {
  const value = facts.values[id]!;
  if (value.k === 'binding') return lastName(facts, id) ?? 'value';
  for (const each of indexOf(facts).consumers[id] ?? []) {
    const parent = each.k === 'value' ? facts.values[each.value]! : undefined;
    const key = parent?.k === 'object' ? parent.props.find((prop) => prop.value === id)?.key : undefined;
    if (key !== undefined && /^[A-Za-z_$][\w$]*$/.test(key)) return key;
  }
  if (value.k === 'await' || value.k === 'typed' || value.k === 'assign') return wordFor(facts, value.of);
  if (value.k === 'call') return lastName(facts, value.callee) ?? 'value';
  return lastName(facts, id) ?? 'value';
}

/** `{ name }` needs its key back when the name in it is another. */
function shorthandOf(facts: FileFacts, source: string, id: ValueId): string {
  const { at, to } = facts.values[id]!;
  const key = source.slice(at, to);
  const isKey = (indexOf(facts).consumers[id] ?? []).some((each) => {
    const parent = each.k === 'value' ? facts.values[each.value]! : undefined;
    return parent?.k === 'object' && parent.props.some((prop) => prop.value === id && prop.key === key);
  });
  return isKey && !/:\s*$/.test(source.slice(0, at)) ? `${key}: ` : '';
}
