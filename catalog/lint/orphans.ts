import type { Lint } from './problem.ts';

/** Every operation can be met in code: a client model names it, or it is known by the path of its request. */
export const orphans: Lint = ({ operations, clients }) => {
  const methods = clients.flatMap(({ functions = {}, types }) => [functions, ...Object.values(types).flatMap(({ methods: own = {}, statics = {} }) => [own, statics])]);
  const named = new Set(methods.flatMap((byName) => Object.values(byName).flatMap((variants) => variants.map(({ operation }) => operation))));
  return operations
    .filter(({ id, paths }) => !named.has(id) && !paths?.length)
    .map(({ id }) => `${id}: no client model names it and it has no path, so no code can be seen to use it`);
};
