import type { FunctionId } from '../facts/facts.ts';
import { functionIndexOf } from '../facts/functionIndex.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { Types } from '../resolve/types.ts';
import { type Handler, hasFallback, isAnswered, tellsWhy } from './circumstances.ts';
import { crashesCallers } from './crashingCallers.ts';
import type { Effects } from './effects.ts';
import { createsInstead } from './findOrCreate.ts';

/** What rules ask of a handler, see `CoveredCall`. */
export interface HandlerFacts {
  hasFallback: boolean;
  answered: boolean;
  crashesCallers: boolean;
  remarked: boolean;
  createsInstead: boolean;
  tellsWhy: boolean;
}

/**
 * What is said of a handler, whichever call fails into it.
 * @param fn the function in which it stands
 * @param callsOf the Salesforce calls of a file
 */
export function handlerFactsOf(types: Types, effects: Effects, handler: Handler, fn: FunctionId, callsOf: (path: string) => SalesforceCall[]): HandlerFacts {
  const facts = types.program.get(handler.path)!;
  const answered = isAnswered(types, handler);
  return {
    hasFallback: hasFallback(types, handler),
    answered,
    crashesCallers: !answered && crashesCallers(types, handler),
    remarked: (functionIndexOf(facts, facts.functions[fn]!).handlersByStart.get(handler.at) ?? []).some(({ remark }) => remark === true),
    createsInstead: createsInstead(types, handler.path, handler, callsOf),
    tellsWhy: tellsWhy(types, effects, handler),
  };
}
