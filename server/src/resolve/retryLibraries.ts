import type { ValueId } from '../facts/facts.ts';
import type { Types } from './types.ts';

/** The function or policy of a retry library that a call is, if it repeats this argument. */
export function retryLibrary(types: Types, path: string, id: ValueId, index: number): { manual?: boolean | undefined } | undefined {
  const facts = types.program.get(path)!;
  const call = facts.values[id]!;
  if (call.k !== 'call') return undefined;
  for (const type of types.of(path, call.callee)) {
    const found = type.k === 'retry-module' ? type.library.functions.find((each) => each.repeats === index && retryExport(each.export, type.path)) : undefined;
    if (found) return found;
  }
  const callee = facts.values[call.callee];
  if (callee?.k !== 'member') return undefined;
  for (const type of types.of(path, callee.object)) {
    const found = type.k === 'retry-policy' ? type.library.policies?.find((each) => each.methods[callee.name] === index) : undefined;
    if (found) return found;
  }
  return undefined;
}

/** Whether an export path of a retry library's model names this path: `default` is also the CommonJS module itself. */
export function retryExport(wanted: string, path: string): boolean {
  return wanted === path || (wanted === 'default' && path === '*') || `default.${wanted}` === path;
}
