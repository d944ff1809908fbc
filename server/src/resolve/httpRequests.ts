import { httpLibraries, onceForEntries } from '../../../catalog/index.ts';
import type { ArgumentPlace, HttpAnswer, HttpRequest } from '../../../catalog/schema/httpLibrary.ts';
import type { CallValue, FunctionId, ValueId } from '../facts/facts.ts';
import { argumentFor, indexOf, lastName, optionArguments } from '../facts/fileIndex.ts';
import type { AbstractType } from './abstractType.ts';
import { asksForGrant, goesToPlatform } from './addressContext.ts';
import { hole } from './addressParts.ts';
import { textsOf } from './texts.ts';
import { builtAddresses, builtMethod, builtRequest, constantMethod } from './builtRequests.ts';
import { referredTo } from './callbacks.ts';
import type { Place } from './callsByName.ts';
import { declaredRequest, type DeclaredRequest } from './declaredRequests.ts';
import { receiverText } from './evidence.ts';
import { classOfInstance, fits, instanceModel, requestOf } from './httpMembers.ts';
import { messagesAt, storedTexts, textsAssignedToMessage, textsOfMessage, textsStoredOn, sendsBody } from './madeRequests.ts';
import { classValues, optionValues } from './memberValues.ts';
import { type AddressOwner, namesApi, ownerOfAddress } from './salesforceAddress.ts';
import { identityAddresses, tokenAddresses } from './tokenRequests.ts';
import type { Types } from './types.ts';
import { unknownSender } from './unknownSenders.ts';

export type HttpType = Extract<AbstractType, { k: 'http' }>;

/** A request to Salesforce that a plain HTTP client sends. */
export interface HttpUse {
  type: HttpType;
  request: HttpRequest;
  answer: HttpAnswer;
  /** A failed status comes as a result and not as an error. */
  byValue: boolean;
  /** HTTP method, if it is known. */
  method: string | undefined;
  /** The addresses that it may go to, see `textsOf`. */
  addresses: readonly string[];
  owner: Exclude<AddressOwner, 'other' | 'unknown'>;
  /** How what the call gives is sent, where the call sends nothing yet. */
  later?: NonNullable<DeclaredRequest['later']>;
}

/** The request to Salesforce that a call sends through a plain HTTP client, if it does. */
export function httpUseOf(types: Types, path: string, call: CallValue, id: ValueId): HttpUse | undefined {
  const declared = declaredRequest(types, path, call);
  if (declared) return declaredUse(types, path, call, declared);
  const known = requestsOf(types, path, call);
  const guessed = known.length > 0 || types.of(path, call.callee).length > 0 ? undefined : unknownSender(types, path, call, id);
  for (const { type, request } of guessed ? [guessed] : known) {
    const answer = request && answerOf(types, path, call, type, request);
    if (!request || !answer || isReadElsewhere(types, path, call, request)) continue;
    const addresses = addressesOf(types, path, call, type, request);
    const owners = new Set(addresses.map(ownerOfAddress));
    // A helper that other services use too sends requests of theirs.
    if (owners.has('other') || (guessed && !addresses.some(namesApi))) continue;
    const sent = (other: CallValue): readonly string[] | undefined => addressesSent(types, path, other);
    const tokens = owners.size === 1 && owners.has('unknown') ? (tokenAddresses(types, path, call, addresses, () => asksForGrant(types, path, call, sent)) ?? identityAddresses(types, path, addresses)) : undefined;
    const isPlatform = tokens || owners.has('platform') || (!owners.has('marketing-cloud') && goesToPlatform(types, path, call, addresses, sent));
    const owner = isPlatform ? 'platform' : owners.has('marketing-cloud') ? 'marketing-cloud' : undefined;
    if (!owner) continue;
    return { type, request, answer, byValue: isByValue(types, path, call, type, answer), method: methodOf(types, path, call, type, request), addresses: tokens ?? addresses, owner };
  }
  return undefined;
}

/** The addresses to which a call sends a request, whoever's they are; undefined where it sends none. */
function addressesSent(types: Types, path: string, call: CallValue): readonly string[] | undefined {
  const sent = requestsOf(types, path, call).flatMap(({ type, request }) => (request ? [addressesOf(types, path, call, type, request)] : []));
  return sent.length === 0 ? undefined : sent.flat();
}

function declaredUse(types: Types, path: string, call: CallValue, { library, answer, method, addresses, later }: DeclaredRequest): HttpUse | undefined {
  const owners = new Set(addresses.map(ownerOfAddress));
  const owner = owners.has('other') ? undefined : (['platform', 'marketing-cloud'] as const).find((each) => owners.has(each));
  if (!owner) return undefined;
  const type: HttpType = { k: 'http', library, package: library.packages[0] ?? library.id, path: '' };
  const request: HttpRequest = { names: [lastName(types.program.get(path)!, call.callee) ?? ''], answers: [answer.id] };
  return { type, request, answer, byValue: answer.accepts === undefined, method, addresses, owner, ...(later ? { later } : {}) };
}

/** The requests that a call may send, by what it calls; where nothing is known of that, by what it is given. */
function requestsOf(types: Types, path: string, call: CallValue): { type: HttpType; request: HttpRequest | undefined }[] {
  const called = types.of(path, call.callee);
  if (called.length > 0) return called.flatMap((type) => (type.k === 'http' ? [{ type, request: requestOf(types, path, call, type) }] : []));
  const facts = types.program.get(path)!;
  const name = facts.values[call.callee]?.k === 'member' ? lastName(facts, call.callee) : undefined;
  if (name === undefined || call.construct) return [];
  const strong = strongRequest(name, facts.language);
  if (strong && isUnknown(types, path, call)) return [strong];
  return call.args.slice(0, 2).flatMap((argument, index) => types.of(path, argument).flatMap((type) => {
    const made = type.k === 'http' && type.path === '' ? type.instance?.id : undefined;
    if (type.k !== 'http' || made === undefined) return [];
    const request = type.library.requests.find((each) => each.builtAt?.instance === made && each.builtAt.argument === index && each.names.includes(name));
    return request ? [{ type: { ...type, path: name }, request }] : [];
  }));
}

/** A request that is known by the name of its method alone: see `strongShape`. */
const strongRequests = onceForEntries(() => new Map<string, { type: HttpType; request: HttpRequest }>(httpLibraries().flatMap((library) => library.requests.flatMap((request) => (request.strongShape ? request.names.map((name) => [`${library.language ?? ''}.${name}`, { type: { k: 'http', library, package: library.packages[0] ?? library.id, path: name } as HttpType, request }] as const) : [])))));

function strongRequest(name: string, language: string): { type: HttpType; request: HttpRequest } | undefined {
  return strongRequests().get(`${language === 'javascript' ? '' : language}.${name}`);
}

/** Whether nothing is known of what a method is asked of. */
function isUnknown(types: Types, path: string, call: CallValue): boolean {
  const callee = types.program.get(path)!.values[call.callee];
  return callee?.k === 'member' && types.of(path, callee.object).length === 0;
}

/** Whether another step on the same object stands for the request. */
function isReadElsewhere(types: Types, path: string, call: CallValue, { unlessCalled, names }: HttpRequest): boolean {
  const facts = types.program.get(path)!;
  const callee = facts.values[call.callee];
  const receiver = callee?.k === 'member' ? receiverText(facts, callee.object) : undefined;
  if (receiver === undefined || !unlessCalled) return false;
  return [...unlessCalled, ...names].some((name) => (indexOf(facts).membersByName.get(name) ?? []).some((id) => {
    const other = facts.values[id];
    return other?.k === 'member' && other.in === call.in && (unlessCalled.includes(name) || other.at < facts.values[call.callee]!.at) && receiverText(facts, other.object) === receiver;
  }));
}

/** The first of several answers that this call can get: a callback only where there is one. */
function answerOf(types: Types, path: string, call: CallValue, type: HttpType, request: HttpRequest): HttpAnswer | undefined {
  const fitting = request.answers.flatMap((id) => type.library.answers.find((each) => each.id === id && fits(types, path, type, each.versions)) ?? []);
  const special = fitting.find(({ given }) => given !== undefined && call.args.some((argument) => types.of(path, argument).some((each) => each.k === 'http' && each.path === '' && each.instance?.id === given)));
  if (special) return special;
  const [alone] = fitting;
  if (fitting.length === 1 && alone?.given === undefined) return alone;
  const byClass = fitting.find(({ givenClass }) => givenClass !== undefined && call.args.some((argument) => givenClass.includes(classLiteral(types, path, argument) ?? '')));
  if (byClass) return byClass;
  const last = call.args.at(-1);
  const usual = fitting.filter(({ given, givenClass }) => given === undefined && givenClass === undefined);
  return usual.find((each) => (each.by === 'callback') === (last !== undefined && takers(types, path, last, each.inPlace).length > 0)) ?? usual[0];
}

/** The class that an argument is: `Response.class`. */
function classLiteral(types: Types, path: string, id: ValueId): string | undefined {
  const facts = types.program.get(path)!;
  const value = facts.values[id];
  return value?.k === 'other' && value.of.length === 1 ? lastName(facts, value.of[0]!) : undefined;
}

/** The functions that a callback is: itself, or the method of this name of an object with several. */
export function takers(types: Types, path: string, id: ValueId, method: string | undefined): { path: string; fn: FunctionId }[] {
  return types.of(path, id).flatMap((type) => {
    if (type.k === 'function') return [...referredTo(types, type.path, type.fn)];
    return type.k === 'instance' && method !== undefined ? types.member(type, method).flatMap((each) => (each.k === 'function' ? [{ path: each.path, fn: each.fn }] : [])) : [];
  });
}

function addressesOf(types: Types, path: string, call: CallValue, type: HttpType, request: HttpRequest): readonly string[] {
  const built = builtRequest(types, path, call, type, request);
  const first = (places: readonly ArgumentPlace[] | undefined): readonly string[] => (places ?? []).map((place) => textsAt(types, path, call, place)).find((texts) => texts.length > 0) ?? [];
  const hosts = (): readonly string[] => first(request.hostAt).map((host) => (/:\/\//.test(host) ? host : `https://${host}`));
  if (built) return builtAddresses(types, built).flatMap((text) => based(hosts(), text));
  const own = first(request.baseAt);
  const base = own.length > 0 ? own : basesOf(types, path, call, type);
  // A request that was made before tells more than the text of how it was made.
  for (const message of messagesOf(types, path, call, type, request)) {
    const texts = textsOfMessage(types, message, 'url');
    if (texts.length > 0) return texts.flatMap((text) => based(base, text));
  }
  for (const place of request.urlAt ?? []) {
    const texts = textsAt(types, path, call, place);
    if (texts.length > 0) return texts.flatMap((text) => based(base, text));
  }
  // `{ ...options, baseURL }`: what comes after it is not seen.
  if (own.length > 0) return own.map((each) => `${each.replace(/\/$/, '')}/${hole('url')}`);
  if (request.messageAt) {
    const texts = textsAssignedToMessage(types, path, call, type, request.messageAt, 'url');
    // A request without an address of its own goes to that of its client.
    return texts.length > 0 ? texts.flatMap((text) => based(base, text)) : base;
  }
  const paths = first(request.pathAt);
  return hosts().flatMap((host) => (paths.length > 0 ? paths : ['/']).map((each) => `${host}${each}`));
}

function based(base: readonly string[], text: string): readonly string[] {
  return base.length > 0 && !/^[a-z]+:\/\//i.test(text) ? base.map((each) => `${each.replace(/\/$/, '')}/${text.replace(/^\//, '')}`) : [text];
}

/** Requests that were made before the call sends them: what it is given, or what it is a method of. */
function messagesOf(types: Types, path: string, call: CallValue, type: HttpType, request: HttpRequest): HttpType[] {
  if (request.messageAt) return messagesAt(types, path, call, type, request.messageAt);
  const model = instanceModel(type);
  return model?.urlAt || model?.urlMembers ? [type] : [];
}

/** Base addresses of the instance that a request is sent through. */
function basesOf(types: Types, path: string, call: CallValue, type: HttpType, depth = 0): readonly string[] {
  const model = instanceModel(type);
  if (!model || !type.instance) return [];
  const { path: home } = type.instance;
  const cls = classOfInstance(type);
  if (cls !== undefined) return (model.baseMembers ?? []).flatMap((name) => classValues(types, home, cls, name)).flatMap((place) => [...textsOf(types, place.path, place.value)]);
  const made = types.program.get(home)?.values[type.instance.value];
  for (const place of made?.k === 'call' ? (model.baseAt ?? []) : []) {
    const texts = textsAt(types, home, made as CallValue, place);
    if (texts.length > 0) return texts;
  }
  for (const each of depth < MOST_CLIENTS ? madeOf(types, type) : []) {
    const texts = basesOf(types, each.instance!.path, made as CallValue, each, depth + 1);
    if (texts.length > 0) return texts;
  }
  const stored = storedTexts(types, type, model.baseMembers ?? []);
  const callee = types.program.get(path)!.values[call.callee];
  return stored.length > 0 || callee?.k !== 'member' ? stored : textsStoredOn(types, path, callee.object, model.baseMembers ?? []);
}

function textsAt(types: Types, path: string, call: CallValue, place: ArgumentPlace): readonly string[] {
  return placesAt(types, path, call, place).flatMap((each) => textsOf(types, each.path, each.value));
}

/** The values that stand at a place of a call's arguments. */
export function placesAt(types: Types, path: string, call: CallValue, { argument, option, name }: ArgumentPlace): Place[] {
  const id = argumentFor(types.program.get(path)!, call, argument ?? -1, name);
  // `post(**options)`
  if (id === undefined) return name === undefined || call.named === undefined ? [] : optionValues(types, path, call.named, name);
  if (option !== undefined) return optionValues(types, path, id, option);
  // An object of options is no address.
  return types.of(path, id).some((type) => type.k === 'object' || type.k === 'function') ? [] : [{ path, value: id }];
}

/** `HttpMethod.POST`: a constant that is named after the method. */
function constantsAt(types: Types, path: string, call: CallValue, place: ArgumentPlace): string[] {
  return placesAt(types, path, call, place).flatMap((each) => constantMethod(types, each) ?? []);
}

function methodOf(types: Types, path: string, call: CallValue, type: HttpType, request: HttpRequest): string | undefined {
  if (request.method) return request.method;
  for (const place of request.methodAt ?? []) {
    const constants = constantsAt(types, path, call, place);
    const texts = constants.length > 0 ? constants : textsAt(types, path, call, place);
    if (texts.length > 0) return methodNamed(texts);
  }
  const built = builtRequest(types, path, call, type, request);
  if (built) return builtMethod(types, built) ?? (built.open || built.methods.length + built.methodPlaces.length > 0 ? undefined : (built.methodElse ?? request.methodElse));
  for (const message of messagesOf(types, path, call, type, request)) {
    const texts = textsOfMessage(types, message, 'method');
    if (texts.length > 0) return methodNamed(texts);
  }
  const assigned = request.messageAt ? textsAssignedToMessage(types, path, call, type, request.messageAt, 'method') : [];
  if (assigned.length > 0) return methodNamed(assigned);
  // Options that cannot be seen may name a method.
  const unseen = (request.methodAt ?? []).some(({ argument }) => {
    const id = argument === undefined ? undefined : call.args[argument];
    return id !== undefined && argument !== undefined && argument > 0 && !types.of(path, id).some((type) => type.k === 'object' || type.k === 'function');
  });
  if (unseen) return undefined;
  return sendsBody(types, path, call, request.bodyAt) ? 'POST' : request.methodElse;
}

/** The one method that texts name: as it is, or by a constant that is named after it. */
function methodNamed(texts: readonly string[]): string | undefined {
  const names = new Set(texts.map((text) => text.replace(/^\u0001(?:\w+\.)?(\w+)\u0002$|^\u0001\w+\((\w+)\)\u0002$/, '$1$2').toUpperCase()));
  const [only] = names;
  return names.size === 1 && only !== undefined && /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS|TRACE|QUERY)$/.test(only) ? only : undefined;
}

/** The texts of the query that a request may send, in its address or among its parameters, see `textsOf`. */
export function soqlTextsOf(types: Types, path: string, call: CallValue, { addresses }: HttpUse): string[] {
  const inAddress = addresses.map((address) => /[?&]q=([^&]*)/.exec(address)?.[1]);
  const given = optionArguments(call).flatMap((argument) => ['params.q', 'qs.q', 'query.q', 'searchParams.q'].flatMap((option) => optionValues(types, path, argument, option)));
  const found = [...inAddress.flatMap((text) => (text === undefined || /^\{\w*\}$/.test(text) ? [] : [text])), ...given.flatMap((place) => textsOf(types, place.path, place.value))];
  // It is given by itself, to a method without a body or for a blank of the address: `template.getForObject(base + "/query?q={soql}", Page.class, soql)`.
  const plain = found.length > 0 ? [] : call.args.flatMap((each) => textsOf(types, path, each)).filter((text) => /^\s*SELECT\s/i.test(text));
  return [...found, ...plain].map(decoded);
}

function decoded(text: string): string {
  const plain = text.replaceAll('+', ' ');
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

/** Whether a call is a step on what a request of an HTTP client gives: `got(url).json()`, `superagent.post(url).send(body)`. */
export function continuesRequest(types: Types, path: string, id: ValueId, depth = 0): boolean {
  const facts = types.program.get(path)!;
  const call = facts.values[id];
  if (call?.k !== 'call' || depth > 12) return false;
  if (types.of(path, call.callee).some((type) => type.k === 'http' && requestOf(types, path, call, type) !== undefined)) return true;
  const callee = facts.values[call.callee];
  return callee?.k === 'member' && call.protocol === undefined && continuesRequest(types, path, callee.object, depth + 1);
}

/** Whether a failed status is a result: by the library, unless an option of the call or of its instance changes that. */
function isByValue(types: Types, path: string, call: CallValue, type: HttpType, answer: HttpAnswer): boolean {
  for (const change of answer.changedBy ?? []) {
    if (change.option === undefined || !fits(types, path, type, change.versions)) continue;
    const places = [
      ...optionArguments(call).flatMap((argument) => optionValues(types, path, argument, change.option!)),
      ...(type.instance ? instanceOptions(types, type, change.option) : []),
    ];
    for (const place of places) {
      const value = types.program.get(place.path)!.values[place.value];
      if (change.is !== undefined && !(value?.k === 'literal' && value.value === change.is)) continue;
      if (change.to === 'result') return true;
      if (change.to === 'fail') return false;
      // `validateStatus: () => true` lets every status be a result; other functions decide for themselves, mostly to let one or two through.
      return value?.k === 'function' && returnsTrue(types, place.path, value.fn);
    }
  }
  return answer.accepts === undefined;
}

/** Clients that are made of other clients, more than which are not followed. */
const MOST_CLIENTS = 4;

/** The values of an option with which an instance was made, the nearest first where it takes over those of another one. */
export function instanceOptions(types: Types, type: HttpType, option: string, depth = 0): Place[] {
  const facts = type.instance && types.program.get(type.instance.path);
  const made = facts?.values[type.instance!.value];
  if (!facts || made?.k !== 'call') return [];
  const { path } = type.instance!;
  const own = optionArguments(made).flatMap((argument) => optionValues(types, path, argument, option));
  return own.length > 0 || depth === MOST_CLIENTS ? own : madeOf(types, type).flatMap((each) => instanceOptions(types, each, option, depth + 1));
}

/** The clients whose settings a client takes over: `base.extend({ … })`. */
function madeOf(types: Types, type: HttpType): HttpType[] {
  const made = type.instance && types.program.get(type.instance.path)?.values[type.instance.value];
  const callee = made?.k === 'call' ? types.program.get(type.instance!.path)!.values[made.callee] : undefined;
  if (callee?.k !== 'member' || !instanceModel(type)?.inherits) return [];
  return types.of(type.instance!.path, callee.object).flatMap((each) => (each.k === 'http' && each.instance ? [each] : []));
}

function returnsTrue(types: Types, path: string, fn: number): boolean {
  const facts = types.program.get(path)!;
  return facts.functions[fn]!.blocks.some((block) => {
    const value = block.next.k === 'return' && block.next.value !== undefined ? facts.values[block.next.value] : undefined;
    return value?.k === 'literal' && value.value === true;
  });
}
