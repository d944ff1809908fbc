import type { BindingFact, BindingId, FileFacts, NamedTypeFact } from './facts.ts';

interface ModuleNames {
  /** Bindings of the module itself, by name, in the order of the facts. */
  readonly bindings: ReadonlyMap<string, readonly BindingId[]>;
  /** The first type of each name. */
  readonly types: ReadonlyMap<string, NamedTypeFact>;
}

const cache = new WeakMap<FileFacts, ModuleNames>();

/** The module's own binding of a name and one of these kinds. Every annotation of a file asks for one. @returns -1 where there is none */
export function moduleBinding(facts: FileFacts, name: string, kinds: readonly BindingFact['kind'][]): BindingId {
  return namesOf(facts).bindings.get(name)?.find((id) => kinds.includes(facts.bindings[id]!.kind)) ?? -1;
}

/** The type that a file declares under a name. */
export function declaredType(facts: FileFacts, name: string): NamedTypeFact | undefined {
  return namesOf(facts).types.get(name);
}

function namesOf(facts: FileFacts): ModuleNames {
  let names = cache.get(facts);
  if (!names) {
    const bindings = new Map<string, BindingId[]>();
    facts.bindings.forEach((each, id) => {
      if (each.in !== 0) return;
      const list = bindings.get(each.name);
      if (list) list.push(id);
      else bindings.set(each.name, [id]);
    });
    const types = new Map<string, NamedTypeFact>();
    for (const each of facts.types) if (!types.has(each.name)) types.set(each.name, each);
    cache.set(facts, (names = { bindings, types }));
  }
  return names;
}
