import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { PROJECT_FILE } from './projectFileName.ts';

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
