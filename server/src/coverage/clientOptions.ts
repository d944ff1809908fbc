import type { ClientModel } from '../../../catalog/schema/client.ts';
import { optionValues } from '../resolve/memberValues.ts';
import type { Types } from '../resolve/types.ts';

const answers = new WeakMap<Types, Map<string, boolean>>();

/** Whether the workspace gives an option to a client's constructor, anywhere, with a number above a bound. */
export function isConfigured(types: Types, client: ClientModel, option: { name: string; above: number }): boolean {
  let known = answers.get(types);
  if (!known) answers.set(types, (known = new Map()));
  const key = `${client.id}:${option.name}`;
  let answer = known.get(key);
  if (answer === undefined) known.set(key, (answer = isGiven(types, client, option)));
  return answer;
}

function isGiven(types: Types, client: ClientModel, { name, above }: { name: string; above: number }): boolean {
  return types.program.paths().some((path) =>
    types.program.get(path)!.values.some((value) => {
      if (value.k !== 'call' || !value.construct) return false;
      if (!types.of(path, value.callee).some((type) => type.k === 'client-class' && type.client.id === client.id)) return false;
      return value.args.some((argument) => optionValues(types, path, argument, name).some((place) => {
        const given = types.program.get(place.path)!.values[place.value];
        return given?.k === 'literal' && typeof given.value === 'number' && given.value > above;
      }));
    }),
  );
}
