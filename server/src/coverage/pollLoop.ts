import type { FileFacts, LoopFact } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { functionIndexOf } from '../facts/functionIndex.ts';
import { valuesWithin } from '../facts/positions.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import { namedConstant } from './constants.ts';
import { Remembered } from '../resolve/remembered.ts';

/** A loop that asks again until some answer comes. */
export interface PollLoop {
  path: string;
  at: number;
  to: number;
  /** Texts with which something is compared in it. */
  compares: string[];
  /** It counts, looks at the clock, asks a list of values, throws, or asks whether the work is done. */
  hasOtherEnd: boolean;
}

const OTHER_ENDS = new Set(['includes', 'has', 'test', 'match', 'some', 'indexOf', 'now', 'done']);

/** The innermost loop round a call, if it goes on until something holds. */
export function pollLoopOf(types: Types, call: SalesforceCall): PollLoop | undefined {
  const facts = types.program.get(call.path)!;
  const place = indexOf(facts).places.get(call.value);
  const fn = place && facts.functions[place.fn]!;
  const innermost = fn?.blocks[place!.block]!.loop;
  const loop = innermost === undefined ? undefined : fn!.loops[innermost]!;
  if (loop?.kind !== 'while') return undefined;
  const throws = functionIndexOf(facts, fn!).throwing.has(innermost!);
  const { compares, ends } = tests.get(types, loop, () => ({ compares: comparedIn(facts, loop), ends: endsOtherwise(facts, loop) }));
  return { path: call.path, at: loop.at, to: loop.to, compares, hasOtherEnd: throws || ends };
}

/** What is compared in a loop, and whether something else in it ends it. */
const tests = new Remembered<Types, LoopFact, { compares: string[]; ends: boolean }>();

function within(facts: FileFacts, { at, to }: LoopFact): FileFacts['values'] {
  return valuesWithin(facts, at, to).map((id) => facts.values[id]!);
}

function comparedIn(facts: FileFacts, loop: LoopFact): string[] {
  return within(facts, loop).flatMap((value) => {
    if (value.k !== 'operator' || !/^[!=]==?$/.test(value.op)) return [];
    return value.of.flatMap((id) => {
      const part = facts.values[id]!;
      const named = namedConstant(facts, id);
      return part.k === 'literal' && typeof part.value === 'string' ? [part.value] : named === undefined ? [] : [named];
    });
  });
}

function endsOtherwise(facts: FileFacts, loop: LoopFact): boolean {
  return within(facts, loop).some((value) => (value.k === 'operator' && (value.op === 'contains' || /^[<>]=?$/.test(value.op))) || (value.k === 'member' && OTHER_ENDS.has(value.name)));
}
