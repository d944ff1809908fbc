import type { FileFacts } from '../facts/facts.ts';

/** The function at the top of the file in which a function stands; the module stays itself. */
export function outermost(facts: FileFacts, fn: number): number {
  let at = fn;
  for (let parent = facts.functions[at]?.parent; parent !== undefined && parent !== 0; parent = facts.functions[at]?.parent) at = parent;
  return at;
}
