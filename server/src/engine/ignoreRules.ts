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
  private above: { folder: string; matcher: Ignore }[] | undefined;
  private readonly excluded: Ignore;
  private readonly byFolder = new Map<string, Promise<Ignore | undefined>>();

  constructor(root: string, exclude: readonly string[] = []) {
    this.root = path.resolve(root);
    this.excluded = matcher(exclude.flatMap(globToIgnorePatterns).join('\n'));
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
    if (isFolder && ALWAYS_SKIPPED.has(path.basename(target))) return true;
    if (verdict(this.excluded, this.root, target, isFolder) === 'ignored') return true;
    for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
      const rules = await this.rulesOf(folder);
      const answer = rules ? verdict(rules, folder, target, isFolder) : 'silent';
      if (answer !== 'silent') return answer === 'ignored';
      if (folder === this.root || folder === path.dirname(folder)) break;
    }
    this.above ??= await rulesAbove(this.root);
    for (const { folder, matcher: rules } of this.above) {
      const answer = verdict(rules, folder, target, isFolder);
      if (answer !== 'silent') return answer === 'ignored';
    }
    return false;
  }

  private rulesOf(folder: string): Promise<Ignore | undefined> {
    let rules = this.byFolder.get(folder);
    if (!rules) this.byFolder.set(folder, (rules = readRules(path.join(folder, '.gitignore'))));
    return rules;
  }
}

function matcher(patterns: string): Ignore {
  // Git follows the file system here: case matters on Linux and not on the others' default file systems.
  return ignore({ ignorecase: process.platform !== 'linux' }).add(patterns);
}

function verdict(rules: Ignore, folder: string, target: string, isFolder: boolean): 'ignored' | 'kept' | 'silent' {
  const relative = path.relative(folder, target).split(path.sep).join('/') + (isFolder ? '/' : '');
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
async function rulesAbove(root: string): Promise<{ folder: string; matcher: Ignore }[]> {
  const found: { folder: string; matcher: Ignore }[] = [];
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
