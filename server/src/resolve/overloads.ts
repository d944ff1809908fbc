import type { CallValue, FileFacts, FunctionFact, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { AbstractType } from './abstractType.ts';
import type { Program } from './program.ts';

/** Of functions that share a name, those that take as many arguments as the call gives whose callee a value is. */
export function fittingOverloads(program: Program, facts: FileFacts, callee: ValueId, found: readonly AbstractType[]): readonly AbstractType[] {
  const isOverloaded = (type: AbstractType): boolean => type.k === 'function' && program.get(type.path)?.functions[type.fn]?.overloaded === true;
  if (found.length < 2 || !found.some(isOverloaded)) return found;
  for (const consumer of indexOf(facts).consumers[callee] ?? []) {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (call?.k !== 'call' || call.callee !== callee) continue;
    return found.filter((type) => type.k !== 'function' || !isOverloaded(type) || takes(program.get(type.path)!.functions[type.fn]!, call));
  }
  return found;
}

/** Whether a function takes as many arguments as a call gives. */
export function takes({ params }: FunctionFact, { args, spread }: CallValue): boolean {
  if (spread) return true;
  return params.at(-1)?.rest ? args.length >= params.length - 1 : args.length === params.length;
}
