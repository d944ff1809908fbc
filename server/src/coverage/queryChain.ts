import type { ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { chainedCall, type SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';

/** A call chained on a query. */
export interface Step {
  name: string;
  args: readonly ValueId[];
  value: ValueId;
}

/** The calls chained on the query. */
export function chainOf(types: Types, call: SalesforceCall): Step[] {
  const facts = types.program.get(call.path)!;
  const out: Step[] = [];
  for (let at: ValueId | undefined = call.value; at !== undefined && out.length < 20; ) {
    const next: { value: ValueId } | undefined = chainedCall(types, call.path, at) ?? eventCall(types, call.path, at);
    if (!next) break;
    const value = facts.values[next.value]!;
    const callee = value.k === 'call' ? facts.values[value.callee] : undefined;
    if (value.k === 'call' && callee?.k === 'member') out.push({ name: callee.name, args: value.args, value: next.value });
    at = next.value;
  }
  return out;
}

function eventCall(types: Types, path: string, id: ValueId): { value: ValueId } | undefined {
  const facts = types.program.get(path)!;
  for (const consumer of indexOf(facts).consumers[id] ?? []) {
    const member = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (consumer.k !== 'value' || member?.k !== 'member') continue;
    for (const outer of indexOf(facts).consumers[consumer.value] ?? []) {
      const call = outer.k === 'value' ? facts.values[outer.value] : undefined;
      if (outer.k === 'value' && call?.k === 'call' && call.protocol === 'event') return { value: outer.value };
    }
  }
  return undefined;
}
