import type { FileFacts, TypeFact, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { Types } from './types.ts';

/** What a value is, as far as it decides between one record and many. */
export type Shape = 'array' | 'string' | 'one' | 'unknown';

/** Whether a value is an array, a string or something else, where that can be seen. */
export function shapeOf(types: Types, path: string, id: ValueId, depth = 0): Shape {
  const found = types.solve(`s${id}@${path}`, () => {
    const shape = findShape(types, path, id, depth);
    return shape === 'unknown' ? [] : [shape];
  });
  return found[0] ?? 'unknown';
}

function findShape(types: Types, path: string, id: ValueId, depth: number): Shape {
  const facts = types.program.get(path)!;
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
      return shapeOfType(value.type) ?? shapeOf(types, path, value.of, depth + 1);
    case 'await':
    case 'assign':
      return shapeOf(types, path, value.of, depth + 1);
    case 'choice': {
      const shapes = new Set(value.of.map((each) => shapeOf(types, path, each, depth + 1)));
      return shapes.size === 1 ? [...shapes][0]! : shapes.has('array') ? 'array' : 'unknown';
    }
    case 'call': {
      if (value.protocol === 'map') return 'array';
      const callee = facts.values[value.callee];
      if (callee?.k === 'member' && ['filter', 'slice', 'concat', 'splice', 'flat', 'sort', 'reverse', 'keys', 'values', 'entries', 'from', 'chunk'].includes(callee.name)) {
        return callee.name === 'slice' || callee.name === 'concat' ? sliceShape(types, path, callee.object, depth) : 'array';
      }
      for (const type of types.of(path, value.callee)) {
        if (type.k !== 'function') continue;
        const fn = types.program.get(type.path)!.functions[type.fn];
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
        const shape = shapeOf(types, path, source, depth + 1);
        if (shape !== 'unknown') return shape;
      }
      return shapeByUse(facts, value.binding);
    }
    case 'element':
      return elementOf(types, path, value.of, depth + 1);
    case 'parameter': {
      const param = facts.functions[value.fn]?.params[value.index];
      const named = param?.type ? shapeOfType(param.type) : undefined;
      if (named) return named;
      const sites = types.callers.argumentsOf(path, value.fn, value.index);
      const shapes = new Set(sites.map((site) => shapeOf(types, site.path, site.value, depth + 1)));
      // `chunks.map((chunk) => …)`: what a list hands out one by one.
      if (sites.length === 0) for (const { path: from, value: over, element } of types.callers.deliveries(path, value.fn, value.index)) if (element) shapes.add(elementOf(types, from, over, depth + 1));
      if (shapes.size === 1) return [...shapes][0]!;
      return shapes.has('array') ? 'array' : 'unknown';
    }
    default:
      return 'unknown';
  }
}

/** Shape of what a list holds, where it is seen that it is one. */
function elementOf(types: Types, path: string, list: ValueId, depth: number): Shape {
  return shapeOf(types, path, list, depth) === 'unknown' ? 'unknown' : elementShape(types, path, list, depth);
}

function sliceShape(types: Types, path: string, object: ValueId, depth: number): Shape {
  const shape = shapeOf(types, path, object, depth + 1);
  return shape === 'one' ? 'unknown' : shape;
}

/** Shape of the elements of a literal array; chunks of records are arrays themselves. */
function elementShape(types: Types, path: string, id: ValueId, depth: number): Shape {
  const facts = types.program.get(path)!;
  const value = facts.values[id];
  if (value?.k === 'array' && value.items[0] !== undefined) return shapeOf(types, path, value.items[0], depth);
  if (value?.k === 'binding') {
    const binding = facts.bindings[value.binding]!;
    if (/chunk|batch|page|group/i.test(binding.name)) return 'array';
    if (binding.type?.k === 'array') return shapeOfType(binding.type.of) ?? 'one';
    const source = binding.sources[0];
    if (source !== undefined && depth < 8) return elementShape(types, path, source, depth + 1);
  }
  if (value?.k === 'call') {
    const callee = facts.values[value.callee];
    if (callee?.k === 'member' && /chunk/i.test(callee.name)) return 'array';
    if (callee?.k === 'binding' && /chunk/i.test(facts.bindings[callee.binding]!.name)) return 'array';
  }
  return 'one';
}

/** A name that is iterated, pushed to or asked for `.length` and `.map` is an array. */
function shapeByUse(facts: FileFacts, binding: number): 'array' | 'unknown' {
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
