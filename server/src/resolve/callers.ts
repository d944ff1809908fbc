import type { CallValue, FunctionFact, FunctionId, ValueId } from '../facts/facts.ts';
import { argumentFor, indexOf } from '../facts/fileIndex.ts';
import { adapterOf } from './adapters.ts';
import { ancestorsOf } from './ancestors.ts';
import { CALLS, ELEMENTS, FROM_LISTS, type Place, PlacesByName, TAKEN } from './callsByName.ts';
import { callsWhereLoaded, heldAs, isListed, namesOf, namesOfValue, usesOf } from './functionNames.ts';
import { memberValues } from './memberValues.ts';
import { takes } from './overloads.ts';
import { Question } from './solver.ts';
import { fieldsFilledBy } from './stores.ts';
import type { Types } from './types.ts';

/** How a function value is used, other than being called by name. */
export interface ArgumentUse {
  path: string;
  /** The call that takes the function. */
  call: ValueId;
  /** Which argument it is; -1 for one that is given by name. */
  index: number;
  name?: string;
  /** The argument is an object that holds the function under this name. */
  member?: string;
  /** The function stands for an object with one method: a call of that calls it. */
  object?: true;
}

/** Wrappers in wrappers deeper than this are not followed. */
export const MAX_HANDS = 3;

/** Who calls a function of the workspace, and with what. */
export class Callers {
  private readonly types: Types;
  private readonly named: PlacesByName;
  private readonly taken: PlacesByName;
  private readonly elements: PlacesByName;
  /** By file and function, who calls it and who is given it: asked so often that a key for each would cost more than its answer. */
  private readonly sites: QuestionsOfFunctions<Place> = new Map();
  private readonly handed: QuestionsOfFunctions<ArgumentUse> = new Map();

  constructor(types: Types) {
    this.types = types;
    this.named = new PlacesByName(types, CALLS);
    this.taken = new PlacesByName(types, TAKEN);
    this.elements = new PlacesByName(types, ELEMENTS);
  }

  /** Calls, anywhere in the lowered files, whose callee may be this function. */
  callSites(path: string, fn: FunctionId): readonly Place[] {
    return this.types.answer(questionOf(this.sites, path, fn), () => this.findCallSites(path, fn));
  }

  private findCallSites(path: string, fn: FunctionId): Place[] {
    const facts = this.types.program.get(path)!;
    const out: Place[] = [];
    const literal = indexOf(facts).functionValue.get(fn);
    if (literal !== undefined) {
      for (const consumer of indexOf(facts).consumers[literal] ?? []) {
        const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
        if (consumer.k === 'value' && call?.k === 'call' && call.callee === literal) out.push({ path, value: consumer.value });
      }
    }
    out.push(...callsWhereLoaded(this.types.program, path, fn));
    const isConstructor = facts.functions[fn]?.kind === 'constructor';
    const cls = isConstructor ? indexOf(facts).ownerClass.get(fn)?.cls : undefined;
    if (isConstructor && cls === undefined) return out;
    const wanted = cls === undefined ? ({ k: 'function', path, fn } as const) : ({ k: 'class', path, cls } as const);
    const seen = new Set(out.map(placeKey));
    const named = [...namesOf(this.types.program, path, fn)].flatMap((name) => this.named.meaning(name, wanted));
    const byKey = cls === undefined && (isListed(facts, fn) || indexOf(facts).ownerClass.has(fn));
    const otherwise = cls === undefined ? [...this.callsOfGivenBack(path, fn), ...this.callsOfKept(path, fn)] : [];
    for (const site of byKey ? [...named, ...otherwise, ...this.elements.meaning(FROM_LISTS, wanted)] : [...named, ...otherwise]) {
      if (seen.has(placeKey(site)) || !this.mayMean(facts.functions[fn]!, site)) continue;
      seen.add(placeKey(site));
      out.push(site);
    }
    if (cls !== undefined) return [...out, ...this.callsOfHeirs(path, cls, facts.functions[fn]!)];
    const inherited = this.callsByAncestors(path, fn).filter((site) => !seen.has(placeKey(site)) && this.mayMean(facts.functions[fn]!, site));
    return [...out, ...inherited];
  }

  /** `const send = requestTo(base)`: calls of a function that another one gives back, by the names that this is kept under. */
  private callsOfGivenBack(path: string, fn: FunctionId): Place[] {
    const facts = this.types.program.get(path)!;
    const makers = usesOf(facts, fn).flatMap((use) => (indexOf(facts).consumers[use] ?? []).flatMap((consumer) => (consumer.k === 'return' && consumer.fn !== fn ? [consumer.fn] : [])));
    return [...new Set(makers)].flatMap((maker) => this.callSites(path, maker).flatMap((site) => this.callsOfResult(path, fn, site)));
  }

  private callsOfResult(path: string, fn: FunctionId, { path: from, value }: Place): Place[] {
    const facts = this.types.program.get(from)!;
    const consumers = indexOf(facts).consumers[value] ?? [];
    const awaited = consumers.flatMap((consumer) => (consumer.k === 'value' && facts.values[consumer.value]?.k === 'await' ? [consumer.value] : []));
    const names = new Set([value, ...awaited].flatMap((id) => namesOfValue(facts, id)));
    return [...this.callsAtOnce(from, value), ...[...names].flatMap((name) => this.named.meaning(name, { k: 'function', path, fn }))];
  }

  /** `requestTo(base)(body)` */
  private callsAtOnce(path: string, made: ValueId): Place[] {
    const facts = this.types.program.get(path)!;
    return (indexOf(facts).consumers[made] ?? []).flatMap((consumer) => {
      const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      return consumer.k === 'value' && call?.k === 'call' && call.callee === made ? [{ path, value: consumer.value }] : [];
    });
  }

  /** `new Api((path) => …)`, `this.send = send`: calls of a function by the names under which those that it is given to keep it. */
  private callsOfKept(path: string, fn: FunctionId): Place[] {
    const facts = this.types.program.get(path)!;
    const isGiven = usesOf(facts, fn).some((use) => (indexOf(facts).consumers[use] ?? []).some((consumer) => {
      const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      return call?.k === 'call' && call.callee !== use;
    }));
    if (!isGiven) return [];
    const names = this.uses(path, fn).flatMap((use) => [...this.parameterUses(use).flatMap((place) => heldAs(this.types.program.get(place.path)!, place.value)), ...fieldsFilledBy(this.types, use)]);
    return [...new Set(names)].flatMap((name) => this.named.meaning(name, { k: 'function', path, fn }));
  }

  /** Calls of a function that another call has made, by the names that what it gives is kept under: `const save = retrying(work)`. */
  callsOfMade(path: string, fn: FunctionId, made: Place): readonly Place[] {
    const facts = this.types.program.get(made.path)!;
    const names = namesOfValue(facts, made.value);
    const consumers = indexOf(facts).consumers[made.value] ?? [];
    // What goes out without a name may be called by any.
    if (names.length === 0 && consumers.some(({ k }) => k === 'return' || k === 'export')) return this.callSites(path, fn);
    return [...this.callsAtOnce(made.path, made.value), ...[...new Set(names)].flatMap((name) => this.named.meaning(name, { k: 'function', path, fn }))];
  }

  /** `this.work()` in the classes that the class of a method extends: of its own objects it is this method that they call. */
  private callsByAncestors(path: string, fn: FunctionId): Place[] {
    const facts = this.types.program.get(path)!;
    const owner = indexOf(facts).ownerClass.get(fn);
    return owner === undefined ? [] : ancestorsOf(this.types, path, owner.cls).flatMap((ancestor) => {
      const from = this.types.program.get(ancestor.path)!;
      return (indexOf(from).callsByName.get(owner.name) ?? []).flatMap((value) => {
        const call = from.values[value];
        const callee = call?.k === 'call' ? from.values[call.callee] : undefined;
        if (callee?.k !== 'member' || from.values[callee.object]?.k !== 'this') return [];
        const own = this.types.of(ancestor.path, callee.object).some((type) => type.k === (owner.static ? 'class' : 'instance') && type.cls === ancestor.cls);
        return own ? [{ path: ancestor.path, value }] : [];
      });
    });
  }

  /** `super(…)` in the constructors of the classes that extend one. */
  private callsOfHeirs(path: string, cls: number, fact: FunctionFact): Place[] {
    const name = this.types.program.get(path)!.classes[cls]!.name;
    const heirs = name === undefined ? [] : this.types.parents.meaning(name, { k: 'class', path, cls });
    return heirs.flatMap((heir) => {
      const facts = this.types.program.get(heir.path)!;
      const own = facts.classes.find((each) => each.extends === heir.value);
      const makers = (own?.methods ?? []).filter((method) => facts.functions[method.fn]!.kind === 'constructor');
      return makers.flatMap((method) => indexOf(facts).callsIn.get(method.fn) ?? []).flatMap((value) => {
        const call = facts.values[value];
        return call?.k === 'call' && facts.values[call.callee]?.k === 'super' && this.mayMean(fact, { path: heir.path, value }) ? [{ path: heir.path, value }] : [];
      });
    });
  }

  /** Whether a call may mean this one of several functions of a name. */
  private mayMean(fact: FunctionFact, site: Place): boolean {
    const call = this.types.program.get(site.path)!.values[site.value];
    return fact.overloaded !== true || call?.k !== 'call' || takes(fact, call);
  }

  /** What callers give for a parameter. */
  argumentsOf(path: string, fn: FunctionId, index: number): Place[] {
    return this.callSites(path, fn).flatMap((site) => {
      const call = this.types.program.get(site.path)!.values[site.value];
      if (call?.k !== 'call' || (call.spread && call.args.length > 0)) return [];
      const place = call.protocol === 'apply' ? index + 1 : index;
      const { name } = this.types.program.get(path)!.functions[fn]!.params[index] ?? {};
      const argument = argumentFor(this.types.program.get(site.path)!, call, place, name);
      if (argument !== undefined) return [{ path: site.path, value: argument }];
      // `work(**settings)`
      const named = call.named === undefined ? undefined : this.types.program.get(site.path)!.values[call.named];
      return name !== undefined && named?.k === 'object' && named.spreads.length > 0 ? memberValues(this.types, site.path, call.named!, name) : [];
    });
  }

  /** The same without what tests give, unless nobody else gives anything: tests talk to servers of their own. */
  productArgumentsOf(path: string, fn: FunctionId, index: number): Place[] {
    const all = this.argumentsOf(path, fn, index);
    const own = all.filter((site) => !this.types.program.tests.has(site.path));
    return own.length > 0 ? own : all;
  }

  /** Calls that are given the function itself. A list that only grows, as the solver needs it. */
  uses(path: string, fn: FunctionId): readonly ArgumentUse[] {
    return this.types.answer(questionOf(this.handed, path, fn), () => this.findUses(path, fn));
  }

  private findUses(path: string, fn: FunctionId): ArgumentUse[] {
    const out: ArgumentUse[] = [];
    const facts = this.types.program.get(path)!;
    const literal = indexOf(facts).functionValue.get(fn);
    const seen = new Set<string>();
    if (literal !== undefined) this.follow(path, literal, out, seen);
    for (const name of namesOf(this.types.program, path, fn)) {
      for (const member of this.taken.meaning(name, { k: 'function', path, fn })) this.follow(member.path, member.value, out, seen);
    }
    if (facts.functions[fn]!.object) for (const use of out) use.object = true;
    return out;
  }

  private follow(path: string, value: ValueId, out: ArgumentUse[], seen: Set<string>): void {
    const key = `${value}@${path}`;
    if (seen.has(key)) return;
    seen.add(key);
    const facts = this.types.program.get(path)!;
    const index = indexOf(facts);
    for (const consumer of index.consumers[value] ?? []) {
      switch (consumer.k) {
        case 'bind':
          for (const use of index.bindingUses[consumer.binding] ?? []) this.follow(path, use, out, seen);
          break;
        case 'export':
          this.followExport(path, consumer.name, out, seen);
          break;
        case 'value': {
          const parent = facts.values[consumer.value];
          if (parent?.k === 'call') {
            if (parent.callee !== value) out.push({ path, call: consumer.value, index: parent.args.indexOf(value) });
            // What gives back the very function: whoever is given that is given the function.
            const adapter = parent.callee === value ? undefined : adapterOf(facts, consumer.value);
            if (adapter?.gives === 'same' && parent.args[adapter.argument] === value) this.follow(path, consumer.value, out, seen);
          } else if (parent?.k === 'object') this.followNamed(path, value, consumer.value, out);
          else if (parent?.k === 'typed' || parent?.k === 'assign' || parent?.k === 'choice') this.follow(path, consumer.value, out, seen);
          else if (parent?.k === 'member') {
            const bound = parent.name === 'bind' ? this.callOf(path, consumer.value) : undefined;
            if (bound !== undefined) this.follow(path, bound, out, seen);
          }
          break;
        }
        default:
      }
    }
  }

  /** `run({ action: save })`, `run(action=save)`: the object that a function stands in may be an argument, or the arguments by name of a call. */
  private followNamed(path: string, value: ValueId, object: ValueId, out: ArgumentUse[]): void {
    const facts = this.types.program.get(path)!;
    for (const consumer of indexOf(facts).consumers[object] ?? []) {
      const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      const held = facts.values[object];
      if (consumer.k !== 'value' || call?.k !== 'call' || held?.k !== 'object') continue;
      const index = call.args.indexOf(object);
      for (const prop of held.props) {
        if (prop.value !== value) continue;
        if (call.named === object) out.push({ path, call: consumer.value, index: -1, name: prop.key });
        // What others do with an object of options is not known.
        else if (index >= 0 && this.types.of(path, call.callee).some((type) => type.k === 'function' || type.k === 'class')) out.push({ path, call: consumer.value, index, member: prop.key });
      }
    }
  }

  private callOf(path: string, callee: ValueId): ValueId | undefined {
    const facts = this.types.program.get(path)!;
    for (const consumer of indexOf(facts).consumers[callee] ?? []) {
      const parent = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      if (consumer.k === 'value' && parent?.k === 'call' && parent.callee === callee) return consumer.value;
    }
    return undefined;
  }

  /** `work.call(this)`, `work.apply(this, given)`: the function is called by way of a method of it; where an object stands for it, by any. */
  private callOfMethod(path: string, object: ValueId, any: true | undefined): ValueId | undefined {
    const facts = this.types.program.get(path)!;
    for (const consumer of indexOf(facts).consumers[object] ?? []) {
      const member = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      const call = consumer.k === 'value' && member?.k === 'member' ? this.callOf(path, consumer.value) : undefined;
      if (call !== undefined && (any || (facts.values[call] as CallValue).protocol === 'apply')) return call;
    }
    return undefined;
  }

  private followExport(path: string, name: string, out: ArgumentUse[], seen: Set<string>): void {
    for (const importer of this.types.program.importersOf(path)) {
      const from = this.types.program.get(importer.path)!;
      const fact = from.imports[importer.import]!;
      // `module.exports = work`: what `require` gives is the function.
      if (name === '=' && fact.value !== undefined) this.follow(importer.path, fact.value, out, seen);
      if (fact.binding === undefined || (fact.imported !== name && !(name === '=' && fact.imported === 'default'))) continue;
      for (const use of indexOf(from).bindingUses[fact.binding] ?? []) this.follow(importer.path, use, out, seen);
    }
  }

  /** Values that some machinery hands to a function given to it: settled promises, elements, what a wrapper calls it with. */
  deliveries(path: string, fn: FunctionId, index: number): (Place & { element: boolean })[] {
    const out: (Place & { element: boolean })[] = [];
    for (const use of this.uses(path, fn).flatMap((each) => this.alsoHandedOn(each))) {
      const facts = this.types.program.get(use.path)!;
      const call = facts.values[use.call];
      if (call?.k !== 'call') continue;
      const callee = facts.values[call.callee];
      const receiver = callee?.k === 'member' ? callee.object : undefined;
      if (call.protocol === 'then' && use.index === 0 && index === 0 && receiver !== undefined) out.push({ path: use.path, value: receiver, element: false });
      else if ((call.protocol === 'each' || call.protocol === 'map' || call.protocol === 'inline') && receiver !== undefined) {
        const wanted = callee?.k === 'member' && callee.name === 'reduce' ? 1 : 0;
        if (index === wanted) out.push({ path: use.path, value: receiver, element: true });
      } else if (!call.protocol) {
        for (const site of this.invocations(use)) {
          const inner = this.types.program.get(site.path)!.values[site.value];
          const argument = inner?.k === 'call' ? inner.args[index] : undefined;
          if (argument !== undefined) out.push({ path: site.path, value: argument, element: false });
        }
      }
    }
    return out;
  }

  /** Calls by which workspace functions call a function that was given to them. `taker`: the function that was given it. */
  invocations(use: ArgumentUse): (Place & { taker: FunctionId })[] {
    return this.parameterUses(use).flatMap(({ path, value, taker }) => {
      const invoked = this.callOf(path, value) ?? this.callOfMethod(path, value, use.object);
      return invoked === undefined ? [] : [{ path, value: invoked, taker }];
    });
  }

  /** Calls to which workspace functions hand on a function that was given to them: `(work) => connect().then(work)`. */
  handedOn(use: ArgumentUse): ArgumentUse[] {
    return this.parameterUses(use).flatMap(({ path, value }) => {
      const facts = this.types.program.get(path)!;
      return (indexOf(facts).consumers[value] ?? []).flatMap((consumer): ArgumentUse[] => {
        const parent = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
        return consumer.k === 'value' && parent?.k === 'call' && parent.callee !== value ? [{ path, call: consumer.value, index: parent.args.indexOf(value), ...(use.object ? { object: true as const } : {}) }] : [];
      });
    });
  }

  private alsoHandedOn(use: ArgumentUse, depth = 0): ArgumentUse[] {
    return depth === MAX_HANDS ? [use] : [use, ...this.handedOn(use).flatMap((next) => this.alsoHandedOn(next, depth + 1))];
  }

  /** Where the workspace functions that are given a function name it. */
  private parameterUses(use: ArgumentUse): (Place & { taker: FunctionId })[] {
    const facts = this.types.program.get(use.path)!;
    const call = facts.values[use.call];
    if (call?.k !== 'call') return [];
    const out: (Place & { taker: FunctionId })[] = [];
    for (const type of this.types.of(use.path, call.callee)) {
      let path: string;
      let fn: FunctionId | undefined;
      if (type.k === 'function') ({ path, fn } = type);
      else if (type.k === 'class' && call.construct) {
        path = type.path;
        fn = this.types.program.get(path)?.classes[type.cls]?.methods.find((each) => each.name === 'constructor')?.fn;
      } else continue;
      if (fn === undefined) continue;
      if (use.member !== undefined) {
        for (const place of this.heldUses(path, fn, use)) out.push({ ...place, taker: fn });
        continue;
      }
      const target = this.types.program.get(path)!;
      const params = target.functions[fn]?.params ?? [];
      const binding = (use.name === undefined ? params[use.index] : params.find((each) => each.name === use.name))?.binding;
      if (binding === undefined) continue;
      for (const value of indexOf(target).bindingUses[binding] ?? []) out.push({ path, value, taker: fn });
    }
    return out;
  }

  /** Where a function names what an object that it is given holds under a name: `options.send`, or `send` of `({ send })`. */
  private heldUses(path: string, fn: FunctionId, { index: position, member }: ArgumentUse): Place[] {
    const facts = this.types.program.get(path)!;
    const index = indexOf(facts);
    const binding = facts.functions[fn]?.params[position]?.binding;
    const given = (index.parameterValues.get(fn) ?? []).filter((id) => {
      const value = facts.values[id];
      return value?.k === 'parameter' && value.index === position;
    });
    const taken = [...given, ...(binding === undefined ? [] : (index.bindingUses[binding] ?? []))].flatMap((object) => (index.consumers[object] ?? []).flatMap((consumer) => {
      const value = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      return consumer.k === 'value' && value?.k === 'member' && value.object === object && value.name === member ? [consumer.value] : [];
    }));
    return [...new Set(taken.flatMap((each) => [each, ...this.namedUses(path, each, 0)]))].map((value) => ({ path, value }));
  }

  /** The uses of the name that a value is given, whether or not something else stands in for it. */
  private namedUses(path: string, id: ValueId, depth: number): ValueId[] {
    const facts = this.types.program.get(path)!;
    const index = indexOf(facts);
    return (index.consumers[id] ?? []).flatMap((consumer) => {
      if (consumer.k === 'bind') return [...(index.bindingUses[consumer.binding] ?? [])];
      return consumer.k === 'value' && facts.values[consumer.value]?.k === 'choice' && depth < 3 ? this.namedUses(path, consumer.value, depth + 1) : [];
    });
  }
}

type QuestionsOfFunctions<T> = Map<string, (Question<T> | undefined)[]>;

function questionOf<T>(questions: QuestionsOfFunctions<T>, path: string, fn: FunctionId): Question<T> {
  let ofFile = questions.get(path);
  if (!ofFile) questions.set(path, (ofFile = []));
  return (ofFile[fn] ??= new Question<T>());
}

function placeKey({ path, value }: Place): string {
  return `${value}@${path}`;
}
