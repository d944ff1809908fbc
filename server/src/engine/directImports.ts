import { stat } from 'node:fs/promises';
import path from 'node:path';
import { SOURCE_EXTENSIONS } from './sourceExtensions.ts';

/** At most this many imports of one file are looked up on disk before the whole workspace is known. */
const MAX_IMPORTS = 200;

/**
 * The relative module specifiers of a JavaScript or TypeScript text, found by their shape alone: nothing is parsed. A specifier in a comment or a
 * string may be among them; it costs a look at the disk and nothing else.
 */
export function relativeSpecifiers(text: string): string[] {
  const found = new Set<string>();
  for (const match of text.matchAll(/(?:\bfrom|\bimport|\brequire)\s*\(?\s*(['"`])(\.{1,2}(?:\/[^'"`\n$]*)?)\1/g)) {
    found.add(match[2] as string);
    if (found.size >= MAX_IMPORTS) break;
  }
  return [...found].sort();
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
