import type { CallValue, FileFacts, FunctionId } from '../facts/facts.ts';
import { Remembered } from './remembered.ts';
import { type AddressOwner, ownerOfAddress } from './salesforceAddress.ts';
import type { Types } from './types.ts';

/** Headers that only requests to the platform have. */
const HEADERS = /^(?:X-SFDC-Session|Sforce-(?:Call-Options|Query-Options|Enable-PKChunking|Limit-Info|Duplicate-Rule-Header|Auto-Assign|Mru|Locator|NumberOfRecords))$/i;
/** Names of the services that only the platform's SOAP interfaces have: with `SOAPAction`, the header of all of them, a request is one to it. */
const NAMESPACES = /\burn:(?:\w+\.)?(?:partner|enterprise|tooling|fault)?\.?soap\.sforce\.com\b|\bsoap\.sforce\.com\/20\d\d\//;
/** A name at the place of a host that is given to a function for one request, and so says nothing of the next one. */
const ONE_REQUEST = /^(?:url|uri|path|link|href|address|target|route|endpoint)$/i;

/** What stands in the functions of a file beside the addresses. */
interface Words {
  headers: Set<FunctionId>;
  grants: Set<FunctionId>;
  instances: Set<FunctionId>;
}

const words = new WeakMap<FileFacts, Words>();
const hosts = new Remembered<Types, FileFacts, ReadonlySet<string>>();
const given = new Remembered<Types, FileFacts, ReadonlySet<string>>();
const requests = new Remembered<Types, FileFacts, ReadonlyMap<FunctionId, number>>();

/** The addresses to which a call sends a request; undefined for what sends none. */
type AddressesOf = (call: CallValue) => readonly string[] | undefined;

/**
 * Whether addresses that do not tell where they go lead to the platform by what stands around them: a header of the platform's in the function; the only
 * request of a function that asks for a grant and reads the address of an org from the answer; a host that another request of the file goes to, which is known;
 * or the class, whose other methods are given addresses by the same name that do.
 */
export function goesToPlatform(types: Types, path: string, call: CallValue, addresses: readonly string[], addressesOf: AddressesOf): boolean {
  if (addresses.length === 0 || addresses.some((each) => hostOf(each) === undefined)) return false;
  if (isToldAround(types, path, call, addressesOf)) return true;
  if (isGivenLikeOthers(types, path, call, addresses, addressesOf)) return true;
  const known = hostsOf(types, path, addressesOf);
  return addresses.every((each) => known.has(keyOf(types.program.get(path)!, call.in, hostOf(each)!)));
}

/** `put(uri)` that nobody calls, of a class whose `get(uri)` is given addresses of the platform alone. */
function isGivenLikeOthers(types: Types, path: string, { in: fn }: CallValue & { in: FunctionId }, addresses: readonly string[], addressesOf: AddressesOf): boolean {
  const facts = types.program.get(path)!;
  const { cls, params } = facts.functions[fn]!;
  const whole = addresses.length === 1 ? /^\u0001([^\u0002]+)\u0002$/.exec(addresses[0]!)?.[1] : undefined;
  return cls !== undefined && whole !== undefined && params.some(({ name }) => name === whole) && givenTo(types, path, addressesOf).has(`${cls}.${whole}`);
}

/** The names of parameters, with the classes of their methods, by which all requests of these go to the platform that are known to go anywhere. */
function givenTo(types: Types, path: string, addressesOf: AddressesOf): ReadonlySet<string> {
  const facts = types.program.get(path)!;
  return given.get(types, facts, () => {
    const owners = new Map<string, Set<AddressOwner>>();
    for (const value of facts.values) {
      const { cls } = facts.functions[value.in]!;
      const names = value.k === 'call' && cls !== undefined ? parametersIn(facts, value) : [];
      const addresses = value.k === 'call' && names.length > 0 ? (addressesOf(value) ?? []) : [];
      for (const name of addresses.length > 0 ? names : []) {
        const key = `${cls!}.${name}`;
        const known = addresses.filter((each) => each !== `\u0001${name}\u0002`).map(ownerOfAddress);
        owners.set(key, new Set([...(owners.get(key) ?? []), ...known]));
      }
    }
    return new Set([...owners].flatMap(([key, known]) => (known.size === 1 && known.has('platform') ? [key] : [])));
  });
}

/** The names of the parameters that a call hands on as they are. */
function parametersIn(facts: FileFacts, { args, named }: CallValue): string[] {
  const byName = named === undefined ? undefined : facts.values[named];
  return [...args, ...(byName?.k === 'object' ? byName.props.map((prop) => prop.value) : [])].flatMap((id) => {
    const value = facts.values[id];
    const binding = value?.k === 'binding' ? facts.bindings[value.binding] : undefined;
    return binding?.kind === 'parameter' ? [binding.name] : [];
  });
}

/** Functions that are given a host by the same name are given it by others: it is the same only within one. */
function keyOf(facts: FileFacts, fn: FunctionId, host: string): string {
  return facts.functions[fn]!.params.some(({ name }) => name === host) ? `${host}@${fn}` : host;
}

/** The unknown with which an address begins. */
function hostOf(address: string): string | undefined {
  const [, name] = /^(?:[a-z]+:\/\/)?\u0001([^\u0002]+)\u0002/i.exec(address) ?? [];
  return name;
}

function isToldAround(types: Types, path: string, call: CallValue & { in: FunctionId }, addressesOf: AddressesOf): boolean {
  const { headers, instances } = wordsOf(types.program.get(path)!);
  return headers.has(call.in) || (instances.has(call.in) && asksForGrant(types, path, call, addressesOf));
}

/** Whether a call is the only request of a function that asks for a grant. */
export function asksForGrant(types: Types, path: string, call: CallValue & { in: FunctionId }, addressesOf: AddressesOf): boolean {
  return wordsOf(types.program.get(path)!).grants.has(call.in) && requestsOf(types, path, addressesOf).get(call.in) === 1;
}

/** How many requests the functions of a file send themselves. */
function requestsOf(types: Types, path: string, addressesOf: AddressesOf): ReadonlyMap<FunctionId, number> {
  const facts = types.program.get(path)!;
  return requests.get(types, facts, () => {
    const out = new Map<FunctionId, number>();
    for (const each of facts.values) if (each.k === 'call' && addressesOf(each) !== undefined) out.set(each.in, (out.get(each.in) ?? 0) + 1);
    return out;
  });
}

/** The unknown hosts of a file to which requests go that are known to go to the platform. */
function hostsOf(types: Types, path: string, addressesOf: AddressesOf): ReadonlySet<string> {
  const facts = types.program.get(path)!;
  return hosts.get(types, facts, () => {
    const out = new Set<string>();
    for (const value of facts.values) {
      const addresses = value.k === 'call' ? (addressesOf(value) ?? []) : [];
      const own = addresses.flatMap((each) => hostOf(each) ?? []).filter((host) => !ONE_REQUEST.test(host.slice(host.lastIndexOf('.') + 1)));
      if (value.k !== 'call' || own.length === 0) continue;
      const owners = new Set(addresses.map(ownerOfAddress));
      if (owners.has('platform') || (owners.size === 1 && owners.has('unknown') && isToldAround(types, path, value, addressesOf))) for (const host of own) out.add(keyOf(facts, value.in, host));
    }
    return out;
  });
}

function wordsOf(facts: FileFacts): Words {
  let known = words.get(facts);
  if (known) return known;
  known = { headers: new Set(), grants: new Set(), instances: new Set() };
  const isSoap = facts.values.some((value) => (value.k === 'literal' && typeof value.value === 'string' && NAMESPACES.test(value.value)) || (value.k === 'template' && value.parts.some((part) => typeof part === 'string' && NAMESPACES.test(part))));
  const see = (text: unknown, fn: FunctionId): void => {
    if (typeof text !== 'string') return;
    if (HEADERS.test(text) || (isSoap && /^SOAPAction$/i.test(text))) known!.headers.add(fn);
    if (/\bgrant_type\b/i.test(text)) known!.grants.add(fn);
    if (/^instance_url$/i.test(text)) known!.instances.add(fn);
  };
  for (const value of facts.values) {
    if (value.k === 'literal') see(value.value, value.in);
    else if (value.k === 'member' || value.k === 'global') see(value.name, value.in);
    // Constants of other files are called what they hold: `GRANT_TYPE`.
    else if (value.k === 'binding') see(facts.bindings[value.binding]!.name, value.in);
    else if (value.k === 'object') for (const { key } of value.props) see(key, value.in);
    else if (value.k === 'template') for (const part of value.parts) see(part, value.in);
  }
  words.set(facts, known);
  return known;
}
