import { clientsOf, type Language, librariesOf } from '../../../catalog/index.ts';
import type { HttpLibrary } from '../../../catalog/schema/library.ts';
import type { FileFacts, FunctionId } from '../facts/facts.ts';
import type { AbstractType } from './abstractType.ts';
import { httpExport } from './httpMembers.ts';
import { packageTypes } from './moduleExports.ts';
import { typesOfThis } from './thisValue.ts';
import type { Types } from './types.ts';

/**
 * What a name is that a file takes neither from itself nor by an import that names it, in languages where modules are opened: a member that the class around
 * has from elsewhere, a name of a module in which the file stands, or of one that it opens.
 */
export function openedTypes(types: Types, path: string, fn: FunctionId, name: string): readonly AbstractType[] {
  const facts = types.program.get(path)!;
  if (facts.sees === undefined) return [];
  const inherited = typesOfThis(facts, path, fn).flatMap((type) => [...types.member(type, name)]);
  if (inherited.length > 0) return inherited;
  const files = openedFiles(types, path, name);
  if (files.length > 0) return files.flatMap((file) => [...types.exportOf(file, name, 'es')]);
  return openedModules(types, facts).flatMap((module) => nameOfPackage(module, name, facts.language));
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

function openedModules(types: Types, facts: FileFacts): string[] {
  const own = facts.imports.filter((each) => each.opens).map((each) => each.module);
  // A name of a module around may be left out before it: `using Models;` within `Company.Sync`.
  const short = own.flatMap((module) => (facts.sees ?? []).filter((each) => each !== '').map((each) => `${each}.${module}`));
  return [...new Set([...own, ...short, ...types.program.openedEverywhere(facts.language)])];
}

/** A name of a package, where the catalogue knows it. */
function nameOfPackage(module: string, name: string, language: string): AbstractType[] {
  const libraries = librariesOf(module, language as Language);
  for (const library of libraries) {
    if (library.kind === 'http' && isNameOf(library, name)) return [httpExport(library, library.packages[0] ?? library.id, name)];
    if (library.kind === 'retry' && (library.functions.some((each) => each.export.split('.')[0] === name) || library.policies?.some((each) => each.factory.split('.')[0] === name || each.types?.includes(name)))) return packageTypes(module, name, language);
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
