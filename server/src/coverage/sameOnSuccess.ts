import type { FileFacts, FunctionFact, StepFact, ValueId } from '../facts/facts.ts';
import { partsOf, push } from '../facts/fileIndex.ts';
import { receiverText } from '../resolve/evidence.ts';
import { ErrorFlow } from './errorFlow.ts';
import { isNothing } from './nothing.ts';
import { isInside } from './pathState.ts';

/** A step that gives something to a name or a member, and the block in which it stands. */
interface Giving {
  block: number;
  step: Extract<StepFact, { k: 'bind' | 'store' }>;
}

/** Steps that give something to the same name; beyond that nobody looks. */
const MOST_ALIKE = 50;

const cache = new WeakMap<FunctionFact, Map<string, Giving[]>>();

/**
 * Whether what a failure gives to a name or a member says nothing of it, by what a success gives to the same in this function: what counts down pieces of
 * work counts both, and what is left empty would have held the result. `failing`: the call of this function that failed.
 */
export function isSameOnSuccess(facts: FileFacts, fn: FunctionFact, exclusive: ReadonlySet<number> | undefined, region: number, step: StepFact, failing: ValueId | undefined): boolean {
  if (step.k !== 'store' && step.k !== 'bind') return false;
  const countsDown = isCountdown(facts, step.value);
  const empties = step.k === 'store' && failing !== undefined && isNothing(facts, step.value);
  if ((!countsDown && !empties) || (region < 0 && exclusive === undefined)) return false;
  const receiver = step.k === 'store' ? receiverText(facts, step.object) : undefined;
  const alike = (givingsOf(fn).get(nameOf(step)) ?? []).slice(0, MOST_ALIKE);
  return alike.some((other) => {
    if (isInside(fn, exclusive, other.block, region) || (other.step.k === 'store' && receiverText(facts, other.step.object) !== receiver)) return false;
    if (countsDown) return isCountdown(facts, other.step.value);
    if (region < 0) return !isNothing(facts, other.step.value) && facts.values[other.step.value]!.k !== 'literal';
    return holds(facts, fn, new ErrorFlow(facts, [failing!], []), other.step.value, 0);
  });
}

/** `remaining--`, `remaining -= 1` */
function isCountdown(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.k !== 'operator') return false;
  const by = value.op === '-' || value.op === '-=' ? facts.values[value.of[1] ?? -1] : undefined;
  return value.op === '--' || (by?.k === 'literal' && by.value === 1);
}

/** Whether a value is made of a result, or of a member that is given it: `this.name = user.name; this.label = this.name + ':';`. */
function holds(facts: FileFacts, fn: FunctionFact, result: ErrorFlow, id: ValueId, depth: number): boolean {
  if (result.carries(id)) return true;
  const value = facts.values[id];
  if (!value || depth > 3) return false;
  if (value.k === 'member') return (givingsOf(fn).get(`.${value.name}`) ?? []).slice(0, MOST_ALIKE).some(({ step }) => result.carries(step.value));
  return value.k !== 'function' && partsOf(value).some((part) => holds(facts, fn, result, part, depth + 1));
}

function nameOf(step: Giving['step']): string {
  return step.k === 'store' ? `.${step.name}` : String(step.binding);
}

function givingsOf(fn: FunctionFact): Map<string, Giving[]> {
  let givings = cache.get(fn);
  if (!givings) {
    cache.set(fn, (givings = new Map()));
    for (const [block, { steps }] of fn.blocks.entries()) {
      for (const step of steps) {
        if (step.k === 'bind' || step.k === 'store') push(givings, nameOf(step), { block, step });
      }
    }
  }
  return givings;
}
