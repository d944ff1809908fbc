import { stat } from 'node:fs/promises';
import path from 'node:path';
import { moduleSpecifiers } from './moduleSpecifiers.ts';
import { SOURCE_EXTENSIONS } from './sourceExtensions.ts';

/** At most this many imports of one file are looked up on disk before the whole workspace is known. */
const MAX_IMPORTS = 200;

/** The relative module specifiers of a text, up to a number that one file's first look may cost. */
export function relativeSpecifiers(text: string): string[] {
  return moduleSpecifiers(text).filter((specifier) => /^\.{1,2}(?:\/|$)/.test(specifier)).slice(0, MAX_IMPORTS);
}

/** The file that a relative specifier means: as written, with an extension added, `.js` written for `.ts`, or a folder's index. */
export async function resolveSpecifier(fromFile: string, specifier: string): Promise<string | undefined> {
  const target = path.resolve(path.dirname(fromFile), specifier);
  const stem = target.replace(/\.([cm]?)jsx?$/, '');
  const candidates = [
    target,
    ...SOURCE_EXTENSIONS.map((extension) => target + extension),
    ...(stem === target ? [] : ['.ts', '.tsx', '.mts', '.cts'].map((extension) => stem + extension)),
    ...SOURCE_EXTENSIONS.map((extension) => path.join(target, `index${extension}`)),
  ];
  for (const candidate of candidates) {
    if (SOURCE_EXTENSIONS.includes(path.extname(candidate)) && (await isFile(candidate))) return candidate;
  }
  return undefined;
}

async function isFile(file: string): Promise<boolean> {
  try {
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
