import type { BlockFact, CallValue, FileFacts, FunctionFact, FunctionId, LoopFact, TerminatorFact, ValueId } from '../facts/facts.ts';
import { functionName, indexOf, lastName } from '../facts/fileIndex.ts';
import { functionIndexOf } from '../facts/functionIndex.ts';
import { valuesWithin } from '../facts/positions.ts';
import { successors } from '../facts/blocks.ts';
import type { Effects } from './effects.ts';
import { constant } from './constants.ts';
import { Remembered } from '../resolve/remembered.ts';

/** What makes a failed call again. */
export interface Retrier {
  path: string;
  /** The loop, the function that calls itself, or the call of a library. */
  at: number;
  to: number;
  by: 'loop' | 'recursion' | 'library' | 'other';
  /** It decides by something that is not followed which failures it repeats. */
  chooses: boolean;
  /** How often the call is made at most, as far as it is seen. */
  attempts?: number;
  /** Whether it waits before it tries again. */
  waits: boolean;
  /** Something on the way back that is not followed may end it: an unknown function can throw. */
  mayStop: boolean;
  /** After a success the same place comes again with the next piece of work: a loop over work, which only happens to pass by the failed call. */
  worksOn: boolean;
  /** The next round of the loop is for another piece of the work, after a failure as after a success. */
  nextPiece: boolean;
  /** Only a success ends the loop, by what it leaves behind for the loop's test, or because the last failure is thrown on. */
  untilSuccess: boolean;
}

/** Names of what says how often something is tried. */
const ATTEMPTS = /retr(?:y|ies)|attempt|tries|^(?:left|remaining)$/i;

const SIZES = /^(?:len|length|size|count)$/i;

const WAITS = /sleep|delay|wait|pause|timeout|backoff|timer/i;

/** The loop, or the function that calls itself, by which a failing call of a function is made again. */
export function retrierOf(effects: Effects, path: string, facts: FileFacts, fnId: FunctionId, failing: ValueId | undefined, by: 'loop' | 'recursion'): Retrier {
  const fn = facts.functions[fnId]!;
  const place = failing === undefined ? undefined : indexOf(facts).places.get(failing);
  const block = place?.fn === fnId ? place.block : undefined;
  const loop = by === 'loop' && block !== undefined ? fn.blocks[block]!.loop : undefined;
  const { at, to } = loop === undefined ? fn : fn.loops[loop]!;
  const untilSuccess = loop !== undefined && block !== undefined && endsBySuccess(facts, fn, block, loop);
  const worksOn = loop !== undefined && block !== undefined && comesAgain(fn, block, loop) && !untilSuccess && !goesOnByFailure(facts, fn, block, loop) && !countsAttempts(facts, fn, loop);
  const { attempts, waits, throwing, counters } = (by === 'loop' ? loopRounds : recursionRounds).get(effects, loop === undefined ? fn : fn.loops[loop]!, () => roundOf(effects, path, facts, fnId, loop, by));
  return {
    // What goes through a list, as that of the times to wait, may try something else each time.
    path, at, to, by, chooses: loop !== undefined && fn.loops[loop]!.kind !== 'while',
    ...(attempts === undefined ? {} : { attempts }),
    waits,
    mayStop: throwing.some((id) => id !== failing),
    worksOn,
    nextPiece: worksOn && ((!waits && attempts === undefined) || isOfTheRound(facts, fn.loops[loop]!, counters, failing)),
    untilSuccess: untilSuccess || (loop !== undefined && block !== undefined && throwsTheLast(facts, fn, block, loop, counters)),
  };
}

/** One round of a loop, or of a function that calls itself, whichever of its calls fails. */
interface Round {
  attempts: number | undefined;
  waits: boolean;
  /** Calls that may throw past it: two at most, for more say nothing more. */
  throwing: readonly ValueId[];
  /** Names that get another value of themselves in each round: what counts the rounds. */
  counters: ReadonlySet<number>;
}

const loopRounds = new Remembered<Effects, LoopFact | FunctionFact, Round>();
const recursionRounds = new Remembered<Effects, LoopFact | FunctionFact, Round>();

function roundOf(effects: Effects, path: string, facts: FileFacts, fnId: FunctionId, loop: number | undefined, by: 'loop' | 'recursion'): Round {
  const fn = facts.functions[fnId]!;
  const within = loop === undefined ? fn.blocks : functionIndexOf(facts, fn).blocksOfLoop[loop]!.map((id) => fn.blocks[id]!);
  const own = by === 'recursion' ? functionName(facts, fnId) : '';
  const throwing = new Set<ValueId>();
  for (const { onThrow, steps } of within) {
    for (const step of onThrow === undefined && throwing.size < 2 ? steps : []) {
      if (step.k === 'call' && lastName(facts, (facts.values[step.value] as CallValue).callee) !== own && mayThrow(effects, path, facts, step.value)) throwing.add(step.value);
    }
  }
  const counters = new Set(within.flatMap(({ steps }) => steps.flatMap((step) => (step.k === 'bind' && asksFor(facts, step.value).has(step.binding) ? [step.binding] : []))));
  return { attempts: ceiling(facts, fn, loop, within), counters, waits: within.some((each) => each.steps.some((step) => step.k === 'call' && isWait(facts, step.value))), throwing: [...throwing] };
}

function isWithin(fn: FunctionFact, block: BlockFact, loop: number): boolean {
  for (let id = block.loop; id !== undefined; id = fn.loops[id]?.parent) if (id === loop) return true;
  return false;
}

/** Whether the normal way on from a block leads, inside its loop, to the loop's head. */
export function comesAgain(fn: FunctionFact, from: number, loop: number): boolean {
  const seen = new Set<number>();
  const work = successors(fn.blocks[from]!.next);
  while (work.length > 0) {
    const id = work.pop()!;
    if (id === fn.loops[loop]!.head) return true;
    if (seen.has(id) || !isWithin(fn, fn.blocks[id]!, loop)) continue;
    seen.add(id);
    work.push(...successors(fn.blocks[id]!.next));
  }
  return false;
}

/** `while (!done) { try { await send(); done = true; } catch {} }`: what follows a success, and nothing after a failure, decides that the loop is over. */
function endsBySuccess(facts: FileFacts, fn: FunctionFact, from: number, loop: number): boolean {
  const failed = fn.blocks[from]!.onThrow;
  if (fn.loops[loop]!.kind !== 'while' || failed === undefined) return false;
  const tests = testsOf(facts, fn, loop).map(({ block, next }) => ({ block, asked: asksFor(facts, next.test) }));
  // What counts the attempts ends it as well.
  const alsoByFailure = tests.some(({ block, asked }) => binds(fn, failed, loop, asked) || block.steps.some((step) => step.k === 'bind' && asked.has(step.binding)));
  return tests[0] !== undefined && binds(fn, from, loop, tests[0].asked) && !alsoByFailure;
}

/** `for (let i = 0; i < most; i++) { try { return await send(); } catch (error) { if (i === most - 1) throw error; } }`: the loop's test never ends it after a failure. */
function throwsTheLast(facts: FileFacts, fn: FunctionFact, from: number, loop: number, counters: ReadonlySet<number>): boolean {
  const failed = fn.blocks[from]!.onThrow;
  const handler = failed === undefined ? undefined : functionIndexOf(facts, fn).handlerByEntry.get(failed);
  const counted = (id: ValueId): boolean => /^(?:[<>]=?|[=!]==?)$/.test(operatorOf(facts, id)) && [...asksFor(facts, id)].some((binding) => counters.has(binding));
  if (handler === undefined || !testsOf(facts, fn, loop).some(({ next }) => counted(next.test))) return false;
  const own = fn.blocks.filter((block) => isWithinHandler(fn, block, handler));
  if (own.some(({ next }) => next.k === 'return')) return false;
  return own.some(({ next }) => next.k === 'branch' && counted(next.test) && [next.then, next.else].some((id) => fn.blocks[id]!.next.k === 'throw'));
}

function operatorOf(facts: FileFacts, id: ValueId): string {
  const value = facts.values[id];
  return value?.k === 'operator' ? value.op : '';
}

function isWithinHandler(fn: FunctionFact, block: BlockFact, handler: number): boolean {
  for (let id = block.handler; id !== undefined; id = fn.handlers[id]?.parent) if (id === handler) return true;
  return false;
}

/** The tests that may end a loop, in the order of its blocks. */
function testsOf(facts: FileFacts, fn: FunctionFact, loop: number): { block: BlockFact; next: Extract<TerminatorFact, { k: 'branch' }> }[] {
  const { head } = fn.loops[loop]!;
  return [...new Set([head, ...functionIndexOf(facts, fn).blocksOfLoop[loop]!])].sort((one, other) => one - other).flatMap((id) => {
    const block = fn.blocks[id]!;
    const { next } = block;
    return next.k === 'branch' && (id === head || block.loop === loop) && leaves(fn, next, loop) ? [{ block, next }] : [];
  });
}

/** `i < settings.MaxRetries`: a test of the loop compares something with how often it is to be tried. */
function countsAttempts(facts: FileFacts, fn: FunctionFact, loop: number): boolean {
  return testsOf(facts, fn, loop).some(({ next }) => {
    const { at, to } = facts.values[next.test]!;
    return valuesWithin(facts, at, to).some((id) => {
      const value = facts.values[id]!;
      return value.k === 'operator' && /^[<>]=?$/.test(value.op) && value.of.some((each) => ATTEMPTS.test(lastName(facts, each) ?? ''));
    });
  });
}

/** The names in an expression. */
function asksFor(facts: FileFacts, test: ValueId): Set<number> {
  const { at, to } = facts.values[test]!;
  return new Set(valuesWithin(facts, at, to).flatMap((each) => {
    const value = facts.values[each]!;
    return value.k === 'binding' ? [value.binding] : [];
  }));
}

/** `do { again = false; try { await send(); } catch { again = true; } } while (again);`: only after a failure the loop's test lets it go on. */
function goesOnByFailure(facts: FileFacts, fn: FunctionFact, from: number, loop: number): boolean {
  const failed = fn.blocks[from]!.onThrow;
  if (failed === undefined) return false;
  return testsOf(facts, fn, loop).some(({ next }) => {
    const test = facts.values[next.test]!;
    const asked = test.k === 'operator' && test.op === 'not' ? facts.values[test.of[0]!] : test;
    if (asked?.k !== 'binding') return false;
    const goesOn = isWithin(fn, fn.blocks[next.then]!, loop) === (asked === test);
    return bindsTo(facts, fn, failed, loop, asked.binding, goesOn) && !bindsTo(facts, fn, from, loop, asked.binding, goesOn);
  });
}

/** Whether a name is given yes, or no, on the way from a block to the head of its loop. */
function bindsTo(facts: FileFacts, fn: FunctionFact, from: number, loop: number, binding: number, wanted: boolean): boolean {
  return wayBack(fn, from, loop).some((id) => fn.blocks[id]!.steps.some((step) => {
    const value = step.k === 'bind' && step.binding === binding ? facts.values[step.value] : undefined;
    return value?.k === 'literal' && value.value === wanted;
  }));
}

/** Whether a binding gets a value on the way from a block to the head of its loop. */
function binds(fn: FunctionFact, from: number, loop: number, bindings: ReadonlySet<number>): boolean {
  return wayBack(fn, from, loop).some((id) => fn.blocks[id]!.steps.some((step) => step.k === 'bind' && bindings.has(step.binding)));
}

/** The blocks on the way from a block to the head of its loop. */
function wayBack(fn: FunctionFact, from: number, loop: number): number[] {
  const seen = new Set<number>();
  const work = [from];
  while (work.length > 0) {
    const id = work.pop()!;
    if (seen.has(id) || !isWithin(fn, fn.blocks[id]!, loop)) continue;
    seen.add(id);
    if (id !== fn.loops[loop]!.head) work.push(...successors(fn.blocks[id]!.next));
  }
  return [...seen];
}

/** Names whose values are followed to what counts the rounds. */
const MAX_NAMES = 4;

/** Whether a call is given what the counter of its loop chooses: `send(rows.slice(start, start + 200))`, where `start` grows with each round. */
function isOfTheRound(facts: FileFacts, loop: LoopFact, counters: ReadonlySet<number>, failing: ValueId | undefined): boolean {
  const waited = failing === undefined ? undefined : facts.values[failing];
  const call = waited?.k === 'await' ? facts.values[waited.of] : waited;
  const counted = (id: ValueId, depth: number): boolean => [...asksFor(facts, id)].some((binding) => {
    const { at, sources } = facts.bindings[binding]!;
    return counters.has(binding) || (depth < MAX_NAMES && at >= loop.at && at < loop.to && sources.some((source) => counted(source, depth + 1)));
  });
  return counters.size > 0 && call?.k === 'call' && call.args.some((each) => counted(each, 0));
}

/** Whether one side of a branch leads out of a loop. */
function leaves(fn: FunctionFact, next: { then: number; else: number }, loop: number): boolean {
  return [next.then, next.else].some((id) => !isWithin(fn, fn.blocks[id]!, loop));
}

/** The highest number with which something is compared that counts, or how often the loop runs at most. */
function ceiling(facts: FileFacts, fn: FunctionFact, loop: number | undefined, blocks: readonly BlockFact[]): number | undefined {
  const around = loop === undefined ? fn : fn.loops[loop]!;
  const filters = functionIndexOf(facts, fn).filtered.flatMap(({ filter, at, to }) => (filter !== undefined && at >= around.at && to <= around.to ? partsOf(facts, filter) : []));
  const tests = blocks.flatMap(({ next }) => (next.k === 'branch' ? [next.test] : []));
  const compared = [...tests, ...filters].flatMap((id) => {
    const test = facts.values[id];
    return test?.k === 'operator' && /^(?:[<>]=?|===?|!==?)$/.test(test.op) && !test.of.some((each) => isSize(facts, each)) ? test.of : [];
  });
  const times = loop === undefined ? undefined : fn.loops[loop]!.times;
  const numbers = [...compared, ...(times === undefined ? [] : [times])].flatMap((each) => {
    const value = constant(facts, each);
    return typeof value === 'number' && value > 0 && value <= 100 ? [value] : [];
  });
  return numbers.length > 0 ? Math.max(...numbers) : undefined;
}

/** `batch.length`, `len(batch)`: how much work there is, and not how often it is tried. */
function isSize(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  const named = value?.k === 'call' ? value.callee : id;
  return (value?.k === 'call' || value?.k === 'member') && SIZES.test(lastName(facts, named) ?? '');
}

/** What must hold all together for a condition to hold. */
export function partsOf(facts: FileFacts, id: ValueId): ValueId[] {
  const value = facts.values[id];
  return value?.k === 'choice' && value.op === '&&' ? value.of.flatMap((each) => partsOf(facts, each)) : [id];
}

function mayThrow(effects: Effects, path: string, facts: FileFacts, id: ValueId): boolean {
  return !isWait(facts, id) && !['none', 'log'].includes(effects.of(path, id, undefined));
}

function isWait(facts: FileFacts, id: ValueId): boolean {
  const call = facts.values[id];
  if (call?.k !== 'call') return false;
  if (WAITS.test(lastName(facts, call.callee) ?? '')) return true;
  const executor = call.protocol === 'promise' ? facts.values[call.args[0] ?? -1] : undefined;
  return executor?.k === 'function' && facts.functions[executor.fn]!.blocks.some((block) => block.steps.some((step) => step.k === 'call' && isWait(facts, step.value)));
}
