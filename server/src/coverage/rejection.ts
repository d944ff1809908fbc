import type { CallValue, FileFacts, ValueFact } from '../facts/facts.ts';

/** The call by which a value is a promise that is rejected from the beginning: `Promise.reject(e)`, also as one of two answers. */
export function rejectionIn(facts: FileFacts, value: ValueFact | undefined): CallValue | undefined {
  const all = value?.k === 'choice' ? value.of.map((each) => facts.values[each]) : [value];
  return all.find((each): each is CallValue => each?.k === 'call' && each.protocol === 'reject');
}
