import type { CallValue, FileFacts, FunctionFact, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { functionIndexOf } from '../facts/functionIndex.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import type { Handler } from './circumstances.ts';
import { isTested } from './tested.ts';

/**
 * Whether a failure is told by what is missing: what worked is put into a list that the function around returns, a failure leaves it out, and somebody who gets
 * the list looks at it. `try { await stop(key); stopped.push(key); } catch (error) { log(error); } … return stopped;`
 */
export function isMissedInList(types: Types, call: SalesforceCall, handler: Handler): boolean {
  if (handler.path !== call.path) return false;
  const facts = types.program.get(call.path)!;
  const { in: own, to } = facts.values[call.value]!;
  return pushesIn(facts, own).some((id) => {
    const push = facts.values[id]!;
    const callee = push.k === 'call' && push.at >= to && push.to <= handler.at ? facts.values[push.callee] : undefined;
    const list = callee?.k === 'member' ? facts.values[callee.object] : undefined;
    if (list?.k !== 'binding') return false;
    const outer = facts.bindings[list.binding]!.in;
    const returned = functionIndexOf(facts, facts.functions[outer]!).returnedNames.has(list.binding);
    return returned && types.callers.callSites(call.path, outer).some((site) => isTested(types.program.get(site.path)!, site.value, 0));
  });
}

const pushes = new WeakMap<FunctionFact, readonly ValueId[]>();

/** Calls of a function that put something into a list, found once for all calls that ask. */
function pushesIn(facts: FileFacts, fnId: FunctionId): readonly ValueId[] {
  const fn = facts.functions[fnId]!;
  let known = pushes.get(fn);
  if (!known) {
    known = (indexOf(facts).callsIn.get(fnId) ?? []).filter((id) => (facts.values[id] as CallValue).protocol === 'push');
    pushes.set(fn, known);
  }
  return known;
}
