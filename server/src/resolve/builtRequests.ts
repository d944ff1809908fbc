import type { HttpBuilder, HttpLibrary, HttpRequest } from '../../../catalog/schema/httpLibrary.ts';
import type { CallValue, ClassId, ValueId } from '../facts/facts.ts';
import { chainOn } from '../facts/chains.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import type { AbstractType } from './abstractType.ts';
import type { Place } from './callsByName.ts';
import { instanceModel } from './httpMembers.ts';
import { constructionsOfParent } from './members.ts';
import { memberValues, optionValues, returnedValues } from './memberValues.ts';
import { sourcesAt } from './reachingSources.ts';
import { addressTextsOf, textsOf } from './texts.ts';
import { classOfThis } from './thisValue.ts';
import type { Types } from './types.ts';

/** What is known of a request that was built step by step. */
export interface BuiltRequest {
  urls: Place[];
  bases: Place[];
  /** Steps of the path that are put behind them, in order; several where it is built in several ways. */
  paths: (readonly Place[])[];
  /** Methods that steps are named after, and places where one stands. */
  methods: string[];
  methodPlaces: Place[];
  /** The method where nothing names one. */
  methodElse?: string;
  /** Names and values that are asked for in its address. */
  asked: (readonly [Place, Place])[];
  /** Some of the steps are not seen. */
  open: boolean;
}

/** Steps back from a request that are looked at. */
const MOST_STEPS = 80;
/** Ways in which a path is built that are told apart. */
const MOST_PATHS = 12;

/** What of all that may be asked tells something. */
const QUERY = 'q';

const METHOD = /^(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)$/;

/** Classes of a name and a value. */
const PAIR = /NameValuePair$/;

/** Methods by which a request that a class makes its own tells its HTTP method: `new HttpPut(url) { public String getMethod() { return "PATCH"; } }`. */
const TELLS_METHOD = /^(?:getMethod|getName)$/;

/** The request that a call sends, where it was built before: undefined for a function that is given address and method itself. */
export function builtRequest(types: Types, path: string, call: CallValue, type: Extract<AbstractType, { k: 'http' }>, { builtAt, instances }: HttpRequest): BuiltRequest | undefined {
  if (!builtAt) return undefined;
  const callee = types.program.get(path)!.values[call.callee];
  const at = builtAt.argument === undefined ? (callee?.k === 'member' ? callee.object : undefined) : call.args[builtAt.argument];
  const building = new Building(types, type.library.builders ?? [], (id) => (instances ?? []).includes(id) !== (builtAt.receiver === true));
  if (at !== undefined) building.begin(path, at);
  return building.out;
}

/** What the steps before a call of a method hold. */
export function builtSteps(types: Types, { builders }: HttpLibrary, path: string, call: CallValue): BuiltRequest {
  const callee = types.program.get(path)!.values[call.callee];
  const building = new Building(types, builders ?? [], () => true);
  if (callee?.k === 'member') building.begin(path, callee.object);
  return building.out;
}

/** The addresses to which it may go. */
export function builtAddresses(types: Types, built: BuiltRequest): string[] {
  const addresses = addressesWithout(types, built);
  const asked = built.asked.flatMap(([name, value]) => (textsOf(types, name.path, name.value).includes(QUERY) ? textsOf(types, value.path, value.value) : []));
  return asked.length === 0 ? addresses : addresses.flatMap((each) => (each.includes('?') ? [each] : asked.map((text) => `${each}?${QUERY}=${text}`))).slice(0, MOST_PATHS * MOST_PATHS);
}

/** The addresses without what is asked of them. */
function addressesWithout(types: Types, { urls, bases, paths }: BuiltRequest): string[] {
  const textsAt = (places: readonly Place[]): string[] => places.flatMap((place) => [...addressTextsOf(types, place.path, place.value)]);
  const before = textsAt(bases);
  const texts = textsAt(urls);
  const whole = texts.length === 0 ? before : texts.flatMap((text) => (before.length > 0 && !/^[a-z]+:\/\//i.test(text) ? before.map((each) => longer(each, text)) : [text]));
  const behind = paths.filter((steps) => steps.length > 0).flatMap((steps) => steps.reduce<string[]>((begun, step) => begun.flatMap((each) => textsAt([step]).map((text) => longer(each, text))).slice(0, MOST_PATHS), ['']));
  if (behind.length === 0) return whole;
  return whole.length === 0 ? [...new Set(behind)] : [...new Set(whole.flatMap((each) => behind.map((path) => longer(each, path))))].slice(0, MOST_PATHS * MOST_PATHS);
}

/** An address and a path behind it, with one slash between them. */
function longer(address: string, path: string): string {
  return `${address.replace(/\/$/, '')}/${path.replace(/^\//, '')}`;
}

/** Its HTTP method, if all that is seen agrees. */
export function builtMethod(types: Types, { methods, methodPlaces }: BuiltRequest): string | undefined {
  const found = new Set([...methods, ...methodPlaces.flatMap((place) => constantMethod(types, place) ?? addressTextsOf(types, place.path, place.value))].map((each) => each.toUpperCase()));
  const [only] = found;
  return found.size === 1 && only !== undefined && METHOD.test(only) ? only : undefined;
}

/** The method after which a constant is named: `HttpMethod.POST`, `Method.Post`. */
export function constantMethod(types: Types, { path, value }: Place): string | undefined {
  const facts = types.program.get(path)!;
  const constant = facts.values[value];
  return constant?.k === 'member' && METHOD.test(constant.name.toUpperCase()) ? constant.name.toUpperCase() : undefined;
}

/** Goes back over the steps by which a request was made. */
class Building {
  readonly out: BuiltRequest = { urls: [], bases: [], paths: [[]], asked: [], methods: [], methodPlaces: [], open: false };
  private readonly types: Types;
  private readonly builders: readonly HttpBuilder[];
  private readonly makes: (id: string) => boolean;
  private readonly seen = new Set<string>();
  /** Classes of the workspace that extend what is built. */
  private readonly extending: { path: string; cls: ClassId }[] = [];

  /** @param makes whether an instance with this id only sends what is built, or begins to build it */
  constructor(types: Types, builders: readonly HttpBuilder[], makes: (id: string) => boolean) {
    this.types = types;
    this.builders = builders;
    this.makes = makes;
  }

  /** Reads all that is known of what a value was built as: what nothing is given later keeps what its class was made with. */
  begin(path: string, id: ValueId): void {
    this.follow(path, id);
    for (const each of this.extending) if (this.out.urls.length + this.out.bases.length === 0) this.followParent(each.path, each.cls);
  }

  private follow(path: string, id: ValueId): void {
    const key = `${id}@${path}`;
    const facts = this.types.program.get(path);
    const value = facts?.values[id];
    if (!facts || !value || this.seen.has(key)) return;
    if (this.seen.size > MOST_STEPS) {
      this.out.open = true;
      return;
    }
    this.seen.add(key);
    switch (value.k) {
      case 'call':
        return this.step(path, value, id);
      case 'binding': {
        const binding = facts.bindings[value.binding]!;
        // A class is no step: everybody uses it.
        if (binding.kind === 'import' || binding.kind === 'class') return;
        // One name often holds one request after the other.
        const sources = sourcesAt(facts, id);
        const uses = (indexOf(facts).bindingUses[value.binding] ?? []).filter((use) => sources.length === binding.sources.length || sourcesAt(facts, use).some((each) => sources.includes(each)));
        // Backwards, as everything here: what is put behind the path last comes first.
        for (const use of uses.reverse()) this.stepsOn(path, use);
        return this.followAll(sources.map((source) => ({ path, value: source })));
      }
      case 'member':
        return this.followAll(memberValues(this.types, path, value.object, value.name));
      case 'parameter': {
        const places = this.types.callers.productArgumentsOf(path, value.fn, value.index);
        if (this.isAddress(path, id) && places.every((place) => this.types.program.tests.has(place.path))) return void this.out.urls.push({ path, value: id });
        if (places.length === 0 && !this.isMaker(path, id)) this.out.open = true;
        return this.followAll(places);
      }
      case 'typed':
      case 'assign':
      case 'await':
        return this.follow(path, value.of);
      case 'choice':
        return this.followAll(value.of.map((each) => ({ path, value: each })));
      case 'this': {
        const cls = value.cls ?? classOfThis(facts, value.in);
        if (cls !== undefined) this.extending.push({ path, cls });
        return;
      }
      default:
    }
  }

  /** What the constructors of a class give to the class that it extends. */
  private followParent(path: string, cls: ClassId): void {
    const key = `c${cls}@${path}`;
    const facts = this.types.program.get(path)!;
    const extended = facts.classes[cls]!.extends;
    if (extended === undefined || this.seen.has(key)) return;
    this.seen.add(key);
    const name = lastName(facts, extended);
    for (const { value, id } of constructionsOfParent(facts, cls)) this.read(path, value, id, name);
    for (const type of this.types.of(path, extended)) if (type.k === 'class') this.followParent(type.path, type.cls);
  }

  /** Several ways in which it may have been made: what each puts before the steps of its path that are known already. */
  private followAll(places: readonly Place[]): void {
    const before = this.out.paths;
    const found: (readonly Place[])[] = [];
    for (const place of places) {
      this.out.paths = before;
      this.follow(place.path, place.value);
      if (this.out.paths !== before) found.push(...this.out.paths);
    }
    this.out.paths = found.length > 0 ? found.slice(0, MOST_PATHS) : before;
  }

  /** What makes requests and is none: no step of the request is hidden in it. */
  private isMaker(path: string, id: ValueId): boolean {
    const made = this.types.of(path, id);
    return made.length > 0 && made.every((type) => type.k === 'http' && type.instance !== undefined && this.makes(type.instance.id));
  }

  /** An address that comes from outside: of it the name is known. */
  private isAddress(path: string, id: ValueId): boolean {
    return this.types.of(path, id).some((type) => type.k === 'http' && instanceModel(type)?.address === true);
  }

  /** One step, and what it is a step on. */
  private step(path: string, call: CallValue, id: ValueId): void {
    const facts = this.types.program.get(path)!;
    const callee = facts.values[call.callee];
    // What is handed another thing built before is no step on what it is asked of.
    const handedOver = this.read(path, call, id);
    if (callee?.k === 'member' && !call.construct && !handedOver) this.follow(path, callee.object);
    const called = this.types.of(path, call.callee);
    for (const type of called) if (type.k === 'class') this.extending.push(type);
    this.followAll(called.flatMap((type) => (type.k === 'function' ? returnedValues(this.types, type.path, type.fn) : [])));
  }

  /** @returns whether the request is an argument of the call */
  private read(path: string, call: CallValue, id: ValueId, named?: string): boolean {
    const facts = this.types.program.get(path)!;
    const made = facts.values[call.callee];
    // A class without a name is known by the one that it extends.
    const name = named ?? lastName(facts, made?.k === 'class' ? (facts.classes[made.cls]!.extends ?? call.callee) : call.callee) ?? '';
    const told = made?.k === 'class' ? this.toldMethods(path, made.cls) : [];
    this.out.methodPlaces.push(...told);
    const at = (index: number | undefined, byName?: string): Place[] => {
      if (index !== undefined && call.args[index] !== undefined) return [{ path, value: call.args[index]! }];
      return index === undefined || byName === undefined || call.named === undefined ? [] : optionValues(this.types, path, call.named, byName);
    };
    let handedOver = false;
    for (const builder of this.builders) {
      if (!builder.names.includes(name)) continue;
      this.out.urls.push(...(builder.parts !== undefined && call.args.length >= builder.parts ? [{ path, value: id }] : builder.urlLast ? this.lastAddress(path, call) : at(builder.url, 'url')));
      this.out.bases.push(...at(builder.base));
      // What a function of the workspace does with it is read there.
      const ownStep = builder.append !== undefined && this.types.of(path, call.callee).some((type) => type.k === 'function');
      for (const step of ownStep ? [] : at(builder.append)) this.out.paths = this.out.paths.map((each) => [step, ...each]);
      if (builder.asks && call.args.length > 1) this.out.asked.push([{ path, value: call.args[0]! }, { path, value: call.args[1]! }]);
      for (const id of builder.asksFor ? (indexOf(facts).callsIn.get(call.in) ?? []) : []) this.askedBy(path, facts.values[id] as CallValue);
      if (builder.methodElse) this.out.methodElse = builder.methodElse;
      if (builder.method && told.length === 0) this.out.methods.push(builder.method);
      this.out.methodPlaces.push(...at(builder.methodAt, 'method'));
      for (const place of at(builder.of)) this.follow(place.path, place.value);
      handedOver ||= at(builder.of).length > 0;
    }
    return handedOver;
  }

  /** `new NameValuePair("q", soql)` */
  private askedBy(path: string, { callee, construct, args: [name, value] }: CallValue): void {
    if (construct && name !== undefined && value !== undefined && PAIR.test(lastName(this.types.program.get(path)!, callee) ?? '')) this.out.asked.push([{ path, value: name }, { path, value }]);
  }

  /** What a class says that its HTTP method is. */
  private toldMethods(path: string, cls: ClassId): Place[] {
    const facts = this.types.program.get(path)!;
    const telling = facts.classes[cls]!.methods.filter(({ name, static: isStatic }) => TELLS_METHOD.test(name) && !isStatic);
    const returned = telling.flatMap(({ fn }) => returnedValues(this.types, path, fn));
    return returned.filter((place) => constantMethod(this.types, place) !== undefined || textsOf(this.types, place.path, place.value).some((text) => METHOD.test(text)));
  }

  /** See `urlLast`; constants named after a method are put where methods are. */
  private lastAddress(path: string, call: CallValue): Place[] {
    const places = call.args.map((value) => ({ path, value }));
    const methods = places.filter((place) => constantMethod(this.types, place) !== undefined);
    this.out.methodPlaces.push(...methods);
    // One that is copied, or is given a context alone, is given no address.
    const last = places.findLast((place) => !methods.includes(place));
    return last && this.types.of(path, last.value).length === 0 ? [last] : [];
  }

  /** `request.setURI(address);`, `request.url(address).post(body);` in a statement of its own: other steps on the same thing make another request. */
  private stepsOn(path: string, use: ValueId): void {
    const facts = this.types.program.get(path)!;
    const chain = chainOn(facts, use);
    const last = chain.at(-1);
    if (last === undefined || !(indexOf(facts).consumers[last] ?? []).every((each) => each.k === 'drop')) return;
    for (const id of chain.reverse()) this.read(path, facts.values[id] as CallValue, id);
  }
}
