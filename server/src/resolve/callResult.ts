import type { CallValue, FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { argumentFor, indexOf } from '../facts/fileIndex.ts';
import { type AbstractType, TypeSet } from './abstractType.ts';
import { clientInstance } from './clientMembers.ts';
import { adapterOf } from './adapters.ts';
import { containerType, takenFrom } from './containers.ts';
import { variantOf } from './clientVariant.ts';
import { httpResult } from './httpMembers.ts';
import { optionValues } from './memberValues.ts';
import { isRepeatingDecorator, policyMade, retryExport } from './retryLibraries.ts';
import type { Types } from './types.ts';
import { wordsOf } from './wordsOf.ts';

/** Adds what a call gives: by what its callee is known to do with promises and functions, else by what the callee is. */
export function addCallResult(types: Types, path: string, id: ValueId, call: CallValue, out: TypeSet): void {
  const facts = types.program.get(path)!;
  const callee = facts.values[call.callee];
  switch (call.protocol) {
    case 'import': {
      const imported = facts.imports.find((each) => each.value === id);
      if (imported) out.addAll(types.exported(path, imported.module, '*', imported.style));
      return;
    }
    case 'then': {
      const handler = call.args[0];
      if (handler !== undefined) for (const type of types.of(path, handler)) if (type.k === 'function') out.addAll(types.returned(type.path, type.fn));
      return;
    }
    case 'catch':
    case 'finally':
    case 'bind':
      if (callee?.k === 'member') out.addAll(types.of(path, callee.object));
      return;
    case 'apply':
      if (callee?.k === 'member') for (const type of types.of(path, callee.object)) if (type.k === 'function') out.addAll(types.returned(type.path, type.fn));
      return;
    case 'resolve':
    case 'all':
    case 'race':
    case 'any':
      if (call.args[0] !== undefined) out.addAll(types.of(path, call.args[0]));
      return;
    case 'promise':
      addPromised(types, path, call, out);
      return;
    default:
  }
  // These give back the very object that they are given.
  if (callee?.k === 'member' && ['assign', 'freeze', 'seal', 'create'].includes(callee.name) && isGlobal(facts, callee.object, 'Object')) {
    for (const argument of call.args) out.addAll(types.of(path, argument));
    return;
  }
  // A decorator gives back what it is given, in another shape: whoever calls that calls the function.
  if (call.args[0] !== undefined && (call.decorates || isRepeatingDecorator(types, path, call.callee))) {
    out.addAll(types.of(path, call.args[0]));
    return;
  }
  for (const type of types.of(path, call.callee)) out.addAll(resultOf(types, path, id, type, call));
  addAdapted(types, path, id, call, out);
  out.addAll(containerType(facts, path, id, call));
  out.addAll(takenFrom(types, path, call));
}

/** What an adapter gives: the function that it is given, or what stands for what that gives. */
function addAdapted(types: Types, path: string, id: ValueId, call: CallValue, out: TypeSet): void {
  const facts = types.program.get(path)!;
  const adapter = call.args.length === 0 && call.named === undefined ? undefined : adapterOf(facts, id);
  const given = adapter && argumentFor(facts, call, adapter.argument, adapter.named);
  if (adapter === undefined || given === undefined || adapter.gives === 'other') return;
  for (const type of types.of(path, given)) {
    if (adapter.gives === 'same') out.add(type);
    else if (type.k === 'function') out.addAll(givenOnce(types, type.path, type.fn));
  }
}

/** What whoever asks for a function's work gets: also of one that gives it and goes on when the work is done, `yield connection`. */
export function givenOnce(types: Types, path: string, fn: FunctionId): readonly AbstractType[] {
  return types.returned(path, fn).flatMap((type) => (type.k === 'yielded' ? [...types.element(type)] : [type]));
}

function isGlobal(facts: FileFacts, id: ValueId, name: string): boolean {
  const value = facts.values[id];
  return value?.k === 'global' && value.name === name;
}

/** Types of the result of calling a value of this type. */
function resultOf(types: Types, path: string, id: ValueId, type: AbstractType, call: CallValue): readonly AbstractType[] {
  switch (type.k) {
    case 'client-class':
      return [{ ...type, k: 'client' }];
    case 'client-class-for':
      return isGivenFor(types, path, call, type) ? [{ ...type, k: 'client' }] : [];
    case 'class':
      return [{ k: 'instance', path: type.path, cls: type.cls }];
    case 'function': {
      // A function that gives something makes no object of itself.
      const gives = types.program.get(type.path)?.functions[type.fn]?.blocks.some(({ next }) => next.k === 'return' && next.value !== undefined);
      return call.construct && !gives ? [type] : types.returned(type.path, type.fn);
    }
    case 'callable':
      return type.type.returns ? types.ofAnnotation(type.path, type.type.returns) : [];
    case 'http':
      return httpResult(types, path, id, call, type);
    case 'retry-policy':
      return [type];
    case 'client-method': {
      const variant = variantOf(types, path, type, call.args, call.named);
      const name = variant?.returns ?? variant?.resolves;
      return name ? clientInstance(type.client, name, type.package) : [];
    }
    case 'retry-module': {
      const wrapped = type.library.functions.find((each) => retryExport(each.export, type.path));
      const argument = wrapped ? call.args[wrapped.repeats] : undefined;
      if (wrapped && argument !== undefined) {
        if (wrapped.returnsFunction) return types.of(path, argument);
        const out = new TypeSet();
        for (const each of types.of(path, argument)) if (each.k === 'function') out.addAll(types.returned(each.path, each.fn));
        return out.all;
      }
      return policyMade(type);
    }
    default:
      return [];
  }
}

/** Whether a class for anybody's API is given the text that makes an object of it one of this type. */
export function isGivenFor(types: Types, path: string, call: CallValue, { client, type }: Extract<AbstractType, { k: 'client-class-for' }>): boolean {
  const { argument, is } = client.types[type]!.exportedFor!;
  const byPlace = call.args[argument.index];
  const places = [...(byPlace === undefined ? [] : [{ path, value: byPlace }]), ...(call.named === undefined ? [] : optionValues(types, path, call.named, argument.name))];
  const wanted = new RegExp(is, 'i');
  return places.some((place) => wordsOf(types, place.path, place.value).some((word) => wanted.test(word)));
}

/** `new Promise((resolve, reject) => …)`: what is given to `resolve`. */
function addPromised(types: Types, path: string, call: CallValue, out: TypeSet): void {
  const facts = types.program.get(path)!;
  const executor = call.args[0] === undefined ? undefined : facts.values[call.args[0]];
  if (executor?.k !== 'function') return;
  const binding = facts.functions[executor.fn]?.params[0]?.binding;
  if (binding === undefined) return;
  const index = indexOf(facts);
  for (const use of index.bindingUses[binding] ?? []) {
    for (const consumer of index.consumers[use] ?? []) {
      const parent = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      if (parent?.k === 'call' && parent.callee === use && parent.args[0] !== undefined) out.addAll(types.of(path, parent.args[0]));
    }
  }
}
