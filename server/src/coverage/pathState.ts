import type { HttpAnswer } from '../../../catalog/schema/httpLibrary.ts';
import type { BindingId, FunctionFact, ValueId } from '../facts/facts.ts';
import type { AnswerFlow } from './errorFlow.ts';

/*
 * What has been done about the failure so far: bits of `PathState.effects`.
 */

/** A log line was written. */
export const LOG = 1;
/** Somebody learns of it, or something is stored or tried. */
export const SHOWN = 2;
/** The error was handed to a callback. */
export const PASSED = 4;
/** Inside a handler that is a whole function: the part that belongs to the failure has begun. */
export const BEGUN = 8;
/** The error was put into a name from outside the handler. */
export const KEPT = 16;
/** What failed is done once more. */
export const AGAIN = 32;

/*
 * Regions that are no catch clause: values of `PathState.region`.
 */

/** A handler that is a whole function. */
export const WHOLE = -2;
/** A finally body that an exception entered. */
export const FINALLY = -3;
/** What comes after a catch clause. */
export const AFTER = -4;
/** What comes after an HTTP client's answer: only what a failed one leads to belongs to the failure. */
export const ANSWERED = -5;

/** Where one path stands. */
export interface PathState {
  block: number;
  effects: number;
  /** Catch clause whose body we are in, or one of the regions above. */
  region: number;
  wrapped: boolean;
  /** After a catch clause: which one it was. */
  clause?: number | undefined;
  /** Step of the block from which on it counts; absent: the whole block. */
  from?: number;
}

/** Where a failure begins in a function. */
export type Start =
  /** A call or await that throws. `value` is what it would have given. */
  | { k: 'throws'; block: number; value: ValueId }
  /** A function that is given the error: a rejection handler, a callback. `unheard`: what it gives back nobody gets. */
  | { k: 'handler'; error: BindingId | undefined; callback: boolean; value: ValueId | undefined; unheard?: boolean }
  /**
   * An answer that may tell of a failure: it comes as the value of a step of a block, or by names from the function's beginning on. `also`: other values that it is;
   * `parts`: the values that it is, where what comes is a list of answers.
   */
  | { k: 'answer'; model: HttpAnswer; block: number; value: ValueId | undefined; names: readonly BindingId[]; also?: readonly ValueId[]; flow: AnswerFlow; parts?: readonly ValueId[] | undefined };

/** Whether a block belongs to a region. `exclusive`: the blocks that belong to the failure alone, where they are known. */
export function isInside(fn: FunctionFact, exclusive: ReadonlySet<number> | undefined, block: number, region: number): boolean {
  if (region === WHOLE || region === ANSWERED) return exclusive === undefined || exclusive.has(block);
  if (region === FINALLY || region === AFTER) return true;
  for (let handler = fn.blocks[block]!.handler; handler !== undefined; handler = fn.handlers[handler]?.parent) if (handler === region) return true;
  return false;
}
