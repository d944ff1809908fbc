import { indexOf } from '../facts/fileIndex.ts';
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
  return (indexOf(facts).callsIn.get(own) ?? []).some((id) => {
    const push = facts.values[id]!;
    const callee = push.k === 'call' && push.protocol === 'push' && push.at >= to && push.to <= handler.at ? facts.values[push.callee] : undefined;
    const list = callee?.k === 'member' ? facts.values[callee.object] : undefined;
    if (list?.k !== 'binding') return false;
    const outer = facts.bindings[list.binding]!.in;
    const returned = facts.functions[outer]!.blocks.some(({ next }) => {
      const value = next.k === 'return' && next.value !== undefined ? facts.values[next.value] : undefined;
      return value?.k === 'binding' && value.binding === list.binding;
    });
    return returned && types.callers.callSites(call.path, outer).some((site) => isTested(types.program.get(site.path)!, site.value, 0));
  });
}
