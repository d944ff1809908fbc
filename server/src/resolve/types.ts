import { clientsOf, findClient, librariesOf } from '../../../catalog/index.ts';
import type { ClientMethod, ClientModel } from '../../../catalog/schema/client.ts';
import type { CallValue, ClassId, FileFacts, FunctionId, TypeFact, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import { type AbstractType, TypeSet } from './abstractType.ts';
import { Callers } from './callers.ts';
import { byEvidence, receiverText } from './evidence.ts';
import type { Program } from './program.ts';

/** Depth of demand at which an answer is given up: real code stays far below. */
const MAX_DEPTH = 300;
/** Rounds after which a question is taken as answered; the sets are small and only grow, so real code needs two or three. */
const MAX_ROUNDS = 12;

/**
 * Answers what a value may be, on demand and across files. Every question that arises under one first question is part of one system of
 * equations, solved by rounds until nothing grows: the least solution, whatever the order of questions. Answers hold for one state of the program.
 */
export class Types {
  readonly program: Program;
  readonly callers: Callers;
  private readonly settled = new Map<string, readonly unknown[]>();
  private readonly draft = new Map<string, readonly unknown[]>();
  private readonly visited = new Set<string>();
  private changed = false;
  private depth = 0;

  constructor(program: Program) {
    this.program = program;
    this.callers = new Callers(this);
  }

  /** Types of a value; a promise counts as what it resolves to. */
  of(path: string, value: ValueId): readonly AbstractType[] {
    return this.remember(`v${value}@${path}`, (out) => this.evaluate(path, value, out));
  }

  private remember(key: string, compute: (out: TypeSet) => void): readonly AbstractType[] {
    return this.solve(key, () => {
      const out = new TypeSet();
      compute(out);
      return out.all;
    });
  }

  /** Answers one equation. `compute` may ask others, itself included; its answer only ever grows. */
  solve<T>(key: string, compute: () => readonly T[]): readonly T[] {
    const known = this.settled.get(key);
    if (known) return known as readonly T[];
    if (this.depth > 0) return this.ask(key, compute);
    let answer: readonly T[] = [];
    for (let round = 0; round < MAX_ROUNDS; round++) {
      this.changed = false;
      this.visited.clear();
      answer = this.ask(key, compute);
      if (!this.changed) break;
    }
    for (const [each, value] of this.draft) this.settled.set(each, value);
    this.draft.clear();
    this.visited.clear();
    return answer;
  }

  private ask<T>(key: string, compute: () => readonly T[]): readonly T[] {
    const before = (this.draft.get(key) ?? []) as readonly T[];
    if (this.visited.has(key) || this.depth > MAX_DEPTH) return before;
    this.visited.add(key);
    this.depth++;
    let after: readonly T[];
    try {
      after = compute();
    } finally {
      this.depth--;
    }
    if (after.length !== before.length || !this.draft.has(key)) {
      this.draft.set(key, after);
      if (after.length !== before.length) this.changed = true;
    } else {
      after = before;
    }
    return after;
  }

  private facts(path: string): FileFacts {
    return this.program.get(path)!;
  }

  private evaluate(path: string, id: ValueId, out: TypeSet): void {
    const facts = this.facts(path);
    const value = facts.values[id];
    if (!value) return;
    switch (value.k) {
      case 'binding':
        out.addAll(this.ofBinding(path, value.binding));
        return;
      case 'global':
        if (value.name === 'jsforce') out.addAll(this.packageTypes('jsforce', '*'));
        return;
      case 'member': {
        const objects = this.of(path, value.object);
        for (const type of objects) out.addAll(this.member(type, value.name));
        if (out.all.length === 0) out.addAll(this.storedMember(path, value.object, value.name));
        // Evidence decides only where nothing is known: not about the receiver, nor, above, about the member.
        if (out.all.length === 0 && !objects.some((type) => type.k === 'client')) out.addAll(this.memberOfUnknown(path, value.object, value.name));
        return;
      }
      case 'index': {
        for (const type of this.of(path, value.object)) out.addAll(this.element(type));
        return;
      }
      case 'call':
        this.ofCall(path, id, value, out);
        return;
      case 'await':
      case 'assign':
        out.addAll(this.of(path, value.of));
        return;
      case 'element':
        for (const type of this.of(path, value.of)) out.addAll(this.element(type));
        return;
      case 'typed': {
        const named = this.ofAnnotation(path, value.type);
        out.addAll(named.length > 0 ? named : this.of(path, value.of));
        return;
      }
      case 'choice':
        for (const each of value.of) out.addAll(this.of(path, each));
        return;
      case 'function':
        out.add({ k: 'function', path, fn: value.fn });
        return;
      case 'class':
        out.add({ k: 'class', path, cls: value.cls });
        return;
      case 'object':
        out.add({ k: 'object', path, value: id });
        return;
      case 'array':
        out.add({ k: 'array', path, value: id });
        return;
      case 'this':
        out.addAll(this.ofThis(path, value.in));
        return;
      case 'parameter':
        this.ofParameter(path, value.fn, value.index, out);
        return;
      case 'yield':
        if (value.of !== undefined) out.addAll(this.of(path, value.of));
        return;
      default:
    }
  }

  /** Types of a name: its annotation if that says something, else everything it is given. */
  ofBinding(path: string, binding: number): readonly AbstractType[] {
    return this.remember(`b${binding}@${path}`, (out) => {
      const fact = this.facts(path).bindings[binding];
      if (!fact) return;
      if (fact.import !== undefined) {
        const imported = this.facts(path).imports[fact.import]!;
        out.addAll(this.exported(path, imported.module, imported.imported, imported.style));
        return;
      }
      if (fact.type) {
        const named = this.ofAnnotation(path, fact.type);
        if (named.length > 0) {
          out.addAll(named);
          return;
        }
      }
      for (const source of fact.sources) out.addAll(this.of(path, source));
    });
  }

  /** Types of an exported name of whatever a module specifier means. */
  exported(from: string, specifier: string, name: string, style: 'es' | 'commonjs'): readonly AbstractType[] {
    const target = this.program.resolve(from, specifier);
    if (target.k === 'file') return this.exportOf(target.path, name, style);
    if (target.k === 'package') return this.packageTypes(specifier, name);
    return [];
  }

  private packageTypes(specifier: string, name: string): AbstractType[] {
    for (const library of librariesOf(specifier)) {
      if (library.kind === 'retry') return [{ k: 'retry-module', library, path: name === '*' ? '*' : name }];
    }
    return clientsOf(specifier).flatMap((client) => {
      const entry = client.packages.find((each) => each.name === specifier);
      const module: AbstractType = { k: 'client-module', client, package: packageName(specifier), default: entry?.default };
      if (name === '*') return entry?.default ? [module, { k: 'client-class', client, type: entry.default, package: module.package }] : [module];
      if (name === 'default') return entry?.default ? [{ k: 'client-class', client, type: entry.default, package: module.package }] : [module];
      return [...this.member(module, name)];
    });
  }

  /** Types of an export of a workspace file. `*` is the module itself. */
  exportOf(path: string, name: string, style: 'es' | 'commonjs'): readonly AbstractType[] {
    return this.remember(`x${style}.${name}@${path}`, (out) => {
      const facts = this.program.get(path);
      if (!facts) return;
      const whole = facts.exports.filter((each) => each.name === '=' && each.value !== undefined);
      if (name === '*' || (name === 'default' && whole.length > 0 && !facts.exports.some((each) => each.name === 'default'))) {
        if (whole.length > 0) for (const each of whole) out.addAll(this.of(path, each.value!));
        out.add({ k: 'module', path, style });
        return;
      }
      for (const each of facts.exports) {
        if (each.name === name) {
          if (each.from !== undefined) out.addAll(this.exported(path, each.from, each.imported ?? name, 'es'));
          else if (each.value !== undefined) out.addAll(this.of(path, each.value));
        } else if (each.name === '*' && each.from !== undefined && name !== 'default') {
          out.addAll(this.exported(path, each.from, name, 'es'));
        }
      }
      if (out.all.length === 0) for (const each of whole) for (const type of this.of(path, each.value!)) out.addAll(this.member(type, name));
    });
  }

  /** Types of `object.name`. */
  member(type: AbstractType, name: string): readonly AbstractType[] {
    switch (type.k) {
      case 'client': {
        const found = findMember(type.client, type.type, name);
        if (!found) return [];
        if (found.property) return this.clientInstance(found.client, found.property, type.package);
        return [{ k: 'client-method', client: found.client, type: found.type, name, variants: found.variants, package: type.package }];
      }
      case 'client-module': {
        if (name === 'default') return type.default ? [{ k: 'client-class', client: type.client, type: type.default, package: type.package }] : [type];
        for (const [typeName, each] of Object.entries(type.client.types)) {
          if (each.exported?.includes(name)) return [{ k: 'client-class', client: type.client, type: typeName, package: type.package }];
        }
        const functions = type.client.functions?.[name];
        return functions ? [{ k: 'client-method', client: type.client, type: '', name, variants: functions, package: type.package }] : [];
      }
      case 'client-class': {
        const found = findStatic(type.client, type.type, name);
        return found ? [{ k: 'client-method', client: found.client, type: found.type, name, variants: found.variants, package: type.package }] : [];
      }
      case 'retry-module':
        return [{ ...type, path: type.path === '*' ? name : `${type.path}.${name}` }];
      case 'module':
        return this.exportOf(type.path, name, type.style);
      case 'instance':
        return this.instanceMember(type.path, type.cls, name, false);
      case 'class':
        return this.instanceMember(type.path, type.cls, name, true);
      case 'object':
        return this.objectMember(type.path, type.value, name);
      case 'function':
        return this.functionMember(type.path, type.fn, name);
      case 'structure': {
        const member = type.type.k === 'object' && Object.hasOwn(type.type.members, name) ? type.type.members[name] : undefined;
        return member ? this.ofAnnotation(type.path, member) : [];
      }
      default:
        return [];
    }
  }

  private clientInstance(client: ClientModel, name: string, packageOf: string): AbstractType[] {
    const resolved = clientType(client, name);
    return resolved ? [{ k: 'client', client: resolved.client, type: resolved.type, package: packageOf }] : [];
  }

  private objectMember(path: string, value: ValueId, name: string): readonly AbstractType[] {
    return this.remember(`o${value}.${name}@${path}`, (out) => {
      const facts = this.facts(path);
      const object = facts.values[value];
      if (object?.k !== 'object') return;
      for (const prop of object.props) {
        if (prop.key !== name) continue;
        const fn = facts.values[prop.value];
        if (fn?.k === 'function' && facts.functions[fn.fn]?.kind === 'getter') out.addAll(this.returned(path, fn.fn));
        else out.addAll(this.of(path, prop.value));
      }
      for (const spread of object.spreads) for (const type of this.of(path, spread)) out.addAll(this.member(type, name));
      for (const index of indexOf(facts).storesByName.get(name) ?? []) {
        const store = facts.stores[index]!;
        if (this.of(path, store.object).some((type) => type.k === 'object' && type.path === path && type.value === value)) out.addAll(this.of(path, store.value));
      }
    });
  }

  private instanceMember(path: string, cls: ClassId, name: string, isStatic: boolean): readonly AbstractType[] {
    return this.remember(`i${isStatic ? 's' : ''}${cls}.${name}@${path}`, (out) => {
      const facts = this.program.get(path);
      const fact = facts?.classes[cls];
      if (!facts || !fact) return;
      for (const method of fact.methods) {
        if (method.name !== name || method.static !== isStatic) continue;
        if (facts.functions[method.fn]?.kind === 'getter') out.addAll(this.returned(path, method.fn));
        else if (facts.functions[method.fn]?.kind !== 'setter') out.add({ k: 'function', path, fn: method.fn });
      }
      for (const each of fact.fields) {
        if (each.name !== name || each.static !== isStatic) continue;
        const named = each.type ? this.ofAnnotation(path, each.type) : [];
        if (named.length > 0) out.addAll(named);
        else if (each.value !== undefined) out.addAll(this.of(path, each.value));
      }
      for (const index of indexOf(facts).storesByName.get(name) ?? []) {
        const store = facts.stores[index]!;
        const object = facts.values[store.object];
        if (object?.k === 'this' && this.classOfThis(path, store.in) === cls) out.addAll(this.of(path, store.value));
      }
      if (fact.extends !== undefined) {
        for (const parent of this.of(path, fact.extends)) {
          if (parent.k === 'class') out.addAll(this.instanceMember(parent.path, parent.cls, name, isStatic));
          else if (parent.k === 'client-class') out.addAll(this.member(isStatic ? parent : { ...parent, k: 'client' }, name));
        }
      }
    });
  }

  /** A member of a receiver that nothing is known of, where its use or its name in this package shows that it is a client's connection. */
  private memberOfUnknown(path: string, object: ValueId, name: string): readonly AbstractType[] {
    const facts = this.facts(path);
    const found = byEvidence(this.program.projects, path, facts, object);
    if (!found) return [];
    const known = this.of(path, object);
    if (known.some((type) => type.k !== 'object' && type.k !== 'structure')) return [];
    return this.member({ k: 'client', ...found }, name);
  }

  /** Members of a function used as an object or as a constructor: what is stored on it, on its prototype and on `this` inside it. */
  private functionMember(path: string, fn: FunctionId, name: string): readonly AbstractType[] {
    return this.remember(`f${fn}.${name}@${path}`, (out) => {
      const facts = this.facts(path);
      const value = indexOf(facts).functionValue.get(fn);
      for (const index of indexOf(facts).storesByName.get(name) ?? []) {
        const store = facts.stores[index]!;
        const object = facts.values[store.object];
        const own = object?.k === 'this' && this.ofThis(path, store.in).some((type) => type.k === 'function' && type.fn === fn);
        const onPrototype = value !== undefined && prototypeOwner(facts, store.value) === fn;
        const direct = object?.k === 'binding' && facts.bindings[object.binding]!.sources.includes(value ?? -1);
        if (own || onPrototype || direct) out.addAll(this.of(path, store.value));
      }
    });
  }

  /** `global.conn = x` and the like: a member that some store of the same file fills, on an object of unknown type. */
  private storedMember(path: string, object: ValueId, name: string): readonly AbstractType[] {
    const facts = this.facts(path);
    const text = receiverText(facts, object);
    if (text === undefined) return [];
    const out = new TypeSet();
    for (const index of indexOf(facts).storesByName.get(name) ?? []) {
      const store = facts.stores[index]!;
      if (receiverText(facts, store.object) === text) out.addAll(this.of(path, store.value));
    }
    return out.all;
  }

  private element(type: AbstractType): readonly AbstractType[] {
    if (type.k === 'list') return this.ofAnnotation(type.path, type.type);
    if (type.k !== 'array') return [];
    return this.remember(`e${type.value}@${type.path}`, (out) => {
      const array = this.facts(type.path).values[type.value];
      if (array?.k !== 'array') return;
      for (const item of array.items) out.addAll(this.of(type.path, item));
      for (const spread of array.spreads) for (const inner of this.of(type.path, spread)) out.addAll(this.element(inner));
    });
  }

  /** The class whose instance `this` is inside a function; arrows look outward. */
  classOfThis(path: string, fn: FunctionId): ClassId | undefined {
    const facts = this.facts(path);
    for (let id: FunctionId | undefined = fn; id !== undefined; id = facts.functions[id]?.parent) {
      const fact = facts.functions[id]!;
      if (fact.cls !== undefined) return fact.cls;
      if (fact.kind !== 'arrow') return undefined;
    }
    return undefined;
  }

  private ofThis(path: string, fn: FunctionId): readonly AbstractType[] {
    const facts = this.facts(path);
    for (let id: FunctionId | undefined = fn; id !== undefined; id = facts.functions[id]?.parent) {
      const fact = facts.functions[id]!;
      if (fact.cls !== undefined) {
        const owner = indexOf(facts).ownerClass.get(id);
        return [owner?.static ? { k: 'class', path, cls: fact.cls } : { k: 'instance', path, cls: fact.cls }];
      }
      const object = indexOf(facts).ownerObject.get(id);
      if (object !== undefined && fact.kind !== 'arrow') return [{ k: 'object', path, value: object }];
      if (fact.kind === 'module') return [];
      if (fact.kind !== 'arrow') return this.ofConstructorFunction(path, id);
    }
    return [];
  }

  /** `function Client() { this.conn = … }` and `Client.prototype.find = function () { … }`: the object is known by its stores only. */
  private ofConstructorFunction(path: string, fn: FunctionId): AbstractType[] {
    const facts = this.facts(path);
    const value = indexOf(facts).functionValue.get(fn);
    const owner = value === undefined ? undefined : prototypeOwner(facts, value);
    const constructor = owner ?? fn;
    return [{ k: 'function', path, fn: constructor }];
  }

  private ofCall(path: string, id: ValueId, call: CallValue, out: TypeSet): void {
    const facts = this.facts(path);
    const callee = facts.values[call.callee];
    switch (call.protocol) {
      case 'import': {
        const imported = facts.imports.find((each) => each.value === id);
        if (imported) out.addAll(this.exported(path, imported.module, '*', imported.style));
        return;
      }
      case 'then': {
        const handler = call.args[0];
        if (handler !== undefined) for (const type of this.of(path, handler)) if (type.k === 'function') out.addAll(this.returned(type.path, type.fn));
        return;
      }
      case 'catch':
      case 'finally':
      case 'bind':
        if (callee?.k === 'member') out.addAll(this.of(path, callee.object));
        return;
      case 'apply':
        if (callee?.k === 'member') for (const type of this.of(path, callee.object)) if (type.k === 'function') out.addAll(this.returned(type.path, type.fn));
        return;
      case 'resolve':
      case 'all':
      case 'race':
      case 'any':
        if (call.args[0] !== undefined) out.addAll(this.of(path, call.args[0]));
        return;
      case 'promise':
        this.ofPromise(path, call, out);
        return;
      default:
    }
    for (const type of this.of(path, call.callee)) out.addAll(this.result(path, type, call));
  }

  /** Types of the result of calling a value of this type. */
  private result(path: string, type: AbstractType, call: CallValue): readonly AbstractType[] {
    switch (type.k) {
      case 'client-class':
        return [{ ...type, k: 'client' }];
      case 'class':
        return [{ k: 'instance', path: type.path, cls: type.cls }];
      case 'function':
        return call.construct ? [type] : this.returned(type.path, type.fn);
      case 'client-method': {
        const variant = this.variantOf(path, type, call);
        const name = variant?.returns ?? variant?.resolves;
        return name ? this.clientInstance(type.client, name, type.package) : [];
      }
      case 'retry-module': {
        const wrapped = type.library.functions.find((each) => retryExport(each.export, type.path));
        const argument = wrapped ? call.args[wrapped.repeats] : undefined;
        if (wrapped && argument !== undefined) {
          if (wrapped.returnsFunction) return this.of(path, argument);
          const out = new TypeSet();
          for (const each of this.of(path, argument)) if (each.k === 'function') out.addAll(this.returned(each.path, each.fn));
          return out.all;
        }
        const policy = type.library.policies?.find((each) => retryExport(each.factory, type.path));
        return policy ? [{ k: 'retry-policy', library: type.library, factory: policy.factory }] : [];
      }
      default:
        return [];
    }
  }

  /** The variant of a client method that a call uses: by version and arguments. */
  variantOf(path: string, method: Extract<AbstractType, { k: 'client-method' }>, call: CallValue): ClientMethod | undefined {
    const last = call.args[call.args.length - 1];
    const hasCallback = last !== undefined && this.isCallback(path, last);
    const fitting = method.variants.filter((each) => this.program.projects.fits(path, method.package, each.versions) !== 'no');
    const byArguments = fitting.filter((each) => !each.when || this.shapeFits(path, call, each.when));
    // A function in last place shows a version that takes callbacks, where the manifest does not tell.
    return (hasCallback ? byArguments.find((each) => each.callback) : undefined) ?? byArguments.find((each) => !each.callback) ?? byArguments[0];
  }

  /** A function in last place, or a name that promises one. */
  isCallback(path: string, id: ValueId): boolean {
    const facts = this.facts(path);
    const value = facts.values[id];
    if (value?.k === 'function') return true;
    if (value?.k === 'binding' && facts.bindings[value.binding]!.kind === 'parameter' && /^(?:callback|cb|done|next|fn|handler)$/i.test(facts.bindings[value.binding]!.name)) return true;
    return this.of(path, id).some((type) => type.k === 'function');
  }

  /** Every variant of the client method that a call calls, whatever the version. */
  clientMethodVariants(path: string, id: ValueId): readonly ClientMethod[] {
    const call = this.facts(path).values[id];
    if (call?.k !== 'call') return [];
    return this.of(path, call.callee).flatMap((type) => (type.k === 'client-method' ? type.variants : []));
  }

  private shapeFits(path: string, call: CallValue, when: NonNullable<ClientMethod['when']>): boolean {
    const argument = call.args[when.index];
    if (when.is === 'absent') return argument === undefined;
    if (argument === undefined) return false;
    const shape = this.shape(path, argument);
    switch (when.is) {
      case 'array':
        return shape === 'array';
      case 'one':
        return shape !== 'array';
      case 'string':
        return shape === 'string';
      case 'object':
        return shape !== 'string';
    }
  }

  /** Whether a value is an array, a string or something else, where that can be seen. */
  shape(path: string, id: ValueId, depth = 0): Shape {
    const found = this.solve(`s${id}@${path}`, () => {
      const shape = this.shapeOf(path, id, depth);
      return shape === 'unknown' ? [] : [shape];
    });
    return found[0] ?? 'unknown';
  }

  private shapeOf(path: string, id: ValueId, depth: number): Shape {
    const facts = this.facts(path);
    const value = facts.values[id];
    if (!value || depth > 12) return 'unknown';
    switch (value.k) {
      case 'array':
        return 'array';
      case 'object':
        return 'one';
      case 'literal':
        return typeof value.value === 'string' ? 'string' : 'one';
      case 'template':
        return 'string';
      case 'typed':
        return shapeOfType(value.type) ?? this.shape(path, value.of, depth + 1);
      case 'await':
      case 'assign':
        return this.shape(path, value.of, depth + 1);
      case 'choice': {
        const shapes = new Set(value.of.map((each) => this.shape(path, each, depth + 1)));
        return shapes.size === 1 ? [...shapes][0]! : shapes.has('array') ? 'array' : 'unknown';
      }
      case 'call': {
        if (value.protocol === 'map') return 'array';
        const callee = facts.values[value.callee];
        if (callee?.k === 'member' && ['filter', 'slice', 'concat', 'splice', 'flat', 'sort', 'reverse', 'keys', 'values', 'entries', 'from', 'chunk'].includes(callee.name)) {
          return callee.name === 'slice' || callee.name === 'concat' ? this.sliceShape(path, callee.object, depth) : 'array';
        }
        for (const type of this.of(path, value.callee)) {
          if (type.k !== 'function') continue;
          const fn = this.facts(type.path).functions[type.fn];
          const named = fn?.returns ? shapeOfType(fn.returns) : undefined;
          if (named) return named;
        }
        return 'unknown';
      }
      case 'binding': {
        const binding = facts.bindings[value.binding]!;
        const named = binding.type ? shapeOfType(binding.type) : undefined;
        if (named) return named;
        for (const source of binding.sources) {
          const shape = this.shape(path, source, depth + 1);
          if (shape !== 'unknown') return shape;
        }
        return this.shapeByUse(facts, value.binding);
      }
      case 'element': {
        const over = this.shape(path, value.of, depth + 1);
        return over === 'unknown' ? 'unknown' : this.elementShape(path, value.of, depth + 1);
      }
      case 'parameter': {
        const param = facts.functions[value.fn]?.params[value.index];
        const named = param?.type ? shapeOfType(param.type) : undefined;
        if (named) return named;
        const sites = this.callers.argumentsOf(path, value.fn, value.index);
        const shapes = new Set(sites.map((site) => this.shape(site.path, site.value, depth + 1)));
        if (shapes.size === 1) return [...shapes][0]!;
        return shapes.has('array') ? 'array' : 'unknown';
      }
      default:
        return 'unknown';
    }
  }

  private sliceShape(path: string, object: ValueId, depth: number): Shape {
    const shape = this.shape(path, object, depth + 1);
    return shape === 'one' ? 'unknown' : shape;
  }

  /** Shape of the elements of a literal array; chunks of records are arrays themselves. */
  private elementShape(path: string, id: ValueId, depth: number): Shape {
    const facts = this.facts(path);
    const value = facts.values[id];
    if (value?.k === 'array' && value.items[0] !== undefined) return this.shape(path, value.items[0], depth);
    if (value?.k === 'binding') {
      const binding = facts.bindings[value.binding]!;
      if (/chunk|batch|page|group/i.test(binding.name)) return 'array';
      if (binding.type?.k === 'array') return shapeOfType(binding.type.of) ?? 'one';
      const source = binding.sources[0];
      if (source !== undefined && depth < 8) return this.elementShape(path, source, depth + 1);
    }
    if (value?.k === 'call') {
      const callee = facts.values[value.callee];
      if (callee?.k === 'member' && /chunk/i.test(callee.name)) return 'array';
      if (callee?.k === 'binding' && /chunk/i.test(facts.bindings[callee.binding]!.name)) return 'array';
    }
    return 'one';
  }

  /** A name that is iterated, pushed to or asked for `.length` and `.map` is an array. */
  private shapeByUse(facts: FileFacts, binding: number): 'array' | 'unknown' {
    const index = indexOf(facts);
    for (const use of index.bindingUses[binding] ?? []) {
      for (const consumer of index.consumers[use] ?? []) {
        if (consumer.k === 'iterate') return 'array';
        if (consumer.k !== 'value') continue;
        const parent = facts.values[consumer.value];
        if (parent?.k === 'member' && parent.object === use && ['push', 'map', 'forEach', 'splice', 'filter', 'reduce'].includes(parent.name)) return 'array';
      }
    }
    return 'unknown';
  }

  /** Types that a function returns: its annotation, else its return statements. */
  returned(path: string, fn: FunctionId): readonly AbstractType[] {
    return this.remember(`r${fn}@${path}`, (out) => {
      const fact = this.program.get(path)?.functions[fn];
      if (!fact) return;
      if (fact.returns) {
        const named = this.ofAnnotation(path, fact.returns);
        if (named.length > 0) {
          out.addAll(named);
          return;
        }
      }
      for (const block of fact.blocks) if (block.next.k === 'return' && block.next.value !== undefined) out.addAll(this.of(path, block.next.value));
    });
  }

  /** `new Promise((resolve, reject) => …)`: what is given to `resolve`. */
  private ofPromise(path: string, call: CallValue, out: TypeSet): void {
    const facts = this.facts(path);
    const executor = call.args[0] === undefined ? undefined : facts.values[call.args[0]];
    if (executor?.k !== 'function') return;
    const binding = facts.functions[executor.fn]?.params[0]?.binding;
    if (binding === undefined) return;
    const index = indexOf(facts);
    for (const use of index.bindingUses[binding] ?? []) {
      for (const consumer of index.consumers[use] ?? []) {
        const parent = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
        if (parent?.k === 'call' && parent.callee === use && parent.args[0] !== undefined) out.addAll(this.of(path, parent.args[0]));
      }
    }
  }

  private ofParameter(path: string, fn: FunctionId, index: number, out: TypeSet): void {
    const fact = this.facts(path).functions[fn];
    const param = fact?.params[index];
    if (param?.type) {
      const named = this.ofAnnotation(path, param.type);
      if (named.length > 0) {
        out.addAll(named);
        return;
      }
    }
    for (const site of this.callers.argumentsOf(path, fn, index)) out.addAll(this.of(site.path, site.value));
    for (const site of this.callers.deliveries(path, fn, index)) {
      for (const type of this.of(site.path, site.value)) {
        if (site.element) out.addAll(this.element(type));
        else out.add(type);
      }
    }
  }

  /** Types that an annotation names. `Promise<T>` is `T`. */
  ofAnnotation(path: string, type: TypeFact): readonly AbstractType[] {
    const out = new TypeSet();
    this.annotate(path, type, out, 0);
    return out.all;
  }

  private annotate(path: string, type: TypeFact, out: TypeSet, depth: number): void {
    if (depth > 10) return;
    switch (type.k) {
      case 'union':
        for (const each of type.of) this.annotate(path, each, out, depth + 1);
        return;
      case 'array':
        out.add({ k: 'list', path, type: type.of });
        return;
      case 'object':
        out.add({ k: 'structure', path, type });
        return;
      case 'function':
        return;
      case 'ref':
        this.annotateName(path, type, out, depth);
    }
  }

  private annotateName(path: string, type: Extract<TypeFact, { k: 'ref' }>, out: TypeSet, depth: number): void {
    if (['Promise', 'PromiseLike', 'Readonly', 'Partial', 'Required', 'NonNullable', 'Awaited', 'Omit', 'Pick'].includes(type.name)) {
      if (type.args[0]) this.annotate(path, type.args[0], out, depth + 1);
      return;
    }
    if (['Array', 'ReadonlyArray', 'Set'].includes(type.name)) {
      if (type.args[0]) out.add({ k: 'list', path, type: type.args[0] });
      return;
    }
    const facts = this.program.get(path);
    if (!facts) return;
    const [head = '', ...rest] = type.name.split('.');
    const local = facts.types.find((each) => each.name === head);
    if (local && rest.length === 0) {
      this.annotate(path, local.type, out, depth + 1);
      return;
    }
    const binding = facts.bindings.findIndex((each) => each.name === head && each.in === 0 && (each.kind === 'import' || each.kind === 'class'));
    if (binding < 0) return;
    const imported = facts.bindings[binding]!.import;
    let types: readonly AbstractType[] = this.ofBinding(path, binding);
    if (types.length === 0 && imported !== undefined && rest.length === 0) {
      const fact = facts.imports[imported]!;
      const target = this.program.resolve(path, fact.module);
      if (target.k === 'file') this.annotateExported(target.path, fact.imported, out, depth + 1);
      return;
    }
    for (const name of rest) types = types.flatMap((each) => [...this.member(each, name)]);
    for (const each of types) {
      if (each.k === 'client-class') out.add({ ...each, k: 'client' });
      else if (each.k === 'class') out.add({ k: 'instance', path: each.path, cls: each.cls });
    }
  }

  /** A named type of another file, through re-exports. */
  private annotateExported(path: string, name: string, out: TypeSet, depth: number): void {
    const facts = this.program.get(path);
    if (!facts || depth > 10) return;
    const local = facts.types.find((each) => each.name === name);
    if (local) {
      this.annotate(path, local.type, out, depth + 1);
      return;
    }
    for (const each of facts.exports) {
      if (each.from === undefined || (each.name !== '*' && each.name !== name)) continue;
      const target = this.program.resolve(path, each.from);
      if (target.k === 'file') this.annotateExported(target.path, each.name === '*' ? name : (each.imported ?? name), out, depth + 1);
    }
  }
}

type Shape = 'array' | 'string' | 'one' | 'unknown';

function shapeOfType(type: TypeFact): 'array' | 'string' | 'one' | undefined {
  if (type.k === 'array') return 'array';
  if (type.k === 'object') return 'one';
  if (type.k === 'union') {
    const shapes = new Set(type.of.map(shapeOfType));
    return shapes.size === 1 ? [...shapes][0] : undefined;
  }
  if (type.k !== 'ref') return undefined;
  if (['Array', 'ReadonlyArray'].includes(type.name)) return 'array';
  if (type.name === 'Record') return 'one';
  if (type.name === 'Promise' && type.args[0]) return shapeOfType(type.args[0]);
  return undefined;
}

/** The constructor function on whose prototype a function is stored. */
function prototypeOwner(facts: FileFacts, value: ValueId): FunctionId | undefined {
  for (const store of facts.stores) {
    if (store.value !== value) continue;
    const object = facts.values[store.object];
    if (object?.k !== 'member' || object.name !== 'prototype') continue;
    const base = facts.values[object.object];
    if (base?.k !== 'binding') continue;
    for (const source of facts.bindings[base.binding]?.sources ?? []) {
      const fn = facts.values[source];
      if (fn?.k === 'function') return fn.fn;
    }
  }
  return undefined;
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}

/** Whether an export path of a retry library's model names this path: `default` is also the CommonJS module itself. */
export function retryExport(wanted: string, path: string): boolean {
  return wanted === path || (wanted === 'default' && path === '*') || `default.${wanted}` === path;
}

/** A type name of a model, which may be another model's: `jsforce:Connection`. */
function clientType(client: ClientModel, name: string): { client: ClientModel; type: string } | undefined {
  const colon = name.indexOf(':');
  if (colon < 0) return Object.hasOwn(client.types, name) ? { client, type: name } : undefined;
  const other = findClient(name.slice(0, colon));
  const type = name.slice(colon + 1);
  return other && Object.hasOwn(other.types, type) ? { client: other, type } : undefined;
}

interface FoundMember {
  client: ClientModel;
  type: string;
  variants: ClientMethod[];
  property?: string;
}

function findMember(client: ClientModel, type: string, name: string, depth = 0): FoundMember | undefined {
  const fact = Object.hasOwn(client.types, type) ? client.types[type] : undefined;
  if (!fact || depth > 4) return undefined;
  if (fact.methods && Object.hasOwn(fact.methods, name)) return { client, type, variants: fact.methods[name]! };
  if (fact.properties && Object.hasOwn(fact.properties, name)) return { client, type, variants: [], property: fact.properties[name]! };
  const parent = fact.extends === undefined ? undefined : clientType(client, fact.extends);
  return parent ? findMember(parent.client, parent.type, name, depth + 1) : undefined;
}

function findStatic(client: ClientModel, type: string, name: string, depth = 0): FoundMember | undefined {
  const fact = Object.hasOwn(client.types, type) ? client.types[type] : undefined;
  if (!fact || depth > 4) return undefined;
  if (fact.statics && Object.hasOwn(fact.statics, name)) return { client, type, variants: fact.statics[name]! };
  const parent = fact.extends === undefined ? undefined : clientType(client, fact.extends);
  return parent ? findStatic(parent.client, parent.type, name, depth + 1) : undefined;
}
