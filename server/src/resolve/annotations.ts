import type { TypeFact } from '../facts/facts.ts';
import { type AbstractType, TypeSet } from './abstractType.ts';
import type { Types } from './types.ts';

/** Types that an annotation names. `Promise<T>` is `T`. */
export function annotatedTypes(types: Types, path: string, type: TypeFact): readonly AbstractType[] {
  const out = new TypeSet();
  annotate(types, path, type, out, 0);
  return out.all;
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
  if (['Array', 'ReadonlyArray', 'Set'].includes(type.name)) {
    if (type.args[0]) out.add({ k: 'list', path, type: type.args[0] });
    return;
  }
  const facts = types.program.get(path);
  if (!facts) return;
  const [head = '', ...rest] = type.name.split('.');
  const local = facts.types.find((each) => each.name === head);
  if (local && rest.length === 0) {
    annotate(types, path, local.type, out, depth + 1);
    return;
  }
  const binding = facts.bindings.findIndex((each) => each.name === head && each.in === 0 && (each.kind === 'import' || each.kind === 'class'));
  if (binding < 0) return;
  const imported = facts.bindings[binding]!.import;
  let found: readonly AbstractType[] = types.ofBinding(path, binding);
  if (found.length === 0 && imported !== undefined && rest.length === 0) {
    const fact = facts.imports[imported]!;
    const target = types.program.resolve(path, fact.module);
    if (target.k === 'file') annotateExported(types, target.path, fact.imported, out, depth + 1);
    return;
  }
  for (const name of rest) found = found.flatMap((each) => [...types.member(each, name)]);
  for (const each of found) {
    if (each.k === 'client-class') out.add({ ...each, k: 'client' });
    else if (each.k === 'class') out.add({ k: 'instance', path: each.path, cls: each.cls });
  }
}

/** A named type of another file, through re-exports. */
function annotateExported(types: Types, path: string, name: string, out: TypeSet, depth: number): void {
  const facts = types.program.get(path);
  if (!facts || depth > 10) return;
  const local = facts.types.find((each) => each.name === name);
  if (local) {
    annotate(types, path, local.type, out, depth + 1);
    return;
  }
  for (const each of facts.exports) {
    if (each.from === undefined || (each.name !== '*' && each.name !== name)) continue;
    const target = types.program.resolve(path, each.from);
    if (target.k === 'file') annotateExported(types, target.path, each.name === '*' ? name : (each.imported ?? name), out, depth + 1);
  }
}
