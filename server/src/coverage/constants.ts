import { clients, clientsOf, type Language } from '../../../catalog/index.ts';
import type { FileFacts, ValueId } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';

/** A literal, or a name that is one. */
export function constant(facts: FileFacts, id: ValueId, depth = 0): string | number | boolean | undefined {
  const value = facts.values[id];
  if (value?.k === 'literal') return value.value ?? undefined;
  if (value?.k === 'binding' && depth < 4) {
    const binding = facts.bindings[value.binding]!;
    if (binding.sources.length === 1) return constant(facts, binding.sources[0]!, depth + 1);
  }
  if (value?.k === 'member') return objectMember(facts, value.object, value.name);
  return undefined;
}

function objectMember(facts: FileFacts, object: ValueId, name: string): string | number | boolean | undefined {
  const field = fieldOf(facts, object, name);
  if (field !== undefined) return constant(facts, field, 1);
  let value = facts.values[object];
  if (value?.k === 'global') return codeNamed(facts, value.name, name);
  if (value?.k === 'binding') value = facts.values[facts.bindings[value.binding]!.sources[0] ?? -1];
  if (value?.k === 'typed') value = facts.values[value.of];
  if (value?.k !== 'object') return undefined;
  const prop = value.props.find((each) => each.key === name);
  return prop ? constant(facts, prop.value, 1) : undefined;
}

/** What a member of a class of the file is given where it is declared, if nothing else is given to it: `private const int Max = 3;`. */
function fieldOf(facts: FileFacts, object: ValueId, name: string): ValueId | undefined {
  const value = facts.values[object];
  const own = value?.k === 'this' ? facts.functions[value.in]?.cls : undefined;
  const named = value?.k === 'binding' ? facts.bindings[value.binding]!.name : value?.k === 'global' ? value.name : undefined;
  const cls = own === undefined ? facts.classes.find((each) => named !== undefined && each.name === named) : facts.classes[own];
  const given = new Set((cls?.fields ?? []).flatMap((each) => (each.name === name && each.value !== undefined ? [each.value] : [])));
  const [only] = given;
  return given.size === 1 && !indexOf(facts).storesByName.has(name) ? only : undefined;
}

/** The literals of an array or set. */
export function listed(facts: FileFacts, id: ValueId, depth = 0): (string | number)[] | undefined {
  const value = facts.values[id];
  if (!value || depth > 4) return undefined;
  if (value.k === 'binding') {
    const first = facts.bindings[value.binding]!.sources[0];
    return first === undefined ? undefined : listed(facts, first, depth + 1);
  }
  if (value.k === 'typed') return listed(facts, value.of, depth + 1);
  if (value.k === 'call' && value.construct && value.args[0] !== undefined) return listed(facts, value.args[0], depth + 1);
  if (value.k !== 'array') return undefined;
  return value.items.flatMap((each) => {
    const item = constant(facts, each);
    return typeof item === 'string' || typeof item === 'number' ? [item] : [];
  });
}

/** The code that a member of an enumeration stands for, where a client library whose codes are members of one of that name is at hand in the file. */
function codeNamed(facts: FileFacts, enumeration: string, name: string): string | undefined {
  const found = clients(facts.language as Language).filter((client) => client.error.enumeration === enumeration);
  if (!facts.imports.some(({ module }) => clientsOf(module, facts.language as Language).some((client) => found.includes(client)))) return undefined;
  return name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toUpperCase();
}

/** `ExceptionCode.INVALID_SESSION_ID`: a constant of a client library, which is named after what it stands for. */
export function namedConstant(facts: FileFacts, id: ValueId): string | undefined {
  const value = facts.values[id];
  const object = value?.k === 'member' ? facts.values[value.object] : undefined;
  const from = object?.k === 'binding' ? facts.bindings[object.binding]!.import : undefined;
  const imported = from === undefined ? undefined : facts.imports[from]!;
  if (value?.k !== 'member' || !imported) return undefined;
  const ofClient = [imported.module, ...(imported.among ?? [])].some((module) => clientsOf(module, facts.language as Language).length > 0);
  return ofClient && /^[A-Z]/.test(value.name) ? value.name : undefined;
}
