import type { BindingId, FileFacts, FunctionFact, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf, partsOf } from '../facts/fileIndex.ts';
import { reach } from './blocks.ts';

/** What a function gives to names, and which of its tests look at them: read once, for many failures are followed through it. */
interface Names {
  /** What is given to names, in the order of its text, with the next wider span that holds it. */
  given: { at: number; to: number; binding: BindingId; around: number }[];
  /** Blocks that end with a test of a name. */
  tests: Map<BindingId, { block: number; at: number }[]>;
}

const cache = new WeakMap<FunctionFact, Names>();

function namesOf(facts: FileFacts, fn: FunctionFact): Names {
  let names = cache.get(fn);
  if (!names) cache.set(fn, (names = { given: givenIn(facts, fn), tests: testsIn(facts, fn) }));
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
  const wanted = new Set([...results].flatMap((binding) => (tests.get(binding) ?? []).filter(({ block, at }) => at >= after || fn.blocks[block]!.loop !== undefined).map(({ block }) => block)));
  return wanted.size > 0 && [...reach(fn.blocks, from)].some((id) => wanted.has(id));
}
