import type { BlockFact, FileFacts, ValueId } from '../facts/facts.ts';
import type { Types } from '../resolve/types.ts';
import type { ErrorFlow } from './errorFlow.ts';

/** Classes over classes beyond this are not looked at. */
const MAX_ANCESTORS = 6;

/**
 * `if (error instanceof AppError) throw error;`: what the workspace has made itself is let pass before the rest is dealt with. Which failure of the API it
 * was, nobody asks here.
 */
export function letsOwnPass(types: Types, path: string, facts: FileFacts, blocks: readonly BlockFact[], next: { test: ValueId; then: number }, flow: ErrorFlow): boolean {
  const passed = blocks[next.then]!;
  return passed.steps.length === 0 && passed.next.k === 'throw' && flow.isError(passed.next.value) && isOfOwnClass(types, path, facts, next.test, flow);
}

/** Whether a test asks for nothing but classes of the workspace that extend none of a library's. */
function isOfOwnClass(types: Types, path: string, facts: FileFacts, test: ValueId, flow: ErrorFlow): boolean {
  const value = facts.values[test]!;
  if (value.k === 'choice' && value.op === '||') return value.of.every((each) => isOfOwnClass(types, path, facts, each, flow));
  return value.k === 'operator' && value.op === 'instanceof' && flow.isError(value.of[0]!) && isOwnClass(types, path, value.of[1]!, 0);
}

/** Whether a value is a class of the workspace that extends none of a library's. */
export function isOwnClass(types: Types, path: string, id: ValueId, depth: number): boolean {
  const found = types.of(path, id);
  if (depth > MAX_ANCESTORS) return false;
  return found.length > 0 && found.every((type) => {
    const { values, classes } = types.program.get(type.k === 'class' ? type.path : path)!;
    const parent = type.k === 'class' ? classes[type.cls]!.extends : undefined;
    return type.k === 'class' && (parent === undefined || values[parent]!.k === 'global' || isOwnClass(types, type.path, parent, depth + 1));
  });
}
