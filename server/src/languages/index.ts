import { CSHARP } from './csharp/index.ts';
import { JAVA } from './java/index.ts';
import { JAVASCRIPT } from './javascript/index.ts';
import type { Language } from './language.ts';
import { outlineOf } from './outlines.ts';
import { PYTHON } from './python/index.ts';

const LANGUAGES: readonly Language[] = [JAVASCRIPT, PYTHON, JAVA, CSHARP];

/** The language of a file by its name's ending, with all that reads it; undefined where it is none of ours. */
export function languageOf(path: string): Language | undefined {
  const outline = outlineOf(path);
  return outline && LANGUAGES.find((each) => each.id === outline.id);
}
