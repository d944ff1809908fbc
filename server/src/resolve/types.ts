import type { FileFacts, FunctionId, TypeFact, ValueId } from '../facts/facts.ts';
import { type AbstractType, TypeSet } from './abstractType.ts';
import { isEntered } from './adapters.ts';
import { annotatedTypes, isTelling } from './annotations.ts';
import type { Budget } from './budget.ts';
import { addCallResult } from './callResult.ts';
import { Callers } from './callers.ts';
import { PARENTS, PlacesByName, STORED_ON } from './callsByName.ts';
import { anyHttpMember, areUnmade, extendedInstance, globalHttp, memberOfGlobalObject } from './httpMembers.ts';
import { addDeclaredTypes } from './lambdaTypes.ts';
import { anyMemberOfUnknown, memberOfUnknown, memberTypes, storedMember } from './members.ts';
import { addPutInto, holdsFunctions, isTable, registered, yieldedTypes } from './containers.ts';
import { anyMember } from './clientMembers.ts';
import { fittingOverloads } from './overloads.ts';
import { exportedTypes, importedTypes, packageTypes, typesOfExport } from './moduleExports.ts';
import { openedTypes, qualifiedTypes } from './openedNames.ts';
import type { Program } from './program.ts';
import { Question, Solver } from './solver.ts';
import { classOfThis, ownModule, typesOfThis } from './thisValue.ts';

/** Names and callers between a key and its text that are followed. */
const MAX_GIVEN = 6;

/** What is asked of the values and of the names of one file, by their ids. */
interface FileQuestions {
  values: (Question<AbstractType> | undefined)[];
  bindings: (Question<AbstractType> | undefined)[];
}

/**
 * Answers what a value may be, on demand and across files. Questions that depend on each other are one system of equations, see `Solver`: the least
 * solution, whatever the order of questions. Answers hold for one state of the program.
 */
export class Types {
  readonly program: Program;
  readonly callers: Callers;
  /** What classes extend. */
  readonly parents = new PlacesByName(this, PARENTS);
  /** What members are assigned on from outside. */
  readonly storedOn = new PlacesByName(this, STORED_ON);
  private readonly solver = new Solver();
  private readonly files = new Map<string, FileQuestions>();

  constructor(program: Program) {
    this.program = program;
    this.callers = new Callers(this);
  }

  /** The time that the questions of one file may take. */
  get budget(): Budget {
    return this.solver.budget;
  }

  /** Types of a value; a promise counts as what it resolves to. */
  of(path: string, value: ValueId): readonly AbstractType[] {
    const { values } = this.questions(path);
    const question = (values[value] ??= new Question<AbstractType>());
    return this.solver.answer(question, () => {
      const out = new TypeSet();
      this.evaluate(path, value, out);
      return out.all;
    });
  }

  /** The same, where it is known for good. */
  settledOf(path: string, value: ValueId): readonly AbstractType[] | undefined {
    const question = this.questions(path).values[value];
    return question?.settled ? question.answer : undefined;
  }

  /** The questions asked so often that a key for each would cost more than its answer. */
  private questions(path: string): FileQuestions {
    let questions = this.files.get(path);
    if (!questions) {
      const facts = this.program.get(path);
      questions = { values: new Array(facts?.values.length ?? 0), bindings: new Array(facts?.bindings.length ?? 0) };
      this.files.set(path, questions);
    }
    return questions;
  }

  /** Answers one equation, see `Solver`. Keys are the caller's: a letter for the question, then what it is asked of. */
  solve<T>(key: string, compute: () => readonly T[]): readonly T[] {
    return this.solver.solve(key, compute);
  }

  /** The same for a question that the caller keeps for as long as these answers hold; one question always comes with the same equation. */
  answer<T>(question: Question<T>, compute: () => readonly T[]): readonly T[] {
    return this.solver.answer(question, compute);
  }

  /** The same for a question with yes or no: `compute` may come to say yes, and never takes it back. */
  holds(key: string, compute: () => boolean): boolean {
    return this.solve(key, () => (compute() ? [true] : [])).length > 0;
  }

  /** The same for a set of types. */
  remember(key: string, compute: (out: TypeSet) => void): readonly AbstractType[] {
    return this.solve(key, () => {
      const out = new TypeSet();
      compute(out);
      return out.all;
    });
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
        // Whoever wants to be given a `fetch` gets one.
        if (!isTelling(out.all) && facts.bindings[value.binding]!.kind === 'parameter') out.addAll(globalHttp(facts.language, facts.bindings[value.binding]!.name));
        return;
      case 'global':
        if (value.name === 'jsforce') out.addAll(packageTypes('jsforce', '*', facts.language));
        out.addAll(openedTypes(this, path, value.in, value.name));
        // A name of the workspace hides one that is there without an import.
        if (out.all.length === 0) out.addAll(value.name === 'exports' ? ownModule(facts, path) : globalHttp(facts.language, value.name));
        return;
      case 'member': {
        const objects = this.of(path, value.object);
        const receiver = facts.values[value.object];
        if (receiver?.k === 'global' && receiver.name === 'module' && value.name === 'exports') out.addAll(ownModule(facts, path));
        else if (receiver?.k === 'global') out.addAll(memberOfGlobalObject(facts.language, receiver.name, value.name));
        for (const type of objects) out.addAll(fittingOverloads(this.program, facts, id, this.member(type, value.name)));
        if (objects.length === 0) out.addAll(qualifiedTypes(this, path, value.object, value.name));
        if (!isTelling(out.all)) out.addAll(storedMember(this, path, value.object, value.name));
        // Evidence decides only where nothing is known: not about the receiver, nor, above, about the member.
        if (!isTelling(out.all) && !objects.some((type) => type.k === 'client')) out.addAll(memberOfUnknown(this, path, value.object, value.name));
        return;
      }
      case 'index': {
        const name = constantName(facts, value.key);
        const objects = this.of(path, value.object);
        if (objects.length === 0) out.addAll(name === undefined ? anyMemberOfUnknown(this, path, value.object) : memberOfUnknown(this, path, value.object, name));
        for (const type of objects) {
          if (type.k === 'client') out.addAll(name === undefined ? namedOrAny(this, path, value.key, type) : this.member(type, name));
          else if (type.k === 'http' && name === undefined) out.addAll(anyHttpMember(type));
          else if (type.k === 'instance' || type.k === 'class') for (const each of name === undefined ? namesGiven(this, path, value.key, 0) : [name]) out.addAll(this.member(type, each));
          else out.addAll(this.element(type));
        }
        return;
      }
      case 'call':
        addCallResult(this, path, id, value, out);
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
        out.addAll(named);
        if (named.length === 0 || areUnmade(named)) out.addAll(this.of(path, value.of));
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
      case 'operator':
        // A part of a list is a list of the same.
        if (value.op === 'slice') out.addAll(this.of(path, value.of[0]!));
        return;
      case 'super':
        out.addAll(this.superOf(path, value.in));
        return;
      case 'this':
        out.addAll(value.cls === undefined ? typesOfThis(facts, path, value.in) : [{ k: 'instance', path, cls: value.cls }]);
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

  /** What `super` is in a function: an instance of each class that its class extends. */
  private superOf(path: string, fn: FunctionId): AbstractType[] {
    const facts = this.facts(path);
    const cls = classOfThis(facts, fn);
    const fact = cls === undefined ? undefined : facts.classes[cls];
    const extended = fact?.extends === undefined ? [] : [fact.extends, ...(fact.mixins ?? [])];
    return extended.flatMap((each) => this.of(path, each)).flatMap((type): AbstractType[] => {
      if (type.k === 'class') return [{ ...type, k: 'instance' }];
      if (type.k === 'http') return cls === undefined ? [] : extendedInstance(type, path, cls);
      return type.k === 'client-class' ? [{ ...type, k: 'client' }] : [];
    });
  }

  /** Types of a name: its annotation if that says something, else everything it is given. */
  ofBinding(path: string, binding: number): readonly AbstractType[] {
    const { bindings } = this.questions(path);
    const question = (bindings[binding] ??= new Question<AbstractType>());
    return this.solver.answer(question, () => {
      const out = new TypeSet();
      this.evaluateBinding(path, binding, out);
      return out.all;
    });
  }

  private evaluateBinding(path: string, binding: number, out: TypeSet): void {
    const fact = this.facts(path).bindings[binding];
    if (!fact) return;
    if (fact.import !== undefined) {
      out.addAll(importedTypes(this, path, this.facts(path).imports[fact.import]!));
      // `import urllib, urllib.request`: what stands below it too, and what else the name is given.
      for (const source of fact.sources) out.addAll(this.of(path, source));
      return;
    }
    if (fact.type) {
      const named = this.ofAnnotation(path, fact.type);
      out.addAll(named);
      // The type of a table of functions does not tell which functions are in it.
      const all = !isTelling(named) || areUnmade(named);
      for (const source of fact.sources) if (all || isTable(this.facts(path), source) || this.facts(path).values[source]?.k === 'parameter') out.addAll(this.of(path, source));
      return;
    }
    for (const source of fact.sources) out.addAll(this.of(path, source));
  }

  /** Types of an exported name of whatever a module specifier means. */
  exported(from: string, specifier: string, name: string, style: 'es' | 'commonjs'): readonly AbstractType[] {
    return exportedTypes(this, from, specifier, name, style);
  }

  /** Types of an export of a workspace file. `*` is the module itself. */
  exportOf(path: string, name: string, style: 'es' | 'commonjs'): readonly AbstractType[] {
    return typesOfExport(this, path, name, style);
  }

  /** Types of `object.name`. */
  member(type: AbstractType, name: string): readonly AbstractType[] {
    return memberTypes(this, type, name);
  }

  /** Types that an annotation names. `Promise<T>` is `T`. */
  ofAnnotation(path: string, type: TypeFact): readonly AbstractType[] {
    return annotatedTypes(this, path, type);
  }

  /** Types of what an array holds. */
  element(type: AbstractType): readonly AbstractType[] {
    if (type.k === 'list') return this.ofAnnotation(type.path, type.type);
    if (type.k === 'object') return registered(this, type.path, type.value);
    if (type.k === 'yielded') return yieldedTypes(this, type.path, type.fn);
    if (type.k !== 'array') return [];
    return this.remember(`e${type.value}@${type.path}`, (out) => {
      const array = this.facts(type.path).values[type.value];
      addPutInto(this, type.path, type.value, out);
      if (array?.k !== 'array') return;
      for (const item of array.items) out.addAll(this.of(type.path, item));
      for (const spread of array.spreads) for (const inner of this.of(type.path, spread)) out.addAll(this.element(inner));
    });
  }

  /** Types that a function returns: its annotation, else its return statements. */
  returned(path: string, fn: FunctionId): readonly AbstractType[] {
    return this.remember(`r${fn}@${path}`, (out) => {
      const fact = this.program.get(path)?.functions[fn];
      if (!fact) return;
      const entered = fact.generator && isEntered(this.facts(path).language, fact.decorators);
      if (fact.returns) {
        const named = this.ofAnnotation(path, fact.returns);
        out.addAll(entered ? named.flatMap((type) => [...this.element(type)]) : named);
        if (isTelling(named) && !areUnmade(named)) {
          // The type of an object of functions does not tell which functions are in it.
          for (const { next } of fact.blocks) if (next.k === 'return' && next.value !== undefined && holdsFunctions(this.facts(path), next.value)) out.addAll(this.of(path, next.value));
          return;
        }
      }
      if (fact.generator) {
        if (entered) out.addAll(yieldedTypes(this, path, fn));
        else out.add({ k: 'yielded', path, fn });
        return;
      }
      for (const block of fact.blocks) if (block.next.k === 'return' && block.next.value !== undefined) out.addAll(this.of(path, block.next.value));
    });
  }

  private ofParameter(path: string, fn: FunctionId, index: number, out: TypeSet): void {
    const fact = this.facts(path).functions[fn];
    const param = fact?.params[index];
    if (param?.type) {
      const named = this.ofAnnotation(path, param.type);
      out.addAll(named);
      if (isTelling(named) && !areUnmade(named)) {
        // The type of an object of functions does not tell which functions are in it.
        for (const site of this.callers.argumentsOf(path, fn, index)) if (holdsFunctions(this.facts(site.path), site.value)) out.addAll(this.of(site.path, site.value));
        return;
      }
    }
    if (!param?.type) addDeclaredTypes(this, path, fn, index, out);
    for (const site of this.callers.argumentsOf(path, fn, index)) out.addAll(this.of(site.path, site.value));
    for (const site of this.callers.deliveries(path, fn, index)) {
      for (const type of this.of(site.path, site.value)) {
        if (site.element) out.addAll(this.element(type));
        else out.add(type);
      }
    }
  }
}

/** The members of a client that callers name, `getattr(sf, method)(soql)`; where nobody does, any. */
function namedOrAny(types: Types, path: string, key: ValueId, type: Extract<AbstractType, { k: 'client' }>): readonly AbstractType[] {
  const named = namesGiven(types, path, key, 0).flatMap((name) => [...types.member(type, name)]);
  return named.length > 0 ? named : anyMember(type);
}

/** The texts that callers give for a key: `this[finder](id)`, where `finder` is a parameter. */
function namesGiven(types: Types, path: string, key: ValueId, depth: number): string[] {
  const facts = types.program.get(path)!;
  const value = facts.values[key];
  if (value?.k === 'literal') return typeof value.value === 'string' ? [value.value] : [];
  if (depth > MAX_GIVEN) return [];
  if (value?.k === 'binding') return facts.bindings[value.binding]!.sources.flatMap((source) => namesGiven(types, path, source, depth + 1));
  if (value?.k === 'choice') return value.of.flatMap((each) => namesGiven(types, path, each, depth + 1));
  return value?.k === 'parameter' ? types.callers.argumentsOf(path, value.fn, value.index).flatMap((place) => namesGiven(types, place.path, place.value, depth + 1)) : [];
}

/** The text of a key that can only be that one: `const name = 'create'; object[name]`. */
function constantName(facts: FileFacts, key: ValueId): string | undefined {
  const value = facts.values[key];
  const binding = value?.k === 'binding' ? facts.bindings[value.binding] : undefined;
  const source = binding?.constant && binding.sources.length === 1 ? facts.values[binding.sources[0]!] : value;
  return source?.k === 'literal' && typeof source.value === 'string' ? source.value : undefined;
}
