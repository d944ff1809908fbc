import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';

/** The `new Promise(…)` whose executor a function is. */
export function promiseOfExecutor(facts: FileFacts, fn: FunctionId): ValueId | undefined {
  const literal = indexOf(facts).functionValue.get(fn);
  if (literal === undefined) return undefined;
  for (const consumer of indexOf(facts).consumers[literal] ?? []) {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (consumer.k === 'value' && call?.k === 'call' && call.protocol === 'promise') return consumer.value;
  }
  return undefined;
}

/** The `new Promise((resolve) => …)` whose `resolve` a value is. */
export function promiseFulfilledBy(facts: FileFacts, id: ValueId): ValueId | undefined {
  const value = facts.values[id];
  const binding = value?.k === 'binding' ? facts.bindings[value.binding] : undefined;
  if (binding?.kind !== 'parameter' || facts.functions[binding.in]!.params[0]?.binding !== (value as { binding: number }).binding) return undefined;
  return promiseOfExecutor(facts, binding.in);
}
