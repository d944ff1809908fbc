import type { CallValue, FileFacts, ValueId } from '../facts/facts.ts';
import { chainOn } from '../facts/chains.ts';
import { indexOf, lastName, optionArguments } from '../facts/fileIndex.ts';
import { hole, isOpen, isCut, isPart, partOfAddress, partsOfUri } from './addressParts.ts';
import type { Place } from './callsByName.ts';
import { type Addition, growthOf } from './grownTexts.ts';
import { byEvidence } from './evidence.ts';
import { isTelling, joined, limited } from './manyTexts.ts';
import { exportedValues, itemsAt, optionValues, productValues, returnedValues } from './memberValues.ts';
import type { AbstractType } from './abstractType.ts';
import { ownerOfAddress } from './salesforceAddress.ts';
import { givenBy, into, keyOf, onward, type Steps } from './textSteps.ts';
import type { Types } from './types.ts';

/** Text steps that leave an address what it is. */
const SAME = new Set(['trim', 'toString', 'trimEnd', 'trimStart', 'toLowerCase', 'normalize', 'replace', 'replaceAll', 'href', 'valueOf', 'Trim', 'TrimEnd', 'TrimStart', 'Replace', 'ToLower', 'ToLowerInvariant', 'AbsoluteUri', 'OriginalString']);
/** Steps on a value of a parsed answer that give its text. */
const READS = new Set(['asText', 'textValue', 'getTextValue', 'getAsString', 'asString', 'stringValue']);
const ENCODERS = new Set(['encodeURI', 'encodeURIComponent', 'escape', 'String']);
/** Functions and classes that make an address of a text. */
const MAKERS = /^(?:URI\.create|URIBuilder(?:\.fromUri)?|URI|URL|GenericUrl|HttpUrl\.(?:parse|get)|Reference|UriBuilder\.fromUri|UriComponentsBuilder\.from(?:HttpUrl|UriString|Uri|Path)|URLEncoder\.encode|UriTemplate|HttpHost\.create|UriUtils\.encode\w*)$/;
const BUILDERS = /^(?:StringBuilder|StringBuffer)$/;
/** What makes an address of nothing, to be given its parts, and the step that gives the host. */
const BLANKS = /^(?:URIBuilder|HttpUrl\.Builder|UriComponentsBuilder\.newInstance|URIBuilder\.newInstance)$/;
const HOST = /^(?:setHost|host)$/;
/** Steps on an address that leave what stands there, those that add to its path, and those that add to its query. */
const KEEPS = /^(?:build|buildAndExpand|encode|expand|toUri|toURI|toUriString|toURL|toString|toASCIIString|toExternalForm|getTargetRef|tostr|human_repr|copy|newBuilder|normalize|strip|clone|intern|setScheme|scheme)$/;
const ADDS_PATH = /^(?:path|pathSegment|addPathSegments?|setPath|appendPath|appendRawPath|resolve|replacePath|with_path|joinpath)$/;
const ADDS_QUERY = /^(?:queryParam|addParameter|addQueryParameter|addEncodedQueryParameter|setParameter|replaceQueryParam)$/;

/**
 * Steps from a name to what it is given that are followed. Names that are made of themselves end here too: every answer is one of a value and the steps
 * that are left, whoever asks and in whatever order.
 */
const STEPS = 24;

const settled = new WeakMap<Types, Map<string, readonly string[]>>();

/**
 * The texts that a value may be, across files: through constants, members, parameters and functions. What is not known stands as a hole that keeps its
 * name: `\u0001instanceUrl\u0002/services/data`.
 */
export function textsOf(types: Types, path: string, id: ValueId): readonly string[] {
  return ask(types, path, id, { left: STEPS });
}

/** A text with a mark in place of each hole. */
export function withHoles(text: string, mark: string): string {
  return text.replace(/\u0001[^\u0002]*\u0002/g, mark);
}

function ask(types: Types, path: string, id: ValueId, steps: Steps): readonly string[] {
  types.budget.step();
  if (steps.left === 0) return [];
  const inner = onward(steps, path, types.program.get(path)!, id);
  let known = settled.get(types);
  if (!known) settled.set(types, (known = new Map()));
  const key = `${keyOf(inner)}.${id}@${path}`;
  let texts = known.get(key);
  if (!texts) known.set(key, (texts = limited(find(types, path, id, inner))));
  return texts;
}

function find(types: Types, path: string, id: ValueId, steps: Steps): readonly string[] {
  const facts = types.program.get(path)!;
  const value = facts.values[id];
  if (!value) return [];
  switch (value.k) {
    case 'literal':
      return value.value === null ? [] : [String(value.value)];
    case 'template':
      return joined(value.parts.map((part) => (typeof part === 'string' ? [part] : known(types, path, part, steps))));
    case 'operator': {
      if (value.op === '+') return joined(value.of.map((each) => known(types, path, each, steps)));
      const [template, given] = value.of;
      if (value.op === '/') return isMade(facts, id) ? joined([known(types, path, template!, steps), ['/'], known(types, path, given!, steps)]).map(withSingleSlashes) : [];
      const list = facts.values[given ?? -1];
      return value.op === '%' && template !== undefined && given !== undefined ? filled(types, path, template, list?.k === 'array' ? list.items : [given], given, steps) : [];
    }
    case 'typed':
    case 'assign':
    case 'await':
      return ask(types, path, value.of, steps);
    case 'choice':
      return value.of.flatMap((each) => ask(types, path, each, steps));
    case 'binding': {
      const binding = facts.bindings[value.binding]!;
      if (binding.import !== undefined) {
        const imported = facts.imports[binding.import]!;
        return placed(types, steps, exportedValues(types, path, imported.module, imported.imported), hole(binding.name));
      }
      const { first, additions } = growthOf(facts, value.binding, id);
      const texts = stepped(types, path, value.binding, first.flatMap((source) => ask(types, path, source, steps)), steps);
      return grown(types, path, additions, texts.length > 0 ? texts : [hole(binding.name)], steps);
    }
    case 'parameter': {
      const here = givenBy(steps, types.program, value.fn, value.index);
      if (here) return placed(types, here.steps, [here.place], hole(facts.functions[value.fn]!.params[value.index]?.name ?? ''));
      const given = types.callers.productArgumentsOf(path, value.fn, value.index).slice(0, 12);
      const name = hole(facts.functions[value.fn]!.params[value.index]?.name ?? '');
      if (types.program.tests.has(path) || !given.every((place) => types.program.tests.has(place.path))) return placed(types, steps, given, name);
      // Servers of tests stand for the one that the program talks to.
      const texts = placed(types, steps, given).filter((text) => ownerOfAddress(text) === 'platform' || !/^[a-z]+:\/\//i.test(text));
      return texts.length > 0 ? texts : [name];
    }
    case 'member': {
      const objects = types.of(path, value.object);
      const unknown = objects.length === 0 ? byEvidence(types.program, path, facts, value.object) : undefined;
      const address = (unknown ? [{ k: 'client', ...unknown } as const] : objects).flatMap((type) => addressOf(types, type, value.name, 0));
      if (address.length > 0) return address;
      const part = value.name === 'url' && isMade(facts, value.object) ? ask(types, path, value.object, steps) : partsOf(types, path, value.object, value.name, steps);
      if (part.length > 0) return part;
      return placed(types, steps, productValues(types, path, value.object, value.name), hole(memberName(types, path, facts, value.object, value.name, steps)));
    }
    case 'index': {
      // `url.split("/services")[0]`
      if (isOrigin(facts, value.object, value.key)) return ask(types, path, value.object, steps);
      const name = keyText(types, path, value.key, steps) ?? lastName(facts, value.object) ?? '';
      return placed(types, steps, itemsAt(types, path, value.object, literalOf(facts, value.key)), hole(isOfClient(types, path, value.object) ? `salesforce.${name}` : name));
    }
    case 'call':
      return ofCall(types, path, facts, id, value, steps);
    default:
      return [];
  }
}

/** The address that a member of a client holds, or of an object whose class extends one. */
function addressOf(types: Types, type: AbstractType, name: string, depth: number): string[] {
  if (type.k === 'client' || type.k === 'client-class') return type.client.types[type.type]?.addresses?.[name] === undefined ? [] : [type.client.types[type.type]!.addresses![name]!];
  const cls = type.k === 'instance' || type.k === 'class' ? types.program.get(type.path)?.classes[type.cls] : undefined;
  if (cls?.extends === undefined || depth > 4 || (type.k !== 'instance' && type.k !== 'class')) return [];
  return types.of(type.path, cls.extends).flatMap((parent) => addressOf(types, parent, name, depth + 1));
}

/** `conn.instanceUrl` of a client is an org's address whatever it is called. */
function memberName(types: Types, path: string, facts: FileFacts, object: ValueId, name: string, steps: Steps): string {
  if (types.of(path, object).some((type) => type.k === 'client')) return `salesforce.${name}`;
  const element = facts.values[object];
  const receiver = element?.k === 'index' ? keyText(types, path, element.key, steps) : lastName(facts, object);
  return receiver === undefined || receiver === 'env' || receiver === 'this' ? name : `${receiver}.${name}`;
}

/** What a function of a client library gives is a client's, as the host among what a login gives is. */
function isOfClient(types: Types, path: string, id: ValueId): boolean {
  const value = types.program.get(path)!.values[id];
  return value?.k === 'call' && types.of(path, value.callee).some((type) => type.k === 'client-method' && type.type === '');
}

/** The one text that a key is, if it is a word. */
function keyText(types: Types, path: string, key: ValueId, steps: Steps): string | undefined {
  const texts = ask(types, path, key, steps);
  return texts.length === 1 && /^[\w.-]+$/.test(texts[0]!) ? texts[0] : undefined;
}

/** Whether an element is what stands before the path of an address that is cut there: not at a dot, nor at a slash. */
function isOrigin(facts: FileFacts, id: ValueId, key: ValueId): boolean {
  const value = facts.values[id];
  const callee = value?.k === 'call' ? facts.values[value.callee] : undefined;
  const at = value?.k === 'call' ? literalOf(facts, value.args[0] ?? -1) : undefined;
  return callee?.k === 'member' && isCut(callee.name) && typeof at === 'string' && /^\/\w+/.test(at) && literalOf(facts, key) === 0;
}

function ofCall(types: Types, path: string, facts: FileFacts, id: ValueId, call: CallValue, steps: Steps): readonly string[] {
  const callee = facts.values[call.callee];
  const name = lastName(facts, call.callee) ?? '';
  const first = call.args[0];
  if ((name === 'URL' || (name === 'Reference' && call.args.length < 3)) && call.construct && first !== undefined) {
    if (call.args.length > 2) return fromParts(types, path, call.args, steps);
    // Restlet has the address before what stands behind it.
    const [end, base] = name === 'URL' || call.args.length === 1 ? call.args : [call.args[1]!, first];
    const texts = ask(types, path, end!, steps);
    return base === undefined ? texts : joined([known(types, path, base, steps), texts.length > 0 ? texts.map((text) => (/^\w+(?![\w:])/.test(text) ? `/${text}` : text)) : [hole('')]]).map(withoutSecondOrigin);
  }
  if (name === 'URI' && call.construct && call.args.length > 2) return fromUriParts(types, path, call.args, steps);
  // A builder of texts that is given no text begins with none.
  if (call.construct && BUILDERS.test(name)) return first === undefined || typeof literalOf(facts, first) === 'number' ? [''] : known(types, path, first, steps);
  // `new HttpHost("host", 443, "https")`, and in later versions `new HttpHost("https", "host", 443)`.
  if (call.construct && name === 'HttpHost') return call.args.map((each) => known(types, path, each, steps).filter((text) => !/^(?:https?|-?\d+)$/.test(text))).find((texts) => texts.length > 0) ?? [];
  if (name === 'furl' && first !== undefined) return known(types, path, first, steps);
  if (ENCODERS.has(name) && first !== undefined) return known(types, path, first, steps);
  const owner = callee?.k === 'member' ? lastName(facts, callee.object) : undefined;
  if (first !== undefined && MAKERS.test(owner === undefined || call.construct ? name : `${owner}.${name}`)) return known(types, path, first, steps);
  if (first === undefined && BLANKS.test(owner === undefined ? name : `${owner}.${name}`)) return [''];
  if (callee?.k === 'member') {
    if (SAME.has(callee.name) || (READS.has(callee.name) && first === undefined)) return ask(types, path, callee.object, steps);
    const held = types.of(path, callee.object).flatMap((type) => addressOf(types, type, `${callee.name}()`, 0));
    if (held.length > 0) return held;
    const built = withNamedParts(types, path, callee.object, call, steps) ?? ofAddress(types, path, callee.object, callee.name, call.args, steps);
    if (built) return built;
    const part = partsOf(types, path, callee.object, callee.name, steps);
    if (part.length > 0) return part;
    if (/^[Ff]ormat(?:ted)?$/.test(callee.name)) {
      // `String.format(PATTERN, …)`
      const [template, ...values] = /^(?:[Ss]tring|MessageFormat|util)$/.test(owner ?? '') ? call.args : [callee.object, ...call.args];
      const texts = template === undefined ? [] : filled(types, path, template, values, call.named, steps);
      if (texts.length > 0 || owner === 'String') return texts.length > 0 ? texts : known(types, path, template ?? callee.object, steps);
    }
    const entries = callee.name === 'get' && first !== undefined && literalOf(facts, first) === undefined ? itemsAt(types, path, callee.object, undefined) : [];
    if (entries.length > 0) return placed(types, steps, entries);
    if (callee.name === 'concat') return joined([callee.object, ...call.args].map((each) => known(types, path, each, steps)));
    const list = facts.values[callee.object];
    if (callee.name === 'join' && list?.k === 'array') {
      const between = first === undefined ? ',' : (ask(types, path, first, steps)[0] ?? '');
      return joined(list.items.flatMap((item, index) => (index === 0 ? [known(types, path, item, steps)] : [[between], known(types, path, item, steps)])));
    }
  }
  // A class of the tests that has the same interface gives the address of their server.
  const { tests } = types.program;
  const functions = types.of(path, call.callee).flatMap((type) => (type.k === 'function' && (tests.has(path) || !tests.has(type.path)) ? [type] : []));
  const returned = functions.flatMap((type) => placed(types, into(steps, path, id, call, type.path, types.program.get(type.path)!, type.fn), returnedValues(types, type.path, type.fn)));
  // What a builder is given may show what it builds.
  const given = call.args.flatMap((each) => ask(types, path, each, steps)).join(' ');
  return returned.some((text) => !isOpen(text) || isTelling(text)) ? returned : [hole(`${name}(${given.replace(/[\u0001\u0002]/g, '')})`)];
}

/** A text with something put into its blanks, `{}`, `{0}`, `{name}`, `%s`, `%1$s` and `%(name)s`: by order, or by name from an object. Nothing where it has no blanks. */
function filled(types: Types, path: string, template: ValueId, values: readonly ValueId[], names: ValueId | undefined, steps: Steps): readonly string[] {
  const object = types.program.get(path)!.values[names ?? -1];
  return ask(types, path, template, steps).flatMap((text) => {
    let next = 0;
    const parts: (readonly string[])[] = [];
    let end = 0;
    for (const blank of text.matchAll(/\{(\w*)[^{}]*\}|%(?:\((\w+)\)|(\d+)\$)?[sd]/g)) {
      const name = blank[1] || blank[2];
      const named = object?.k === 'object' ? object.props.find((each) => each.key === name)?.value : undefined;
      const value = blank[3] !== undefined ? values[Number(blank[3]) - 1] : name === undefined ? values[next++] : /^\d+$/.test(name) ? values[Number(name)] : named;
      parts.push([text.slice(end, blank.index)], value === undefined ? [hole(name ?? '')] : known(types, path, value, steps));
      end = blank.index + blank[0].length;
    }
    return parts.length === 0 ? [] : joined([...parts, [text.slice(end)]]);
  });
}

/** `new URL(protocol, host, file)`, `new URL(protocol, host, port, file)`. */
function fromParts(types: Types, path: string, args: readonly ValueId[], steps: Steps): readonly string[] {
  const [protocol, host, ...rest] = args;
  const file = rest[rest.length > 1 ? 1 : 0]!;
  return joined([known(types, path, protocol!, steps), ['://'], known(types, path, host!, steps), ...(rest.length > 1 ? [[':'], known(types, path, rest[0]!, steps)] : []), known(types, path, file, steps)]);
}

/** `new URI(base.getScheme(), null, base.getHost(), base.getPort(), path, query, null)`. */
function fromUriParts(types: Types, path: string, args: readonly ValueId[], steps: Steps): readonly string[] {
  const parts = partsOfUri(args.length);
  if (!parts) return [];
  const at = (index: number | undefined, before = ''): readonly string[] => {
    const id = args[index ?? -1];
    return id === undefined || literalOf(types.program.get(path)!, id) === null ? [''] : known(types, path, id, steps).map((text) => before + text);
  };
  const scheme = at(parts.scheme).map((text) => (/^[a-z]+$/i.test(text) ? text : 'https'));
  return joined([scheme, ['://'], at(parts.host), at(parts.path), at(parts.query, '?')]);
}

/** What a member or method of this name gives of the address that a value is. */
function partsOf(types: Types, path: string, object: ValueId, name: string, steps: Steps): string[] {
  if (!isPart(name)) return [];
  const texts = ask(types, path, object, steps);
  // Much else has a host, whose own name tells more than that of what has it.
  const isAddress = isCut(name) || isMade(types.program.get(path)!, object);
  return texts.flatMap((text) => (isAddress || /^[a-z]+:\/\//i.test(text) ? (partOfAddress(text, name) ?? []) : []));
}

function literalOf(facts: FileFacts, id: ValueId): unknown {
  const value = facts.values[id];
  return value?.k === 'literal' ? value.value : undefined;
}

/** A step on an address that is built: undefined where it is none, or what it is a step on is no text. */
function ofAddress(types: Types, path: string, object: ValueId, name: string, args: readonly ValueId[], steps: Steps): readonly string[] | undefined {
  const [first, second] = args;
  if (KEEPS.test(name)) {
    const texts = ask(types, path, object, steps);
    return texts.length > 0 && (texts.some((text) => !isOpen(text)) || isMade(types.program.get(path)!, object)) ? texts : undefined;
  }
  if (first !== undefined && HOST.test(name) && isMade(types.program.get(path)!, object)) return atHost(types, path, first, steps);
  if (first === undefined || !(ADDS_PATH.test(name) || ADDS_QUERY.test(name))) return undefined;
  const before = ask(types, path, object, steps);
  const added = name === 'pathSegment' || name === 'joinpath' ? joined(args.flatMap((each, index) => (index === 0 ? [known(types, path, each, steps)] : [['/'], known(types, path, each, steps)]))) : known(types, path, first, steps);
  // Much else has methods of these names.
  if (before.every(isOpen) && !added.some((text) => text.startsWith('/')) && !isMade(types.program.get(path)!, object)) return undefined;
  return longer(types, path, before, name, added, second, steps);
}

function atHost(types: Types, path: string, host: ValueId, steps: Steps): readonly string[] {
  return known(types, path, host, steps).map((text) => (/^[a-z]+:\/\//i.test(text) ? text : `https://${text}`));
}

/** Texts of an address with what a step adds to their path or query. */
function longer(types: Types, path: string, before: readonly string[], name: string, added: readonly string[], second: ValueId | undefined, steps: Steps): readonly string[] {
  const start = before.length > 0 ? before : [''];
  if (ADDS_QUERY.test(name)) return second === undefined ? before : joined([start, ['?'], added, ['='], known(types, path, second, steps)]);
  return joined([start, ['/'], added]).map(withSingleSlashes);
}

function withSingleSlashes(text: string): string {
  return text.replace(/([^:]|^)\/{2,}/g, '$1/');
}

/** `furl(base).add(path=…, args={'q': …})`, `URL(base).with_query(q=…)`: parts of an address that are given by name. */
function withNamedParts(types: Types, path: string, object: ValueId, call: CallValue, steps: Steps): readonly string[] | undefined {
  const facts = types.program.get(path)!;
  if (facts.language !== 'python' || !isMade(facts, object)) return undefined;
  const named = (option: string): readonly string[] => optionArguments(call).flatMap((each) => optionValues(types, path, each, option)).flatMap((place) => ask(types, place.path, place.value, steps));
  const [added, query] = [named('path'), ['q', 'args.q', 'query_params.q', 'query.q'].flatMap(named)];
  if (added.length + query.length === 0) return undefined;
  const before = known(types, path, object, steps);
  const whole = added.length > 0 ? longer(types, path, before, 'path', added, undefined, steps) : before;
  return query.length > 0 ? joined([whole, ['?q='], query]) : whole;
}

/** Whether a value is what makes an address of a text, or steps on that. */
function isMade(facts: FileFacts, id: ValueId, seen = new Set<ValueId>()): boolean {
  const value = facts.values[id];
  if (seen.has(id)) return false;
  seen.add(id);
  if (value?.k === 'binding') return facts.bindings[value.binding]!.sources.some((source) => isMade(facts, source, seen));
  if (value?.k === 'operator' && value.op === '/') return isMade(facts, value.of[0]!, seen);
  if (value?.k !== 'call') return false;
  if (lastName(facts, value.callee) === 'furl') return true;
  const callee = facts.values[value.callee];
  const owner = callee?.k === 'member' ? `${lastName(facts, callee.object) ?? ''}.${callee.name}` : '';
  if (value.construct) return MAKERS.test(lastName(facts, value.callee) ?? '') || BLANKS.test(owner);
  if (callee?.k !== 'member') return false;
  return MAKERS.test(owner) || BLANKS.test(owner) || isMade(facts, callee.object, seen);
}

/** The texts of a name that holds a builder of addresses, with the steps on it that stand as statements of their own: `builder.setPath("/query");`. */
function stepped(types: Types, path: string, binding: number, texts: readonly string[], steps: Steps): readonly string[] {
  const facts = types.program.get(path)!;
  const { sources } = facts.bindings[binding]!;
  if (!sources.some((source) => isMade(facts, source)) && !isLengthened(facts, binding)) return texts;
  let out = texts;
  for (const call of statementSteps(facts, binding)) {
    const callee = facts.values[call.callee];
    const [first, second] = call.args;
    if (callee?.k !== 'member' || first === undefined) continue;
    if (HOST.test(callee.name)) out = atHost(types, path, first, steps);
    if (!(ADDS_PATH.test(callee.name) || ADDS_QUERY.test(callee.name))) continue;
    out = limited(longer(types, path, out, callee.name, known(types, path, first, steps), second, steps));
  }
  // `address.path = '/services/data'`
  for (const index of indexOf(facts).storesByName.get('path') ?? []) {
    const { object, value } = facts.stores[index]!;
    const holder = facts.values[object];
    if (holder?.k === 'binding' && holder.binding === binding) out = limited(longer(types, path, out, 'path', known(types, path, value, steps), undefined, steps));
  }
  return out;
}

/** Whether a name is asked for a step that nothing but an address has: what it was made of may stand elsewhere. */
function isLengthened(facts: FileFacts, binding: number): boolean {
  return indexOf(facts).callsByName.has('appendRawPath') && statementSteps(facts, binding).some((call) => lastName(facts, call.callee) === 'appendRawPath');
}

/** The calls, one on another, of the statements that ask something of a name and use nothing of what it gives; in source order. */
function statementSteps(facts: FileFacts, binding: number): CallValue[] {
  const index = indexOf(facts);
  return (index.bindingUses[binding] ?? []).flatMap((use) => {
    const chain = chainOn(facts, use);
    const last = chain.at(-1);
    return last !== undefined && (index.consumers[last] ?? []).every((each) => each.k === 'drop') ? chain.map((id) => facts.values[id] as CallValue) : [];
  });
}

/** The texts of an address, also of one that a function builds which is given a builder: `(uri) -> uri.path("/services/data").build()`. */
export function addressTextsOf(types: Types, path: string, id: ValueId): readonly string[] {
  const functions = types.of(path, id).flatMap((type) => (type.k === 'function' ? [type] : []));
  if (functions.length === 0) return textsOf(types, path, id);
  return functions.flatMap((type) => {
    // The builder holds the base address, which is known elsewhere.
    const builder = types.program.get(type.path)!.functions[type.fn]!.params[0]?.name;
    const begins = builder === undefined ? '' : hole(builder);
    return returnedValues(types, type.path, type.fn).flatMap((place) => textsOf(types, place.path, place.value).map((text) => (text.startsWith(begins) ? text.slice(begins.length) : text)));
  });
}

function placed(types: Types, steps: Steps, places: readonly Place[], otherwise?: string): readonly string[] {
  const texts = limited(places.flatMap((place) => ask(types, place.path, place.value, steps)));
  return texts.length > 0 || otherwise === undefined ? texts : [otherwise];
}

/** Texts of a part, or a hole. */
function known(types: Types, path: string, id: ValueId, steps: Steps): readonly string[] {
  const texts = ask(types, path, id, steps);
  return texts.length > 0 ? texts : [hole(lastName(types.program.get(path)!, id) ?? '')];
}

/** Texts with what is put at their end, which may be left out, or come several times. */
function grown(types: Types, path: string, additions: readonly Addition[], texts: readonly string[], steps: Steps): readonly string[] {
  return additions.reduce((before, { parts, optional, again }) => {
    const longer = joined([before, ...(again ? [[hole('')]] : parts.map((part) => (typeof part === 'string' ? [part] : known(types, path, part, steps))))]);
    return optional ? limited([...before, ...longer]) : longer;
  }, texts);
}

/** An absolute address replaces the base before it. */
function withoutSecondOrigin(text: string): string {
  const at = text.search(/(?<=.)https?:\/\//);
  return at > 0 ? text.slice(at) : text;
}
