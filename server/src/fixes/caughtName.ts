import type { FileFacts, Span } from '../facts/facts.ts';
import type { TextEdit } from './edit.ts';
import { freshName } from '../languages/writing/writeLayout.ts';

/** What a failure is called where it is handled. */
export interface CaughtName {
  name: string;
  /** Edits that give it this name, where it has none. */
  edits: TextEdit[];
  /** Behind the brace that begins the body. */
  bodyAt: number;
}

/** What the error of a catch clause is called; undefined where it is taken apart at once, or where something else has its name in the clause. */
export function nameOfCaught(facts: FileFacts, source: string, { at, to }: Span): CaughtName | undefined {
  const head = /^catch\s*(?:\(\s*([\p{ID_Start}$_][\p{ID_Continue}$]*)\s*(?::\s*\w+\s*)?\)\s*)?\{/u.exec(source.slice(at, to));
  if (!head) return undefined;
  const [{ length }, name] = head;
  if (name === undefined) {
    const wanted = freeName(source.slice(at, to));
    return { name: wanted, edits: [{ start: at + 5, end: at + 5, newText: ` (${wanted})` }], bodyAt: at + length };
  }
  return facts.bindings.some((each) => each.name === name && each.at > at + length && each.at < to) ? undefined : { name, edits: [], bodyAt: at + length };
}

/** `error`, unless the code that would see it has something of that name. */
export function freeName(own: string): string {
  return freshName(own.replace(/(['"`])(?:\\.|(?!\1)[^\\\n])*\1/g, ''), 'error');
}
