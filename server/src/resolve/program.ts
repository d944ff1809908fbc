import { posix } from 'node:path';
import type { FileFacts, ImportFact } from '../facts/facts.ts';
import { Projects } from './projects.ts';

/** What a module specifier means. */
export type ModuleTarget = { k: 'file'; path: string } | { k: 'package'; name: string; subpath: string } | { k: 'unknown' };

/** An import of a name of some file. */
export interface Importer {
  path: string;
  import: number;
}

/** A name that a file gives to a module. */
export interface DeclaredName {
  path: string;
  module: string;
}

interface SharedModules {
  /** By language and name. */
  names: ReadonlyMap<string, readonly DeclaredName[]>;
  /** By language. */
  everywhere: ReadonlyMap<string, readonly string[]>;
}

/** Where the file of a module may stand, by its name: a language's own rule. `up` is absent for a name that may begin in any folder above. */
export type ModulePlacesOf = (specifier: string) => { up?: number; anywhere?: true; paths: readonly string[] };

const NO_MODULES: ReadonlySet<string> = new Set();
const EXTENSIONS = ['.ts', '.tsx', '.mts', '.cts', '.js', '.jsx', '.mjs', '.cjs'];

/** The lowered files of a workspace with what connects them. Immutable between two changes: look-ups are remembered until `touch`. */
export class Program {
  readonly projects = new Projects();
  private readonly facts = new Map<string, FileFacts>();
  /** Every source file of the workspace, lowered or not. */
  readonly known = new Set<string>();
  /** Those of them that are tests. */
  readonly tests = new Set<string>();
  private readonly rule: (path: string) => ModulePlacesOf | undefined;
  /** By folder and specifier. */
  private targets = new Map<string, Map<string, ModuleTarget>>();
  /** Source files by the last word of their path. */
  private byName: Map<string, string[]> | undefined;
  private importers: Map<string, Importer[]> | undefined;
  private shared: SharedModules | undefined;
  /** Modules that files import, by language and folder of the nearest manifest. */
  private imported: Map<string, Set<string>> | undefined;
  /** Names of methods of classes, by language. */
  private methods: Map<string, Set<string>> | undefined;

  /** @param rule how the language of a file finds modules; undefined where names are paths or packages. */
  constructor(rule: (path: string) => ModulePlacesOf | undefined = () => undefined) {
    this.rule = rule;
  }

  get(path: string): FileFacts | undefined {
    return this.facts.get(path);
  }

  paths(): string[] {
    return [...this.facts.keys()].sort();
  }

  set(path: string, facts: FileFacts): void {
    const before = this.facts.get(path);
    this.facts.set(path, facts);
    this.methods = undefined;
    if (facts.sees) this.shared = undefined;
    // Most edits leave the imports of a file as they are.
    if (before?.imports.length !== facts.imports.length || before.imports.some((each, index) => each.module !== facts.imports[index]!.module)) {
      this.importers = undefined;
      this.imported = undefined;
    }
  }

  delete(path: string): void {
    if (!this.facts.delete(path)) return;
    this.methods = undefined;
    this.importers = undefined;
    this.imported = undefined;
    this.shared = undefined;
  }

  /** The files that declare a name in a module of which several files are a part, each with that module, in path order. */
  declaring(language: string, name: string): readonly DeclaredName[] {
    return this.sharedModules().names.get(`${language}:${name}`) ?? [];
  }

  /** Modules that are opened for all files of a language. */
  openedEverywhere(language: string): readonly string[] {
    return this.sharedModules().everywhere.get(language) ?? [];
  }

  private sharedModules(): SharedModules {
    if (this.shared) return this.shared;
    const names = new Map<string, DeclaredName[]>();
    const everywhere = new Map<string, string[]>();
    for (const path of this.paths()) {
      const { language, exports, imports } = this.facts.get(path)!;
      for (const { name, module } of exports) if (module !== undefined) put(names, `${language}:${name}`, { path, module });
      for (const each of imports) if (each.everywhere) put(everywhere, language, each.module);
    }
    return (this.shared = { names, everywhere });
  }

  /** Forgets what module specifiers mean; called whenever a file comes or goes, or a manifest changes. */
  touch(): void {
    this.targets = new Map();
    this.importers = undefined;
    this.imported = undefined;
    this.byName = undefined;
  }

  /** Resolves a module specifier of a file. */
  resolve(from: string, specifier: string): ModuleTarget {
    const folder = from.slice(0, from.lastIndexOf('/'));
    let targets = this.targets.get(folder);
    if (!targets) this.targets.set(folder, (targets = new Map()));
    let target = targets.get(specifier);
    if (!target) targets.set(specifier, (target = this.find(from, specifier)));
    // A file that has the name of a package which it imports does not mean itself.
    return target.k === 'file' && target.path === from ? this.find(from, specifier, from) : target;
  }

  /** @param except a file that is not meant; without it, the answer is the same for all files of a folder. */
  private find(from: string, specifier: string, except?: string): ModuleTarget {
    const places = this.rule(from)?.(specifier);
    if (places) return this.findPlace(from, specifier, places, except);
    if (specifier.startsWith('.') || specifier.startsWith('/')) {
      const path = this.file(posix.resolve(posix.dirname(from), specifier));
      return path ? { k: 'file', path } : { k: 'unknown' };
    }
    for (const candidate of this.projects.aliased(from, specifier)) {
      const path = this.file(candidate);
      if (path) return { k: 'file', path };
    }
    const parts = specifier.split('/');
    const name = specifier.startsWith('@') ? parts.slice(0, 2).join('/') : (parts[0] ?? '');
    const subpath = specifier.slice(name.length + 1);
    const local = this.projects.named(name);
    if (local) {
      // What is built is not there in a fresh checkout; its source is.
      const candidates = subpath ? [subpath, `src/${subpath}`, subpath.replace(/^(?:dist|lib|build|out|esm?|cjs)\/(?:src\/)?/, 'src/')] : ['src/index', ...(local.main ? [local.main, local.main.replace(/^(?:\.\/)?(?:dist|lib|build|out|esm?|cjs)\/(?:src\/)?/, 'src/')] : []), 'index'];
      for (const each of candidates) {
        const path = this.file(posix.join(local.folder, each));
        if (path) return { k: 'file', path };
      }
    }
    const below = this.belowRoot(from, specifier, name);
    return below === undefined ? { k: 'package', name, subpath } : { k: 'file', path: below };
  }

  /** `services/accounts`, `@/lib/limits`: a file below a root that a bundler, a loader or the environment knows, where no manifest names such a package. */
  private belowRoot(from: string, specifier: string, name: string): string | undefined {
    const end = /^[@~]\/(.+)$/.exec(specifier)?.[1] ?? (specifier.startsWith('@') ? '' : specifier);
    if (!specifier.includes('/') || end === '' || this.projects.rangeOf(from, name) !== undefined) return undefined;
    const stem = end.replace(/\.(?:js|mjs|cjs|jsx)$/, '');
    return EXTENSIONS.flatMap((extension) => [`${stem}${extension}`, `${stem}/index${extension}`]).flatMap((each) => this.nearest(from, each, from) ?? [])[0];
  }

  private findPlace(from: string, specifier: string, { up, anywhere, paths }: ReturnType<ModulePlacesOf>, except: string | undefined): ModuleTarget {
    let folder = posix.dirname(from);
    for (let level = 0; level < (up ?? 0); level++) folder = posix.dirname(folder);
    for (;;) {
      for (const each of paths) {
        const path = posix.join(folder, each);
        if (this.known.has(path) && path !== except) return { k: 'file', path };
      }
      const above = posix.dirname(folder);
      if (up !== undefined) return { k: 'unknown' };
      if (above === folder) {
        const elsewhere = anywhere ? paths.flatMap((each) => this.nearest(from, each, except) ?? [])[0] : undefined;
        return elsewhere === undefined ? { k: 'package', name: specifier, subpath: '' } : { k: 'file', path: elsewhere };
      }
      folder = above;
    }
  }

  /** The file with this end of its path whose folder has most in common with that of another one. */
  private nearest(from: string, end: string, except: string | undefined): string | undefined {
    if (!this.byName) {
      this.byName = new Map();
      for (const path of this.known) {
        const name = path.slice(path.lastIndexOf('/') + 1);
        const list = this.byName.get(name);
        if (list) list.push(path);
        else this.byName.set(name, [path]);
      }
    }
    const found = (this.byName.get(end.slice(end.lastIndexOf('/') + 1)) ?? []).filter((path) => path.endsWith(`/${end}`) && path !== except);
    return found.sort((a, b) => inCommon(from, b) - inCommon(from, a) || (a < b ? -1 : 1))[0];
  }

  /** What an import means: a module, the module below it that has the name which is imported, or one of several that may have it. */
  targetOf(from: string, { module, imported, submodule, among }: ImportFact): ModuleTarget {
    const below = submodule === undefined ? undefined : this.resolve(from, submodule);
    if (below?.k === 'file') return below;
    for (const each of among ?? []) {
      const other = this.resolve(from, `${each}.${imported}`);
      if (other.k === 'file') return other;
    }
    return this.resolve(from, module);
  }

  private file(base: string): string | undefined {
    if (this.known.has(base)) return base;
    const stem = base.replace(/\.(?:js|mjs|cjs|jsx)$/, '');
    for (const extension of EXTENSIONS) {
      if (this.known.has(base + extension)) return base + extension;
      if (stem !== base && this.known.has(stem + extension)) return stem + extension;
    }
    for (const extension of EXTENSIONS) {
      const path = `${base}/index${extension}`;
      if (this.known.has(path)) return path;
    }
    return undefined;
  }

  /** The modules that the lowered files of a file's project import, those of its language. */
  importedBeside(path: string): ReadonlySet<string> {
    if (!this.imported) {
      this.imported = new Map();
      for (const [each, facts] of this.facts) {
        const key = `${facts.language} ${this.projects.nearest(each)}`;
        let modules = this.imported.get(key);
        if (!modules) this.imported.set(key, (modules = new Set()));
        for (const { module } of facts.imports) modules.add(module);
      }
    }
    return this.imported.get(`${this.facts.get(path)?.language} ${this.projects.nearest(path)}`) ?? NO_MODULES;
  }

  /** Whether a class in the lowered files of a language has a method of a name. */
  hasMethod(language: string, name: string): boolean {
    if (!this.methods) {
      this.methods = new Map();
      for (const facts of this.facts.values()) {
        let names = this.methods.get(facts.language);
        if (!names) this.methods.set(facts.language, (names = new Set()));
        for (const cls of facts.classes) for (const method of cls.methods) names.add(method.name);
      }
    }
    return this.methods.get(language)?.has(name) === true;
  }

  /** Imports, `require` and re-exports that name a file, from lowered files, in path order. */
  importersOf(path: string): Importer[] {
    if (!this.importers) {
      this.importers = new Map();
      for (const from of this.paths()) {
        this.facts.get(from)!.imports.forEach((each, index) => {
          const below = this.targetOf(from, each);
          for (const target of new Set([below, this.resolve(from, each.module)])) {
            if (target.k !== 'file') continue;
            const list = this.importers!.get(target.path);
            if (list) list.push({ path: from, import: index });
            else this.importers!.set(target.path, [{ path: from, import: index }]);
          }
        });
      }
    }
    return this.importers.get(path) ?? [];
  }
}

function put<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list) list.push(item);
  else lists.set(key, [item]);
}

/** Length of what two paths begin with together. */
function inCommon(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at++;
  return one.lastIndexOf('/', at);
}
