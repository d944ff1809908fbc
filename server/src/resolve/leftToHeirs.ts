import type { FileFacts, FunctionId } from '../facts/facts.ts';
import { isNamed } from './decorators.ts';

/**
 * Whether a class leaves the work of a method to those that extend it: it says so above the method, or the method does nothing but complain,
 * `raise NotImplementedError`.
 */
export function isLeftToHeirs(facts: FileFacts, fn: FunctionId): boolean {
  const { decorators, blocks } = facts.functions[fn]!;
  if (decorators.some((written) => isNamed(written, 'abstractmethod') || isNamed(written, 'abstractproperty'))) return true;
  const [first] = blocks;
  if (first?.next.k !== 'throw') return false;
  const thrown = facts.values[first.next.value];
  const made = thrown?.k === 'call' ? thrown : undefined;
  return first.steps.every((step) => step.k === 'drop' || (step.k === 'call' && step.value === (first.next as { value: number }).value && made !== undefined));
}
