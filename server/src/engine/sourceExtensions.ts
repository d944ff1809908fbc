import { outlineOf, OUTLINES } from '../languages/outlines.ts';

/** File name endings of the languages that are analysed. Apart from the engine, so that walking folders loads no analysis. */
export const SOURCE_EXTENSIONS: readonly string[] = OUTLINES.flatMap(({ extensions }) => extensions);

/** The ending that a document has by the editor's name of its language. */
export const EXTENSION_BY_LANGUAGE: Readonly<Record<string, string>> = Object.assign({}, ...OUTLINES.map(({ documents }) => documents));

/** Names of manifests that stand above the files that they hold for. */
export const MANIFEST_NAMES: readonly string[] = OUTLINES.flatMap(({ manifests }) => manifests);

/** See `Outline.commentBefore`; undefined where the language of the file leaves it to the editor. */
export function commentBefore(file: string, text: string, lineStart: number): string | undefined {
  return outlineOf(file)?.commentBefore?.(text, lineStart);
}
