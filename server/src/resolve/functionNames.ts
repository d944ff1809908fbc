import type { ExportFact, FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import { functionName, indexOf } from '../facts/fileIndex.ts';
import type { Program } from './program.ts';

/** Names by which a function can be called: its own, its variable's, its property's, and what importers call it. */
export function namesOf(program: Program, path: string, fn: FunctionId): Set<string> {
  const facts = program.get(path)!;
  const names = new Set<string>();
  const own = functionName(facts, fn);
  if (own) names.add(own);
  const owner = indexOf(facts).ownerClass.get(fn);
  if (owner) {
    names.add(owner.name);
    if (owner.name === 'constructor') for (const name of classNames(program, path, owner.cls)) names.add(name);
  }
  for (const each of exportsOf(facts, fn)) {
    names.add(each.name);
    for (const importer of program.importersOf(path)) {
      const from = program.get(importer.path)!;
      const fact = from.imports[importer.import]!;
      if (fact.binding !== undefined && (fact.imported === each.name || fact.imported === 'default' || fact.imported === '*')) names.add(from.bindings[fact.binding]!.name);
      if (fact.value !== undefined) {
        for (const consumer of indexOf(from).consumers[fact.value] ?? []) if (consumer.k === 'bind') names.add(from.bindings[consumer.binding]!.name);
      }
    }
  }
  for (const name of keptAs(facts, fn)) names.add(name);
  names.delete('=');
  return names;
}

/** Calls of a function where its module is loaded, that give it no name: `require('./routes')(app)`. */
export function callsWhereLoaded(program: Program, path: string, fn: FunctionId): { path: string; value: ValueId }[] {
  if (!exportsOf(program.get(path)!, fn).some((each) => each.name === '=')) return [];
  return program.importersOf(path).flatMap((importer) => {
    const from = program.get(importer.path)!;
    const loaded = from.imports[importer.import]!.value;
    return (loaded === undefined ? [] : (indexOf(from).consumers[loaded] ?? [])).flatMap((consumer) => {
      const call = consumer.k === 'value' ? from.values[consumer.value] : undefined;
      return consumer.k === 'value' && call?.k === 'call' && call.callee === loaded ? [{ path: importer.path, value: consumer.value }] : [];
    });
  });
}

/** The exports that give a function away, in source order. */
function exportsOf(facts: FileFacts, fn: FunctionId): ExportFact[] {
  const { functionValue, exportsByValue, exportsByLocalName } = indexOf(facts);
  const value = functionValue.get(fn);
  const own = functionName(facts, fn);
  const exported = [...(value === undefined ? [] : (exportsByValue.get(value) ?? [])), ...(own === undefined ? [] : (exportsByLocalName.get(own) ?? []))];
  return [...new Set(exported)].sort((a, b) => a - b).map((id) => facts.exports[id]!);
}

/** The names under which objects keep a function that has a name of its own: `{ list: listAccounts }`. */
function keptAs(facts: FileFacts, fn: FunctionId): string[] {
  return usesOf(facts, fn).flatMap((use) => [...heldAs(facts, use), ...madeOf(facts, use).flatMap((made) => namesOfValue(facts, made))]);
}

/** The names under which objects keep a value. */
export function heldAs(facts: FileFacts, use: ValueId): string[] {
  return (indexOf(facts).consumers[use] ?? []).flatMap((consumer) => {
    if (consumer.k === 'store') return [consumer.name];
    const object = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return object?.k === 'object' ? object.props.flatMap((prop) => (prop.value === use ? [prop.key] : [])) : [];
  });
}

/** The names under which a file keeps what a value is: a variable's, a field's, a property's. */
export function namesOfValue(facts: FileFacts, id: ValueId): string[] {
  const { bindingUses, consumers } = indexOf(facts);
  const bound = (consumers[id] ?? []).flatMap((consumer) => (consumer.k === 'bind' ? [consumer.binding] : []));
  const held = bound.flatMap((binding) => [facts.bindings[binding]!.name, ...(bindingUses[binding] ?? []).flatMap((use) => heldAs(facts, use))]);
  const field = fieldsOf(facts).get(id);
  return [...heldAs(facts, id), ...held, ...(field === undefined ? [] : [field])];
}

const fields = new WeakMap<FileFacts, ReadonlyMap<ValueId, string>>();

/** The fields of a file's classes by the values that they begin with. */
function fieldsOf(facts: FileFacts): ReadonlyMap<ValueId, string> {
  let known = fields.get(facts);
  if (!known) fields.set(facts, (known = new Map(facts.classes.flatMap((cls) => cls.fields.flatMap(({ name, value }) => (value === undefined ? [] : [[value, name] as const]))))));
  return known;
}

/** What calls give that are given a value: `const save = retrying(async () => …)` may be the function in another shape. */
function madeOf(facts: FileFacts, use: ValueId): ValueId[] {
  return (indexOf(facts).consumers[use] ?? []).flatMap((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return consumer.k === 'value' && call?.k === 'call' && !call.construct && call.protocol === undefined && call.args.includes(use) ? [consumer.value] : [];
  });
}

/** Whether a function stands in a list, a map or a table, out of which it can be taken by anything but its name. */
export function isListed(facts: FileFacts, fn: FunctionId): boolean {
  const index = indexOf(facts);
  return usesOf(facts, fn).some((use) => (index.consumers[use] ?? []).some((consumer) => {
    const holder = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    if (holder?.k === 'array' || (holder?.k === 'object' && holder.props.some((prop) => prop.value === use))) return true;
    const put = holder?.k === 'call' && holder.callee !== use ? facts.values[holder.callee] : undefined;
    return put?.k === 'member' && ['set', 'add', 'push', 'unshift'].includes(put.name);
  }));
}

function classNames(program: Program, path: string, cls: number): string[] {
  const facts = program.get(path)!;
  const name = facts.classes[cls]?.name;
  const out = name ? [name] : [];
  for (const importer of program.importersOf(path)) {
    const from = program.get(importer.path)!;
    const fact = from.imports[importer.import]!;
    if (fact.binding !== undefined) out.push(from.bindings[fact.binding]!.name);
  }
  return out;
}

/** Where a file names a function, itself included. */
export function usesOf(facts: FileFacts, fn: FunctionId): ValueId[] {
  const index = indexOf(facts);
  const value = index.functionValue.get(fn);
  if (value === undefined) return [];
  return [value, ...(index.consumers[value] ?? []).flatMap((consumer) => (consumer.k === 'bind' ? (index.bindingUses[consumer.binding] ?? []) : []))];
}
