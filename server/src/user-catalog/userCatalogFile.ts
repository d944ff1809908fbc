import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { UserEntries } from '../../../catalog/index.ts';

/** The file in which a project describes what is its own. */
export const PROJECT_FILE = '.api-guard.json';

/** The text of a folder's project file; undefined where there is none. @throws the error of the file system where it is there and cannot be read. */
export async function projectFileText(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(path.join(folder, PROJECT_FILE), 'utf8')).replace(/^\ufeff/, '');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR') return undefined;
    throw error;
  }
}

/** The nearest folder with a project file, from `folder` upwards. */
export async function projectFileAbove(folder: string): Promise<{ file: string; text: string } | undefined> {
  for (let at = path.resolve(folder); ; at = path.dirname(at)) {
    const text = await projectFileText(at);
    if (text !== undefined) return { file: path.join(at, PROJECT_FILE), text };
    if (at === path.dirname(at)) return undefined;
  }
}

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
