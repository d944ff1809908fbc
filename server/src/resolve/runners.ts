import { type Language, librariesOf } from '../../../catalog/index.ts';
import type { RunnerLibrary } from '../../../catalog/schema/library.ts';
import type { CallValue, FileFacts, ValueId } from '../facts/facts.ts';
import { lastName } from '../facts/fileIndex.ts';
import { importOf } from './adapters.ts';
import { Remembered } from './remembered.ts';
import type { Types } from './types.ts';

/** Steps from a call to the import that made what it calls. */
const STEPS = 6;

/** Whether a call is that of a library which calls once what it is given: `limit(work)` of `const limit = pLimit(3)`, `mutex.runExclusive(work)`. */
export function isRunner(facts: FileFacts, id: ValueId): boolean {
  return runnerOf(facts, id) !== undefined;
}

/** Whether a call gives error and value as a pair and never fails: `to(promise)`. */
export function givesPair(facts: FileFacts, id: ValueId): boolean {
  return runnerOf(facts, id)?.gives === 'pair';
}

/**
 * The call of a method of somebody else's that a call leaves to a library of the file, as if it stood here: `connection.create(row)` of
 * `pool.submit(connection.create, row)`. Functions of the workspace are found by what calls them.
 */
export function handedCall(types: Types, path: string, call: CallValue): CallValue | undefined {
  const facts = types.program.get(path)!;
  const name = lastName(facts, call.callee);
  if (name === undefined || call.construct || call.args.length === 0) return undefined;
  for (const { imported, hands } of handing.get(types, facts, () => handersOf(facts))) {
    const handed = hands.find((each) => each.names.includes(name));
    const work = handed && call.args[handed.argument];
    if (!handed || work === undefined || (facts.values[call.callee]?.k !== 'member' && imported !== name)) continue;
    if (!types.of(path, work).some((type) => type.k === 'client-method' || type.k === 'http')) continue;
    const { named, ...rest } = call;
    return { ...rest, callee: work, args: handed.each ? [] : call.args.slice(handed.argument + 1), ...(handed.each || named === undefined ? {} : { named }) };
  }
  return undefined;
}

/** A library of a file that calls what it is given, and the name by which the file imports it. */
interface Hander {
  imported: string;
  hands: NonNullable<RunnerLibrary['hands']>;
}

/** By file: most have none, and every call of theirs asks. */
const handing = new Remembered<Types, FileFacts, readonly Hander[]>();

function handersOf({ imports, language }: FileFacts): Hander[] {
  return imports.flatMap(({ module, imported }) => librariesOf(module, language as Language).flatMap((library) => (library.kind === 'runner' && library.hands ? [{ imported, hands: library.hands }] : [])));
}

function runnerOf(facts: FileFacts, id: ValueId): RunnerLibrary | undefined {
  const call = facts.values[id];
  const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
  if (callee?.k === 'member') {
    for (const { module } of facts.imports) for (const library of librariesOf(module, facts.language as Language)) if (library.kind === 'runner' && library.methods?.includes(callee.name)) return library;
  }
  let at: ValueId | undefined = id;
  for (let step = 0; step < STEPS && at !== undefined; step++) {
    const value: FileFacts['values'][number] | undefined = facts.values[at];
    if (value?.k === 'call') at = value.callee;
    else if (value?.k === 'member') at = value.object;
    else if (value?.k === 'await') at = value.of;
    else if (value?.k === 'binding') {
      const imported = importOf(facts, value.binding);
      if (imported) return librariesOf(imported.module).find((library) => library.kind === 'runner');
      at = facts.bindings[value.binding]!.sources[0];
    } else return undefined;
  }
  return undefined;
}
