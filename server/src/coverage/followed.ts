import { type ExceptionClass, type Language, librariesOf } from '../../../catalog/index.ts';
import type { SalesforceCall } from '../resolve/salesforceCalls.ts';
import type { FunctionId } from '../facts/facts.ts';
import type { Types } from '../resolve/types.ts';
import type { Mode } from './mode.ts';
import type { Exit } from './reaction.ts';

/** Where a failure comes from: what all failures of one call have in common. */
export interface Origin {
  /** Library and operation, for keys. */
  id: string;
  operation: string;
  /** It is thrown where the call stands, and by every function that is left by it; else it comes with a promise. */
  atOnce: boolean;
  /** The classes by which its failures can be caught; empty where that is not known. */
  exceptions: readonly ExceptionClass[];
  /** Where no exceptions are listed: names of the class that every error has which the HTTP client throws for an answer, and of functions that ask for it. */
  kinds: ReadonlySet<string>;
  /** Every way in which the call can fail. */
  modes: readonly Mode[];
}

/** A failure that is followed: of any mode of a call, or of one. */
export interface Followed {
  origin: Origin;
  mode: Mode | undefined;
  /** It may be another error by now that was thrown in its place, or is thrown for an answer by which the client tells of it. */
  replaced?: true;
}

/** The same after it has left a place by which it may have become another error. */
export function onFrom({ endings }: { endings: ReadonlySet<string> }, followed: Followed): Followed {
  return replacedIf(endings.has('wrap'), followed);
}

/** The same where it may have become another error. */
export function replacedIf(wrapped: boolean, followed: Followed): Followed {
  return wrapped ? { ...followed, replaced: true } : followed;
}

/** What the failures of a call have in common. */
export function originOf({ client, model, http, operation, variant, handed }: SalesforceCall, modes: readonly Mode[]): Origin {
  const { library } = http?.type ?? {};
  const exceptions = model?.exceptions ?? library?.exceptions ?? [];
  const later = variant.later === true || (handed !== undefined && handed.repeated === undefined);
  return {
    id: `${client.id}/${operation.id}${later ? '/later' : ''}`,
    operation: operation.id,
    atOnce: !later && (model?.waits ?? (http?.answer.by === 'value' || (http?.answer.inPlace !== undefined && http.answer.by !== 'promise'))),
    exceptions: withForeign(exceptions, model?.language ?? library?.language),
    kinds: new Set(exceptions.length > 0 ? [] : library?.errors.flatMap(({ statusClasses, guards }) => [...statusClasses, ...(guards ?? [])])),
    modes,
  };
}

/** Classes, with those of the libraries from which some of them are. */
function withForeign(own: readonly ExceptionClass[], language: Language | undefined): readonly ExceptionClass[] {
  const foreign = own.flatMap((each) => (each.from === undefined ? [] : librariesOf(each.from, language)));
  return [...own, ...foreign.flatMap((library) => (library.kind === 'http' ? (library.exceptions ?? []) : []).filter((each) => each.network && !own.some((known) => known.name === each.name)))];
}

/** Identity of where what is followed comes from, as far as that decides what becomes of it. */
export function followedKey({ origin, replaced }: Followed): string {
  return `${origin.exceptions.length > 0 || origin.kinds.size > 0 || origin.atOnce ? origin.id : ''}${replaced ? '~' : ''}`;
}

/** The end of a function by which an error leaves. `atOnce`: it is thrown there, as by what waits in a function that gives no promise: `request.block()`. */
export function exitOf(types: Types, path: string, fn: FunctionId, { origin }: Followed, atOnce = false): Exit {
  const { async: isAsync, generator } = types.program.get(path)!.functions[fn]!;
  return (atOnce || origin.atOnce) && !isAsync && !generator ? { path, fn, atOnce: true } : { path, fn };
}
