import type { ClassId } from '../facts/facts.ts';
import type { Types } from './types.ts';

/** An interface that more classes have says little about which of them is meant. */
const MOST = 12;

/** The classes of the workspace that say they have an interface, by its name. */
export function implementersOf(types: Types, name: string): readonly { path: string; cls: ClassId }[] {
  const found = indexOfInterfaces(types).get(name) ?? [];
  return found.length <= MOST ? found : [];
}

const indexes = new WeakMap<Types, Map<string, { path: string; cls: ClassId }[]>>();

function indexOfInterfaces(types: Types): Map<string, { path: string; cls: ClassId }[]> {
  let index = indexes.get(types);
  if (!index) {
    indexes.set(types, (index = new Map()));
    for (const path of types.program.paths()) {
      types.program.get(path)!.classes.forEach((fact, cls) => {
        for (const type of fact.implements ?? []) {
          const name = type.k === 'ref' ? type.name.slice(type.name.lastIndexOf('.') + 1) : '';
          const list = index!.get(name);
          if (list) list.push({ path, cls });
          else if (name !== '') index!.set(name, [{ path, cls }]);
        }
      });
    }
  }
  return index;
}
