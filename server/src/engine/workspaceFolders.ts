import path from 'node:path';
import { IgnoreRules } from './ignoreRules.ts';

/** The folders of a workspace, with what is left out of each. */
export class WorkspaceFolders {
  private readonly rules = new Map<string, IgnoreRules>();
  private exclude: readonly string[] = [];

  /** Replaces the folders. */
  set(folders: readonly string[]): void {
    this.rules.clear();
    for (const folder of folders) this.rules.set(path.resolve(folder), new IgnoreRules(folder, this.exclude));
  }

  /** Replaces the globs of what to leave out. Answers whether they differ from the ones before. */
  setExclude(exclude: readonly string[]): boolean {
    if (exclude.length === this.exclude.length && exclude.every((glob, index) => glob === this.exclude[index])) return false;
    this.exclude = [...exclude];
    this.renew();
    return true;
  }

  /** Reads ignore files anew at the next question. */
  renew(): void {
    for (const folder of [...this.rules.keys()]) this.rules.set(folder, new IgnoreRules(folder, this.exclude));
  }

  /** Every folder with its rules, as they stand now. */
  all(): [string, IgnoreRules][] {
    return [...this.rules];
  }

  /** What is left out of one of the folders. */
  rulesOf(folder: string): IgnoreRules | undefined {
    return this.rules.get(folder);
  }

  /** The innermost workspace folder that contains the path. */
  folderOf(file: string): string | undefined {
    let best: string | undefined;
    for (const folder of this.rules.keys()) if (isInside(file, folder) && (best === undefined || folder.length > best.length)) best = folder;
    return best;
  }

  /** Whether the folder that contains the path leaves it out. */
  async isLeftOut(file: string, isFolder: boolean): Promise<boolean> {
    const folder = this.folderOf(file);
    return folder !== undefined && (await (this.rules.get(folder) as IgnoreRules).ignores(file, isFolder));
  }
}

function isInside(file: string, folder: string): boolean {
  return file === folder || file.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}
