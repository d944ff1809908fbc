import type { ClientMethod } from '../../../catalog/schema/client.ts';
import type { ValueId } from '../facts/facts.ts';
import type { AbstractType } from './abstractType.ts';
import { shapeOf } from './shape.ts';
import type { Types } from './types.ts';

/** The variant of a client method that is called with these arguments: by version and arguments. */
export function variantOf(types: Types, path: string, method: Extract<AbstractType, { k: 'client-method' }>, args: readonly ValueId[]): ClientMethod | undefined {
  const last = args.at(-1);
  const hasCallback = last !== undefined && isCallback(types, path, last);
  const fitting = method.variants.filter((each) => types.program.projects.fits(path, method.package, each.versions) !== 'no');
  const byArguments = fitting.filter((each) => !each.when || shapeFits(types, path, args, each.when));
  // A function in last place shows a version that takes callbacks, where the manifest does not tell.
  return (hasCallback ? byArguments.find((each) => each.callback) : undefined) ?? byArguments.find((each) => !each.callback) ?? byArguments[0];
}

/** A function in last place, or a name that promises one. */
export function isCallback(types: Types, path: string, id: ValueId): boolean {
  const facts = types.program.get(path)!;
  const value = facts.values[id];
  if (value?.k === 'function') return true;
  if (value?.k === 'binding' && facts.bindings[value.binding]!.kind === 'parameter' && /^(?:callback|cb|done|next|fn|handler)$/i.test(facts.bindings[value.binding]!.name)) return true;
  return types.of(path, id).some((type) => type.k === 'function');
}

function shapeFits(types: Types, path: string, args: readonly ValueId[], when: NonNullable<ClientMethod['when']>): boolean {
  const argument = args[when.index];
  if (when.is === 'absent') return argument === undefined;
  if (argument === undefined) return false;
  const shape = shapeOf(types, path, argument);
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
