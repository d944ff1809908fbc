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

/** `setTimeout(() => again(n - 1), 1000)`: a handler that has its own function called later tries the whole again, and itself goes on. */
export function isRecursionLater(types: Types, path: string, facts: FileFacts, fnId: FunctionId, id: ValueId): boolean {
  const call = facts.values[id];
  const [work] = call?.k === 'call' && call.protocol === 'later' ? call.args : [];
  return work !== undefined && types.of(path, work).some((type) => {
    if (type.k !== 'function' || type.path !== path) return false;
    return encloses(facts, fnId, type.fn) || facts.functions[type.fn]!.blocks.some((block) => block.steps.some((step) => step.k === 'call' && isRecursion(types, path, facts, fnId, step.value)));
  });
}

/** Whether a function is this one or one around it. */
function encloses(facts: FileFacts, fnId: FunctionId, fn: FunctionId): boolean {
  for (let at: FunctionId | undefined = fnId; at !== undefined && at !== 0; at = facts.functions[at]?.parent) if (at === fn) return true;
  return false;
}
