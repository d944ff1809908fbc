import type { Protocol } from '../../facts/facts.ts';

/** Methods of the standard library's collections, streams, futures and executors whose name alone tells what they do with what they are given. */
const METHODS: Record<string, Protocol> = {
  add: 'push', addAll: 'push', offer: 'push',
  forEach: 'each', forEachOrdered: 'each',
  map: 'map', flatMap: 'map', mapToObj: 'map',
  filter: 'inline', anyMatch: 'inline', allMatch: 'inline', noneMatch: 'inline', removeIf: 'inline', peek: 'inline', ifPresent: 'inline', computeIfAbsent: 'inline', orElseGet: 'inline', sort: 'inline',
  thenApply: 'then', thenAccept: 'then', thenCompose: 'then', thenRun: 'then', thenApplyAsync: 'then', thenAcceptAsync: 'then', thenComposeAsync: 'then',
  compose: 'then', otherwise: 'catch',
  exceptionally: 'catch', exceptionallyAsync: 'catch', exceptionallyCompose: 'catch', exceptionallyComposeAsync: 'catch',
};

/** The same of a reactive result that is yet to come. */
const REACTIVE: Record<string, Protocol> = {
  map: 'then', flatMap: 'then', doOnNext: 'then', doOnSuccess: 'then', then: 'finally', doFinally: 'finally',
  subscribe: 'then',
  onErrorResume: 'catch', onErrorReturn: 'catch', onErrorMap: 'catch', doOnError: 'event',
};

/** Static methods, by class and name. */
const STATICS: Record<string, Record<string, Protocol>> = {
  System: { exit: 'exit' },
  Mono: { error: 'reject', just: 'resolve', empty: 'resolve' },
  Flux: { error: 'reject', just: 'resolve', empty: 'resolve' },
  Future: { succeededFuture: 'resolve', failedFuture: 'reject' },
  CompletableFuture: { allOf: 'all', anyOf: 'any', completedFuture: 'resolve', failedFuture: 'reject' },
};

/** What a call of a method does, by the language's own vocabulary. `cls`: the class of which it is a static method, if it is one. */
export function protocolOf(cls: string | undefined, name: string, reactive: boolean): Protocol | undefined {
  if (cls !== undefined) return Object.hasOwn(STATICS, cls) && Object.hasOwn(STATICS[cls]!, name) ? STATICS[cls]![name] : undefined;
  if (reactive && Object.hasOwn(REACTIVE, name)) return REACTIVE[name];
  return Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
}

/** Methods that wait for a result which is yet to come. */
export const WAITS = new Set(['get', 'join', 'getNow', 'resultNow', 'await']);

/** Methods that wait for a reactive result and for nothing else, as long as they are told. */
export const BLOCKS = new Set(['block', 'blockFirst', 'blockLast', 'blockOptional']);

/** Methods whose result is yet to come, whatever they belong to. */
export const BEGINS = new Set(['sendAsync', 'supplyAsync', 'runAsync', 'thenApply', 'thenCompose', 'thenAccept', 'exceptionally', 'exceptionallyCompose', 'handle', 'whenComplete', 'submit', 'bodyToMono', 'toBodilessEntity', 'toFuture', 'allOf', 'anyOf']);

/** Methods that begin one only for whoever waits for what they give themselves: `client.prepareGet(url).execute().get()`. */
export const BEGINS_ITSELF = new Set(['execute', 'executeRequest', 'executeAsync']);

/** Classes and methods that begin a reactive result. */
export const REACTIVE_NAMES = /\b(?:Mono|Flux|Uni|bodyToMono|bodyToFlux|toBodilessEntity|exchangeToMono|retrieve)\b/;
