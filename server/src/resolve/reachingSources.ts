import { successors } from '../facts/blocks.ts';
import type { BindingId, BlockFact, FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';

/** Where a name is given a value. */
interface Bind {
  fn: FunctionId;
  block: number;
  step: number;
  value: ValueId;
}

/** What is asked of one file. */
interface FileBinds {
  byBinding: ReadonlyMap<BindingId, readonly Bind[]>;
  answers: Map<ValueId, readonly ValueId[]>;
}

/** Expressions round a use that are climbed to the step in which it stands. */
const MOST_PARTS = 40;

const known = new WeakMap<FileFacts, FileBinds>();

/**
 * What a name may have been given where it is used: of several values those that a path leads from, with no other between. Where that cannot be told, all of
 * them: for a name of another function, or one that other functions give values too.
 */
export function sourcesAt(facts: FileFacts, use: ValueId): readonly ValueId[] {
  const value = facts.values[use];
  if (value?.k !== 'binding') return [];
  const { sources } = facts.bindings[value.binding]!;
  if (sources.length < 2) return sources;
  const file = bindsOf(facts);
  let answer = file.answers.get(use);
  if (!answer) file.answers.set(use, (answer = reaching(facts, file, use, value.binding, value.in) ?? sources));
  return answer;
}

function bindsOf(facts: FileFacts): FileBinds {
  let file = known.get(facts);
  if (file) return file;
  const byBinding = new Map<BindingId, Bind[]>();
  facts.functions.forEach(({ blocks }, fn) => blocks.forEach(({ steps }, block) => steps.forEach((each, step) => {
    if (each.k !== 'bind') return;
    const bind = { fn, block, step, value: each.value };
    const same = byBinding.get(each.binding);
    if (same) same.push(bind);
    else byBinding.set(each.binding, [bind]);
  })));
  known.set(facts, (file = { byBinding, answers: new Map() }));
  return file;
}

function reaching(facts: FileFacts, { byBinding }: FileBinds, use: ValueId, binding: BindingId, fn: FunctionId): readonly ValueId[] | undefined {
  const binds = byBinding.get(binding) ?? [];
  const { sources, in: owner } = facts.bindings[binding]!;
  const bound = new Set(binds.map((each) => each.value));
  const place = placeOf(facts, use, fn);
  if (owner !== fn || !place || binds.some((each) => each.fn !== fn) || !binds.every((each) => sources.includes(each.value))) return undefined;
  const { blocks } = facts.functions[fn]!;
  const before = waysTo(blocks);
  const found = new Set<ValueId>();
  const seen = new Set<string>();
  const work = [place];
  for (let next = work.pop(); next; next = work.pop()) {
    const { block, step } = next;
    const last = binds.findLast((each) => each.block === block && each.step < step);
    if (last) {
      found.add(last.value);
      continue;
    }
    // What a name holds at first it was given by no step.
    if (block === 0) for (const source of sources) if (!bound.has(source)) found.add(source);
    for (const from of before[block]!) {
      const key = `${from.block}${from.thrown ? '!' : ''}`;
      if (seen.has(key)) continue;
      seen.add(key);
      // An exception leaves a block before or after any of its steps.
      if (from.thrown) for (const each of binds) if (each.block === from.block) found.add(each.value);
      work.push({ block: from.block, step: from.thrown ? 0 : Infinity });
    }
  }
  return found.size > 0 ? sources.filter((each) => found.has(each)) : undefined;
}

/** The step before which a value is used: the first that takes it, or an expression round it. */
function placeOf(facts: FileFacts, use: ValueId, fn: FunctionId): { block: number; step: number } | undefined {
  const { consumers, places } = indexOf(facts);
  const { blocks } = facts.functions[fn]!;
  let id = use;
  for (let climbed = 0; climbed < MOST_PARTS; climbed++) {
    const place = places.get(id);
    if (place) return place.fn === fn ? place : undefined;
    const [consumer, ...others] = consumers[id] ?? [];
    if (!consumer || (others.length > 0 && consumer.k === 'value')) return undefined;
    switch (consumer.k) {
      case 'value':
        id = consumer.value;
        break;
      case 'test':
      case 'return':
      case 'throw':
        return consumer.fn === fn ? { block: consumer.block, step: Infinity } : undefined;
      case 'bind':
      case 'store':
      case 'drop': {
        const value = id;
        const block = blocks.findIndex(({ steps }) => steps.some((step) => 'value' in step && step.value === value));
        return block < 0 ? undefined : { block, step: blocks[block]!.steps.findIndex((step) => step.value === value) };
      }
      default:
        return undefined;
    }
  }
  return undefined;
}

const ways = new WeakMap<readonly BlockFact[], readonly (readonly { block: number; thrown: boolean }[])[]>();

/** The blocks from which each block is come to, and whether by an exception. */
function waysTo(blocks: readonly BlockFact[]): readonly (readonly { block: number; thrown: boolean }[])[] {
  const cached = ways.get(blocks);
  if (cached) return cached;
  const before: { block: number; thrown: boolean }[][] = blocks.map(() => []);
  blocks.forEach(({ next, onThrow }, block) => {
    for (const each of successors(next)) before[each]?.push({ block, thrown: false });
    if (onThrow !== undefined) before[onThrow]?.push({ block, thrown: true });
  });
  ways.set(blocks, before);
  return before;
}
