import type { CallValue, ValueId } from '../facts/facts.ts';
import type { AbstractType } from './abstractType.ts';
import type { Types } from './types.ts';

type MethodType = Extract<AbstractType, { k: 'client-method' }>;

/** A client's method as a call calls it. */
export interface ClientInvocation {
  method: MethodType;
  /** What the method is given, whoever calls it. */
  args: readonly ValueId[];
  /** The arguments by name, as an object, if there are any. */
  byName?: ValueId | undefined;
  /** The value that names the method. */
  named: ValueId;
}

/**
 * The client method that a call calls, if it is one: directly, by `method.call(receiver, …)` and `method.apply(receiver, […])`, or through a runner of
 * effects that is given receiver and method together, as redux-saga's `call([conn, conn.query], …)` is.
 */
export function clientInvocation(types: Types, path: string, call: CallValue): ClientInvocation | undefined {
  const direct = methodOf(types, path, call.callee);
  if (direct) return { method: direct, args: call.args, byName: call.named, named: call.callee };
  const { values } = types.program.get(path)!;
  const callee = values[call.callee];
  if (call.protocol === 'apply' && callee?.k === 'member') {
    const applied = methodOf(types, path, callee.object);
    if (applied) {
      const list = callee.name === 'apply' ? values[call.args[1] ?? -1] : undefined;
      return { method: applied, args: callee.name === 'apply' ? (list?.k === 'array' ? list.items : []) : call.args.slice(1), named: callee.object };
    }
  }
  const pair = values[call.args[0] ?? -1];
  if (pair?.k !== 'array' || pair.items.length !== 2 || pair.spreads.length > 0) return undefined;
  const [receiver, taken] = pair.items as [ValueId, ValueId];
  const name = values[taken];
  if (name?.k === 'literal' && typeof name.value === 'string' && isCallEffect(types, path, call)) {
    for (const type of types.of(path, receiver)) {
      for (const member of type.k === 'client' ? types.member(type, name.value) : []) if (member.k === 'client-method') return { method: member, args: call.args.slice(1), named: taken };
    }
    return undefined;
  }
  // The method is taken from the very object that it is paired with.
  if (name?.k !== 'member' || !isSameName(types, path, name.object, receiver)) return undefined;
  const method = methodOf(types, path, taken);
  return method && { method, args: call.args.slice(1), named: taken };
}

function methodOf(types: Types, path: string, id: ValueId): MethodType | undefined {
  for (const type of types.of(path, id)) {
    if (type.k === 'client-method') return type;
    const built = types.program.get(path)!.values[id]?.k === 'super' && type.k === 'client' ? type : builtBy(types, type, 0);
    const construct = built?.client.types[built.type]?.construct;
    if (built && construct) return { k: 'client-method', client: built.client, type: built.type, name: built.type, variants: construct, package: built.package };
  }
  return undefined;
}

/** The client class that is constructed where a class is called: itself, or the one that a class without a constructor of its own extends. */
function builtBy(types: Types, type: AbstractType, depth: number): Extract<AbstractType, { k: 'client-class' }> | undefined {
  if (type.k === 'client-class') return type;
  const fact = type.k === 'class' ? types.program.get(type.path)?.classes[type.cls] : undefined;
  if (type.k !== 'class' || !fact || depth > 4 || fact.extends === undefined || fact.methods.some((each) => each.name === 'constructor')) return undefined;
  for (const parent of types.of(type.path, fact.extends)) {
    const built = builtBy(types, parent, depth + 1);
    if (built) return built;
  }
  return undefined;
}

/** `call(…)`, `apply(…)`, `effects.call(…)`: a text could name a method by chance elsewhere. */
function isCallEffect(types: Types, path: string, call: CallValue): boolean {
  const { values, bindings } = types.program.get(path)!;
  const callee = values[call.callee];
  return (callee?.k === 'member' ? callee.name : callee?.k === 'binding' ? bindings[callee.binding]!.name : undefined) === 'call';
}

function isSameName(types: Types, path: string, one: ValueId, other: ValueId): boolean {
  const { values } = types.program.get(path)!;
  const [a, b] = [values[one], values[other]];
  if (a?.k === 'binding' && b?.k === 'binding') return a.binding === b.binding;
  if (a?.k === 'member' && b?.k === 'member') return a.name === b.name && isSameName(types, path, a.object, b.object);
  return a?.k === 'this' && b?.k === 'this';
}
