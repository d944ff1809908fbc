import type { ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { chainedCall, type SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';

/** A call chained on a query. */
export interface Step {
  name: string;
  args: readonly ValueId[];
  path: string;
  value: ValueId;
}

/** Names and functions between a query and a later call on it that are followed. */
const MAX_HANDS = 3;

/** The calls chained on the query. */
export function chainOf(types: Types, call: SalesforceCall): Step[] {
  return stepsFrom(types, call.path, call.value);
}

function stepsFrom(types: Types, path: string, id: ValueId): Step[] {
  const facts = types.program.get(path)!;
  const out: Step[] = [];
  for (let at: ValueId | undefined = id; at !== undefined && out.length < 20; ) {
    const next: { value: ValueId } | undefined = chainedCall(types, path, at) ?? eventCall(types, path, at);
    if (!next) break;
    const value = facts.values[next.value]!;
    const callee = value.k === 'call' ? facts.values[value.callee] : undefined;
    if (value.k === 'call' && callee?.k === 'member') out.push({ name: callee.name, args: value.args, path, value: next.value });
    at = next.value;
  }
  return out;
}

/** The calls that are made on a query by a name that it is given, here or where a function gives it back: `const query = find(…); query.run(options)`. */
export function laterSteps(types: Types, path: string, id: ValueId, depth = 0): Step[] {
  if (depth > MAX_HANDS) return [];
  const index = indexOf(types.program.get(path)!);
  const from = (place: { path: string; value: ValueId }): Step[] => {
    const chain = stepsFrom(types, place.path, place.value);
    return [...chain, ...laterSteps(types, place.path, chain.at(-1)?.value ?? place.value, depth + 1)];
  };
  return (index.consumers[id] ?? []).flatMap((consumer) => {
    if (consumer.k === 'bind') return (index.bindingUses[consumer.binding] ?? []).flatMap((value) => from({ path, value }));
    return consumer.k === 'return' ? types.callers.callSites(path, consumer.fn).flatMap(from) : [];
  });
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
