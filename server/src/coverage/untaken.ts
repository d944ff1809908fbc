import type { BlockId, FileFacts, FunctionFact, FunctionId, TerminatorFact, ValueFact, ValueId } from '../facts/facts.ts';
import { push } from '../facts/fileIndex.ts';
import type { ErrorFlow } from './errorFlow.ts';

type Branch = Extract<TerminatorFact, { k: 'branch' }>;
type Choice = ValueFact & { k: 'choice' };

const choices = new WeakMap<FileFacts, ReadonlyMap<FunctionId, readonly Choice[]>>();

/** The choices between two values by a condition, `ok ? a : b`, of a function. */
function choicesOf(facts: FileFacts, fn: FunctionId): readonly Choice[] {
  let known = choices.get(facts);
  if (!known) {
    const found = new Map<FunctionId, Choice[]>();
    for (const value of facts.values) if (value.k === 'choice' && value.op === '?:' && value.of.length === 2) push(found, value.in, value);
    choices.set(facts, (known = found));
  }
  return known.get(fn) ?? [];
}

/** Of a choice by a condition in which a test stands, the value that it is not where the test leads to a block; undefined where no choice is made by it, or another test decides too. */
function untakenOf(facts: FileFacts, fn: FunctionFact, { test }: Branch, taken: BlockId): ValueId | undefined {
  const tested = facts.values[test]!;
  const around = choicesOf(facts, tested.in).filter((choice) => isWithin(tested, choice) && !choice.of.some((each) => isWithin(tested, facts.values[each]!)));
  const [choice] = around.sort((a, b) => a.to - a.at - (b.to - b.at));
  if (!choice) return undefined;
  const inCondition = (id: ValueId): boolean => isWithin(facts.values[id]!, choice) && !choice.of.some((each) => isWithin(facts.values[id]!, facts.values[each]!));
  const targets = fn.blocks.flatMap(({ next }) => (next.k === 'branch' && inCondition(next.test) ? [next.then, next.else] : []));
  // The blocks for both values are made before those that a condition of several parts needs.
  const first = Math.min(...targets);
  return taken === first ? choice.of[1] : taken === first + 1 ? choice.of[0] : undefined;
}

/** What a test of an answer chooses between: what it does not choose is no part of what becomes of the answer. */
export function dismissUntaken(facts: FileFacts, fn: FunctionFact, flow: ErrorFlow, branch: Branch, taken: BlockId): void {
  const untaken = flow.answer ? untakenOf(facts, fn, branch, taken) : undefined;
  if (untaken !== undefined) flow.dismiss(untaken);
}

function isWithin(inner: { at: number; to: number }, outer: { at: number; to: number }): boolean {
  return inner.at >= outer.at && inner.to <= outer.to;
}
