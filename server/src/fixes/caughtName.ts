import type { FileFacts, FunctionId, Span, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
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

/** The promise that is given a function for its failures: `promise.catch(…)`, `promise.then(…, …)`. Undefined where the function is given to something else. */
export function promiseOfHandler(facts: FileFacts, fn: FunctionId): ValueId | undefined {
  const index = indexOf(facts);
  const literal = index.functionValue.get(fn);
  for (const consumer of literal === undefined ? [] : (index.consumers[literal] ?? [])) {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (consumer.k === 'value' && call?.k === 'call' && ((call.protocol === 'catch' && call.args[0] === literal) || (call.protocol === 'then' && call.args[1] === literal))) return consumer.value;
  }
  return undefined;
}

/** What the failure is called in a function that is given it, which has a body of statements; undefined where it has no name there, or something else has it too. */
export function nameOfGiven(facts: FileFacts, source: string, fn: FunctionId): CaughtName | undefined {
  const { at, to, params: [first] } = facts.functions[fn]!;
  if (first?.name === undefined) return undefined;
  const head = /^(?:async\s*)?(?:function\s*[\p{ID_Continue}$]*\s*)?(?:\(\s*[\p{ID_Continue}$]+\s*(?::\s*[\w.]+\s*)?,?\s*\)|[\p{ID_Continue}$]+)\s*(?:=>\s*)?\{/u.exec(source.slice(at, to));
  const isHidden = facts.bindings.some((each, id) => each.name === first.name && id !== first.binding && each.at > at && each.at < to);
  return head && !isHidden ? { name: first.name, edits: [], bodyAt: at + head[0].length } : undefined;
}

/** `error`, unless the code that would see it has something of that name. */
export function freeName(own: string): string {
  return freshName(own.replace(/(['"`])(?:\\.|(?!\1)[^\\\n])*\1/g, ''), 'error');
}
