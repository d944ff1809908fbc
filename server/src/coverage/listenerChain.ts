import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { typeKey } from '../resolve/abstractType.ts';
import { receiverText } from '../resolve/evidence.ts';
import type { Types } from '../resolve/types.ts';

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

/**
 * The listeners of an object in one of whose listeners stands the use of another of its kind: it is the same by its id,
 * `batch.on('queue', ({ id }) => job.batch(id).poll(…))`.
 */
export function listenersAround(types: Types, path: string, fn: FunctionId, receiver: ValueId): ValueId[] {
  const facts = types.program.get(path)!;
  const kinds = kindsOf(types, path, receiver);
  const literal = kinds.length === 0 ? undefined : indexOf(facts).functionValue.get(fn);
  const consumers = literal === undefined ? [] : (indexOf(facts).consumers[literal] ?? []);
  return consumers.flatMap((consumer) => {
    const set = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (consumer.k !== 'value' || set?.k !== 'call' || set.protocol !== 'event') return [];
    const of = receiverOf(facts, consumer.value);
    const root = chainRoot(facts, of);
    const first = chainBefore(facts, of).at(-1);
    const same = kindsOf(types, path, first === undefined ? of : receiverOf(facts, first)).some((kind) => kinds.includes(kind));
    if (root === undefined || !same) return [];
    return ['on', 'once'].flatMap((name) => indexOf(facts).callsByName.get(name) ?? []).filter((each) => chainRoot(facts, receiverOf(facts, each)) === root);
  });
}

function kindsOf(types: Types, path: string, id: ValueId): string[] {
  return types.of(path, id).flatMap((type) => (type.k === 'client' ? [typeKey(type)] : []));
}
