import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import type { Types } from './types.ts';

const LIST_MEMBERS = new Set(['length', 'filter', 'map', 'forEach', 'every', 'some', 'find', 'reduce', 'flatMap', 'entries']);

/** Whether what a promise resolves to, or a plain value, is used as a list: iterated, filtered, mapped; here or in a function that it is given to. */
export function isUsedAsList(types: Types, path: string, id: ValueId, seen = new Set<string>()): boolean {
  const key = `${id}@${path}`;
  if (seen.has(key) || seen.size > 200) return false;
  seen.add(key);
  const facts = types.program.get(path)!;
  const index = indexOf(facts);
  return (index.consumers[id] ?? []).some((consumer) => {
    if (consumer.k === 'iterate') return true;
    if (consumer.k === 'bind') {
      const uses = index.bindingUses[consumer.binding] ?? [];
      return !uses.some((use) => isAskedAbout(facts, use)) && uses.some((use) => isUsedAsList(types, path, use, seen));
    }
    return consumer.k === 'value' && isListUse(types, path, facts, id, consumer.value, seen);
  });
}

function isListUse(types: Types, path: string, facts: FileFacts, id: ValueId, user: ValueId, seen: Set<string>): boolean {
  const parent = facts.values[user]!;
  switch (parent.k) {
    case 'await':
    case 'typed':
    case 'assign':
      return isUsedAsList(types, path, user, seen);
    case 'member':
      if (parent.object !== id) return false;
      return LIST_MEMBERS.has(parent.name) || (parent.name === 'then' && handledAsList(types, path, facts, user, seen));
    case 'index':
      return parent.object === id && isNumber(facts, parent.key);
    case 'call': {
      const position = parent.args.indexOf(id);
      return position >= 0 && types.of(path, parent.callee).some((type) => type.k === 'function' && parameterIsList(types, type.path, type.fn, position, seen));
    }
    default:
      return false;
  }
}

/** `Array.isArray(result) ? result[0] : result`: code that bears both says nothing of which it gets. */
function isAskedAbout(facts: FileFacts, id: ValueId): boolean {
  return (indexOf(facts).consumers[id] ?? []).some((consumer) => {
    const parent = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return (parent?.k === 'call' && lastName(facts, parent.callee) === 'isArray') || (parent?.k === 'operator' && parent.op === 'instanceof');
  });
}

function isNumber(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  return value?.k === 'literal' && typeof value.value === 'number';
}

/** `promise.then((result) => …)`. */
function handledAsList(types: Types, path: string, facts: FileFacts, member: ValueId, seen: Set<string>): boolean {
  return (indexOf(facts).consumers[member] ?? []).some((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    const handler = call?.k === 'call' && call.callee === member ? call.args[0] : undefined;
    return handler !== undefined && types.of(path, handler).some((type) => type.k === 'function' && parameterIsList(types, type.path, type.fn, 0, seen));
  });
}

function parameterIsList(types: Types, path: string, fn: number, index: number, seen: Set<string>): boolean {
  const facts = types.program.get(path)!;
  return (indexOf(facts).parameterValues.get(fn) ?? []).some((id) => {
    const value = facts.values[id];
    return value?.k === 'parameter' && value.index === index && isUsedAsList(types, path, id, seen);
  });
}
