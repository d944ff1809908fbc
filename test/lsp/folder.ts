import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

/** A folder on disk that lives as long as a test. */
export class TestFolder {
  readonly root: string;

  private constructor(root: string) {
    this.root = root;
  }

  /** Makes a folder with these files, by path relative to it. */
  static async create(files: Record<string, string> = {}): Promise<TestFolder> {
    const folder = new TestFolder(await realpath(await mkdtemp(path.join(os.tmpdir(), 'api-guard-'))));
    for (const [file, text] of Object.entries(files)) await folder.write(file, text);
    return folder;
  }

  /** The absolute path of a file in it. */
  path(...parts: string[]): string {
    return path.join(this.root, ...parts);
  }

  async write(file: string, text: string | Buffer): Promise<string> {
    const target = this.path(file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, text);
    return target;
  }

  async remove(file = ''): Promise<void> {
    await rm(this.path(file), { recursive: true, force: true });
  }
}
