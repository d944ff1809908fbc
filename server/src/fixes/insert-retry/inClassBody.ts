import type { FileFacts, ValueId } from '../../facts/facts.ts';

/** Whether an expression stands where a function around it would not see what it names: straight in the body of a class. */
export function isInClassBody(facts: FileFacts, id: ValueId): boolean {
  const { at, to, in: fn } = facts.values[id]!;
  return facts.classes.some((each) => each.at <= at && to <= each.to && !(facts.functions[fn]!.at >= each.at && facts.functions[fn]!.to <= each.to));
}
