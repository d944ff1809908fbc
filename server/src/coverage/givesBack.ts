import { librariesOf } from '../../../catalog/index.ts';
import type { FileFacts, ValueId } from '../facts/facts.ts';

/**
 * Whether a call gives back the function that it is given in another shape, as `curry(fn)` does. Whoever calls the result calls the function, and the
 * call itself repeats nothing.
 */
export function givesBack(facts: FileFacts, id: ValueId): boolean {
  const call = facts.values[id];
  if (call?.k !== 'call') return false;
  const callee = facts.values[call.callee];
  const member = callee?.k === 'member' ? callee.name : undefined;
  const root = callee?.k === 'member' ? facts.values[callee.object] : callee;
  if (root?.k !== 'binding') return false;
  const imported = facts.imports.find((each) => each.binding === root.binding);
  if (!imported) return false;
  const name = member ?? (imported.imported === '*' ? 'default' : imported.imported);
  return librariesOf(imported.module).some((library) => library.kind === 'adapter' && library.functions.includes(name));
}
