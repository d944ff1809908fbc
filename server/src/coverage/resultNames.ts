import type { BindingId, FileFacts, FunctionFact, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf, partsOf } from '../facts/fileIndex.ts';
import { reach } from './blocks.ts';

/** Names that the failing call's value would have gone to, if they were declared before it. */
export function resultNames(facts: FileFacts, fnId: FunctionId, failing: ValueId | undefined): Set<BindingId> {
  const out = new Set<BindingId>();
  if (failing === undefined || indexOf(facts).places.get(failing)?.fn !== fnId) return out;
  const call = facts.values[failing]!;
  for (const block of facts.functions[fnId]!.blocks) {
    for (const step of block.steps) {
      if (step.k !== 'bind') continue;
      const binding = facts.bindings[step.binding]!;
      const value = facts.values[step.value];
      if (value && binding.at < call.at && value.at <= call.at && value.to >= call.to) out.add(step.binding);
    }
  }
  return out;
}

/** Whether the normal way on from a block comes to a test of one of these names. */
export function looksLater(facts: FileFacts, fn: FunctionFact, results: Set<BindingId>, from: number): boolean {
  if (results.size === 0) return false;
  return [...reach(fn.blocks, from)].some((id) => {
    const { next } = fn.blocks[id]!;
    return next.k === 'branch' && mentions(facts, next.test, results, 0);
  });
}

function mentions(facts: FileFacts, id: ValueId, bindings: Set<BindingId>, depth: number): boolean {
  const value = facts.values[id];
  if (!value || depth > 6) return false;
  if (value.k === 'binding') return bindings.has(value.binding);
  return partsOf(value).some((part) => mentions(facts, part, bindings, depth + 1));
}
