import { librariesOf } from '../../../catalog/index.ts';
import type { RunnerLibrary } from '../../../catalog/schema/library.ts';
import type { FileFacts, ValueId } from '../facts/facts.ts';
import { importOf } from './adapters.ts';

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

function runnerOf(facts: FileFacts, id: ValueId): RunnerLibrary | undefined {
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
