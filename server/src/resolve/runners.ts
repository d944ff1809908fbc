import { type Language, librariesOf } from '../../../catalog/index.ts';
import type { RunnerLibrary } from '../../../catalog/schema/library.ts';
import type { CallValue, FileFacts, ValueId } from '../facts/facts.ts';
import { argumentFor, lastName } from '../facts/fileIndex.ts';
import { importOf } from './adapters.ts';
import { Remembered } from './remembered.ts';
import { retryLibrary } from './retryLibraries.ts';
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

/** A call of a method of somebody else's that another call leaves to a library. */
export interface Handed {
  /** It as if it stood in place of the other: `connection.create(row)` of `pool.submit(connection.create, row)`. */
  call: CallValue;
  /** It runs in a thread or process of its own, which alone ends with a failure. */
  aside?: true;
  /** The argument that the library repeats. */
  repeated?: number;
}

/** What a call leaves to a library of the file that calls it. Functions of the workspace are found by what calls them. */
export function handedCall(types: Types, path: string, id: ValueId): Handed | undefined {
  const facts = types.program.get(path)!;
  const call = facts.values[id]!;
  if (call.k !== 'call' || (call.args.length === 0 && call.named === undefined)) return undefined;
  const { runners, repeats } = handing.get(types, facts, () => handersOf(facts));
  const name = runners.length > 0 ? lastName(facts, call.callee) : undefined;
  for (const { imported, hands } of name === undefined ? [] : runners) {
    const handed = hands.find((each) => each.names.includes(name!));
    const work = handed && argumentFor(facts, call, handed.argument, handed.named);
    if (!handed || work === undefined || (facts.values[call.callee]?.k !== 'member' && imported !== name) || !isForeign(types, path, work)) continue;
    if (handed.list !== undefined) return { call: { ...call, construct: false, callee: work, ...listed(facts, call, handed) }, aside: true };
    return { call: withArguments(call, work, handed.each ? [] : call.args.slice(handed.argument + 1), handed.each !== true) };
  }
  return repeats ? repeatedCall(types, path, id, call) : undefined;
}

/** `retry_call(connection.create, fargs=[row])`, `Retrying(…)(connection.create, row)`. */
function repeatedCall(types: Types, path: string, id: ValueId, call: CallValue): Handed | undefined {
  const facts = types.program.get(path)!;
  for (const [index, work] of call.args.entries()) {
    if (!isForeign(types, path, work)) continue;
    const found = retryLibrary(types, path, id, index);
    if (!found || (found.list === undefined && found.passes !== true)) continue;
    const given = found.list === undefined ? withArguments(call, work, call.args.slice(index + 1), true) : { ...call, callee: work, ...listed(facts, call, found) };
    return { call: given, repeated: index };
  }
  return undefined;
}

function isForeign(types: Types, path: string, work: ValueId): boolean {
  return types.of(path, work).some((type) => type.k === 'client-method' || type.k === 'http');
}

function withArguments(call: CallValue, callee: ValueId, args: ValueId[], keepsNames: boolean): CallValue {
  const { named, ...rest } = call;
  return { ...rest, construct: false, callee, args, ...(named === undefined || !keepsNames ? {} : { named }) };
}

/** The arguments that stand in a list, and those by name that stand in an object: `args=(row,), kwargs={'headers': none}`. */
function listed(facts: FileFacts, call: CallValue, { list, byName }: { list?: string | undefined; byName?: string | undefined }): { args: ValueId[]; named: ValueId | undefined } {
  const given = argumentFor(facts, call, -1, list);
  const items = given === undefined ? undefined : facts.values[given];
  const named = byName === undefined ? undefined : argumentFor(facts, call, -1, byName);
  return { args: items?.k === 'array' ? items.items : [], named };
}

/** A library of a file that calls what it is given, and the name by which the file imports it. */
interface Hander {
  imported: string;
  hands: NonNullable<RunnerLibrary['hands']>;
}

/** By file: most have none, and every call of theirs asks. */
const handing = new Remembered<Types, FileFacts, { runners: readonly Hander[]; repeats: boolean }>();

function handersOf({ imports, language }: FileFacts): { runners: readonly Hander[]; repeats: boolean } {
  const libraries = imports.flatMap(({ module, imported }) => librariesOf(module, language as Language).map((library) => ({ imported, library })));
  return {
    runners: libraries.flatMap(({ imported, library }) => (library.kind === 'runner' && library.hands ? [{ imported, hands: library.hands }] : [])),
    repeats: libraries.some(({ library }) => library.kind === 'retry'),
  };
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
