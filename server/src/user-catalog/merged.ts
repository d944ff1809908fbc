import type { UserEntries } from '../../../catalog/index.ts';

/** Entries of several places as one; of two with the same name the earlier counts. */
export function merged(all: readonly UserEntries[]): UserEntries {
  return {
    codes: firstOfEach(all.flatMap(({ codes }) => codes), ({ code, family }) => `${family} ${code}`),
    clients: firstOfEach(all.flatMap(({ clients }) => clients), ({ id }) => id),
    libraries: firstOfEach(all.flatMap(({ libraries }) => libraries), ({ kind, id }) => `${kind} ${id}`),
  };
}

function firstOfEach<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  const byKey = new Map<string, T>();
  for (const item of items) if (!byKey.has(keyOf(item))) byKey.set(keyOf(item), item);
  return [...byKey.values()];
}
