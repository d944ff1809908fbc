import type { FileFacts, ValueId } from '../facts/facts.ts';
import { isNothing } from './nothing.ts';
import { newReaction, type Reaction } from './reaction.ts';

/** Methods that are given what comes in place of a failure. */
export const GIVES_INSTEAD = new Set(['onErrorReturn', 'getOrElse']);

/** `TooSlow.class`, or a name of a class: not a function that is asked whether it is one. */
export function classNamed(facts: FileFacts, id: ValueId): ValueId | undefined {
  const value = facts.values[id];
  if (value?.k === 'other') return value.of[0];
  return value?.k === 'function' || value?.k === 'call' ? undefined : id;
}

/** What is given in place of a failure: nothing at all, or something that shows it. */
export function instead(facts: FileFacts, id: ValueId): Reaction {
  const out = newReaction();
  out.endings.add(isNothing(facts, id) ? 'forgotten' : 'shown');
  return out;
}
