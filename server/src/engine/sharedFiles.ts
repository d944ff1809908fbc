import type { SharedNames } from '../languages/outline.ts';

/** A file of a language in which several files make one module. */
export interface SharingFile {
  path: string;
  language: string;
  /** What it opens. */
  modules: readonly string[];
  names: SharedNames;
}

/** Names that more files declare say little about which of them is meant. */
const MOST = 40;

/**
 * Which files a file takes names from, by their texts alone: those that declare a word of it in a module that it sees, and those whose types extend or implement
 * one so declared. More may be told than are needed, for a word need not be a type.
 * @param tell told of each pair of a file and one from which it takes names
 */
export function eachSharing(files: readonly SharingFile[], tell: (from: string, to: string) => void): void {
  const declared = new Map<string, SharingFile[]>();
  const provided = new Map<string, SharingFile[]>();
  const everywhere = new Set<string>();
  for (const file of files) {
    for (const name of file.names.declares) put(declared, `${file.language}:${name}`, file);
    for (const name of file.names.provides) put(provided, `${file.language}:${name}`, file);
    for (const module of file.names.everywhere) everywhere.add(module);
  }
  for (const file of files) {
    const seen = new Set<string>(['', ...everywhere, ...file.modules, ...file.names.modules.flatMap(around)]);
    // A name of a module around may be left out before what is opened; a module's name may be written before what is taken from it.
    const words = new Set(file.names.uses);
    const writes = (module: string): boolean => module !== '' && module.split('.').every((word) => words.has(word));
    const sees = (module: string): boolean => seen.has(module) || file.modules.some((each) => module.endsWith(`.${each}`)) || writes(module);
    const targets = new Set<string>();
    for (const word of file.names.uses) {
      const key = `${file.language}:${word}`;
      const makers = (declared.get(key) ?? []).filter(({ names }) => names.modules.length === 0 || names.modules.some(sees));
      if (makers.length === 0 || makers.length > MOST) continue;
      const users = provided.get(key) ?? [];
      for (const each of users.length > MOST ? makers : [...makers, ...users]) targets.add(each.path);
    }
    targets.delete(file.path);
    for (const target of targets) tell(file.path, target);
  }
}

/** Whether two texts share the same names. */
export function isSameNames(one: SharedNames | undefined, other: SharedNames | undefined): boolean {
  const keys = ['modules', 'declares', 'provides', 'everywhere', 'uses'] as const;
  if (!one || !other) return one === other;
  return keys.every((key) => one[key].length === other[key].length && one[key].every((name, index) => other[key][index] === name));
}

/** `A.B.C` stands in `A.B` and in `A`. */
function around(name: string): string[] {
  const out: string[] = [];
  for (let end = name.length; end > 0; end = name.lastIndexOf('.', end - 1)) out.push(name.slice(0, end));
  return out;
}

function put<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}
