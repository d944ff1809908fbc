import { findOperation } from '../../../catalog/index.ts';
import type { HttpLibrary } from '../../../catalog/schema/httpLibrary.ts';
import type { ClientMethod, ClientModel } from '../../../catalog/schema/client.ts';
import type { Operation } from '../../../catalog/schema/operation.ts';
import type { CallValue, FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { type ClientInvocation, clientInvocation } from './clientInvocation.ts';
import { endpointCall } from './endpointCalls.ts';
import { variantOf } from './clientVariant.ts';
import { rawOperation } from './rawOperation.ts';
import { type HttpUse, httpUseOf } from './httpRequests.ts';
import { optionValues } from './memberValues.ts';
import { type Handed, handedCall } from './runners.ts';
import { shapeOf } from './shape.ts';
import { isUsedAsList } from './useAsList.ts';
import { soapOperation } from './soapOperation.ts';
import { textsOf } from './texts.ts';
import type { Types } from './types.ts';

/** A call of a client library, or of a plain HTTP client, that sends at least one request to Salesforce. */
export interface SalesforceCall {
  path: string;
  value: ValueId;
  /** What the method is given. */
  args: readonly ValueId[];
  /** What it is given by name, as an object, if anything. */
  byName: ValueId | undefined;
  client: { id: string; title: string };
  /** The client library's model; absent for a plain HTTP client. */
  model?: ClientModel;
  /** What a plain HTTP client sends, if it is one. */
  http?: HttpUse;
  package: string;
  method: string;
  variant: ClientMethod;
  operation: Operation;
  /** The argument that decides between one record and many cannot be seen. */
  shapeUnknown: boolean;
  /** It is left to a library that calls it: its failure comes with what that gives, where it does not run aside. */
  handed?: Handed;
  /** The method name. */
  nameAt: number;
  nameTo: number;
}

/** The Salesforce calls of a file, in source order. */
export function salesforceCalls(types: Types, path: string): SalesforceCall[] {
  const facts = types.program.get(path);
  if (!facts) return [];
  const out: SalesforceCall[] = [];
  facts.values.forEach((value, id) => {
    if (value.k !== 'call') return;
    const handed = handedCall(types, path, id);
    const found = asSalesforceCall(types, path, id, handed?.call ?? value, facts);
    const call = found && handed ? { ...found, handed } : found;
    if (call && !isReplaced(types, path, id)) out.push(call);
  });
  return out.sort((a, b) => a.nameAt - b.nameAt);
}

function asSalesforceCall(types: Types, path: string, id: ValueId, value: CallValue, facts: FileFacts): SalesforceCall | undefined {
  const invocation = clientInvocation(types, path, value);
  if (!invocation) return asHttpCall(types, path, id, value, facts) ?? asEndpointCall(types, path, id, value, facts);
  const { method, args, byName } = invocation;
  const variant = byUse(types, path, id, invocation, variantOf(types, path, method, args, byName));
  if (!variant?.operation || (variant.continues && !variant.replaces) || (variant.onlyWith !== undefined && !isNamedBefore(facts, value, variant.onlyWith))) return undefined;
  const named = findOperation(variant.operation);
  if (!named) return undefined;
  const operation = named.kind === 'raw-request' ? (refined(types, path, args, byName, named) ?? named) : named;
  const name = nameOf(facts, invocation.named);
  const decides = method.variants.find((each) => each.when?.is === 'array')?.when?.index;
  const argument = decides === undefined ? undefined : args[decides];
  // A name in the plural may well be a list; anything else that is not known to be one is taken for one record.
  const shapeUnknown = argument !== undefined && shapeOf(types, path, argument) === 'unknown' && /(?:[a-z]s|list|batch|chunk|payload|array|data|input)$/i.test(lastName(facts, argument) ?? '');
  return { path, value: id, args, byName, shapeUnknown, client: method.client, model: method.client, package: method.package, method: method.name, variant, operation, nameAt: name.at, nameTo: name.to };
}

/** An option that requests for one record do not have. */
const FOR_MANY = 'allOrNone';

/** Where the argument does not tell one record from many, a result that is used as a list does, and an option that only requests for many have. */
function byUse(types: Types, path: string, id: ValueId, { method, args }: ClientInvocation, variant: ClientMethod | undefined): ClientMethod | undefined {
  const many = method.variants.find((each) => each.when?.is === 'array' && each.callback === variant?.callback && types.program.projects.fits(path, method.package, each.versions) !== 'no');
  if (!variant || !many || variant === many) return variant;
  const argument = args[many.when!.index];
  if (argument === undefined || shapeOf(types, path, argument) !== 'unknown') return variant;
  const forMany = args.slice(many.when!.index + 1).some((each) => optionValues(types, path, each, FOR_MANY).length > 0);
  return forMany || isUsedAsList(types, path, id) ? many : variant;
}

function nameOf(facts: FileFacts, named: ValueId): { at: number; to: number } {
  const value = facts.values[named]!;
  return value.k === 'member' ? { at: value.nameAt, to: value.nameTo } : { at: value.at, to: value.to };
}

/** A request of a plain HTTP client, if it goes to Salesforce. */
function asHttpCall(types: Types, path: string, id: ValueId, call: CallValue, facts: FileFacts): SalesforceCall | undefined {
  const http = httpUseOf(types, path, call, id);
  if (!http) return undefined;
  const operation = soapOperation(types, path, call, http.method, http.addresses) ?? rawOperation(http.method, http.addresses, http.owner === 'marketing-cloud');
  if (!operation) return undefined;
  const name = nameOf(facts, http.request.builtAt?.receiver ? begunAt(facts, call, http.type.library) : call.callee);
  const variant: ClientMethod = { operation: operation.id, ...(http.answer.callback?.error === undefined ? {} : { callback: true }), ...(['event', 'stream'].includes(http.answer.by) || (http.answer.callback && http.answer.callback.error === undefined && http.answer.inPlace === undefined) ? { events: true } : {}) };
  return { path, value: id, args: call.args, byName: call.named, shapeUnknown: false, client: http.type.library, http, package: http.type.package, method: http.request.names[0]!, variant, operation, nameAt: name.at, nameTo: name.to };
}

/** Steps of one expression that are looked through for its beginning. */
const MOST_STEPS = 40;

/**
 * The step at whose name a request stands that is built and sent in one expression: the one that tells its HTTP method, `client.post().uri(…).retrieve()`, else the one that makes
 * what is sent, `client.newCall(request).execute()`. Where it was built before, the step that sends it.
 */
function begunAt(facts: FileFacts, { callee }: CallValue, { builders = [] }: HttpLibrary): ValueId {
  let making: ValueId | undefined;
  for (let at = callee, step = 0; step < MOST_STEPS; step++) {
    const member = facts.values[at];
    const before = member?.k === 'member' ? facts.values[member.object] : undefined;
    const name = before?.k === 'call' && !before.construct ? lastName(facts, before.callee) : undefined;
    if (before?.k !== 'call' || before.construct) break;
    at = before.callee;
    const made = builders.find(({ names }) => name !== undefined && names.includes(name));
    if (made?.method !== undefined || made?.methodAt !== undefined) return at;
    if (made?.of !== undefined) making = at;
  }
  return making ?? callee;
}

/** A call that names its operation in an address. */
function asEndpointCall(types: Types, path: string, id: ValueId, call: CallValue, facts: FileFacts): SalesforceCall | undefined {
  const endpoint = endpointCall(types, path, call, facts);
  const operation = endpoint && findOperation(endpoint.variant.operation ?? '');
  if (!endpoint || !operation) return undefined;
  const { client, method, variant } = endpoint;
  const name = nameOf(facts, call.callee);
  return { path, value: id, args: call.args, byName: call.named, shapeUnknown: false, client, model: client, package: client.packages[0]?.name ?? client.id, method, variant, operation, nameAt: name.at, nameTo: name.to };
}

/** What a raw request through a client really is, by its method and address. */
function refined(types: Types, path: string, args: readonly ValueId[], byName: ValueId | undefined, named: Operation): Operation | undefined {
  const first = args[0];
  if (first === undefined) return undefined;
  const textsAt = (...options: string[]): string[] => options.flatMap((option) => [first, ...(byName === undefined ? [] : [byName])].flatMap((each) => optionValues(types, path, each, option))).flatMap((place) => textsOf(types, place.path, place.value));
  const methods = new Set(named.http === 'unknown' ? textsAt('method').map((text) => text.toUpperCase()) : [named.http]);
  const options = types.of(path, first).some((type) => type.k === 'object');
  // Options that name no method send a GET, if all of them can be seen.
  if (methods.size === 0 && options && seesAll(types, path, first)) methods.add('GET');
  const [method] = methods;
  if (methods.size !== 1 || method === undefined || /[^A-Z]/.test(method)) return undefined;
  return rawOperation(method, options ? textsAt('url', 'uri') : textsOf(types, path, first), named.family === 'mc-rest');
}

/** Whether every option of an argument stands where it is written: nothing is spread into it. */
function seesAll(types: Types, path: string, argument: ValueId): boolean {
  return types.of(path, argument).every((type) => {
    const object = type.k === 'object' ? types.program.get(type.path)!.values[type.value] : undefined;
    return object?.k !== 'object' || object.spreads.length === 0;
  });
}

/** Whether a step of the chain before a call names a word: `find({}, '*').toSOQL()`. */
function isNamedBefore(facts: FileFacts, { callee }: CallValue, word: string): boolean {
  const names = (id: ValueId): boolean => {
    const value = facts.values[id];
    return value?.k === 'array' ? value.items.some(names) : value?.k === 'literal' && value.value === word;
  };
  for (let at = callee, step = 0; step < MOST_STEPS; step++) {
    const member = facts.values[at];
    const before = member?.k === 'member' ? facts.values[member.object] : undefined;
    if (before?.k !== 'call') return false;
    if (before.args.some(names)) return true;
    at = before.callee;
  }
  return false;
}

/** Whether a call is only the beginning of a chain that ends in a writing call of its own: `find().destroy()`. */
function isReplaced(types: Types, path: string, id: ValueId): boolean {
  const next = chainedCall(types, path, id);
  if (!next) return false;
  return next.variant?.replaces === true || (next.variant?.continues === true && isReplaced(types, path, next.value));
}

/** The call of a client method directly on the result of a call. */
export function chainedCall(types: Types, path: string, id: ValueId): { value: ValueId; variant: ClientMethod | undefined } | undefined {
  const facts = types.program.get(path)!;
  const index = indexOf(facts);
  for (const consumer of index.consumers[id] ?? []) {
    if (consumer.k !== 'value') continue;
    const member = facts.values[consumer.value];
    if (member?.k !== 'member' || member.object !== id) continue;
    for (const outer of index.consumers[consumer.value] ?? []) {
      if (outer.k !== 'value') continue;
      const call = facts.values[outer.value];
      if (call?.k !== 'call' || call.callee !== consumer.value) continue;
      const invocation = clientInvocation(types, path, call);
      if (invocation) return { value: outer.value, variant: variantOf(types, path, invocation.method, invocation.args, invocation.byName) };
    }
  }
  return undefined;
}
