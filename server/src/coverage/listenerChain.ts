import type { FileFacts, ValueId } from '../facts/facts.ts';
import { receiverText } from '../resolve/evidence.ts';

/** The receiver at the head of a chain of listeners: `batch` in `batch.on('a', f).on('b', g)`. */
export function chainRoot(facts: FileFacts, id: ValueId): string | undefined {
  const first = chainBefore(facts, id).at(-1);
  return receiverText(facts, first === undefined ? id : receiverOf(facts, first));
}

/** The calls that set listeners in a chain, the last one first. @param id what the chain gives */
export function chainBefore(facts: FileFacts, id: ValueId): ValueId[] {
  const out: ValueId[] = [];
  for (let at = id, value = facts.values[at]; value?.k === 'call' && value.protocol === 'event' && receiverOf(facts, at) !== at; value = facts.values[at]) {
    out.push(at);
    at = receiverOf(facts, at);
  }
  return out;
}

/** What a method is called on; the call itself where it is no method's. */
export function receiverOf(facts: FileFacts, call: ValueId): ValueId {
  const value = facts.values[call];
  const callee = value?.k === 'call' ? facts.values[value.callee] : undefined;
  return callee?.k === 'member' ? callee.object : call;
}

/** The function that `.on('error', handler)` sets. */
export function errorListener(facts: FileFacts, call: ValueId): ValueId | undefined {
  const value = facts.values[call];
  const event = value?.k === 'call' && value.args[0] !== undefined ? facts.values[value.args[0]] : undefined;
  return value?.k === 'call' && event?.k === 'literal' && event.value === 'error' ? value.args[1] : undefined;
}
