import type { ClientMethod } from '../../../catalog/schema/client.ts';
import type { ValueId } from '../facts/facts.ts';
import type { AbstractType } from './abstractType.ts';
import { isCallback } from './callbacks.ts';
import { isConfigured } from './configured.ts';
import { optionValues } from './memberValues.ts';
import { shapeOf } from './shape.ts';
import type { Types } from './types.ts';

/** The variant of a client method that is called with these arguments: by version and arguments. `byName`: those by name, as an object. */
export function variantOf(types: Types, path: string, method: Extract<AbstractType, { k: 'client-method' }>, args: readonly ValueId[], byName?: ValueId): ClientMethod | undefined {
  const last = args.at(-1);
  const hasCallback = last !== undefined && isCallback(types, path, last);
  const fitting = method.variants.filter((each) => types.program.projects.fits(path, method.package, each.versions) !== 'no');
  const byArguments = fitting.filter((each) => (!each.when || shapeFits(types, path, args, each.when)) && (!each.given || isGiven(types, path, args, byName, each.given)) && (!each.unlessSet || (args[0] !== undefined && isConfigured(types, path, args[0], each.unlessSet) === false)));
  // A function in last place shows a version that takes callbacks, where the manifest does not tell.
  return (hasCallback ? byArguments.find((each) => each.callback) : undefined) ?? byArguments.find((each) => !each.callback) ?? byArguments[0];
}

/** Whether there is an argument, by its place or its name; a literal where `is` asks for one. `byName`: the arguments by name, as an object. */
function isGiven(types: Types, path: string, args: readonly ValueId[], byName: ValueId | undefined, { index, name, is, text }: NonNullable<ClientMethod['given']>): boolean {
  const { values } = types.program.get(path)!;
  const object = byName === undefined ? undefined : values[byName];
  const named = object?.k === 'object' && name !== undefined ? object.props.find((prop) => prop.key === name)?.value : undefined;
  const argument = args[index ?? -1] ?? named;
  if (argument !== undefined && is !== 'present') {
    const value = values[argument];
    return value?.k === 'literal' && value.value === (is === 'text' ? text : is === 'true');
  }
  if (argument !== undefined || is !== 'present') return argument !== undefined;
  // What is spread into the arguments may have it among its names.
  return name !== undefined && object?.k === 'object' && optionValues(types, path, byName!, name).length > 0;
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
