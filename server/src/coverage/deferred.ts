import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import type { Types } from '../resolve/types.ts';
import type { Exit } from './reaction.ts';

/** What makes a promise together with what settles it: `Q.defer()`, `$.Deferred()`, `Promise.withResolvers()`. */
const MAKERS = /^(?:defer|[dD]eferred|(?:make|create|new)Deferred|pending|withResolvers)$/;
/** Classes whose objects are such a promise themselves, or hold it: `new CompletableFuture<>()`, `new TaskCompletionSource<T>()`. */
const CLASSES = /^(?:CompletableFuture|CompletionStage|TaskCompletionSource)$/;
/** Their methods by which it is rejected or fulfilled. */
const REJECTS = /^(?:reject|completeExceptionally|(?:Try)?SetException)$/;
const FULFILS = /^(?:resolve|complete|(?:Try)?SetResult)$/;

/**
 * Where a failure goes by which such a promise is rejected: `deferred.reject(error)`, also where the deferred was given to the function. Undefined where it is
 * something else; empty where several functions give theirs, for which of them has failed is not told here.
 */
export function deferredExits(types: Types, path: string, callee: ValueId): Exit[] | undefined {
  const facts = types.program.get(path)!;
  const name = lastName(facts, callee) ?? '';
  const object = REJECTS.test(name) ? settledBy(facts, callee, name) : undefined;
  const value = object === undefined ? undefined : facts.values[object]!;
  if (object === undefined || !value) return undefined;
  const own = makerOf(facts, object);
  if (own !== undefined) return [exitBy(path, facts, own)];
  if (value.k !== 'binding' || facts.bindings[value.binding]!.kind !== 'parameter') return undefined;
  const fn = facts.bindings[value.binding]!.in;
  const given = types.callers.productArgumentsOf(path, fn, facts.functions[fn]!.params.findIndex((each) => each.binding === value.binding)).flatMap((place) => {
    const there = types.program.get(place.path)!;
    const made = makerOf(there, place.value);
    return made === undefined ? [] : [exitBy(place.path, there, made)];
  });
  return given.length === 0 ? undefined : given.length === 1 ? given : [];
}

/** Whether a call fulfils such a promise: `deferred.resolve(value)`. */
export function fulfilsDeferred(facts: FileFacts, callee: ValueId): boolean {
  const name = lastName(facts, callee) ?? '';
  const object = FULFILS.test(name) ? settledBy(facts, callee, name) : undefined;
  return object !== undefined && makerOf(facts, object) !== undefined;
}

/** The promises that a call of a maker gives: `deferred.promise`, `deferred.promise()`. */
export function promisesOf(facts: FileFacts, maker: ValueId): ValueId[] {
  const index = indexOf(facts);
  const objects = [maker, ...(index.consumers[maker] ?? []).flatMap((each) => (each.k === 'bind' ? [...(index.bindingUses[each.binding] ?? [])] : []))];
  // What is a promise itself is one wherever it is not settled.
  if (isPromise(facts, maker)) return objects.slice(1).filter((object) => !(index.consumers[object] ?? []).some((consumer) => isSettling(facts, consumer.k === 'value' ? consumer.value : -1)));
  return objects.flatMap((object) => index.consumers[object] ?? []).flatMap((consumer) => {
    const member = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (consumer.k !== 'value' || member?.k !== 'member' || !/^(?:promise|Task)$/.test(member.name)) return [];
    const called = (index.consumers[consumer.value] ?? []).flatMap((each) => {
      const call = each.k === 'value' ? facts.values[each.value] : undefined;
      return each.k === 'value' && call?.k === 'call' && call.callee === consumer.value ? [each.value] : [];
    });
    return called.length > 0 ? called : [consumer.value];
  });
}

function isPromise(facts: FileFacts, maker: ValueId): boolean {
  const value = facts.values[maker];
  return value?.k === 'call' && value.construct && /^Complet(?:ableFuture|ionStage)$/.test(lastName(facts, value.callee) ?? '');
}

function isSettling(facts: FileFacts, id: ValueId): boolean {
  const member = facts.values[id];
  return member?.k === 'member' && (REJECTS.test(member.name) || FULFILS.test(member.name));
}

/** The object whose member settles: of `deferred.reject`, or of `reject` of `const { promise, reject } = …`. */
function settledBy(facts: FileFacts, callee: ValueId, name: string): ValueId | undefined {
  const value = facts.values[callee]!;
  if (value.k === 'member') return value.name === name ? value.object : undefined;
  const binding = value.k === 'binding' ? facts.bindings[value.binding]! : undefined;
  const source = binding?.kind === 'variable' && binding.sources.length === 1 ? facts.values[binding.sources[0]!] : undefined;
  return source?.k === 'member' && source.name === name ? source.object : undefined;
}

function makerOf(facts: FileFacts, id: ValueId): ValueId | undefined {
  const value = facts.values[id]!;
  if (value.k === 'call') {
    const name = lastName(facts, value.callee) ?? '';
    return MAKERS.test(name) || (value.construct && CLASSES.test(name)) ? id : undefined;
  }
  const sources = value.k === 'binding' && facts.bindings[value.binding]!.kind === 'variable' ? facts.bindings[value.binding]!.sources : [];
  return sources.length === 1 && facts.values[sources[0]!]!.k === 'call' ? makerOf(facts, sources[0]!) : undefined;
}

function exitBy(path: string, facts: FileFacts, maker: ValueId): Exit {
  return { path, fn: facts.values[maker]!.in, deferred: maker };
}
