import { type FrameworkLibrary, frameworkLibraries } from '../../../catalog/index.ts';
import type { CallValue, FileFacts, FunctionId, TypeFact, ValueId } from '../facts/facts.ts';
import { indexOf, lastName } from '../facts/fileIndex.ts';
import { receiverText } from './evidence.ts';
import { isNamed } from './decorators.ts';

/** A place where a framework calls the program. */
export type Boundary = FrameworkLibrary['boundaries'][number];

/** The boundary that a function is, by the frameworks that its file imports. */
export function boundaryOf(facts: FileFacts, fn: FunctionId): Boundary | undefined {
  const fact = facts.functions[fn]!;
  const owner = indexOf(facts).ownerClass.get(fn);
  const cls = owner && facts.classes[owner.cls];
  const parents = cls ? [cls.extends, ...(cls.mixins ?? [])].flatMap((each) => (each === undefined ? [] : (lastName(facts, each) ?? []))) : [];
  for (const library of librariesIn(facts)) {
    for (const each of library.boundaries) {
      const takes = each.parameterTypes && fact.params.some(({ type }) => isOneOf(type, each.parameterTypes!));
      if (each.functionTypes && (takes || isDeclared(facts, fn, each))) return each;
      if (each.parameterTypes && !takes) continue;
      if (each.decorators?.some((name) => fact.decorators.some((written) => isNamed(written, name)))) return each;
      if (each.extends?.some((name) => parents.includes(name)) && (!each.methods || each.methods.includes(owner!.name))) return each;
      if (each.parameter !== undefined && fact.params[0]?.name === each.parameter) return each;
    }
  }
  return undefined;
}

/** The boundary that a function is which is given to this call, by the frameworks that its file imports: `server.registerTool(name, options, tool)`. */
export function boundaryGivenTo(facts: FileFacts, { callee }: CallValue): Boundary | undefined {
  const name = lastName(facts, callee);
  return name === undefined ? undefined : librariesIn(facts).flatMap(({ boundaries }) => boundaries).find(({ givenTo }) => givenTo?.includes(name));
}

/** Whether a function is given to a name that is said to hold such a function. */
function isDeclared(facts: FileFacts, fn: FunctionId, { functionTypes = [], parameterTypes = [] }: Boundary): boolean {
  const { consumers, functionValue } = indexOf(facts);
  return (consumers[functionValue.get(fn) ?? -1] ?? []).some((consumer) => {
    const type = consumer.k === 'bind' ? facts.bindings[consumer.binding]!.type : undefined;
    return isOneOf(type, functionTypes) || (type?.k === 'ref' && type.args.some((each) => isOneOf(each, parameterTypes)));
  });
}

function isOneOf(type: TypeFact | undefined, names: readonly string[]): boolean {
  return type?.k === 'ref' && names.includes(type.name.slice(type.name.lastIndexOf('.') + 1));
}

/** Whether a framework calls a function again that has failed: `unknown` where configuration decides. */
export function boundaryRepeats(facts: FileFacts, fn: FunctionId): boolean | 'unknown' {
  const boundary = boundaryOf(facts, fn);
  if (!boundary) return false;
  if (boundary.repeats) return true;
  const { decorators } = facts.functions[fn]!;
  if (boundary.repeatsWith?.some((word) => decorators.some((written) => new RegExp(`\\b${word}\\b`).test(written)))) return true;
  return boundary.mayRepeat ? 'unknown' : false;
}

/** Whether a call, in a function that a framework runs, asks it to run the function again: `self.retry(exc=error)`. */
export function asksForAnotherRun(facts: FileFacts, fn: FunctionId, id: ValueId): boolean {
  const call = facts.values[id];
  const callee = call?.k === 'call' ? facts.values[call.callee] : undefined;
  return callee?.k === 'member' && (boundaryOf(facts, fn)?.repeatsByCalling?.includes(callee.name) ?? false) && receiverText(facts, callee.object) !== undefined;
}

const known = new WeakMap<FileFacts, readonly FrameworkLibrary[]>();

function librariesIn(facts: FileFacts): readonly FrameworkLibrary[] {
  let found = known.get(facts);
  if (!found) {
    const own = frameworkLibraries().filter((library) => (library.language ?? 'javascript') === facts.language);
    found = own.filter((library) => facts.imports.some(({ module }) => library.packages.some((name) => module === name || module.startsWith(`${name}.`) || module.startsWith(`${name}/`) || module.endsWith(`.${name}`))));
    known.set(facts, found);
  }
  return found;
}
