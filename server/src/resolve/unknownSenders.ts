import { type Language, librariesOf } from '../../../catalog/index.ts';
import type { HttpLibrary, HttpRequest } from '../../../catalog/schema/httpLibrary.ts';
import type { CallValue, FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import type { HttpType } from './httpRequests.ts';
import { Remembered } from './remembered.ts';
import type { Types } from './types.ts';

/**
 * The request that something of unknown origin sends which is called what instances of an HTTP library are called, in a file or a project that has the
 * library: `session.get(address)`. Where there are several such libraries, whoever waits for the answer tells which.
 */
export function unknownSender(types: Types, path: string, call: CallValue, id: ValueId): { type: HttpType; request: HttpRequest } | undefined {
  const facts = types.program.get(path)!;
  const callee = facts.values[call.callee];
  if (callee?.k !== 'member' || types.program.tests.has(path) || types.of(path, callee.object).length > 0 || isOther(facts, callee.object)) return undefined;
  const receiver = (lastName(facts, callee.object) ?? '').replace(/^_+/, '').toLowerCase();
  const found = atHand.get(types, facts, () => librariesAtHand(types, path, facts)).flatMap((library) =>
    (library.called ?? []).flatMap(({ names, instance }) => {
      const request = names.includes(receiver) ? library.requests.find((each) => each.names.includes(callee.name) && each.instances?.includes(instance) && !each.builtAt && !each.messageAt) : undefined;
      const type: HttpType = { k: 'http', library, package: library.packages[0] ?? library.id, path: callee.name, instance: { id: instance, path: library.id, value: -1 } };
      return request ? [{ type, request }] : [];
    }),
  );
  const waited = (indexOf(facts).consumers[id] ?? []).some((consumer) => consumer.k === 'value' && facts.values[consumer.value]?.k === 'await');
  return found.find(({ type, request }) => type.library.answers.some((answer) => request.answers.includes(answer.id) && (answer.by === 'promise') === waited));
}

/** By file: every call of something unknown asks. */
const atHand = new Remembered<Types, FileFacts, readonly HttpLibrary[]>();

/** The HTTP libraries that a file imports; where it imports none, those of its project. */
function librariesAtHand(types: Types, path: string, facts: FileFacts): readonly HttpLibrary[] {
  const libraries = (modules: Iterable<string>): HttpLibrary[] => [...new Set([...modules].flatMap((module) => [...librariesOf(module, facts.language as Language)]))].filter((each) => each.kind === 'http');
  const own = libraries(facts.imports.map(({ module }) => module));
  return own.length > 0 ? own : libraries(types.program.importedBeside(path));
}

/** Whether something comes from another package, or is made of a class: nobody's session then. */
function isOther(facts: FileFacts, id: ValueId): boolean {
  const value = facts.values[id];
  if (value?.k !== 'binding') return value?.k !== 'member';
  const binding = facts.bindings[value.binding]!;
  return binding.import !== undefined || binding.sources.some((source) => {
    const made = facts.values[source];
    return made?.k === 'call' && made.construct;
  });
}
