import { queueLibraries } from '../../../catalog/index.ts';
import type { QueueLibrary } from '../../../catalog/schema/library.ts';
import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { isNamed } from './decorators.ts';
import { hasOption } from './memberValues.ts';
import type { Types } from './types.ts';

/** Whether the call that is given a function is a job queue's, and if so whether a job that fails is run again. */
export function queueRepeats(types: Types, path: string, id: ValueId): boolean | undefined {
  const facts = types.program.get(path)!;
  const call = facts.values[id];
  if (call?.k !== 'call') return undefined;
  for (const library of librariesIn(facts)) {
    const worker = library.workers.find((each) => each.name === lastName(facts, call.callee) && (each.constructs ?? false) === call.construct);
    if (!worker) continue;
    const unless = worker.repeatsUnless;
    if (!unless) return isConfigured(types, library);
    return !hasOption(types, path, call.args, unless.option, (value) => value === unless.is);
  }
  return undefined;
}

/** The same for a method of a class that a decorator makes a worker. */
export function decoratedQueueRepeats(types: Types, path: string, fn: FunctionId): boolean | undefined {
  const facts = types.program.get(path)!;
  const owner = indexOf(facts).ownerClass.get(fn);
  const decorators = owner ? facts.classes[owner.cls]!.decorators : [];
  const library = decorators.length === 0 ? undefined : librariesIn(facts).find((each) => each.decorators.some((name) => decorators.some((written) => isNamed(written, name))));
  return library && isConfigured(types, library);
}

function librariesIn(facts: FileFacts): readonly QueueLibrary[] {
  return queueLibraries().filter((library) => facts.imports.some((each) => library.packages.includes(each.module)));
}

/** Whether the workspace lets failed jobs run again, anywhere: the queue is often made in one file and worked off in another. */
function isConfigured(types: Types, library: QueueLibrary): boolean {
  const { attempts } = library;
  if (!attempts) return false;
  return types.holds(`queue.${library.id}`, () =>
    types.program.paths().some((path) => {
      const facts = types.program.get(path)!;
      if (!facts.imports.some((each) => library.packages.includes(each.module))) return false;
      return facts.values.some((value) => value.k === 'object' && value.props.some((prop) => {
        const given = prop.key === attempts.option ? facts.values[prop.value] : undefined;
        // `ATTEMPTS ? Number(ATTEMPTS) : 10`
        return (given?.k === 'choice' ? given.of.map((each) => facts.values[each]) : [given]).some((each) => each?.k === 'literal' && typeof each.value === 'number' && each.value > attempts.above);
      }));
    }),
  );
}
