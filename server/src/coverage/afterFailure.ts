import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import { errorBranch } from './errorBranch.ts';
import { ErrorFlow } from './errorFlow.ts';

/** Whether a call is made because another one has failed: in a catch clause, in the handler of a rejection, or where a callback has found an error. */
export function afterFailure(types: Types, call: SalesforceCall): boolean {
  const facts = types.program.get(call.path)!;
  const place = indexOf(facts).places.get(call.value);
  if (!place) return false;
  if (facts.functions[place.fn]!.blocks[place.block]!.handler !== undefined) return true;
  const literal = indexOf(facts).functionValue.get(place.fn);
  return literal !== undefined && (handlesRejection(facts, literal) || errorSide(types, call.path, facts, place.fn, literal).includes(place.block));
}

/** `.catch(…)`, the second of `.then(…, …)`. */
function handlesRejection(facts: FileFacts, literal: ValueId): boolean {
  return (indexOf(facts).consumers[literal] ?? []).some((each) => {
    const value = each.k === 'value' ? facts.values[each.value] : undefined;
    if (value?.k !== 'call' || facts.values[value.callee]?.k !== 'member') return false;
    const name = lastName(facts, value.callee);
    return (name === 'catch' && value.args[0] === literal) || (name === 'then' && value.args[1] === literal);
  });
}

/** The blocks of a callback that are reached with an error only: `function (err, result) { if (err) … }`. */
function errorSide(types: Types, path: string, facts: FileFacts, fn: FunctionId, literal: ValueId): readonly number[] {
  const { params } = facts.functions[fn]!;
  const error = params[0]?.binding;
  const isCallback = (indexOf(facts).consumers[literal] ?? []).some((each) => {
    const value = each.k === 'value' ? facts.values[each.value] : undefined;
    return value?.k === 'call' && value.args.at(-1) === literal;
  });
  if (error === undefined || !isCallback || !/^e(?:rr(?:or)?)?$/i.test(params[0]?.name ?? facts.bindings[error]!.name)) return [];
  return types.solve(`error-side.${fn}@${path}`, () => [...(errorBranch(types, path, facts, facts.functions[fn]!, new ErrorFlow(facts, [], [error])) ?? [])]);
}
