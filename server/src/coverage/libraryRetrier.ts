import type { RetryLibrary } from '../../../catalog/index.ts';
import type { CallValue, FileFacts, FunctionFact, Span, ValueId } from '../facts/facts.ts';
import { optionValues } from '../resolve/memberValues.ts';
import { retryLibrary, toldByDecorator } from '../resolve/retryLibraries.ts';
import type { Types } from '../resolve/types.ts';
import { constant } from './constants.ts';
import type { Retrier } from './retrier.ts';

type RetryFunction = RetryLibrary['functions'][number];

/** A call of a retry library, with what its options say. */
export function libraryRetrier(types: Types, path: string, id: ValueId, index: number): Retrier {
  const call = types.program.get(path)!.values[id] as CallValue;
  const found = retryLibrary(types, path, id, index) as Partial<RetryFunction> | undefined;
  const options = call.args.filter((_, at) => at !== index);
  const known = found?.attempts !== undefined && !found.manual && options.every((each) => isPlain(types, path, each));
  const chooses = !known || (found.chooses ?? []).some((name) => options.some((each) => optionValues(types, path, each, name).length > 0));
  const attempts = known ? attemptsOf(types, path, options, found.attempts!) : undefined;
  return { path, at: call.at, to: call.to, by: 'library', chooses, ...(attempts === undefined ? {} : { attempts }), waits: true, mayStop: true, worksOn: false, nextPiece: false, untilSuccess: false };
}

/** A decorator of a library on a function: it repeats what its words say, every failure where it does not choose. */
export function decoratorRetrier(facts: FileFacts, path: string, fn: FunctionFact): Retrier {
  const told = toldByDecorator(facts, fn.decorators);
  if (!told) return otherRetrier(path, fn);
  return { ...otherRetrier(path, fn), by: 'library', chooses: told.chooses, ...(told.attempts === undefined ? {} : { attempts: told.attempts }) };
}

/** A queue or a decorator: what it repeats is not followed. */
export function otherRetrier(path: string, { at, to }: Span): Retrier {
  return { path, at, to, by: 'other', chooses: true, waits: true, mayStop: true, worksOn: false, nextPiece: false, untilSuccess: false };
}

/** Whether an argument is an object whose every member stands where it is written. */
function isPlain(types: Types, path: string, argument: ValueId): boolean {
  const found = types.of(path, argument);
  return found.length === 1 && found.every((type) => {
    const object = type.k === 'object' ? types.program.get(type.path)!.values[type.value] : undefined;
    return object?.k === 'object' && object.spreads.length === 0;
  });
}

function attemptsOf(types: Types, path: string, options: readonly ValueId[], { option, counts, default: usual }: NonNullable<RetryFunction['attempts']>): number | undefined {
  const given = options.flatMap((each) => optionValues(types, path, each, option));
  const number = given.length === 0 ? usual : constant(types.program.get(given[0]!.path)!, given[0]!.value);
  return typeof number === 'number' ? number + (counts === 'retries' ? 1 : 0) : undefined;
}
