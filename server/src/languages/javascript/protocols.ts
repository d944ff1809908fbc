import type { Protocol } from '../../facts/facts.ts';

/** Methods of arrays, promises and emitters whose name alone tells what they do with the functions given to them. */
const METHODS: Record<string, Protocol> = {
  then: 'then', catch: 'catch', finally: 'finally',
  forEach: 'each', each: 'each',
  map: 'map', flatMap: 'map',
  filter: 'inline', some: 'inline', every: 'inline', find: 'inline', findIndex: 'inline', reduce: 'inline', sort: 'inline',
  on: 'event', once: 'event', addListener: 'event', addEventListener: 'event',
  push: 'push', unshift: 'push',
  bind: 'bind', apply: 'apply', call: 'apply',
};

const PROMISE_STATICS: Record<string, Protocol> = {
  all: 'all', allSettled: 'all-settled', race: 'race', any: 'any', resolve: 'resolve', reject: 'reject',
};

const GLOBALS: Record<string, Protocol> = {
  setTimeout: 'later', setInterval: 'later', setImmediate: 'later', queueMicrotask: 'later', require: 'import', import: 'import',
};

/** What a call of `receiver.name` does, by the language's own vocabulary. `receiver` is the name of a global object, if it is one. */
export function methodProtocol(receiver: string | undefined, name: string): Protocol | undefined {
  if (receiver === 'Promise') return PROMISE_STATICS[name];
  if (receiver === 'process') return name === 'exit' || name === 'abort' ? 'exit' : name === 'nextTick' ? 'later' : name === 'on' || name === 'once' ? 'event' : undefined;
  return Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
}

/** What a call of a global function does. */
export function globalProtocol(name: string, construct: boolean): Protocol | undefined {
  if (construct) return name === 'Promise' ? 'promise' : undefined;
  return Object.hasOwn(GLOBALS, name) ? GLOBALS[name] : undefined;
}
