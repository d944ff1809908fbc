import { clientsOf, librariesOf } from '../../../catalog/index.ts';
import { indexOf } from '../facts/fileIndex.ts';
import type { AbstractType } from './abstractType.ts';
import { clientMember } from './clientMembers.ts';
import { httpExport } from './httpMembers.ts';
import type { Types } from './types.ts';

/** Types of an exported name of whatever a module specifier means. */
export function exportedTypes(types: Types, from: string, specifier: string, name: string, style: 'es' | 'commonjs'): readonly AbstractType[] {
  const target = types.program.resolve(from, specifier);
  if (target.k === 'file') return types.exportOf(target.path, name, style);
  if (target.k === 'package') return packageTypes(specifier, name);
  return [];
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
export function packageTypes(specifier: string, name: string): AbstractType[] {
  for (const library of librariesOf(specifier)) {
    if (library.kind === 'retry') return [{ k: 'retry-module', library, path: name === '*' ? '*' : name }];
    if (library.kind === 'http') return [httpExport(library, packageName(specifier), name)];
  }
  return clientsOf(specifier).flatMap((client) => {
    const entry = client.packages.find((each) => each.name === specifier);
    const module: AbstractType = { k: 'client-module', client, package: packageName(specifier), default: entry?.default };
    if (name === '*') return entry?.default ? [module, { k: 'client-class', client, type: entry.default, package: module.package }] : [module];
    if (name === 'default') return entry?.default ? [{ k: 'client-class', client, type: entry.default, package: module.package }] : [module];
    return clientMember(module, name);
  });
}

function packageName(specifier: string): string {
  const parts = specifier.split('/');
  return specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? specifier);
}
