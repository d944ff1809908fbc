import type { ValueId } from '../facts/facts.ts';
import { callbackFunctions } from '../resolve/callbacks.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import { isNothing } from './nothing.ts';

/** Steps back from a request that are looked at. */
const MOST_STEPS = 16;

/**
 * Whether a step before the call that sends a request says which error takes the place of a status:
 * `retrieve().onStatus(HttpStatusCode::isError, answer -> Mono.error(new Refused()))`. One that gives no error takes the failure away, of which no more is known.
 */
export function replacesStatus(types: Types, { path, value, http }: SalesforceCall): boolean {
  const hooks = http?.type.library.hooks.filter((hook) => hook.as === 'step') ?? [];
  if (hooks.length === 0) return false;
  const { values } = types.program.get(path)!;
  let at: ValueId | undefined = value;
  for (let step = 0; step < MOST_STEPS && at !== undefined; step++) {
    const call: (typeof values)[number] | undefined = values[at];
    const callee: (typeof values)[number] | undefined = call?.k === 'call' ? values[call.callee] : undefined;
    if (call?.k !== 'call' || callee?.k !== 'member') return false;
    const hook = hooks.find((each) => each.name === callee.name);
    const handler = hook && call.args[hook.at ?? 0];
    if (handler !== undefined && givesError(types, path, handler)) return true;
    at = callee.object;
  }
  return false;
}

/** Whether a function throws, or gives something that may be an error, whatever it is given. */
function givesError(types: Types, path: string, handler: ValueId): boolean {
  const functions = callbackFunctions(types, path, handler);
  return functions.length > 0 && functions.every((found) => {
    const facts = types.program.get(found.path)!;
    return facts.functions[found.fn]!.blocks.some(({ next }) => next.k === 'throw' || (next.k === 'return' && next.value !== undefined && !isNothing(facts, next.value)));
  });
}
