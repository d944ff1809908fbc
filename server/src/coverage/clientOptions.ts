import type { ClientModel } from '../../../catalog/schema/client.ts';
import { hasOption } from '../resolve/memberValues.ts';
import type { Types } from '../resolve/types.ts';

/** Whether the workspace gives an option to a client's constructor, anywhere, with a number above a bound. */
export function isConfigured(types: Types, client: ClientModel, { name, above }: { name: string; above: number }): boolean {
  return types.holds(`option.${client.id}.${name}`, () =>
    types.program.paths().some((path) =>
      types.program.get(path)!.values.some((value) => {
        if (value.k !== 'call' || !value.construct) return false;
        if (!types.of(path, value.callee).some((type) => type.k === 'client-class' && type.client.id === client.id)) return false;
        return hasOption(types, path, value.args, name, (given) => typeof given === 'number' && given > above);
      }),
    ),
  );
}
