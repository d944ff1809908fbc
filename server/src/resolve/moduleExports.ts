import { type ClientModel, clientsOf, type Language, librariesOf } from '../../../catalog/index.ts';
import type { ImportFact } from '../facts/facts.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { AbstractType } from './abstractType.ts';
import { clientMember } from './clientMembers.ts';
import { httpExport } from './httpMembers.ts';
import { generatedClients, nameOfPackage } from './openedNames.ts';
import type { Types } from './types.ts';

/** Types of an exported name of whatever a module specifier means. */
export function exportedTypes(types: Types, from: string, specifier: string, name: string, style: 'es' | 'commonjs'): readonly AbstractType[] {
  const target = types.program.resolve(from, specifier);
  if (target.k === 'file') return types.exportOf(target.path, name, style);
  const generated = generatedClients(types.program.get(from)!, name, () => [specifier]);
  if (generated.length > 0) return generated;
  const shared = types.program.declaring(types.program.get(from)!.language, name).filter((each) => each.module === specifier);
  if (shared.length > 0) return shared.flatMap((each) => [...types.exportOf(each.path, name, style)]);
  if (target.k === 'package') return packageTypes(specifier, name, types.program.get(from)!.language);
  return [];
}

/** Types of what an import names: a module's name, or a module below it. */
export function importedTypes(types: Types, from: string, fact: ImportFact): readonly AbstractType[] {
  const own = types.exported(from, fact.module, fact.imported, fact.style);
  if (fact.among) return own.length > 0 && !belowIs(types, from, fact) ? own : amongTypes(types, from, fact);
  const below = fact.submodule === undefined ? undefined : types.program.resolve(from, fact.submodule);
  // `from urllib import request`
  if (below?.k === 'package' && own.length === 0) return types.exported(from, fact.submodule!, '*', fact.style);
  if (below?.k !== 'file') return own;
  // A package can hand out what a module of the same name holds.
  return [...own, ...types.exportOf(below.path, '*', fact.style), ...types.exportOf(below.path, fact.imported, fact.style)];
}

function belowIs(types: Types, from: string, fact: ImportFact): boolean {
  return fact.submodule !== undefined && types.program.resolve(from, fact.submodule).k === 'file';
}

/** Types of a name that several modules may have: of the first that has it, those of the workspace before packages. */
function amongTypes(types: Types, from: string, fact: ImportFact): readonly AbstractType[] {
  const target = types.program.targetOf(from, fact);
  if (target.k === 'file') return [...copiedTypes(types, from, fact), ...types.exportOf(target.path, fact.imported, fact.style)];
  for (const module of fact.among ?? []) {
    // A package has the names that the catalogue knows of it; one that is asked for by name may have others.
    const packaged = types.program.resolve(from, module).k === 'package' ? nameOfPackage(module, fact.imported, types.program.get(from)!.language) : [];
    const found = packaged.length > 0 || librariesOf(module, types.program.get(from)!.language as Language).length > 0 ? packaged : types.exported(from, module, fact.imported, fact.style);
    if (found.length > 0) return found;
  }
  return [];
}

/** Types of a name of a client library whose source, mostly generated, stands in the workspace too. */
function copiedTypes(types: Types, from: string, { among, imported }: ImportFact): AbstractType[] {
  const { language } = types.program.get(from)!;
  return (among ?? []).flatMap((module) => {
    const isCopied = clientsOf(module, language as Language).length > 0 && types.program.resolve(from, `${module}.${imported}`).k === 'file';
    return isCopied ? nameOfPackage(module, imported, language) : [];
  });
}

/** Types of an export of a workspace file. `*` is the module itself. */
export function typesOfExport(types: Types, path: string, name: string, style: 'es' | 'commonjs'): readonly AbstractType[] {
  return types.remember(`x${style}.${name}@${path}`, (out) => {
    const facts = types.program.get(path);
    if (!facts) return;
    const { exportsByName } = indexOf(facts);
    const named = (wanted: string): number[] => exportsByName.get(wanted) ?? [];
    const whole = named('=').map((id) => facts.exports[id]!).filter((each) => each.value !== undefined);
    if (name === '*' || (name === 'default' && whole.length > 0 && named('default').length === 0)) {
      if (whole.length > 0) for (const each of whole) out.addAll(types.of(path, each.value!));
      out.add({ k: 'module', path, style });
      return;
    }
    // What a generator has written into the workspace is what the catalogue knows of it.
    const generated = facts.language === 'python' ? generatedClients(facts, name, () => [path.slice(path.lastIndexOf('/') + 1).replace(/\.py$/, '')]) : [];
    if (generated.length > 0) {
      out.addAll(generated);
      return;
    }
    for (const id of [...named(name), ...named('*')].sort((a, b) => a - b)) {
      const each = facts.exports[id]!;
      if (each.name === name) {
        if (each.from !== undefined) out.addAll(types.exported(path, each.from, each.imported ?? name, 'es'));
        else if (each.value !== undefined) out.addAll(types.of(path, each.value));
      } else if (each.name === '*' && each.from !== undefined && name !== 'default') {
        out.addAll(types.exported(path, each.from, name, 'es'));
      }
    }
    if (out.all.length === 0) for (const each of whole) for (const type of types.of(path, each.value!)) out.addAll(types.member(type, name));
  });
}

/** Types of an export of a package: of a client library, of one that retries or of one that sends HTTP requests. */
export function packageTypes(specifier: string, name: string, language: string): AbstractType[] {
  for (const library of librariesOf(specifier, language as Language)) {
    if (library.kind === 'retry') return [{ k: 'retry-module', library, path: name === '*' ? '*' : name }];
    if (library.kind === 'http') return [httpExport(library, library.packages.find((each) => each === packageName(specifier)) ?? library.packages[0] ?? library.id, name)];
  }
  return clientsOf(specifier, language as Language).flatMap((client) => {
    const entry = client.packages.find((each) => each.name === specifier);
    const module: AbstractType = { k: 'client-module', client, package: packageOf(client, specifier), default: entry?.default };
    if (name === '*') return entry?.default ? [module, { k: 'client-class', client, type: entry.default, package: module.package }] : [module];
    if (name === 'default') return entry?.default ? [{ k: 'client-class', client, type: entry.default, package: module.package }] : [module];
    // Packages of one library may have the same name for different classes.
    const full = clientMember(module, `${specifier}.${name}`);
    return full.length > 0 ? full : clientMember(module, name);
  });
}

/** The package by the name that manifests have for it, which need not be the one that code imports. */
function packageOf(client: ClientModel, specifier: string): string {
  const imported = client.packages.find((each) => each.imports?.some((name) => specifier === name || specifier.startsWith(`${name}.`)));
  return imported?.name ?? packageName(specifier);
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}
