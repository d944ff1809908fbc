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
  const index = indexOf(facts);
  const kept = (use: ValueId): string[] => (index.consumers[use] ?? []).flatMap((consumer) => {
    if (consumer.k === 'store') return [consumer.name];
    const object = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return object?.k === 'object' ? object.props.flatMap((prop) => (prop.value === use ? [prop.key] : [])) : [];
  });
  return usesOf(facts, fn).flatMap((use) => [...kept(use), ...madeOf(facts, use).flatMap((made) => [...kept(made), ...boundTo(facts, made)])]);
}

/** What calls give that are given a value: `const save = retrying(async () => …)` may be the function in another shape. */
function madeOf(facts: FileFacts, use: ValueId): ValueId[] {
  return (indexOf(facts).consumers[use] ?? []).flatMap((consumer) => {
    const call = consumer.k === 'value' ? facts.values[consumer.value] : undefined;
    return consumer.k === 'value' && call?.k === 'call' && !call.construct && call.protocol === undefined && call.args.includes(use) ? [consumer.value] : [];
  });
}

function boundTo(facts: FileFacts, id: ValueId): string[] {
  return (indexOf(facts).consumers[id] ?? []).flatMap((consumer) => (consumer.k === 'bind' ? [facts.bindings[consumer.binding]!.name] : []));
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
function usesOf(facts: FileFacts, fn: FunctionId): ValueId[] {
  const index = indexOf(facts);
  const value = index.functionValue.get(fn);
  if (value === undefined) return [];
  return [value, ...(index.consumers[value] ?? []).flatMap((consumer) => (consumer.k === 'bind' ? (index.bindingUses[consumer.binding] ?? []) : []))];
}
