import type { CallValue, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { Place } from './callsByName.ts';
import { exportedValues, memberValues, returnedValues } from './memberValues.ts';
import type { Types } from './types.ts';

/** What the parameters of the functions around are given where they were called: one factory makes many decorators, and each has its own. */
type Given = ReadonlyMap<string, Bound>;
interface Bound extends Place {
  given: Given;
}

/** A function, with what those around it were given. */
interface Closure {
  path: string;
  fn: FunctionId;
  given: Given;
}

/** Factories of factories, and functions that hand on what they are given, deeper than this are not followed. */
const MAX_DEPTH = 8;

const NOTHING: Given = new Map();

/**
 * The calls by which a decorator of the program calls the method below it in its place: each with the calls around it, from the inner to the outer, by which the
 * functions of the decorator were called themselves.
 */
export function callsOfDecorated(types: Types, path: string, decoration: ValueId): Place[][] {
  const call = types.program.get(path)!.values[decoration];
  if (call?.k !== 'call') return [];
  return new Decoration(types).closures({ path, value: call.callee, given: NOTHING }, 0).flatMap((closure) => {
    const { functions } = types.program.get(closure.path)!;
    const params = functions[closure.fn]!.params;
    const decoration = new Decoration(types);
    // The older form is given the property that holds the method, the newer one the method.
    return [...decoration.ofMember(closure, 2, 'value', 0), ...(params.length < 3 ? decoration.ofParameter(closure, 0, 0) : [])];
  });
}

class Decoration {
  private readonly types: Types;
  private readonly seen = new Set<string>();

  constructor(types: Types) {
    this.types = types;
  }

  /** The functions that a value is. */
  closures({ path, value: id, given }: Bound, depth: number): Closure[] {
    const facts = this.types.program.get(path)!;
    const value = facts.values[id];
    if (!value || depth > MAX_DEPTH) return [];
    switch (value.k) {
      case 'function':
        return [{ path, fn: value.fn, given }];
      case 'typed':
      case 'assign':
      case 'await':
        return this.closures({ path, value: value.of, given }, depth + 1);
      case 'choice':
        return value.of.flatMap((each) => this.closures({ path, value: each, given }, depth + 1));
      case 'binding': {
        const own = given.get(`${value.binding}@${path}`);
        if (own) return this.closures(own, depth + 1);
        const binding = facts.bindings[value.binding]!;
        const imported = binding.import === undefined ? undefined : facts.imports[binding.import];
        const places = imported ? exportedValues(this.types, path, imported.module, imported.imported) : binding.sources.map((source) => ({ path, value: source }));
        return places.flatMap((place) => this.closures({ ...place, given: place.path === path ? given : NOTHING }, depth + 1));
      }
      case 'member':
        return memberValues(this.types, path, value.object, value.name).flatMap((place) => this.closures({ ...place, given: NOTHING }, depth + 1));
      case 'call':
        return this.closures({ path, value: value.callee, given }, depth + 1).flatMap((closure) => {
          const inner = this.entered(closure, path, value.args, given);
          return returnedValues(this.types, closure.path, closure.fn).flatMap((place) => this.closures({ ...place, given: inner }, depth + 1));
        });
      default:
        return [];
    }
  }

  private entered({ path, fn, given }: Closure, from: string, args: readonly ValueId[], around: Given): Given {
    const inner = new Map(given);
    this.types.program.get(path)!.functions[fn]!.params.forEach(({ binding }, index) => {
      if (binding !== undefined && args[index] !== undefined) inner.set(`${binding}@${path}`, { path: from, value: args[index], given: around });
    });
    return inner;
  }

  /** The calls of what a parameter is given. */
  ofParameter(closure: Closure, index: number, depth: number): Place[][] {
    const facts = this.types.program.get(closure.path)!;
    const binding = facts.functions[closure.fn]!.params[index]?.binding;
    return binding === undefined ? [] : (indexOf(facts).bindingUses[binding] ?? []).flatMap((use) => this.of(closure, use, depth));
  }

  /** The calls of what a parameter holds under a name. */
  ofMember(closure: Closure, position: number, name: string, depth: number): Place[][] {
    const facts = this.types.program.get(closure.path)!;
    const index = indexOf(facts);
    const binding = facts.functions[closure.fn]!.params[position]?.binding;
    const given = (index.parameterValues.get(closure.fn) ?? []).filter((id) => (facts.values[id] as { index?: number }).index === position);
    const held = [...given, ...(binding === undefined ? [] : (index.bindingUses[binding] ?? []))].flatMap((object) => (index.consumers[object] ?? []).flatMap((consumer) => {
      const member = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      return consumer.k === 'value' && member?.k === 'member' && member.object === object && member.name === name ? [consumer.value] : [];
    }));
    return [...new Set(held)].flatMap((each) => this.of(closure, each, depth));
  }

  /** The calls of a value that is the method. */
  private of(closure: Closure, id: ValueId, depth: number): Place[][] {
    const key = `${id}@${closure.path}`;
    if (depth > MAX_DEPTH || this.seen.has(key)) return [];
    this.seen.add(key);
    const { path } = closure;
    const facts = this.types.program.get(path)!;
    const index = indexOf(facts);
    return (index.consumers[id] ?? []).flatMap((consumer): Place[][] => {
      if (consumer.k === 'bind') return (index.bindingUses[consumer.binding] ?? []).flatMap((use) => this.of(closure, use, depth));
      const value = consumer.k === 'value' ? facts.values[consumer.value]! : undefined;
      if (consumer.k !== 'value' || !value) return [];
      if (value.k === 'typed' || value.k === 'assign' || value.k === 'choice') return this.of(closure, consumer.value, depth);
      if (value.k === 'call') return value.callee === id ? [[{ path, value: consumer.value }]] : this.handedTo(closure, consumer.value, value, value.args.indexOf(id), undefined, depth);
      if (value.k === 'member' && value.object === id) return this.byMember(closure, consumer.value, depth);
      if (value.k !== 'object') return [];
      const prop = value.props.find((each) => each.value === id);
      return (index.consumers[consumer.value] ?? []).flatMap((outer): Place[][] => {
        const call = outer.k === 'value' ? facts.values[outer.value] : undefined;
        return prop && outer.k === 'value' && call?.k === 'call' && call.callee !== consumer.value ? this.handedTo(closure, outer.value, call, call.args.indexOf(consumer.value), prop.key, depth) : [];
      });
    });
  }

  /** `method.apply(this, given)`, `method.bind(this)` */
  private byMember(closure: Closure, member: ValueId, depth: number): Place[][] {
    const facts = this.types.program.get(closure.path)!;
    return (indexOf(facts).consumers[member] ?? []).flatMap((consumer): Place[][] => {
      const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
      if (consumer.k !== 'value' || call?.k !== 'call' || call.callee !== member) return [];
      if (call.protocol === 'bind') return this.of(closure, consumer.value, depth);
      return call.protocol === 'apply' ? [[{ path: closure.path, value: consumer.value }]] : [];
    });
  }

  /** A function that is handed the method, by itself or in an object, calls it while it is called. */
  private handedTo(closure: Closure, id: ValueId, call: CallValue, position: number, name: string | undefined, depth: number): Place[][] {
    const { path, given } = closure;
    const { values } = this.types.program.get(path)!;
    const callee = call.protocol === 'apply' ? values[call.callee] : undefined;
    const by = callee?.k === 'member' ? callee.object : call.callee;
    const args = callee ? call.args.slice(1) : call.args;
    return this.closures({ path, value: by, given }, depth + 1).flatMap((target) => {
      const inner = { ...target, given: this.entered(target, path, args, given) };
      const found = name === undefined ? this.ofParameter(inner, callee ? position - 1 : position, depth + 1) : this.ofMember(inner, callee ? position - 1 : position, name, depth + 1);
      return found.map((calls) => [...calls, { path, value: id }]);
    });
  }
}
