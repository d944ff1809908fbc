import { adapterLibraries, type Language, librariesOf } from '../../../catalog/index.ts';
import { isNamed } from './decorators.ts';
import type { BindingId, FileFacts, ImportFact, ValueId } from '../facts/facts.ts';

/**
 * Whether a call gives back the function that it is given in another shape, as `curry(fn)` does: whoever calls the result calls the function, and the
 * call itself repeats nothing. `same` where the result also takes the arguments that the function takes, as that of `once(fn)` does; `stands` where the result
 * is used as if it were what the function gives, as that of `SimpleLazyObject(connect)` is.
 */
export function adapterOf(facts: FileFacts, id: ValueId): { gives: 'same' | 'stands' | 'other'; argument: number; named: string | undefined } | undefined {
  const call = facts.values[id];
  if (call?.k !== 'call') return undefined;
  const callee = facts.values[call.callee];
  const member = callee?.k === 'member' ? callee.name : undefined;
  const root = callee?.k === 'member' ? facts.values[callee.object] : callee;
  if (root?.k !== 'binding') return undefined;
  const imported = importOf(facts, root.binding);
  if (!imported) return undefined;
  const name = member ?? (imported.imported === '*' ? 'default' : imported.imported);
  for (const library of librariesOf(imported.module, facts.language as Language)) {
    if (library.kind !== 'adapter' || !library.functions.includes(name)) continue;
    return { gives: library.standsFor?.includes(name) ? 'stands' : library.sameArguments?.includes(name) ? 'same' : 'other', argument: library.argument ?? (library.named === undefined ? 0 : -1), named: library.named };
  }
  return undefined;
}

/** Whether a decorator, as written, makes of a function that gives values one by one one that gives the first to the block that it opens. */
export function isEntered(language: string, decorators: readonly string[]): boolean {
  return decorators.length > 0 && adapterLibraries().some((library) => library.language === language && library.enters?.some((name) => decorators.some((written) => isNamed(written, name))));
}

/** The import that a name comes from; `require` may have been given to a compiler's helper first. */
export function importOf(facts: FileFacts, binding: BindingId): ImportFact | undefined {
  const own = facts.imports.find((each) => each.binding === binding);
  if (own) return own;
  const { sources } = facts.bindings[binding]!;
  return facts.imports.find((each) => each.value !== undefined && sources.some((source) => source === each.value || isHelped(facts, source, each.value!)));
}

function isHelped(facts: FileFacts, source: ValueId, required: ValueId): boolean {
  const call = facts.values[source];
  return call?.k === 'call' && call.args.length > 0 && call.args[0] === required;
}
