import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import ignore, { type Ignore } from 'ignore';
import { globToIgnorePatterns } from './globs.ts';

/** Folders that hold other people's code or a version store; never looked into. */
const ALWAYS_SKIPPED = new Set(['node_modules', 'bower_components', 'jspm_packages', '.git', '.hg', '.svn', '.jj']);

/** Whether some part of the path below `root` is a folder that is never looked into. */
export function isInSkippedFolder(root: string, file: string): boolean {
  return path.relative(root, file).split(path.sep).some((part) => ALWAYS_SKIPPED.has(part));
}

/**
 * What is left out below one folder: every `.gitignore` from the repository's top down to the file, `.git/info/exclude`, the globs given, and
 * folders of installed packages. Reads each `.gitignore` once; make a new one when such a file changes.
 */
export class IgnoreRules {
  readonly root: string;
  /** Matchers of folders above the root, innermost first. They apply only if they do not ignore the root itself. */
  private above: Promise<readonly FolderRules[]> | undefined;
  private readonly excluded: Ignore | undefined;
  /** By folder, what holds for its entries. */
  private readonly byFolder = new Map<string, Promise<readonly FolderRules[]>>();

  constructor(root: string, exclude: readonly string[] = []) {
    this.root = path.resolve(root);
    if (exclude.length > 0) this.excluded = matcher(exclude.flatMap(globToIgnorePatterns).join('\n'));
  }

  /** Whether a path is left out, looking at every folder between the root and it. The root itself never is. */
  async ignores(target: string, isFolder: boolean): Promise<boolean> {
    const relative = path.relative(this.root, target);
    if (relative === '' || relative.startsWith('..') || path.isAbsolute(relative)) return false;
    const parts = relative.split(path.sep);
    let current = this.root;
    for (let index = 0; index < parts.length; index++) {
      current = path.join(current, parts[index] as string);
      if (await this.ignoresEntry(current, index < parts.length - 1 || isFolder)) return true;
    }
    return false;
  }

  /** The same for an entry whose parent folders are known not to be left out. */
  async ignoresEntry(target: string, isFolder: boolean): Promise<boolean> {
    return (await this.inside(path.dirname(target)))(target, isFolder);
  }

  /** Says which entries of a folder are left out that is not left out itself. @param hasOwn false where the folder is known to have no `.gitignore` */
  async inside(folder: string, hasOwn = true): Promise<(target: string, isFolder: boolean) => boolean> {
    const rules = await this.rulesIn(folder, hasOwn);
    return (target, isFolder) => {
      if (isFolder && ALWAYS_SKIPPED.has(path.basename(target))) return true;
      if (this.excluded && verdict(this.excluded, this.root, target, isFolder) === 'ignored') return true;
      for (const each of rules) {
        const answer = verdict(each.matcher, each.folder, target, isFolder);
        if (answer !== 'silent') return answer === 'ignored';
      }
      return false;
    };
  }

  /** The rules that hold for the entries of a folder, innermost first. */
  private rulesIn(folder: string, hasOwn: boolean): Promise<readonly FolderRules[]> {
    let rules = this.byFolder.get(folder);
    if (!rules) this.byFolder.set(folder, (rules = this.readRulesIn(folder, hasOwn)));
    return rules;
  }

  private async readRulesIn(folder: string, hasOwn: boolean): Promise<readonly FolderRules[]> {
    const isTop = folder === this.root || folder === path.dirname(folder);
    const around = await (isTop ? (this.above ??= rulesAbove(this.root)) : this.rulesIn(path.dirname(folder), true));
    const own = hasOwn ? await readRules(path.join(folder, '.gitignore')) : undefined;
    return own ? [{ folder, matcher: own }, ...around] : around;
  }
}

/** What the `.gitignore` of a folder says. */
interface FolderRules {
  folder: string;
  matcher: Ignore;
}

function matcher(patterns: string): Ignore {
  // Git follows the file system here: case matters on Linux and not on the others' default file systems.
  return ignore({ ignorecase: process.platform !== 'linux' }).add(patterns);
}

function verdict(rules: Ignore, folder: string, target: string, isFolder: boolean): 'ignored' | 'kept' | 'silent' {
  // Nearly all lie below the folder: finding that out anew for each part of the path would be most of a walk's work.
  const below = target.startsWith(folder + path.sep) ? target.slice(folder.length + 1) : path.relative(folder, target);
  const relative = below.split(path.sep).join('/') + (isFolder ? '/' : '');
  try {
    const answer = rules.test(relative);
    return answer.ignored ? 'ignored' : answer.unignored ? 'kept' : 'silent';
  } catch {
    return 'silent';
  }
}

async function readRules(file: string): Promise<Ignore | undefined> {
  try {
    return matcher(await readFile(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** Rules of the repository that the root lies in. A folder given on purpose counts even where its repository ignores it: then none apply. */
async function rulesAbove(root: string): Promise<FolderRules[]> {
  const found: FolderRules[] = [];
  let insideRepository = false;
  for (let folder = root; ; folder = path.dirname(folder)) {
    if (folder !== root) {
      const rules = await readRules(path.join(folder, '.gitignore'));
      if (rules) found.push({ folder, matcher: rules });
    }
    if (await hasGit(folder)) {
      const own = await readRules(path.join(folder, '.git', 'info', 'exclude'));
      if (own) found.push({ folder, matcher: own });
      insideRepository = true;
      break;
    }
    if (folder === path.dirname(folder)) break;
  }
  if (!insideRepository) return [];
  const ignoresRoot = found.some(({ folder, matcher: rules }) => folder !== root && verdict(rules, folder, root, true) === 'ignored');
  return ignoresRoot ? [] : found;
}

async function hasGit(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).includes('.git');
  } catch {
    return false;
  }
}
