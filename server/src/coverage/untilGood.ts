import { successors } from '../facts/blocks.ts';
import type { FileFacts, FunctionFact, FunctionId, LoopFact, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { someWithin } from '../facts/positions.ts';
import { Remembered } from '../resolve/remembered.ts';
import type { Types } from '../resolve/types.ts';
import { otherRetrier } from './libraryRetrier.ts';
import { isAbsent } from './nothing.ts';
import { comesAgain, type Retrier } from './retrier.ts';

/** More callers than this are not asked how they call. */
const MOST_CALLERS = 8;

/** Functions that ask how far something is: whoever asks them again waits for an answer, and repeats nothing that failed. */
const ASKS_HOW_FAR = /poll|wait|status|state|finish|done|ready|complete|exist|check|has|progress/i;

/**
 * The loop in which a caller calls a function until it gives something good: `for _ in range(3): if connect(): break`. What the function answers after a failure,
 * `False` or nothing, has the loop try again. Undefined where no caller does.
 */
export function untilGood(types: Types, path: string, fn: FunctionId): Retrier | undefined {
  const fact = types.program.get(path)!.functions[fn]!;
  return found.get(types, fact, () => ({ by: findLoop(types, path, fn) })).by;
}

/** By the function: thousands of calls may stand in one. */
const found = new Remembered<Types, FunctionFact, { by: Retrier | undefined }>();

function findLoop(types: Types, path: string, fn: FunctionId): Retrier | undefined {
  const facts = types.program.get(path)!;
  const fact = facts.functions[fn]!;
  if (fact.kind === 'module' || ASKS_HOW_FAR.test(fact.name ?? '') || !tellsByValue(facts, fact)) return undefined;
  const sites = types.callers.callSites(path, fn);
  if (sites.length > MOST_CALLERS) return undefined;
  for (const site of sites) {
    const caller = types.program.get(site.path)!;
    const loop = types.program.tests.has(site.path) ? undefined : loopUntilGood(caller, site.value);
    if (loop) return otherRetrier(site.path, loop);
  }
  return undefined;
}

/** Whether a function gives `false` or nothing at one of its ends, and something else at another. */
function tellsByValue(facts: FileFacts, { blocks }: FunctionFact): boolean {
  const given = blocks.flatMap(({ next }) => (next.k === 'return' ? [next.value] : []));
  const isBad = (id: ValueId | undefined): boolean => id === undefined || isAbsent(facts, id) || isLiteral(facts, id, false);
  return given.some((id) => !isBad(id)) && given.some(isBad);
}

function isLiteral(facts: FileFacts, id: ValueId, wanted: boolean): boolean {
  const value = facts.values[id];
  return value?.k === 'literal' && value.value === wanted;
}

function loopUntilGood(facts: FileFacts, site: ValueId): LoopFact | undefined {
  const place = indexOf(facts).places.get(site);
  const call = facts.values[site];
  const fn = place && facts.functions[place.fn]!;
  const id = fn?.blocks[place!.block]!.loop;
  if (!fn || id === undefined || call?.k !== 'call') return undefined;
  const loop = fn.loops[id]!;
  // With other arguments each time it is other work.
  const own = (each: ValueId): boolean => facts.values[each]!.k === 'binding' && isBoundIn(facts, each, loop);
  if (!isCounted(facts, fn, loop) || someWithin(facts, call.at, call.to, own)) return undefined;
  const asked = new Set([site, ...namesOf(facts, site)]);
  return fn.blocks.some(({ next, loop: at }) => {
    const good = next.k === 'branch' && at === id ? saysGood(facts, next.test, asked) : undefined;
    if (next.k !== 'branch' || good === undefined) return false;
    const [taken, other] = good ? [next.then, next.else] : [next.else, next.then];
    return !staysIn(fn, taken, id) && staysIn(fn, other, id);
  }) ? loop : undefined;
}

/** `range(3)`, `i < 3`. */
function isCounted(facts: FileFacts, fn: FunctionFact, { kind, times, head }: LoopFact): boolean {
  if (kind !== 'while' || times !== undefined) return kind === 'count' || times !== undefined;
  const { next } = fn.blocks[head]!;
  const test = next.k === 'branch' ? facts.values[next.test] : undefined;
  return test?.k === 'operator' && /^[<>]=?$/.test(test.op);
}

function isBoundIn(facts: FileFacts, id: ValueId, { at, to }: LoopFact): boolean {
  const value = facts.values[id]!;
  if (value.k !== 'binding') return false;
  const { at: declared, sources } = facts.bindings[value.binding]!;
  return (declared >= at && declared < to) || sources.some((each) => facts.values[each]!.at >= at && facts.values[each]!.at < to && lastName(facts, each) !== undefined);
}

/** Where what a call gives stands: waited for, and under a name. */
function namesOf(facts: FileFacts, id: ValueId, depth = 0): ValueId[] {
  if (depth > 3) return [];
  const index = indexOf(facts);
  return (index.consumers[id] ?? []).flatMap((each) => {
    if (each.k === 'bind') return [...(index.bindingUses[each.binding] ?? [])];
    const user = each.k === 'value' ? facts.values[each.value] : undefined;
    return each.k === 'value' && user?.k === 'await' ? [each.value, ...namesOf(facts, each.value, depth + 1)] : [];
  });
}

/** Whether a test that holds says that something good was given, or that nothing was. */
function saysGood(facts: FileFacts, id: ValueId, asked: ReadonlySet<ValueId>): boolean | undefined {
  if (asked.has(id)) return true;
  const value = facts.values[id];
  if (value?.k !== 'operator') return undefined;
  const [first, second] = value.of;
  if (value.op === 'not') {
    const inner = saysGood(facts, first!, asked);
    return inner === undefined ? undefined : !inner;
  }
  if (!/^[!=]==?$/.test(value.op) || second === undefined || !asked.has(first!)) return undefined;
  const same = value.op.startsWith('=');
  if (isAbsent(facts, second) || isLiteral(facts, second, false)) return !same;
  return isLiteral(facts, second, true) ? same : undefined;
}

/** Whether the way from a block goes round the loop once more. */
function staysIn(fn: FunctionFact, block: number, loop: number): boolean {
  if (block === fn.loops[loop]!.head) return true;
  return isAround(fn, block, loop) && (comesAgain(fn, block, loop) || successors(fn.blocks[block]!.next).includes(fn.loops[loop]!.head));
}

function isAround(fn: FunctionFact, block: number, loop: number): boolean {
  for (let id = fn.blocks[block]!.loop; id !== undefined; id = fn.loops[id]?.parent) if (id === loop) return true;
  return false;
}
