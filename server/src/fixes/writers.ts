import type { FileFacts } from '../facts/facts.ts';
import * as code from '../languages/javascript/writeCode.ts';
import * as imports from '../languages/javascript/writeImport.ts';
import * as statements from '../languages/javascript/writeStatement.ts';

/** How a language is written. */
export type Writer = typeof code & typeof imports & typeof statements;

const WRITERS: Readonly<Record<string, Writer>> = { javascript: { ...code, ...imports, ...statements } };

/** How the language of a file is written; undefined where nothing can be written in it. */
export function writerOf(facts: FileFacts): Writer | undefined {
  return Object.hasOwn(WRITERS, facts.language) ? WRITERS[facts.language] : undefined;
}
