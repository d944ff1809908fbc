import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import { IgnoreRules } from './ignoreRules.ts';
import { MAX_SOURCE_BYTES, fileRole } from './sourceFile.ts';

/** A file that the engine wants to see. */
export interface DiscoveredFile {
  /** Absolute. */
  path: string;
  /** In bytes. */
  size: number;
  role: 'source' | 'project';
}

/** How a folder is walked. */
export interface DiscoverOptions {
  /** Globs of what to leave out, relative to the root, in the notation of the editor's `files.exclude`. */
  exclude?: readonly string[];
  /** Rules made before, to share what they have read. They may belong to a folder above the root. */
  rules?: IgnoreRules;
  /** Larger files are left out and told to `onSkipped`. In bytes; one million if absent. */
  maxBytes?: number;
  /** Told of every folder or file that cannot be read, with the system's error code. */
  onUnreadable?: (path: string, reason: string) => void;
  /** Told of every source file that was left out for its size. */
  onSkipped?: (path: string, reason: string) => void;
  /** Asks the disk and waits, for a process that has nothing else to do meanwhile: several times as fast where folders are many. */
  now?: boolean;
  /** Ends the walk early; what was found until then stands. */
  signal?: AbortSignal;
}

/**
 * Walks a folder and yields its sources and project files, sorted by their path with `/` between the parts. Left out is what `.gitignore` files
 * and `exclude` say, installed packages (those of pip by what it leaves beside them), version stores, `*.min.js`, and files over the size limit. Symbolic links below the root
 * are not followed: what they lead to is either in the folder anyway or not part of it, and loops cannot occur. A root that is a source file is yielded
 * itself, whatever the rules say, for somebody named it. Never throws.
 */
export async function* discoverFiles(root: string, options: DiscoverOptions = {}): AsyncGenerator<DiscoveredFile> {
  const top = path.resolve(root);
  try {
    const info = await stat(top);
    if (info.isFile()) {
      const role = fileRole(top);
      if (role) yield { path: top, size: info.size, role };
      return;
    }
  } catch (error) {
    options.onUnreadable?.(top, errorCode(error));
    return;
  }
  yield* walk(top, options.rules ?? new IgnoreRules(top, options.exclude), options);
}

async function* walk(folder: string, rules: IgnoreRules, options: DiscoverOptions): AsyncGenerator<DiscoveredFile> {
  if (options.signal?.aborted) return;
  let entries: Dirent[];
  try {
    entries = options.now ? readdirSync(folder, { withFileTypes: true }) : await readdir(folder, { withFileTypes: true });
  } catch (error) {
    options.onUnreadable?.(folder, errorCode(error));
    return;
  }
  const isIgnored = await rules.inside(folder, entries.some(({ name }) => name === '.gitignore'));
  const looks = withoutInstalled(entries).sort(byPath).map((entry) => lookAt(path.join(folder, entry.name), entry, isIgnored));
  if (options.now) looks.forEach(measureNow);
  // Asked of all entries at once: one after another, the waiting is most of a walk's time.
  else await Promise.all(looks.map(measure));
  for (const { target, folder: isFolder, role, size, trouble } of looks) {
    if (options.signal?.aborted) return;
    if (isFolder) yield* walk(target, rules, options);
    else if (trouble !== undefined) options.onUnreadable?.(target, trouble);
    else if (role && size > (options.maxBytes ?? MAX_SOURCE_BYTES)) options.onSkipped?.(target, `${size} bytes`);
    else if (role) yield { path: target, size, role };
  }
}

/** What pip has written beside a package that it has installed into a folder, as `pip install -t` does for AWS Lambda: `requests-2.32.4.dist-info`. */
const INSTALLED = /^(.+?)-\d[^-]*\.dist-info$/;

/** What of a folder nobody has installed there: a package of others is no part of the project, and is known by its name. */
function withoutInstalled(entries: Dirent[]): Dirent[] {
  const installed = new Set(entries.flatMap(({ name }) => INSTALLED.exec(name)?.[1]?.toLowerCase().replace(/[-.]/g, '_') ?? []));
  return installed.size === 0 ? entries : entries.filter(({ name }) => !installed.has(name.replace(/\.py$/, '').toLowerCase()));
}

/** What an entry of a folder is to the walk: a folder to look into, a file of a role, something that cannot be read, or none of these. */
interface Look {
  target: string;
  folder: boolean;
  role?: DiscoveredFile['role'];
  /** In bytes. */
  size: number;
  trouble?: string;
}

function lookAt(target: string, entry: Dirent, isIgnored: (target: string, isFolder: boolean) => boolean): Look {
  if (entry.isDirectory()) return { target, folder: !isIgnored(target, true), size: 0 };
  const role = entry.isFile() ? fileRole(entry.name) : undefined;
  return role && !isIgnored(target, false) ? { target, folder: false, role, size: 0 } : { target, folder: false, size: 0 };
}

async function measure(look: Look): Promise<void> {
  if (!look.role) return;
  try {
    look.size = (await lstat(look.target)).size;
  } catch (error) {
    look.trouble = errorCode(error);
  }
}

function measureNow(look: Look): void {
  if (!look.role) return;
  try {
    look.size = lstatSync(look.target).size;
  } catch (error) {
    look.trouble = errorCode(error);
  }
}

function byPath(a: Dirent, b: Dirent): number {
  const left = a.isDirectory() ? `${a.name}/` : a.name;
  const right = b.isDirectory() ? `${b.name}/` : b.name;
  return left < right ? -1 : left > right ? 1 : 0;
}

function errorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? String(error);
}
