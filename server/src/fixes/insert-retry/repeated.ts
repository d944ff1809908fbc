import type { CoveredCall } from '../../coverage/coveredCall.ts';
import type { FileFacts, ValueId } from '../../facts/facts.ts';
import { type Consumer, indexOf } from '../../facts/fileIndex.ts';
import type { RefusalReason } from './refusals.ts';

/** The expression whose promise is repeated: the call, or the chain that it begins. */
export interface Repeated {
  value: ValueId;
  /** Nothing else in the function runs before the promise has settled. */
  awaited: boolean;
}

const PROMISE_METHODS = new Set(['then', 'catch', 'finally']);

/** Methods by which a query is described further before it is sent. */
const QUERY_METHODS = /^(?:where|limit|skip|offset|sort|orderby|include|includeChildren|end|select|scanAll|autoFetch|maxFetch|setOptions|find|execute|exec|run)$/;

/** Where the promise of a call is taken up, if it is used as a promise and as nothing else. */
export function repeatedOf(facts: FileFacts, { call }: CoveredCall): Repeated | RefusalReason {
  const last = facts.values[call.args.at(-1) ?? -1];
  if (call.variant.callback || last?.k === 'function') return 'callback';
  const isQuery = call.operation.kind === 'query' || call.operation.kind === 'query-more';
  let value = call.value;
  for (let next = chained(facts, value); next !== undefined; next = chained(facts, value)) {
    if (!isQuery || next === 'other') return 'result-used-otherwise';
    value = next;
    const chain = facts.values[value]!;
    if (chain.k === 'call' && facts.values[chain.args.at(-1) ?? -1]?.k === 'function') return 'callback';
  }
  const use = useOf(facts, value, isQuery);
  return typeof use === 'string' ? use : { value, ...use };
}

/** The next call of a chain of methods that ends in no promise method. */
function chained(facts: FileFacts, at: ValueId): ValueId | 'other' | undefined {
  const { consumers } = indexOf(facts);
  for (const each of consumers[at] ?? []) {
    const member = each.k === 'value' ? facts.values[each.value] : undefined;
    if (each.k !== 'value' || member?.k !== 'member' || PROMISE_METHODS.has(member.name)) continue;
    const user = (consumers[each.value] ?? [])[0];
    const call = user?.k === 'value' ? facts.values[user.value] : undefined;
    return user?.k === 'value' && call?.k === 'call' && call.callee === each.value && QUERY_METHODS.test(member.name) ? user.value : 'other';
  }
  return undefined;
}

/** Who takes the promise. A query is more than a promise, so that whoever gets the object itself may use it otherwise. */
function useOf(facts: FileFacts, value: ValueId, isQuery: boolean): { awaited: boolean } | RefusalReason {
  const consumers = indexOf(facts).consumers[value] ?? [];
  if (consumers.length === 0) return 'nobody-waits';
  let awaited = true;
  for (const each of consumers) {
    if (each.k === 'drop') return 'nobody-waits';
    if (each.k === 'iterate') return 'result-used-otherwise';
    const parent = each.k === 'value' ? facts.values[each.value]! : undefined;
    if (parent?.k === 'await') continue;
    if (parent?.k === 'typed' && each.k === 'value') {
      const use = useOf(facts, each.value, isQuery);
      if (typeof use === 'string') return use;
      awaited &&= use.awaited;
      continue;
    }
    awaited = false;
    if (parent?.k === 'member' && PROMISE_METHODS.has(parent.name)) continue;
    if (isQuery && !isPromiseUse(facts, each)) return 'result-used-otherwise';
  }
  return { awaited };
}

/** Whether somebody who gets a query can only wait for it. */
function isPromiseUse(facts: FileFacts, consumer: Consumer): boolean {
  const { consumers, bindingUses } = indexOf(facts);
  if (consumer.k === 'return') return facts.functions[consumer.fn]!.async && !facts.functions[consumer.fn]!.generator;
  if (consumer.k === 'value') {
    const parent = facts.values[consumer.value]!;
    const user = parent.k === 'array' ? (consumers[consumer.value] ?? [])[0] : undefined;
    const call = user?.k === 'value' ? facts.values[user.value] : undefined;
    return call?.k === 'call' && (call.protocol === 'all' || call.protocol === 'all-settled');
  }
  if (consumer.k !== 'bind' || facts.bindings[consumer.binding]!.sources.length !== 1) return false;
  return (bindingUses[consumer.binding] ?? []).every((use) => (consumers[use] ?? []).every((each) => {
    const parent = each.k === 'value' ? facts.values[each.value]! : undefined;
    return parent?.k === 'await' || (parent?.k === 'member' && PROMISE_METHODS.has(parent.name));
  }));
}
