import { CSHARP_OUTLINE } from './csharp/outline.ts';
import { JAVA_OUTLINE } from './java/outline.ts';
import { JAVASCRIPT_OUTLINE } from './javascript/outline.ts';
import type { Outline } from './outline.ts';
import { PYTHON_OUTLINE } from './python/outline.ts';

/** Every language that is analysed, without its grammar. */
export const OUTLINES: readonly Outline[] = [JAVASCRIPT_OUTLINE, PYTHON_OUTLINE, JAVA_OUTLINE, CSHARP_OUTLINE];

const byExtension = new Map(OUTLINES.flatMap((outline) => outline.extensions.map((extension) => [extension, outline] as const)));

/** The language of a file by its name's ending; undefined where it is none of ours. */
export function outlineOf(path: string): Outline | undefined {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? undefined : byExtension.get(path.slice(dot).toLowerCase());
}
