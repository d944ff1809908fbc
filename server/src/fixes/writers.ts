import type { FileFacts } from '../facts/facts.ts';
import { CSHARP_WRITER } from '../languages/csharp/write.ts';
import { JAVA_WRITER } from '../languages/java/write.ts';
import * as code from '../languages/javascript/writeCode.ts';
import * as imports from '../languages/javascript/writeImport.ts';
import * as statements from '../languages/javascript/writeStatement.ts';
import { PYTHON_WRITER } from '../languages/python/write.ts';
import type { Writer } from '../languages/writing/writer.ts';

/** How the languages are written in which functions become asynchronous and errors are objects of any form. */
export type ScriptWriter = Writer & typeof code & typeof imports & typeof statements;

const SCRIPT: ScriptWriter = { ...code, ...imports, ...statements };

const SCRIPTS: Readonly<Record<string, ScriptWriter>> = { javascript: SCRIPT };
const WRITERS: Readonly<Record<string, Writer>> = { ...SCRIPTS, python: PYTHON_WRITER, java: JAVA_WRITER, csharp: CSHARP_WRITER };

/** How the language of a file is written; undefined where nothing can be written in it. */
export function writerOf({ language }: FileFacts): Writer | undefined {
  return Object.hasOwn(WRITERS, language) ? WRITERS[language] : undefined;
}

/** The same for fixes whose text is that of scripts; undefined where they have nothing to say. */
export function scriptWriterOf({ language }: FileFacts): ScriptWriter | undefined {
  return Object.hasOwn(SCRIPTS, language) ? SCRIPTS[language] : undefined;
}
