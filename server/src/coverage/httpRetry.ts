import type { ClientModel } from '../../../catalog/schema/client.ts';
import type { HttpHook, HttpLibrary, HttpRetry } from '../../../catalog/schema/httpLibrary.ts';
import { exportUses } from '../facts/exportUses.ts';
import type { ValueFact, ValueId } from '../facts/facts.ts';
import { argumentFor, indexOf } from '../facts/fileIndex.ts';
import type { Retry } from '../report/callRecord.ts';
import { typeKey } from '../resolve/abstractType.ts';
import { transportOf } from '../resolve/clientMembers.ts';
import { fits, requestOf } from '../resolve/httpMembers.ts';
import { type HttpUse, instanceOptions } from '../resolve/httpRequests.ts';
import type { Place } from '../resolve/callsByName.ts';
import { hasOption, optionValues } from '../resolve/memberValues.ts';
import type { Types } from '../resolve/types.ts';

/** Whether a plain HTTP client repeats a request by itself, or by what the workspace has attached to it. */
export function httpRetry(types: Types, path: string, call: ValueId, use: HttpUse, args: readonly ValueId[]): Retry {
  const { library } = use.type;
  // What is attached to a client holds for all its requests: it is looked for once.
  const made = madeClients(types, path, call, library);
  // Of what is known by its declared type alone nothing tells which one it is; where it is made tells.
  const isUnmade = use.type.instance !== undefined && use.type.instance.value === -1;
  const clients = new Set([...(isUnmade && made.length > 0 ? [] : [typeKey({ ...use.type, path: '' })]), ...made]);
  const attached = library.hooks.filter((hook) => hook.as !== 'register' && hook.effects.includes('retry') && (!hook.retry || hook.policy || covers(hook.retry, use.method)));
  if (attached.some((hook) => [...clients].some((client) => types.holds(`hook.${hook.package ?? ''}.${hook.name}.${hook.policy ? (use.method ?? '') : ''}.${client}`, () => isAttached(types, client, hook, use.method))))) return 'explicit';
  const chained = library.hooks.filter((hook) => hook.as === 'chain' && hook.effects.includes('retry') && !hook.effects.includes('error') && (!hook.retry || covers(hook.retry, use.method)));
  if (chained.length > 0 && isChained(types, path, call, new Set(chained.map((hook) => hook.name)), new Set())) return 'explicit';
  const registered = registeredRetry(types, use);
  if (registered) return registered;
  for (const policy of library.retries) {
    if (!fits(types, path, use.type, policy.versions) || policy.answers?.includes(use.answer.id) === false) continue;
    const methods = policy.methodsOption === undefined ? undefined : methodsGiven(types, path, args, use, policy.methodsOption);
    if (methods === 'unknown') return 'unknown';
    const isForAny = policy.anyMethodWithOption === true && policy.options.some((option) => settings(types, path, args, use, option).length > 0);
    if (methods ? use.method !== undefined && !methods.includes(use.method) : !isForAny && !covers(policy, use.method)) continue;
    if (isOff(types, path, args, use, policy) || policy.offBy?.some((name) => [...clients].some((client) => types.holds(`off.${name}.${client}`, () => isAsked(types, client, name))))) return 'none';
    return use.method === undefined && policy.methods !== 'any' && !isForAny ? 'unknown' : policy.chosen ? 'explicit' : 'library';
  }
  return 'none';
}

/** The values of an option for a call: its own, else those of the instance that it is made with. */
function settings(types: Types, path: string, args: readonly ValueId[], { type }: HttpUse, option: string): Place[] {
  const own = args.flatMap((argument) => optionValues(types, path, argument, option));
  return own.length > 0 ? own : instanceOptions(types, type, option);
}

/** Whether a call, or the instance that it is made with, is told not to repeat. */
function isOff(types: Types, path: string, args: readonly ValueId[], use: HttpUse, { options, off }: HttpRetry): boolean {
  return options.some((option) => settings(types, path, args, use, option).some((place) => {
    const value = types.program.get(place.path)!.values[place.value];
    return value?.k === 'literal' && (value.value === (off ?? 0) || value.value === false);
  }));
}

/** The methods that are to be repeated, where the program says so. */
function methodsGiven(types: Types, path: string, args: readonly ValueId[], use: HttpUse, option: string): string[] | 'unknown' | undefined {
  const [place, ...others] = settings(types, path, args, use, option);
  if (!place) return undefined;
  const { values } = types.program.get(place.path)!;
  const list = types.of(place.path, place.value).flatMap((type) => (type.k === 'array' && type.path === place.path ? [values[type.value]] : []))[0];
  if (others.length > 0 || list?.k !== 'array' || list.spreads.length > 0) return 'unknown';
  const words = list.items.map((item) => values[item]).flatMap((item) => (item?.k === 'literal' && typeof item.value === 'string' ? [item.value.toUpperCase()] : []));
  return words.length === list.items.length ? words : 'unknown';
}

/** Steps back from a request that are looked at. */
const MOST_STEPS = 12;

/** What a request is sent through, where the step that sends it is one on something that the client gives: `client.newCall(request).execute()`. */
function madeClients(types: Types, path: string, id: ValueId, library: HttpLibrary): string[] {
  const { values, bindings } = types.program.get(path)!;
  const out: string[] = [];
  let at: ValueId | undefined = id;
  for (let step = 0; step < MOST_STEPS && at !== undefined; step++) {
    const value: ValueFact | undefined = values[at];
    if (value?.k === 'call') at = value.callee;
    else if (value?.k === 'member') at = value.object;
    else if (value?.k === 'binding' && out.length === 0) at = bindings[value.binding]!.sources[0];
    else break;
    for (const type of at === undefined ? [] : types.of(path, at)) if (type.k === 'http' && type.library === library && type.instance && type.instance.value >= 0) out.push(typeKey({ ...type, path: '' }));
  }
  return out;
}

/** `request.retry(2)`, `mono.map(…).retryWhen(…)`: a step on what the call gives, also under a name, by which it is made again. */
function isChained(types: Types, path: string, id: ValueId, names: ReadonlySet<string>, seen: Set<ValueId>): boolean {
  if (seen.has(id)) return false;
  seen.add(id);
  const facts = types.program.get(path)!;
  const { consumers, bindingUses } = indexOf(facts);
  return (consumers[id] ?? []).some((consumer) => {
    if (consumer.k === 'bind') return (bindingUses[consumer.binding] ?? []).some((use) => isChained(types, path, use, names, seen));
    const member = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (consumer.k !== 'value' || member?.k !== 'member' || member.object !== id) return false;
    return (consumers[consumer.value] ?? []).some((outer) => {
      const step = outer.k === 'value' ? facts.values[outer.value] : undefined;
      return outer.k === 'value' && step?.k === 'call' && step.callee === consumer.value && (names.has(member.name) || isChained(types, path, outer.value, names, seen));
    });
  });
}

/**
 * Whether the program, where it says how its clients are made, has attached something that repeats to those that it is handed: `unknown` where that may as well be
 * something else, or another client's.
 */
function registeredRetry(types: Types, { type, method }: HttpUse): Retry | undefined {
  const hooks = type.library.hooks.filter((hook) => hook.as === 'register');
  const made = type.instance && types.program.get(type.instance.path)?.values[type.instance.value];
  // A client that the code makes by itself has nothing attached.
  if (hooks.length === 0 || (made?.k === 'call' && made.construct)) return undefined;
  const found = hooks.filter((hook) => types.holds(`registered.${hook.name}`, () => types.program.paths().some((path) => indexOf(types.program.get(path)!).callsByName.has(hook.name))));
  if (found.length === 0) return undefined;
  return found.some((hook) => hook.retry && covers(hook.retry, method)) && found.every((hook) => hook.retry) ? 'explicit' : 'unknown';
}

/** Whether what the workspace has attached to the HTTP client of a client library repeats its requests. */
export function transportRetry(types: Types, model: ClientModel, method: string | undefined): boolean {
  return transportsOf(model).some(({ name, transport }) => {
    return transportOf(model, transport).some(({ library, ...rest }) => {
      const own = typeKey({ ...rest, library });
      const policies = library.hooks.filter((hook) => hook.as === 'policy');
      return policies.some((hook) => types.holds(`transport.${model.id}.${hook.name}.${method ?? ''}`, () => [own, ...givenTransports(types, model, name, transport.argument)].some((client) => isAttached(types, client, hook, method))));
    });
  });
}

type Transport = NonNullable<ClientModel['types'][string]['transport']>;

const transports = new WeakMap<ClientModel, readonly { name: string; transport: Transport }[]>();

/** The types of a model that send through an HTTP client; most have none, and every call asks. */
function transportsOf(model: ClientModel): readonly { name: string; transport: Transport }[] {
  let found = transports.get(model);
  if (!found) transports.set(model, (found = Object.entries(model.types).flatMap(([name, { transport }]) => (transport ? [{ name, transport }] : []))));
  return found;
}

/** The HTTP clients that the workspace gives to a client's constructor. */
function givenTransports(types: Types, model: ClientModel, name: string, argument: string): string[] {
  return types.program.paths().flatMap((path) =>
    types.program.get(path)!.values.flatMap((value) => {
      if (value.k !== 'call' || value.named === undefined || !types.of(path, value.callee).some((type) => type.k === 'client-class' && type.client.id === model.id && type.type === name)) return [];
      return optionValues(types, path, value.named, argument).flatMap((place) => types.of(place.path, place.value).flatMap((type) => (type.k === 'http' ? [typeKey({ ...type, path: '' })] : [])));
    }),
  );
}

/** Whether some failure of a request by this method is repeated. */
function covers({ methods, networkMethods }: HttpRetry, method: string | undefined): boolean {
  return method === undefined || [methods, networkMethods].some((each) => each === 'any' || (each as readonly string[] | undefined)?.includes(method));
}

/** Whether a method of a client is called, in any file, and not with `true`. */
function isAsked(types: Types, client: string, name: string): boolean {
  return types.program.paths().some((path) => {
    const facts = types.program.get(path)!;
    return (indexOf(facts).callsByName.get(name) ?? []).some((id) => {
      const call = facts.values[id];
      const given = call?.k === 'call' ? facts.values[call.args[0] ?? -1] : undefined;
      return call?.k === 'call' && !(given?.k === 'literal' && given.value === true) && isClient(types, path, call.callee, client, name);
    });
  });
}

/** Whether something that repeats is attached to a client, in any file. */
function isAttached(types: Types, client: string, hook: HttpHook, method: string | undefined): boolean {
  if (hook.as === 'policy') return types.program.paths().some((path) => isMounted(types, path, client, hook, method));
  if (hook.as === 'wrap' && hook.package !== undefined) return types.program.paths().some((path) => isWrapped(types, path, client, hook));
  return hook.as === 'call' && hook.at !== undefined && types.program.paths().some((path) => isIntercepted(types, path, client, hook));
}

/** `axiosRetry(client)`. */
function isWrapped(types: Types, path: string, client: string, hook: HttpHook): boolean {
  const facts = types.program.get(path)!;
  const { consumers } = indexOf(facts);
  return exportUses(facts, hook.package!, hook.name).some((wrapper) => (consumers[wrapper] ?? []).some((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    const at = hook.at ?? 0;
    if (call?.k !== 'call' || call.callee !== wrapper || (call.args.length <= at && hook.global !== true)) return false;
    if (hook.retry?.options.some((option) => hasOption(types, path, call.args.slice(at + 1), option, (value) => value === (hook.retry!.off ?? 0)))) return false;
    // What no instance is named in is the library's own client.
    return call.args[at] === undefined ? client.endsWith(':') : isClient(types, path, call.args[at], client);
  }));
}

/** `session.mount('https://', HTTPAdapter(max_retries=Retry(total=3)))`, where that repeats this method. */
function isMounted(types: Types, path: string, client: string, { name, at, policy, retry }: HttpHook, method: string | undefined): boolean {
  const facts = types.program.get(path)!;
  return (indexOf(facts).callsByName.get(name) ?? []).some((id) => {
    const call = facts.values[id];
    const given = call?.k === 'call' ? argumentFor(facts, call, at ?? 0, policy?.argument) : undefined;
    if (call?.k !== 'call' || given === undefined || !policy || !isClient(types, path, call.callee, client, name)) return false;
    return placesOf(types, path, given, 0).some((place) => {
      const made = types.program.get(place.path)!.values[place.value];
      if (made?.k !== 'call' || made.named === undefined || !types.of(place.path, made.callee).some((type) => type.k === 'http' && policy.factories.includes(type.path))) return false;
      const repeats = optionValues(types, place.path, made.named, policy.option).flatMap((each) => placesOf(types, each.path, each.value, 0));
      return repeats.some((each) => repeatsMethod(types, each, policy.methods, retry, method));
    });
  });
}

/** What a value is made of, through names. */
function placesOf(types: Types, path: string, id: ValueId, depth: number): Place[] {
  const value = types.program.get(path)!.values[id];
  if (value?.k !== 'binding' || depth > 4) return [{ path, value: id }];
  return types.program.get(path)!.bindings[value.binding]!.sources.flatMap((each) => placesOf(types, path, each, depth + 1));
}

function repeatsMethod(types: Types, { path, value: id }: Place, options: readonly string[], retry: HttpRetry | undefined, method: string | undefined): boolean {
  const facts = types.program.get(path)!;
  const value = facts.values[id];
  const usual = !retry || covers(retry, method);
  if (value?.k === 'literal') return value.value !== 0 && value.value !== null && value.value !== false && usual;
  const named = value?.k === 'call' ? value.named : undefined;
  const given = named === undefined ? [] : options.flatMap((option) => optionValues(types, path, named, option));
  if (given.length === 0) return usual;
  return given.some((place) => {
    const list = types.program.get(place.path)!.values[place.value];
    if (list?.k !== 'array') return true;
    return method === undefined || list.items.some((item) => {
      const word = types.program.get(place.path)!.values[item];
      return word?.k === 'literal' && word.value === method;
    });
  });
}

/** `client.interceptors.response.use(…, fn)`, where the function that gets the failure sends the request again. */
function isIntercepted(types: Types, path: string, client: string, hook: HttpHook): boolean {
  const facts = types.program.get(path)!;
  return (indexOf(facts).callsByName.get(hook.name.split('.').at(-1)!) ?? []).some((id) => {
    const call = facts.values[id];
    const handler = call?.k === 'call' ? call.args[hook.at!] : undefined;
    if (call?.k !== 'call' || handler === undefined || !isHookOf(types, path, call.callee, client, hook.name)) return false;
    if (hook.always) return !isTurnedOff(types, path, handler);
    if (hook.sendsOn !== undefined) return sendsOnAgain(types, path, handler, hook.sendsOn);
    return types.of(path, handler).some((type) => type.k === 'function' && sendsAgain(types, type.path, type.fn, client));
  });
}

/** Whether a callee is a client's method of this name, or, for `getInterceptors().add`, one of what a method of the client gives. */
function isHookOf(types: Types, path: string, callee: ValueId, client: string, name: string): boolean {
  const [giver, method] = name.split('().');
  if (method === undefined) return isClient(types, path, callee, client, name);
  const { values } = types.program.get(path)!;
  const member = values[callee];
  const given = member?.k === 'member' && member.name === method ? values[member.object] : undefined;
  return given?.k === 'call' && isClient(types, path, given.callee, client, giver);
}

/** `new DefaultHttpRequestRetryHandler(0, false)`, `(error, count, context) -> false`. */
function isTurnedOff(types: Types, path: string, given: ValueId): boolean {
  return placesOf(types, path, given, 0).some((place) => {
    const { values, functions } = types.program.get(place.path)!;
    const value = values[place.value];
    const first = value?.k === 'call' && value.construct ? values[value.args[0] ?? -1] : undefined;
    const returned = value?.k === 'function' ? functions[value.fn]!.blocks.flatMap(({ next }) => (next.k === 'return' && next.value !== undefined ? [values[next.value]] : [])) : [];
    return value?.k === 'literal' || (first?.k === 'literal' && first.value === 0) || (returned.length > 0 && returned.every((each) => each?.k === 'literal' && (each.value === false || each.value === null)));
  });
}

/** Whether an interceptor sends the request on more than once, or in a loop. */
function sendsOnAgain(types: Types, path: string, given: ValueId, name: string): boolean {
  return types.of(path, given).flatMap((type) => (type.k === 'array' ? [...types.element(type)] : [type])).some((type) => {
    const { functions } = types.program.get(type.k === 'function' || type.k === 'instance' ? type.path : path)!;
    if (type.k === 'function') return sendsMore(types, type.path, type.fn, name);
    return type.k === 'instance' && functions.some((fn, id) => fn.cls === type.cls && sendsMore(types, type.path, id, name));
  });
}

function sendsMore(types: Types, path: string, fn: number, name: string): boolean {
  const facts = types.program.get(path)!;
  const { blocks } = facts.functions[fn]!;
  const sends = blocks.flatMap((block) => block.steps.flatMap((step) => {
    const call = step.k === 'call' ? facts.values[step.value] : undefined;
    const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
    return callee?.k === 'member' && callee.name === name ? [block] : [];
  }));
  return sends.length > 1 || sends.some((block) => block.loop !== undefined);
}

/** Whether a value is a client, or its member of a name. */
function isClient(types: Types, path: string, value: ValueId, client: string, member = ''): boolean {
  return types.of(path, value).some((type) => type.k === 'http' && type.path.endsWith(member) && typeKey({ ...type, path: '' }) === client);
}

/** Whether a function calls the client itself. */
function sendsAgain(types: Types, path: string, fn: number, client: string): boolean {
  const facts = types.program.get(path)!;
  return facts.functions[fn]!.blocks.some((block) => block.steps.some((step) => {
    const call = step.k === 'call' ? facts.values[step.value] : undefined;
    return call?.k === 'call' && types.of(path, call.callee).some((type) => type.k === 'http' && typeKey({ ...type, path: '' }) === client && requestOf(types, path, call, type) !== undefined);
  }));
}
