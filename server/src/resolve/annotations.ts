import type { NamedTypeFact, TypeFact } from '../facts/facts.ts';
import { declaredType, moduleBinding } from '../facts/moduleNames.ts';
import { type AbstractType, TypeSet } from './abstractType.ts';
import { givenOnce } from './callResult.ts';
import { globalHttp, httpInstance } from './httpMembers.ts';
import { implementersOf } from './implementers.ts';
import { generatedClients, moduleOfAlias, nameOfPackage, openedFiles, openedTypes, qualifiedFiles } from './openedNames.ts';
import { policyOfType } from './retryLibraries.ts';
import type { Types } from './types.ts';

/** Types that an annotation names. `Promise<T>` is `T`. */
export function annotatedTypes(types: Types, path: string, type: TypeFact): readonly AbstractType[] {
  const out = new TypeSet();
  annotate(types, path, type, out, 0);
  return out.all;
}

/** Whether what an annotation names is all there is to know. What the type of a function says of its result does not tell which function it is. */
export function isTelling(named: readonly AbstractType[]): boolean {
  return named.some((type) => type.k !== 'callable');
}

function annotate(types: Types, path: string, type: TypeFact, out: TypeSet, depth: number): void {
  if (depth > 10) return;
  switch (type.k) {
    case 'union':
      for (const each of type.of) annotate(types, path, each, out, depth + 1);
      return;
    case 'array':
      out.add({ k: 'list', path, type: type.of });
      return;
    case 'object':
      out.add({ k: 'structure', path, type });
      return;
    case 'function':
      out.add({ k: 'callable', path, type });
      return;
    case 'value':
      addValueType(types, path, type, out);
      return;
    case 'ref':
      annotateName(types, path, type, out, depth);
  }
}

function annotateName(types: Types, path: string, type: Extract<TypeFact, { k: 'ref' }>, out: TypeSet, depth: number): void {
  if (['Promise', 'PromiseLike', 'Readonly', 'Partial', 'Required', 'NonNullable', 'Awaited', 'Omit', 'Pick'].includes(type.name)) {
    if (type.args[0]) annotate(types, path, type.args[0], out, depth + 1);
    return;
  }
  if (type.name === 'ReturnType' || type.name === 'InstanceType') {
    const of = type.args[0];
    for (const each of of ? annotatedTypes(types, path, of) : []) {
      if (type.name === 'InstanceType') addInstances([each], out);
      else if (each.k === 'function') out.addAll(givenOnce(types, each.path, each.fn));
      else if (each.k === 'callable' && each.type.returns) annotate(types, each.path, each.type.returns, out, depth + 1);
    }
    return;
  }
  if (['Array', 'ReadonlyArray', 'Set', 'Iterable', 'AsyncIterable'].includes(type.name)) {
    if (type.args[0]) out.add({ k: 'list', path, type: type.args[0] });
    return;
  }
  if (['Map', 'ReadonlyMap', 'WeakMap', 'Record', 'Object'].includes(type.name)) {
    // Types of keys that cannot carry a class are not kept, so the last one is the values'.
    const values = type.args.at(-1);
    if (values) out.add({ k: 'list', path, type: values });
    return;
  }
  const facts = types.program.get(path);
  if (!facts) return;
  const imported = /^import\(['"]([^'"]+)['"]\)(?:\.(.+))?$/.exec(type.name);
  if (imported) {
    const [first, ...members] = (imported[2] ?? 'default').split('.');
    let found: readonly AbstractType[] = types.exported(path, imported[1]!, first!, 'es');
    for (const name of members) found = found.flatMap((each) => [...types.member(each, name)]);
    addInstances(found, out);
    const target = types.program.resolve(path, imported[1]!);
    if (target.k === 'file' && members.length === 0) annotateExported(types, target.path, first!, out, depth + 1);
    return;
  }
  const [head = '', ...rest] = type.name.split('.');
  const local = declaredType(facts, head);
  if (local && rest.length === 0) {
    annotate(types, path, local.type, out, depth + 1);
    addImplementers(types, local, out);
    // An interface of a class's name says more of its instances.
    const merged = moduleBinding(facts, head, ['class']);
    if (merged >= 0) addInstances(types.ofBinding(path, merged), out);
    return;
  }
  const binding = moduleBinding(facts, head, ['import', 'class', 'variable']);
  if (binding < 0) return annotateOpened(types, path, type.name, out, depth);
  const importId = facts.bindings[binding]!.import;
  let found: readonly AbstractType[] = types.ofBinding(path, binding);
  if (found.every((each) => each.k === 'module') && importId !== undefined && rest.length === 0) {
    const fact = facts.imports[importId]!;
    const target = types.program.targetOf(path, fact);
    if (target.k === 'file') annotateExported(types, target.path, fact.imported, out, depth + 1);
    return;
  }
  const alias = found.length === 0 && rest.length > 0 ? moduleOfAlias(facts, binding) : undefined;
  if (alias !== undefined) return annotateOpened(types, path, [alias, ...rest].join('.'), out, depth);
  for (const name of rest) found = found.flatMap((each) => [...types.member(each, name)]);
  addInstances(found, out);
}

/** A name of a module that the file opens or stands in. */
function annotateOpened(types: Types, path: string, written: string, out: TypeSet, depth: number): void {
  const dot = written.lastIndexOf('.');
  const name = written.slice(dot + 1);
  const generated = dot < 0 ? [] : generatedClients(types.program.get(path)!, name, () => [written.slice(0, dot)]);
  if (generated.length > 0) return addInstances(generated, out);
  const files = dot < 0 ? openedFiles(types, path, name) : qualifiedFiles(types, path, written.slice(0, dot), name);
  const packaged = dot < 0 || files.length > 0 ? [] : nameOfPackage(written.slice(0, dot), name, types.program.get(path)!.language);
  if (packaged.length > 0) return addInstances(packaged, out);
  // What belongs to the class around is no type: the module's own function has none.
  const opened = dot < 0 || files.length === 0 ? openedTypes(types, path, 0, name) : files.flatMap((file) => [...types.exportOf(file, name, 'es')]);
  addInstances(opened.length > 0 || files.length > 0 || dot >= 0 ? opened : globalHttp(types.program.get(path)!.language, name), out);
  for (const file of files) if (file !== path) annotateExported(types, file, name, out, depth + 1);
}

/** `typeof conn`, `typeof jsforce.Connection`: the types of the value of that name, of the module's own names. */
function addValueType(types: Types, path: string, type: Extract<TypeFact, { k: 'value' }>, out: TypeSet): void {
  const facts = types.program.get(path);
  const [head = '', ...rest] = type.name.split('.');
  const binding = facts ? moduleBinding(facts, head, ['import', 'class', 'variable', 'function']) : -1;
  if (binding < 0) return;
  let found: readonly AbstractType[] = types.ofBinding(path, binding);
  for (const name of rest) found = found.flatMap((each) => [...types.member(each, name)]);
  out.addAll(found);
}

/** The instances of classes that an annotation names. */
function addInstances(classes: readonly AbstractType[], out: TypeSet): void {
  for (const each of classes) {
    if (each.k === 'client-class') out.add({ ...each, k: 'client' });
    else if (each.k === 'class') out.add({ k: 'instance', path: each.path, cls: each.cls });
    else if (each.k === 'http') out.addAll(httpInstance(each));
    else if (each.k === 'retry-module') {
      out.addAll(policyOfType(each));
      if (each.library.policies?.some(({ factory }) => factory === each.path)) out.add({ k: 'retry-policy', library: each.library, factory: each.path });
    }
  }
}

/** Whoever is given an interface is given one of the classes that have it. */
function addImplementers(types: Types, { name, type }: NamedTypeFact, out: TypeSet): void {
  if (type.k === 'object' || (type.k === 'union' && type.of[0]?.k === 'object')) for (const each of implementersOf(types, name)) out.add({ k: 'instance', ...each });
}

/** A named type of another file, through re-exports. */
function annotateExported(types: Types, path: string, name: string, out: TypeSet, depth: number): void {
  const facts = types.program.get(path);
  if (!facts || depth > 10) return;
  const local = declaredType(facts, name);
  if (local) {
    annotate(types, path, local.type, out, depth + 1);
    addImplementers(types, local, out);
    return;
  }
  for (const each of facts.exports) {
    if (each.from === undefined || (each.name !== '*' && each.name !== name)) continue;
    const target = types.program.resolve(path, each.from);
    if (target.k === 'file') annotateExported(types, target.path, each.name === '*' ? name : (each.imported ?? name), out, depth + 1);
  }
}
