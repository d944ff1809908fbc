import { stat } from 'node:fs/promises';
import path from 'node:path';
import { outlineOf } from '../languages/outlines.ts';
import { SOURCE_EXTENSIONS } from './sourceExtensions.ts';

/** At most this many imports of one file are looked up on disk before the whole workspace is known. */
const MAX_IMPORTS = 200;

/** Names of the manifests that may hold for a file. */
export function manifestNames(file: string): readonly string[] {
  return outlineOf(file)?.manifests ?? [];
}

/** The relative module specifiers of a file's text, up to a number that one file's first look may cost. */
export function relativeSpecifiers(file: string, text: string): string[] {
  const outline = outlineOf(file);
  const specifiers = outline?.moduleSpecifiers(text) ?? [];
  const places = outline?.placesOf;
  return specifiers.filter((specifier) => (places ? places(specifier).up !== undefined : /^\.{1,2}(?:\/|$)/.test(specifier))).slice(0, MAX_IMPORTS);
}

/** The file that a relative specifier means: as written, with an extension added, `.js` written for `.ts`, or a folder's index; or where the language says. */
export async function resolveSpecifier(fromFile: string, specifier: string): Promise<string | undefined> {
  const folder = path.dirname(fromFile);
  const places = outlineOf(fromFile)?.placesOf?.(specifier);
  const target = path.resolve(folder, specifier);
  const stem = target.replace(/\.([cm]?)jsx?$/, '');
  const candidates = places
    ? places.paths.map((each) => path.join(folder, ...Array<string>(places.up ?? 0).fill('..'), each))
    : [
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
