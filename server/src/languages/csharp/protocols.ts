import type { Protocol } from '../../facts/facts.ts';

/** Methods of types of the base library, that run what is given to them, wait for it or end the program. */
const STATICS: Record<string, Record<string, Protocol>> = {
  Task: { WhenAll: 'all', WhenAny: 'race', FromResult: 'resolve', FromException: 'reject' },
  ThreadPool: { QueueUserWorkItem: 'later', UnsafeQueueUserWorkItem: 'later' },
  Environment: { Exit: 'exit', FailFast: 'exit' },
  Application: { Exit: 'exit' },
};

/** Classes that keep what they are given and run it later. */
const KEPT = new Set(['Thread', 'Timer', 'PeriodicTimer']);

/** Methods whose name alone tells what they do with the function that is given to them. */
const GIVEN_FUNCTION: Record<string, Protocol> = {
  Select: 'map', SelectMany: 'map', ConvertAll: 'map', ForEach: 'each',
  Where: 'inline', Any: 'inline', All: 'inline', First: 'inline', FirstOrDefault: 'inline', Single: 'inline', SingleOrDefault: 'inline', Last: 'inline', LastOrDefault: 'inline',
  OrderBy: 'inline', OrderByDescending: 'inline', ThenBy: 'inline', ThenByDescending: 'inline', GroupBy: 'inline', ToDictionary: 'inline', ToLookup: 'inline', Sum: 'inline', Count: 'inline',
  Min: 'inline', Max: 'inline', Average: 'inline', Aggregate: 'inline', TakeWhile: 'inline', SkipWhile: 'inline', RemoveAll: 'inline', Exists: 'inline', Find: 'inline', FindAll: 'inline',
  DistinctBy: 'inline', Sort: 'inline',
};

/** Methods that keep the one thing that they are given. */
const GIVEN_ONE: Record<string, Protocol> = { Add: 'push', AddRange: 'push', Enqueue: 'push', Push: 'push', AddLast: 'push', AddFirst: 'push' };

/** What `type.name(…)` does, by the base library's own vocabulary. */
export function staticProtocol(type: string, name: string): Protocol | undefined {
  const methods = Object.hasOwn(STATICS, type) ? STATICS[type]! : {};
  return Object.hasOwn(methods, name) ? methods[name] : undefined;
}

/** What `new type(…)` does. */
export function constructorProtocol(type: string): Protocol | undefined {
  return KEPT.has(type) ? 'later' : undefined;
}

/** What a method does with what it is given. @param first whether that is a function, if it is given anything */
export function methodProtocol(name: string, count: number, first: 'function' | 'value' | undefined): Protocol | undefined {
  if (first === 'function') return Object.hasOwn(GIVEN_FUNCTION, name) ? GIVEN_FUNCTION[name] : undefined;
  return count === 1 && Object.hasOwn(GIVEN_ONE, name) ? GIVEN_ONE[name] : undefined;
}
