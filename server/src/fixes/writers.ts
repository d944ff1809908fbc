import * as imports from '../languages/javascript/writeImport.ts';
import * as statements from '../languages/javascript/writeStatement.ts';

/** How a language is written, as far as fixes write it. */
export type Writer = typeof imports & typeof statements;

const WRITERS: Record<string, Writer> = { javascript: { ...imports, ...statements } };

/** The writer of a language by its id; undefined where nothing can be written in it. */
export function writerOf(language: string): Writer | undefined {
  return Object.hasOwn(WRITERS, language) ? WRITERS[language] : undefined;
}
