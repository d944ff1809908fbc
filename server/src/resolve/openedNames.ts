import { clientsOf, generatedTypes, type Language, librariesOf } from '../../../catalog/index.ts';
import type { HttpLibrary } from '../../../catalog/schema/httpLibrary.ts';
import type { FileFacts, FunctionId, ValueId } from '../facts/facts.ts';
import type { AbstractType } from './abstractType.ts';
import { httpExport } from './httpMembers.ts';
import { packageTypes } from './moduleExports.ts';
import { typesOfThis } from './thisValue.ts';
import type { Types } from './types.ts';

/**
 * What a name is that a file takes neither from itself nor by an import that names it, in languages where modules are opened: a name of a module in which the
 * file stands, of one that it opens, or a member that the class around has from elsewhere.
 */
export function openedTypes(types: Types, path: string, fn: FunctionId, name: string): readonly AbstractType[] {
  const facts = types.program.get(path)!;
  if (facts.sees === undefined) return facts.imports.flatMap((each) => (each.opens ? [...types.exported(path, each.module, name, 'es')] : []));
  const generated = generatedClients(facts, name, () => openedModules(types, facts));
  if (generated.length > 0) return generated;
  const files = openedFiles(types, path, name);
  if (files.length > 0) return files.flatMap((file) => [...types.exportOf(file, name, 'es')]);
  const packaged = openedModules(types, facts).flatMap((module) => nameOfPackage(module, name, facts.language));
  if (packaged.length > 0) return packaged;
  return typesOfThis(facts, path, fn).flatMap((type) => [...types.member(type, name)]);
}

/** The client types whose classes are generated under this name, seen by a file in one of these modules. */
export function generatedClients({ language }: FileFacts, name: string, modules: () => readonly string[]): AbstractType[] {
  return (generatedTypes(language as Language).get(name) ?? []).flatMap(({ client, type, modules: only, butNot }): AbstractType[] => {
    const fits = only === undefined || modules().some((module) => only.test(module) && !butNot?.test(module));
    return fits ? [{ k: 'client-class', client, type, package: client.id }] : [];
  });
}

/** The files of the workspace that declare a name which a file sees without importing it by name. */
export function openedFiles(types: Types, path: string, name: string): string[] {
  const facts = types.program.get(path)!;
  const declared = facts.sees === undefined ? [] : types.program.declaring(facts.language, name);
  if (declared.length === 0) return [];
  const pick = (modules: readonly string[]): string[] => [...new Set(declared.filter((each) => modules.includes(each.module)).map((each) => each.path))];
  const near = pick(facts.sees!);
  return near.length > 0 ? near : pick(openedModules(types, facts));
}

/** What a name is that is written with its module before it: `Company.Crm.Session`. */
export function qualifiedTypes(types: Types, path: string, object: ValueId, name: string): readonly AbstractType[] {
  const facts = types.program.get(path)!;
  const module = facts.sees === undefined ? undefined : nameOfModule(facts, object);
  if (module === undefined) return [];
  const generated = generatedClients(facts, name, () => [module]);
  if (generated.length > 0) return generated;
  const files = qualifiedFiles(types, path, module, name);
  return files.length > 0 ? files.flatMap((file) => [...types.exportOf(file, name, 'es')]) : nameOfPackage(module, name, facts.language);
}

/** The files that declare a name in a module, whose own name may leave out what stands around the file. */
export function qualifiedFiles(types: Types, path: string, module: string, name: string): string[] {
  const facts = types.program.get(path)!;
  const around = [module, ...(facts.sees ?? []).filter((each) => each !== '').map((each) => `${each}.${module}`)];
  return [...new Set(types.program.declaring(facts.language, name).filter((each) => around.includes(each.module)).map((each) => each.path))];
}

function nameOfModule(facts: FileFacts, id: ValueId): string | undefined {
  const value = facts.values[id];
  if (value?.k === 'global') return value.name;
  if (value?.k === 'binding') return moduleOfAlias(facts, value.binding);
  const before = value?.k === 'member' ? nameOfModule(facts, value.object) : undefined;
  return value?.k === 'member' && before !== undefined ? `${before}.${value.name}` : undefined;
}

/** The module for which a name stands: `using crm = Company.Crm;`. */
export function moduleOfAlias(facts: FileFacts, binding: number): string | undefined {
  const { import: id } = facts.bindings[binding]!;
  return facts.sees === undefined || id === undefined ? undefined : facts.imports[id]!.submodule;
}

function openedModules(types: Types, facts: FileFacts): string[] {
  const own = facts.imports.filter((each) => each.opens).map((each) => each.module);
  // A name of a module around may be left out before it: `using Models;` within `Company.Sync`.
  const short = own.flatMap((module) => (facts.sees ?? []).filter((each) => each !== '').map((each) => `${each}.${module}`));
  return [...new Set([...own, ...short, ...types.program.openedEverywhere(facts.language)])];
}

/** A name of a package, where the catalogue knows it. */
export function nameOfPackage(module: string, name: string, language: string): AbstractType[] {
  const libraries = librariesOf(module, language as Language);
  for (const library of libraries) {
    if (library.kind === 'http' && isNameOf(library, name)) return [httpExport(library, library.packages[0] ?? library.id, name)];
    if (library.kind === 'retry' && (library.functions.some((each) => each.export.split('.')[0] === name) || library.chains?.includes(name) || library.policies?.some((each) => each.factory.split('.')[0] === name || each.types?.includes(name)))) return packageTypes(module, name, language);
  }
  return clientsOf(module, language as Language).length > 0 && libraries.length === 0 ? packageTypes(module, name, language) : [];
}

function isNameOf({ requests, instances, exceptions, errors }: HttpLibrary, name: string): boolean {
  const begins = (each: string): boolean => each === name || each.startsWith(`${name}.`);
  return (
    requests.some((each) => !each.instancesOnly && each.names.some(begins)) ||
    instances.some((each) => each.factories.some(begins) || (each.types ?? []).some(begins)) ||
    (exceptions ?? []).some((each) => each.name === name) ||
    errors.some((each) => [...each.statusClasses, ...each.networkClasses].includes(name))
  );
}
