import type { FileFacts } from '../facts/facts.ts';
import type { Program } from '../resolve/program.ts';
import type { ScriptWriter } from './writers.ts';

/** Libraries of the language that know `new Error(message, { cause })`. */
const KNOWS_CAUSE = /^es(?:20(?:2[2-9]|[3-9]\d)|next)(?:\.error)?$/;

/** Whether the compiler of a file surely takes the option `cause` of an error; without types nothing keeps anybody from it. */
export function takesCause(facts: FileFacts, program: Program, path: string): boolean {
  return facts.dialect === 'javascript' || (program.projects.librariesOf(path) ?? []).some((each) => KNOWS_CAUSE.test(each));
}

/** An error that gets its cause as a property, as the option makes it: for any class and language, and not among what an error is written out with. */
export function withCauseProperty(writer: ScriptWriter, source: string, name: string): { before: string; after: string } {
  return { before: 'Object.defineProperty(', after: `, ${writer.quoted(source, 'cause')}, { value: ${name}, configurable: true, writable: true })` };
}
