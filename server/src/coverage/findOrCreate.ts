import type { BlockId, FunctionFact, FunctionId, Span, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { functionIndexOf } from '../facts/functionIndex.ts';
import { functionAround } from '../facts/positions.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';

/** The calls of Salesforce in a file. */
export type CallsOf = (path: string) => readonly SalesforceCall[];

/** Where the handlers begin that take over from a `return`, by function: it may hold thousands. */
const returningEntries = new WeakMap<FunctionFact, ReadonlySet<BlockId>>();

/**
 * Whether a function answers with what a guarded look-up finds and creates it otherwise: where the look-up fails and its failure is dropped, a record that is
 * there is created again. `handler`: the clause that drops it.
 */
export function createsInstead(types: Types, path: string, handler: Span, callsOf: CallsOf): boolean {
  const facts = types.program.get(path)!;
  const fnId = functionAround(facts, handler.at, handler.to);
  const fn = facts.functions[fnId]!;
  let entries = returningEntries.get(fn);
  if (!entries) returningEntries.set(fn, (entries = new Set(fn.blocks.flatMap(({ next, onThrow }) => (next.k === 'return' && next.value !== undefined && onThrow !== undefined ? [onThrow] : [])))));
  const returns = (functionIndexOf(facts, fn).handlersByStart.get(handler.at) ?? []).some(({ entry }) => entries.has(entry));
  if (!returns) return false;
  const [last] = types.solve(`last-create.${fnId}@${path}`, () => lastCreate(types, path, fnId, callsOf));
  return last !== undefined && facts.values[last]!.at >= handler.to;
}

/** The last call of a function that creates a record, by itself or in the function of the workspace that it comes to; none where nothing does. */
function lastCreate(types: Types, path: string, fn: FunctionId, callsOf: CallsOf): ValueId[] {
  const { values } = types.program.get(path)!;
  const own = new Set(callsOf(path).flatMap(({ value, operation }) => (operation.kind === 'create' ? [value] : [])));
  const found = (indexOf(types.program.get(path)!).callsIn.get(fn) ?? []).findLast((id) => {
    const call = values[id];
    return own.has(id) || (call?.k === 'call' && types.of(path, call.callee).some((type) => type.k === 'function' && creators(types, type.path, callsOf).includes(type.fn)));
  });
  return found === undefined ? [] : [found];
}

/** The functions of a file that create records. */
function creators(types: Types, path: string, callsOf: CallsOf): readonly FunctionId[] {
  return types.solve(`creators@${path}`, () => {
    const { values } = types.program.get(path)!;
    return [...new Set(callsOf(path).flatMap(({ value, operation }) => (operation.kind === 'create' ? [values[value]!.in] : [])))];
  });
}
