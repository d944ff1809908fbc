import type { CallValue, FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import type { Types } from './types.ts';

/** Whether a value is given as a callback: a function, or a name that promises one. */
export function isCallback(types: Types, path: string, id: ValueId): boolean {
  const facts = types.program.get(path)!;
  const value = facts.values[id];
  if (value?.k === 'binding' && facts.bindings[value.binding]!.kind === 'parameter' && /^(?:callback|cb|done|next|fn|handler)$/i.test(facts.bindings[value.binding]!.name)) return true;
  return callbackFunctions(types, path, id).length > 0;
}

/**
 * The functions that a callback stands for: itself, or the one that a function of somebody else is given at the place to make a callback of, as
 * `bindEnvironment((error) => …)`, which runs it elsewhere and hands on what it is called with.
 */
export function callbackFunctions(types: Types, path: string, id: ValueId): readonly { path: string; fn: FunctionId }[] {
  const functions = types.of(path, id).flatMap((type) => (type.k === 'function' ? referredTo(types, type.path, type.fn) : []));
  if (functions.length > 0) return functions;
  const facts = types.program.get(path)!;
  const call = facts.values[id];
  if (call?.k !== 'call' || call.construct || types.of(path, call.callee).length > 0) return [];
  const given = call.args.flatMap((each) => {
    const value = facts.values[each];
    return value?.k === 'function' ? [{ path, fn: value.fn }] : [];
  });
  return given.length === 1 ? given : [];
}

/** How many arguments a function that is given as a callback was given before: one of `this.took.bind(this, done)`. */
export function boundBefore(facts: FileFacts, id: ValueId, depth = 0): number {
  const value = facts.values[id];
  if (!value || depth > 3) return 0;
  if (value.k === 'typed' || value.k === 'assign') return boundBefore(facts, value.of, depth + 1);
  if (value.k === 'binding') {
    const [source, ...others] = facts.bindings[value.binding]!.sources;
    return source === undefined || others.length > 0 ? 0 : boundBefore(facts, source, depth + 1);
  }
  if (value.k !== 'call' || value.protocol !== 'bind' || value.spread) return 0;
  const callee = facts.values[value.callee];
  return Math.max(0, value.args.length - 1) + (callee?.k === 'member' ? boundBefore(facts, callee.object, depth + 1) : 0);
}

/** The call that a function is which does nothing but hand on what it is given: `this::check`. */
export function referenceOf(types: Types, path: string, fn: FunctionId): CallValue | undefined {
  const facts = types.program.get(path)!;
  const { params, blocks } = facts.functions[fn]!;
  const [only, ...others] = blocks;
  const given = only?.next.k === 'return' && only.next.value !== undefined ? facts.values[only.next.value] : undefined;
  if (params.length !== 1 || !params[0]!.rest || params[0]!.binding !== undefined || others.length > 0 || given?.k !== 'call' || !given.spread) return undefined;
  return given;
}

/** The functions of the workspace to which a function hands on what it is given; itself where it is none of that kind, or nothing is known of them. */
export function referredTo(types: Types, path: string, fn: FunctionId): readonly { path: string; fn: FunctionId }[] {
  const call = referenceOf(types, path, fn);
  const found = call ? types.of(path, call.callee).flatMap((type) => (type.k === 'function' && !(type.path === path && type.fn === fn) ? [{ path: type.path, fn: type.fn }] : [])) : [];
  return found.length > 0 ? found : [{ path, fn }];
}
