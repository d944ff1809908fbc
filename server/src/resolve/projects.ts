import { posix } from 'node:path';
import semver from 'semver';
import { broughtBy } from '../../../catalog/index.ts';

/** What manifests say of the nearest package of a file. */
export interface Project {
  /** Folder of the package.json, with `/`; empty where there is none. */
  folder: string;
  name?: string;
  type: 'module' | 'commonjs';
  /** Version ranges of dependencies of every kind. */
  dependencies: Record<string, string>;
  /** Those that are there when the package runs, and not only when it is developed. */
  atRunTime: ReadonlySet<string>;
  main?: string;
}

/** Import path aliases of a tsconfig or jsconfig. */
interface Aliases {
  folder: string;
  baseUrl?: string;
  paths: [pattern: string, targets: string[]][];
}

/** What a tsconfig says of the language that is compiled to. */
interface Compiler {
  folder: string;
  extends?: string;
  target?: string;
  lib?: string[];
}

const NONE: Project = { folder: '', type: 'commonjs', dependencies: {}, atRunTime: new Set() };

/** Packages and path aliases of a workspace, from the texts of its manifests. Garbage in a manifest counts as an empty one. */
export class Projects {
  private readonly packages = new Map<string, Project>();
  /** Packages that manifests other than package.json name, by folder and path. */
  private readonly lists = new Map<string, Map<string, Record<string, string>>>();
  private readonly aliases = new Map<string, Aliases>();
  private readonly compilers = new Map<string, Compiler>();
  /** Counts changes: what was concluded from an earlier state no longer holds. */
  revision = 0;
  /** Answers of `rangeOf` by folder and package. */
  private readonly ranges = new Map<string, Map<string, string | undefined>>();

  /** Takes a package.json, tsconfig.json or jsconfig.json; `undefined` forgets it. */
  set(path: string, text: string | undefined): void {
    const folder = posix.dirname(path);
    this.ranges.clear();
    this.revision++;
    if (path.endsWith('/package.json')) {
      const json = text === undefined ? undefined : readJson(text);
      if (json === undefined) this.packages.delete(folder);
      else this.packages.set(folder, toProject(folder, json));
    } else {
      const json = text === undefined ? undefined : readJson(text);
      if (json === undefined) {
        this.aliases.delete(path);
        this.compilers.delete(path);
      } else {
        this.aliases.set(path, toAliases(folder, json));
        this.compilers.set(path, toCompiler(folder, json));
      }
    }
  }

  /** Takes the packages that a manifest of another kind names, with version ranges; `undefined` forgets it. */
  setDependencies(path: string, dependencies: Record<string, string> | undefined): void {
    const folder = posix.dirname(path);
    this.ranges.clear();
    this.revision++;
    const lists = this.lists.get(folder) ?? new Map<string, Record<string, string>>();
    if (dependencies) lists.set(path, dependencies);
    else lists.delete(path);
    this.lists.set(folder, lists);
  }

  /** The nearest package above a file. */
  of(path: string): Project {
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const found = this.packages.get(folder);
      if (found) return found;
      if (folder === posix.dirname(folder)) return NONE;
    }
  }

  /** The nearest folder above a file with a manifest of any kind; empty where there is none. */
  nearest(path: string): string {
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      if (this.packages.has(folder) || this.lists.get(folder)?.size) return folder;
      if (folder === posix.dirname(folder)) return '';
    }
  }

  /** Names of the libraries of the language that TypeScript knows in a file, in lower case: `es2022`, `dom`. Undefined where no configuration says it. */
  librariesOf(path: string): readonly string[] | undefined {
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      const found = this.compilers.get(posix.join(folder, 'tsconfig.json'));
      if (found) return this.libraries(found, 0);
      if (folder === posix.dirname(folder)) return undefined;
    }
  }

  private libraries({ folder, lib, target, extends: base }: Compiler, depth: number): readonly string[] | undefined {
    if (lib) return lib;
    const inherited = base?.startsWith('.') && depth < 10 ? this.compilers.get(posix.join(folder, base.endsWith('.json') ? base : `${base}.json`)) : undefined;
    const above = inherited && this.libraries(inherited, depth + 1);
    return target === undefined ? above : [target];
  }

  /** A workspace package by its name. */
  named(name: string): Project | undefined {
    for (const each of this.packages.values()) if (each.name === name) return each;
    return undefined;
  }

  all(): Project[] {
    return [...this.packages.values()];
  }

  /** Paths without extension that an aliased import may mean, nearest configuration first. */
  aliased(from: string, specifier: string): string[] {
    const out: string[] = [];
    const configs = [...this.aliases.values()].filter((each) => from.startsWith(`${each.folder}/`)).sort((a, b) => b.folder.length - a.folder.length);
    for (const config of configs) {
      for (const [pattern, targets] of config.paths) {
        const star = pattern.indexOf('*');
        const head = star < 0 ? pattern : pattern.slice(0, star);
        const tail = star < 0 ? '' : pattern.slice(star + 1);
        if (star < 0 ? specifier !== pattern : !(specifier.startsWith(head) && specifier.endsWith(tail))) continue;
        const middle = star < 0 ? '' : specifier.slice(head.length, specifier.length - tail.length);
        for (const target of targets) out.push(posix.join(config.folder, config.baseUrl ?? '.', target.replace('*', middle)));
      }
      if (config.baseUrl !== undefined) out.push(posix.join(config.folder, config.baseUrl, specifier));
    }
    return out;
  }

  /** Whether the installed version of a package lies in `range`: by its range in the nearest manifests or by what brings it, else `maybe`. */
  fits(path: string, packageName: string, range: string | undefined): 'yes' | 'no' | 'maybe' {
    if (range === undefined) return 'yes';
    const wanted = this.rangeOf(path, packageName) ?? this.rangeBrought(path, packageName);
    if (wanted === undefined) return 'maybe';
    try {
      if (!semver.intersects(wanted, range, { includePrerelease: true })) return 'no';
      return semver.subset(wanted, range, { includePrerelease: true }) ? 'yes' : 'maybe';
    } catch {
      return 'maybe';
    }
  }

  /** Whether a version can lie in both ranges; garbage in either counts as one that it can lie in. */
  static meets(one: string | undefined, other: string | undefined): boolean {
    if (one === undefined || other === undefined) return true;
    try {
      return semver.intersects(one, other, { includePrerelease: true });
    } catch {
      return true;
    }
  }

  /** Whether every version of one range lies in the other; garbage lies in none. */
  static within(one: string, other: string): boolean {
    try {
      return semver.subset(rangeWritten(one) ?? '', other, { includePrerelease: true });
    } catch {
      return false;
    }
  }

  /** The version range that the manifests above a file give for a package, if it is one. */
  rangeOf(path: string, packageName: string): string | undefined {
    return this.rangeIn(posix.dirname(path), packageName);
  }

  /** The version range of a package that no manifest names, by the version of one that depends on it. */
  private rangeBrought(path: string, packageName: string): string | undefined {
    const carriers = broughtBy(packageName);
    if (carriers.length === 0 || this.isNamed(path, packageName)) return undefined;
    return carriers.find(({ by, versions }) => {
      const range = this.rangeOf(path, by);
      return range !== undefined && Projects.within(range, versions);
    })?.range;
  }

  /** Whether a package.json above a file names a package, in whatever version. */
  private isNamed(path: string, packageName: string): boolean {
    for (let folder = posix.dirname(path); ; folder = posix.dirname(folder)) {
      if (this.packages.get(folder)?.dependencies[packageName] !== undefined) return true;
      if (folder === posix.dirname(folder)) return false;
    }
  }

  private rangeIn(folder: string, packageName: string): string | undefined {
    let known = this.ranges.get(folder);
    if (!known) this.ranges.set(folder, (known = new Map()));
    if (!known.has(packageName)) {
      const own = this.rangeNamedIn(folder, packageName);
      const above = posix.dirname(folder);
      known.set(packageName, own !== undefined ? rangeWritten(own) : folder === above ? undefined : this.rangeIn(above, packageName));
    }
    return known.get(packageName);
  }

  /** What the manifests of a folder itself say of a package. */
  private rangeNamedIn(folder: string, packageName: string): string | undefined {
    const named = this.packages.get(folder)?.dependencies[packageName];
    const lists = this.lists.get(folder);
    if (named !== undefined || !lists) return named;
    const listed = [...lists.values()].map((list) => list[packageName]);
    return listed.find((each) => each !== undefined && each !== '*') ?? (listed.includes('*') ? '>=0' : undefined);
  }
}

/** A dependency's version as npm reads it: whatever is newest is newer than any version that behaviour changed in. */
function rangeWritten(text: string): string | undefined {
  if (/^(?:latest|next|\*|x|)$/.test(text.trim())) return '>=9999.0.0';
  const alias = /^(?:npm:(?:@[^/]+\/)?[^@]+@|workspace:)(.+)$/.exec(text);
  return semver.validRange(alias ? alias[1]! : text) ?? undefined;
}

function readJson(text: string): Record<string, unknown> | undefined {
  try {
    // tsconfig.json may carry comments and trailing commas.
    const plain = text.replace(/("(?:\\.|[^"\\])*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_all, string?: string) => string ?? '').replace(/,(\s*[}\]])/g, '$1');
    const value: unknown = JSON.parse(plain);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

function toProject(folder: string, json: Record<string, unknown>): Project {
  const dependencies: Record<string, string> = Object.create(null);
  const atRunTime = new Set<string>();
  for (const key of ['peerDependencies', 'devDependencies', 'optionalDependencies', 'dependencies']) {
    const group = json[key];
    if (typeof group !== 'object' || group === null) continue;
    for (const [name, range] of Object.entries(group)) {
      if (typeof range !== 'string') continue;
      dependencies[name] = range;
      if (key !== 'devDependencies') atRunTime.add(name);
    }
  }
  const project: Project = { folder, type: json['type'] === 'module' ? 'module' : 'commonjs', dependencies, atRunTime };
  if (typeof json['name'] === 'string') project.name = json['name'];
  if (typeof json['main'] === 'string') project.main = json['main'];
  return project;
}

function toCompiler(folder: string, json: Record<string, unknown>): Compiler {
  const out: Compiler = { folder };
  if (typeof json['extends'] === 'string') out.extends = json['extends'];
  const options = json['compilerOptions'];
  if (typeof options !== 'object' || options === null) return out;
  const { target, lib } = options as Record<string, unknown>;
  if (typeof target === 'string') out.target = target.toLowerCase();
  if (Array.isArray(lib)) out.lib = lib.filter((each) => typeof each === 'string').map((each) => each.toLowerCase());
  return out;
}

function toAliases(folder: string, json: Record<string, unknown>): Aliases {
  const options = json['compilerOptions'];
  const out: Aliases = { folder, paths: [] };
  if (typeof options !== 'object' || options === null) return out;
  const { baseUrl, paths } = options as Record<string, unknown>;
  if (typeof baseUrl === 'string') out.baseUrl = baseUrl;
  if (typeof paths === 'object' && paths !== null) {
    for (const [pattern, targets] of Object.entries(paths)) {
      if (Array.isArray(targets)) out.paths.push([pattern, targets.filter((each) => typeof each === 'string')]);
    }
  }
  return out;
}
