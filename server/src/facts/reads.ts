import type { FileFacts, ValueId } from './facts.ts';

/** A part of something, by its name: `page.done`, and in languages that keep fields to themselves `page.isDone()` and `page.getDone()`. */
export interface Read {
  object: ValueId;
  /** The name without the word by which a method says that it gives something: `statusCode` for `getStatusCode()`. */
  name: string;
  /** As it is written, with `()` after a method. */
  written: string;
}

/** What a value reads of something: a member, or a method without arguments. */
export function readOf(facts: FileFacts, id: ValueId): Read | undefined {
  const value = facts.values[id];
  if (value?.k === 'member') return { object: value.object, name: plainName(value.name), written: value.name };
  if (value?.k !== 'call' || value.args.length > 0 || value.named !== undefined || value.construct || value.protocol !== undefined) return undefined;
  const callee = facts.values[value.callee];
  return callee?.k === 'member' ? { object: callee.object, name: plainName(callee.name), written: `${callee.name}()` } : undefined;
}

/** A member's name in the one form that all languages' names are compared in: `StatusCode` and `getStatusCode` are `statusCode`. */
export function plainName(name: string): string {
  const said = /^[gG]et[A-Z]/.test(name) ? name.slice(3) : name;
  return /^[A-Z][a-z]/.test(said) ? said.charAt(0).toLowerCase() + said.slice(1) : said;
}

/** The ways in which languages write a member's name. */
export function spellings(name: string): string[] {
  const capital = name.charAt(0).toUpperCase() + name.slice(1);
  return [name, capital, `is${capital}`, `get${capital}`];
}
