import type { BindingId, FileFacts, FunctionFact, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf, partsOf } from '../facts/fileIndex.ts';
import { reach } from '../facts/blocks.ts';

/** What a function gives to names, and which of its tests look at them: read once, for many failures are followed through it. */
interface Names {
  /** What is given to names, in the order of its text, with the next wider span that holds it. */
  given: { at: number; to: number; binding: BindingId; around: number }[];
  /** Blocks that end with a test of a name. */
  tests: Map<BindingId, { block: number; at: number }[]>;
  /** Names that say yes or no. */
  flags: BindingId[];
}

const cache = new WeakMap<FunctionFact, Names>();

function namesOf(facts: FileFacts, fn: FunctionFact): Names {
  let names = cache.get(fn);
  if (names) return names;
  const given = givenIn(facts, fn);
  names = { given, tests: testsIn(facts, fn), flags: flagsIn(facts, given) };
  cache.set(fn, names);
  return names;
}

function givenIn(facts: FileFacts, fn: FunctionFact): Names['given'] {
  const given: Names['given'] = [];
  for (const block of fn.blocks) {
    for (const step of block.steps) {
      const value = step.k === 'bind' ? facts.values[step.value] : undefined;
      if (step.k === 'bind' && value) given.push({ at: value.at, to: value.to, binding: step.binding, around: -1 });
    }
  }
  given.sort((a, b) => a.at - b.at || b.to - a.to);
  // Spans of a syntax tree lie within one another or apart.
  const open: number[] = [];
  given.forEach((each, index) => {
    while (open.length > 0 && given[open.at(-1)!]!.to < each.to) open.pop();
    each.around = open.at(-1) ?? -1;
    open.push(index);
  });
  return given;
}

function testsIn(facts: FileFacts, fn: FunctionFact): Names['tests'] {
  const tests: Names['tests'] = new Map();
  fn.blocks.forEach(({ next }, block) => {
    if (next.k !== 'branch') return;
    const mentioned = new Set<BindingId>();
    mentions(facts, next.test, mentioned, 0);
    for (const binding of mentioned) {
      const list = tests.get(binding);
      const test = { block, at: facts.values[next.test]!.at };
      if (list) list.push(test);
      else tests.set(binding, [test]);
    }
  });
  return tests;
}

function mentions(facts: FileFacts, id: ValueId, out: Set<BindingId>, depth: number): void {
  const value = facts.values[id];
  if (!value || depth > 6) return;
  if (value.k === 'binding') out.add(value.binding);
  else for (const part of partsOf(value)) mentions(facts, part, out, depth + 1);
}

/** Names that the failing call's value would have gone to, if they were declared before it. */
export function resultNames(facts: FileFacts, fnId: FunctionId, failing: ValueId | undefined): Set<BindingId> {
  const out = new Set<BindingId>();
  if (failing === undefined || indexOf(facts).places.get(failing)?.fn !== fnId) return out;
  const call = facts.values[failing]!;
  const { given } = namesOf(facts, facts.functions[fnId]!);
  let low = 0;
  let high = given.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (given[middle]!.at <= call.at) low = middle + 1;
    else high = middle;
  }
  for (let index = low - 1; index >= 0; index = given[index]!.around) {
    const { to, binding } = given[index]!;
    if (to >= call.to && facts.bindings[binding]!.at < call.at) out.add(binding);
  }
  return out;
}

/**
 * Whether the normal way on from a block comes to a test of one of these names.
 * @param after end of the catch clause that the way comes from: without a loop it leads to nothing that stands before
 */
export function looksLater(facts: FileFacts, fn: FunctionFact, results: Set<BindingId>, from: number, after: number): boolean {
  if (results.size === 0) return false;
  const { tests } = namesOf(facts, fn);
  return [...results].some((binding) => {
    const wanted = new Set((tests.get(binding) ?? []).filter(({ block, at }) => at >= after || fn.blocks[block]!.loop !== undefined).map(({ block }) => block));
    if (wanted.size === 0) return false;
    // In the next round of a loop it is given something anew: whoever looks then looks at that.
    const isGiven = (id: number): boolean => fn.blocks[id]!.steps.some((step) => step.k === 'bind' && step.binding === binding);
    return [...reach(fn.blocks, from, (id) => !isGiven(id))].some((id) => wanted.has(id) && !isGiven(id));
  });
}

/**
 * Whether the normal way on from a block tells by a flag that the call has failed, which changes right after a success, `saved = true`, and is returned or tested.
 * @param before begin of the catch clause that the way comes from, and `after` its end: the test of a loop around tells nobody
 */
export function tellsByFlag(facts: FileFacts, fn: FunctionFact, failing: ValueId | undefined, from: number, { at: before, to: after }: { at: number; to: number }): boolean {
  if (failing === undefined) return false;
  const flags = flagsOf(facts, fn, facts.values[failing]!.to, before);
  if (flags.size === 0) return false;
  const isFlag = (id: ValueId): boolean => {
    const value = facts.values[id];
    return value?.k === 'binding' ? flags.has(value.binding) : value?.k === 'operator' && value.op === 'not' && isFlag(value.of[0]!);
  };
  return [...reach(fn.blocks, from)].some((id) => {
    const { next, loop } = fn.blocks[id]!;
    if (next.k === 'return') return next.value !== undefined && isFlag(next.value);
    return next.k === 'branch' && loop === undefined && facts.values[next.test]!.at >= after && isFlag(next.test);
  });
}

/** Names that hold one of true and false, and are given the other one between two places, and nothing but these two anywhere. */
function flagsOf(facts: FileFacts, fn: FunctionFact, from: number, to: number): Set<BindingId> {
  return new Set(namesOf(facts, fn).flags.filter((binding) => {
    const changed = new Set<unknown>();
    const others = new Set<unknown>();
    for (const source of facts.bindings[binding]!.sources) (facts.values[source]!.at >= from && facts.values[source]!.at < to ? changed : others).add(literalOf(facts, source));
    return changed.size === 1 && others.size === 1 && !others.has([...changed][0]);
  }));
}

/** Names that are given true and false and nothing else. */
function flagsIn(facts: FileFacts, given: Names['given']): BindingId[] {
  return [...new Set(given.map(({ binding }) => binding))].filter((binding) => {
    const { kind, sources } = facts.bindings[binding]!;
    return kind === 'variable' && sources.length > 1 && sources.every((each) => typeof literalOf(facts, each) === 'boolean');
  });
}

function literalOf(facts: FileFacts, id: ValueId): unknown {
  const value = facts.values[id];
  return value?.k === 'literal' ? value.value : undefined;
}

/** Whether a variable is given something besides yes, no and nothing, and no error: after a failure to which nobody gave it anything it holds what it held before. */
export function holdsData(facts: FileFacts, id: BindingId): boolean {
  const { kind, sources } = facts.bindings[id]!;
  const values = sources.map((each) => facts.values[each]);
  const says = values.some((each) => each?.k === 'literal' && typeof each.value === 'boolean');
  return kind === 'variable' && !says && values.some((each) => each !== undefined && each.k !== 'literal' && each.k !== 'undefined' && each.k !== 'caught');
}
