import type { FileFacts, ValueId } from '../facts/facts.ts';
import type { Program } from './program.ts';

/** The places of a name in one file. */
export interface NamedFile {
  path: string;
  values: readonly ValueId[];
}

/** The names of the places of one kind in a file, each with its places. */
export type NamesOf = (facts: FileFacts) => Iterable<readonly [string, readonly ValueId[]]>;

const NONE: readonly NamedFile[] = [];

/**
 * The files of a program that have a name, by that name. What one edit changes is little, and there may be thousands of files: the lists outlive the state of
 * the program that they were made in, and only the files whose facts have changed since are looked at again.
 */
export class NamedFiles {
  private readonly namesOf: NamesOf;
  private readonly files = new Map<string, NamedFile[]>();
  /** By file, the facts whose names are in the lists. */
  private readonly known = new Map<string, FileFacts>();

  private constructor(namesOf: NamesOf) {
    this.namesOf = namesOf;
  }

  /** The files by the names of one kind, those of the program as it is now. @param namesOf the same function each time, one a kind */
  static of(program: Program, namesOf: NamesOf): NamedFiles {
    let kinds = byProgram.get(program);
    if (!kinds) byProgram.set(program, (kinds = new Map()));
    let files = kinds.get(namesOf);
    if (!files) kinds.set(namesOf, (files = new NamedFiles(namesOf)));
    files.update(program);
    return files;
  }

  /** The files that have a name, in path order. */
  having(name: string): readonly NamedFile[] {
    return this.files.get(name) ?? NONE;
  }

  private update(program: Program): void {
    for (const [path, facts] of this.known) {
      if (program.get(path) === facts) continue;
      for (const [name] of this.namesOf(facts)) this.remove(name, path);
      this.known.delete(path);
    }
    for (const path of program.paths()) {
      if (this.known.has(path)) continue;
      const facts = program.get(path)!;
      // A file stands in the lists as a whole or not at all, whatever happens on the way.
      const names = [...this.namesOf(facts)];
      for (const [name, values] of names) this.add(name, { path, values });
      this.known.set(path, facts);
    }
  }

  private remove(name: string, path: string): void {
    const list = this.files.get(name)!;
    if (list.length === 1) this.files.delete(name);
    else list.splice(list.findIndex((each) => each.path === path), 1);
  }

  private add(name: string, file: NamedFile): void {
    const list = this.files.get(name);
    if (!list) {
      this.files.set(name, [file]);
      return;
    }
    // At first they come in this order.
    const later = list.at(-1)!.path <= file.path ? -1 : list.findIndex((each) => each.path > file.path);
    if (later < 0) list.push(file);
    else list.splice(later, 0, file);
  }
}

const byProgram = new WeakMap<Program, Map<NamesOf, NamedFiles>>();
