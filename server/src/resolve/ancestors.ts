import type { Types } from './types.ts';

/** Classes over classes beyond this are not looked at. */
const MAX_ANCESTORS = 50;

/** The classes of the workspace that a class extends, the nearest first. Each once: a name can mean many classes, and each of them extend as many. */
export function ancestorsOf(types: Types, path: string, cls: number, seen = new Set([`${path}:${cls}`])): { path: string; cls: number }[] {
  const fact = types.program.get(path)?.classes[cls];
  if (!fact || seen.size > MAX_ANCESTORS) return [];
  const parents = [...(fact.extends === undefined ? [] : [fact.extends]), ...(fact.mixins ?? [])];
  return parents.flatMap((parent) => [...types.of(path, parent)]).flatMap((type) => {
    if (type.k !== 'class' || seen.has(`${type.path}:${type.cls}`)) return [];
    seen.add(`${type.path}:${type.cls}`);
    return [{ path: type.path, cls: type.cls }, ...ancestorsOf(types, type.path, type.cls, seen)];
  });
}
