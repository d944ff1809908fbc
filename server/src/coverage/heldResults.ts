import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import type { Types } from '../resolve/types.ts';

/** Who is told where a result comes out of an object again, and how it leaves. */
export interface HeldBy {
  isLog: (path: string, call: ValueId) => boolean;
  /** The result itself, taken from what held it. */
  again: (path: string, id: ValueId) => void;
  /** It leaves to where it is not followed. */
  away: () => void;
  /** It leaves as a whole, to be shown to somebody or kept as a text. */
  shown: () => void;
  logged: () => void;
}

/** Whether a function of this name makes a text of what it is given. */
export function makesText(name: string): boolean {
  return ['stringify', 'inspect', 'dumps'].includes(name);
}

/** Objects in objects deeper than this are not followed. */
const MAX_KEYS = 4;

/**
 * Follows a result that stands in an object, `{ success: true, results }`, to whoever takes it out again. Who is given the object as it is, or makes a text
 * of it, has not looked at the result. @param keys the names under which it stands there, the outermost last
 */
export function followHeld(types: Types, path: string, id: ValueId, keys: readonly string[], host: HeldBy, seen: Set<string>): void {
  const key = `${keys.join('.')}:${id}@${path}`;
  if (seen.has(key)) return;
  seen.add(key);
  const facts = types.program.get(path)!;
  const index = indexOf(facts);
  for (const consumer of index.consumers[id] ?? []) {
    if (consumer.k === 'bind') for (const use of index.bindingUses[consumer.binding] ?? []) followHeld(types, path, use, keys, host, seen);
    else if (consumer.k === 'value') heldUse(types, path, id, consumer.value, keys, host, seen);
    else if (consumer.k === 'return') {
      const sites = types.callers.callSites(path, consumer.fn).filter((site) => !types.program.tests.has(site.path));
      if (sites.length === 0 || types.callers.uses(path, consumer.fn).length > 0) host.away();
      for (const site of sites) followHeld(types, site.path, site.value, keys, host, seen);
    } else if (consumer.k !== 'drop' && consumer.k !== 'test') host.away();
  }
}

function heldUse(types: Types, path: string, id: ValueId, user: ValueId, keys: readonly string[], host: HeldBy, seen: Set<string>): void {
  const facts = types.program.get(path)!;
  const parent = facts.values[user]!;
  switch (parent.k) {
    case 'await':
    case 'typed':
    case 'assign':
    case 'choice':
      return followHeld(types, path, user, keys, host, seen);
    case 'member':
      if (parent.object !== id) return;
      if (parent.name !== keys.at(-1)) return isCalled(facts, user) ? host.away() : undefined;
      return keys.length === 1 ? host.again(path, user) : followHeld(types, path, user, keys.slice(0, -1), host, seen);
    case 'object': {
      if (keys.length === MAX_KEYS) return host.away();
      for (const prop of parent.props) if (prop.value === id) followHeld(types, path, user, [...keys, prop.key], host, seen);
      if (parent.spreads.includes(id)) followHeld(types, path, user, keys, host, seen);
      return;
    }
    case 'operator':
      return;
    case 'call':
      return heldGiven(types, path, id, user, keys, host, seen);
    default:
      host.away();
  }
}

function heldGiven(types: Types, path: string, id: ValueId, user: ValueId, keys: readonly string[], host: HeldBy, seen: Set<string>): void {
  const facts = types.program.get(path)!;
  const call = facts.values[user]!;
  if (call.k !== 'call' || call.callee === id) return host.away();
  const callee = facts.values[call.callee]!;
  if (makesText(lastName(facts, call.callee) ?? '')) return followText(types, path, user, host, seen);
  if (call.protocol !== undefined || call.construct || (callee.k === 'binding' && facts.bindings[callee.binding]!.kind === 'parameter')) return host.away();
  const position = call.args.indexOf(id);
  const functions = types.of(path, call.callee).flatMap((type) => (type.k === 'function' ? [type] : []));
  for (const { path: there, fn } of functions) {
    for (const value of indexOf(types.program.get(there)!).parameterValues.get(fn) ?? []) {
      const parameter = types.program.get(there)!.values[value];
      if (parameter?.k === 'parameter' && parameter.index === position) followHeld(types, there, value, keys, host, seen);
    }
  }
  if (functions.length > 0) return;
  if (host.isLog(path, user)) host.logged();
  else if (types.of(path, call.callee).length === 0) host.shown();
  else host.away();
}

/** A text that was made of a result: it is written to a log, read again, or goes to somebody. */
export function followText(types: Types, path: string, id: ValueId, host: HeldBy, seen: Set<string>): void {
  const key = `text:${id}@${path}`;
  if (seen.has(key)) return;
  seen.add(key);
  const facts = types.program.get(path)!;
  const index = indexOf(facts);
  for (const consumer of index.consumers[id] ?? []) {
    const parent = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (consumer.k === 'bind') for (const use of index.bindingUses[consumer.binding] ?? []) followText(types, path, use, host, seen);
    else if (consumer.k === 'drop' || consumer.k === 'test') continue;
    else if (consumer.k === 'value' && parent?.k === 'call' && parent.callee !== id) {
      if (lastName(facts, parent.callee) === 'parse') host.again(path, consumer.value);
      else if (host.isLog(path, consumer.value)) host.logged();
      else host.shown();
    } else if (consumer.k === 'value' && (parent?.k === 'template' || parent?.k === 'operator' || parent?.k === 'choice')) followText(types, path, consumer.value, host, seen);
    // What tests a text looks into it, and what keeps it may read it again.
    else if (consumer.k === 'store' || parent?.k === 'member') host.away();
    else host.shown();
  }
}

function isCalled(facts: FileFacts, member: ValueId): boolean {
  return (indexOf(facts).consumers[member] ?? []).some((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return call?.k === 'call' && call.callee === member;
  });
}
