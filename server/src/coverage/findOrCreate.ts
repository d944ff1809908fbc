import type { Span, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { functionIndexOf } from '../facts/functionIndex.ts';
import { functionAround } from '../facts/positions.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';

/** The calls of Salesforce in a file. */
export type CallsOf = (path: string) => readonly SalesforceCall[];

/**
 * Whether a function answers with what a guarded look-up finds and creates it otherwise: where the look-up fails and its failure is dropped, a record that is
 * there is created again. `handler`: the clause that drops it.
 */
export function createsInstead(types: Types, path: string, handler: Span, callsOf: CallsOf): boolean {
  const facts = types.program.get(path)!;
  const fnId = functionAround(facts, handler.at, handler.to);
  const fn = facts.functions[fnId]!;
  const entries = new Set((functionIndexOf(facts, fn).handlersByStart.get(handler.at) ?? []).map(({ entry }) => entry));
  const returns = fn.blocks.some(({ next, onThrow }) => next.k === 'return' && next.value !== undefined && onThrow !== undefined && entries.has(onThrow));
  return returns && (indexOf(facts).callsIn.get(fnId) ?? []).some((id) => facts.values[id]!.at >= handler.to && creates(types, path, id, callsOf));
}

/** Whether a call creates a record, by itself or in the function of the workspace that it comes to. */
function creates(types: Types, path: string, id: ValueId, callsOf: CallsOf): boolean {
  if (callsOf(path).some(({ value, operation }) => value === id && operation.kind === 'create')) return true;
  const call = types.program.get(path)!.values[id];
  return call?.k === 'call' && types.of(path, call.callee).some((type) => type.k === 'function'
    && callsOf(type.path).some(({ value, operation }) => operation.kind === 'create' && types.program.get(type.path)!.values[value]!.in === type.fn));
}
