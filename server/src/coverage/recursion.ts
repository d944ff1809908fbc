import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import type { Types } from '../resolve/types.ts';

/** A handler that calls its own function tries the whole again. */
export function isRecursion(types: Types, path: string, facts: FileFacts, fnId: FunctionId, id: ValueId, depth = 0): boolean {
  const call = facts.values[id];
  if (call?.k !== 'call' || depth > 3) return false;
  if (types.of(path, call.callee).some((type) => type.k === 'function' && type.path === path && encloses(facts, fnId, type.fn))) return true;
  // `delay().then(() => again(n - 1))`: what runs once the wait is over counts as run here.
  return call.args.some((argument) => {
    const fn = facts.values[argument];
    return fn?.k === 'function' && call.protocol === 'then' && facts.functions[fn.fn]!.blocks.some((block) => block.steps.some((step) => step.k === 'call' && isRecursion(types, path, facts, fnId, step.value, depth + 1)));
  });
}

/** Whether a function is this one or one around it. */
function encloses(facts: FileFacts, fnId: FunctionId, fn: FunctionId): boolean {
  for (let at: FunctionId | undefined = fnId; at !== undefined && at !== 0; at = facts.functions[at]?.parent) if (at === fn) return true;
  return false;
}
