import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { someWithin } from '../facts/positions.ts';
import type { AbstractType } from '../resolve/abstractType.ts';
import { optionValues } from '../resolve/memberValues.ts';
import { textsOf } from '../resolve/texts.ts';
import type { Types } from '../resolve/types.ts';
import { isScheduler } from './context.ts';

/** A place where a client of Salesforce is made. */
export interface Construction {
  record: { path: string; start: number; end: number };
  client: { id: string; title: string };
  /** API version that it is told to use, where that is written down. */
  version: number | undefined;
  /** Names of the options that it is given; undefined where not all of them can be seen. */
  options: ReadonlySet<string> | undefined;
  /** It is kept for as long as its program runs, and the program goes on running. */
  lasts: boolean;
  /** Something in the workspace gives a connection a new session, or looks for the end of one. */
  renewed: boolean;
}

/** The clients that a file makes, in source order. */
export function constructionsOf(types: Types, path: string): Construction[] {
  const facts = types.program.get(path);
  if (!facts) return [];
  return facts.values.flatMap((value, id) => {
    const made = value.k === 'call' && value.construct ? types.of(path, value.callee).find((type) => type.k === 'client-class') : undefined;
    return made?.k === 'client-class' ? [construction(types, path, id, made)] : [];
  });
}

function construction(types: Types, path: string, id: ValueId, { client, type }: Extract<AbstractType, { k: 'client-class' }>): Construction {
  const facts = types.program.get(path)!;
  const call = facts.values[id]!;
  const args = call.k === 'call' ? call.args : [];
  const callee = call.k === 'call' ? facts.values[call.callee]! : call;
  const given = call.k === 'call' ? (call.named ?? args[0]) : undefined;
  const texts = given === undefined ? [] : optionValues(types, path, given, 'version').flatMap((place) => textsOf(types, place.path, place.value));
  const [version, ...others] = [...new Set(texts.filter((text) => /^\d{1,3}(?:\.\d)?$/.test(text)).map(Number))];
  return {
    record: { path, start: callee.at, end: callee.to },
    client,
    version: others.length === 0 && texts.length > 0 ? version : undefined,
    // What other classes are given at their places is not read.
    options: type !== 'Connection' ? undefined : args[0] === undefined ? new Set() : optionNames(types, path, args[0]),
    lasts: isKept(facts, id) && programGoesOn(types, path),
    renewed: types.holds('renews', () => types.program.paths().some((each) => renews(types.program.get(each)!))),
  };
}

function optionNames(types: Types, path: string, id: ValueId): ReadonlySet<string> | undefined {
  const found = types.of(path, id);
  const names = new Set<string>();
  for (const type of found) {
    const object = type.k === 'object' ? types.program.get(type.path)!.values[type.value] : undefined;
    if (object?.k !== 'object' || object.spreads.length > 0) return undefined;
    for (const { key } of object.props) names.add(key);
  }
  return found.length === 0 ? undefined : names;
}

/** Whether what is made goes to a name of the whole file and not to one of a function, and nothing of a request goes into it. */
function isKept(facts: FileFacts, id: ValueId): boolean {
  const call = facts.values[id]!;
  const kept = (indexOf(facts).consumers[id] ?? []).some((consumer) => {
    if (consumer.k === 'bind') return facts.bindings[consumer.binding]!.in === 0;
    return consumer.k === 'value' && facts.values[consumer.value]!.k === 'assign' && isKept(facts, consumer.value);
  });
  return kept && !someWithin(facts, call.at, call.to, (each) => {
    const value = facts.values[each]!;
    return value.k === 'parameter' || (value.k === 'binding' && facts.bindings[value.binding]!.kind === 'parameter');
  });
}

/** Names of calls and members by which a session is renewed. */
const RENEWS = ['login', 'loginByOAuth2', 'loginBySoap', 'authorize', 'refreshToken', 'refreshAccessToken', 'refreshAuth', 'initialize'];

function renews(facts: FileFacts): boolean {
  const { callsByName, storesByName } = indexOf(facts);
  if (RENEWS.some((name) => callsByName.has(name)) || storesByName.has('accessToken')) return true;
  return facts.values.some((value) => value.k === 'literal' && (value.value === 'INVALID_SESSION_ID' || value.value === 401));
}

/** Whether a file, or one that imports it, directly or not, goes on running. */
function programGoesOn(types: Types, path: string): boolean {
  const seen = new Set([path]);
  for (const each of seen) {
    if (seen.size > 200) return false;
    if (goesOn(types.program.get(each)!)) return true;
    for (const importer of types.program.importersOf(each)) seen.add(importer.path);
  }
  return false;
}

/** Whether a program listens, or begins work by the clock: then it runs for longer than a session lives. */
function goesOn(facts: FileFacts): boolean {
  const { callsByName } = indexOf(facts);
  return ['listen', 'launch', 'startPolling', 'setInterval'].some((name) => callsByName.has(name)) || [...callsByName.keys()].some((name) => /^(?:schedule|scheduleJob|CronJob|consume|Worker)$/.test(name) && (callsByName.get(name) ?? []).some((id) => isScheduler(facts, calleeOf(facts, id)) && lastName(facts, calleeOf(facts, id)) === name));
}

function calleeOf(facts: FileFacts, id: ValueId): ValueId {
  const call = facts.values[id]!;
  return call.k === 'call' ? call.callee : id;
}

/** Whether a login by name and password through a client goes over SOAP: every connection of the workspace can be seen, and none is given an OAuth client. */
export function loginIsSoap(types: Types, clientId: string): boolean {
  const paths = types.program.paths();
  const made = paths.flatMap((path) => constructionsOf(types, path)).filter(({ client }) => client.id === clientId);
  const stored = paths.some((path) => (indexOf(types.program.get(path)!).storesByName.get('oauth2') ?? []).length > 0);
  return made.length > 0 && !stored && made.every(({ options }) => options !== undefined && !options.has('oauth2') && !options.has('clientId'));
}
