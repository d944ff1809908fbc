import type { CallValue, FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { argumentFor } from '../facts/fileIndex.ts';
import type { Place } from './callsByName.ts';

/** How far a text is followed, and from which call it came into the function in which it is followed. */
export interface Steps {
  /** Steps that are left. */
  left: number;
  /** The call whose arguments the parameters stand for; absent: those of every call that is known. */
  call?: CalledFrom;
}

interface CalledFrom {
  /** The function that is called. */
  path: string;
  fn: FunctionId;
  facts: FileFacts;
  /** The call, and how it was come to itself. */
  from: string;
  call: CallValue;
  outer: CalledFrom | undefined;
  depth: number;
  key: string;
}

/** Calls in calls whose arguments are told apart; what is called deeper is given whatever anybody gives it. */
const MAX_CALLS = 3;

/** The same one step on, at a value: what stands outside of the function that was called is the same for all calls. */
export function onward({ left, call }: Steps, path: string, facts: FileFacts, id: ValueId): Steps {
  const inside = call !== undefined && call.path === path && isWithin(facts, facts.values[id]?.in, call.fn);
  return inside ? { left: left - 1, call } : { left: left - 1 };
}

function isWithin(facts: FileFacts, inner: FunctionId | undefined, fn: FunctionId): boolean {
  for (let at = inner; at !== undefined && at !== 0; at = facts.functions[at]?.parent) if (at === fn) return true;
  return false;
}

/** What tells answers apart: the steps that are left, and the calls by which they came. */
export function keyOf({ left, call }: Steps): string {
  return call ? `${left}.${call.key}` : `${left}`;
}

/** The same inside a function of the workspace that a call calls. */
export function into(steps: Steps, from: string, id: ValueId, call: CallValue, path: string, facts: FileFacts, fn: FunctionId): Steps {
  const outer = steps.call;
  const depth = (outer?.depth ?? 0) + 1;
  if (depth > MAX_CALLS || call.spread || (call.args.length === 0 && call.named === undefined)) return { left: steps.left };
  return { left: steps.left, call: { path, fn, facts, from, call, outer, depth, key: `${id}@${from}>${outer?.key ?? ''}` } };
}

/** What a parameter is given by the call that led into its function; undefined where no one call did, or it gives nothing there. */
export function givenBy({ left, call }: Steps, callers: { get(path: string): FileFacts | undefined }, fn: FunctionId, index: number): { place: Place; steps: Steps } | undefined {
  const facts = call && call.fn === fn ? callers.get(call.from) : undefined;
  const value = facts && argumentFor(facts, call!.call, index, call!.facts.functions[fn]!.params[index]?.name);
  return value === undefined ? undefined : { place: { path: call!.from, value }, steps: call!.outer ? { left, call: call!.outer } : { left } };
}
