import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { emptyHistory, merged, parseHistory, serialised } from '../../../server/src/limits/history.ts';
import type { History } from '../../../server/src/limits/history.ts';

/** A file that is bigger was not written here, in bytes. */
const MOST_BYTES = 8 * 1024 * 1024;

/** Orgs that are remembered; the one that was not read for longest is forgotten first. */
const MOST_FILES = 20;

/** Histories on disk, one file an org. A file that cannot be read or written is no failure of anything else. */
export class HistoryFiles {
  readonly #folder: string;

  /** @param folder absolute path of a folder of our own; made when it is needed */
  constructor(folder: string) {
    this.#folder = folder;
  }

  /** What is remembered of an org. @param key names the org; never a token */
  async load(key: string): Promise<History> {
    const file = this.#file(key);
    try {
      if ((await stat(file)).size > MOST_BYTES) return emptyHistory();
      return parseHistory(await readFile(file, 'utf8'));
    } catch {
      return emptyHistory();
    }
  }

  /** Remembers, together with what another window has written in the meantime. @returns both. */
  async save(key: string, history: History, now: number): Promise<History> {
    const together = merged(await this.load(key), history, now);
    const file = this.#file(key);
    const draft = `${file}.${randomUUID()}.tmp`;
    try {
      await mkdir(this.#folder, { recursive: true });
      await writeFile(draft, serialised(together), { mode: 0o600 });
      await rename(draft, file);
      await this.#prune();
    } catch {
      await rm(draft, { force: true }).catch(() => undefined);
    }
    return together;
  }

  async remove(key: string): Promise<void> {
    await rm(this.#file(key), { force: true }).catch(() => undefined);
  }

  async #prune(): Promise<void> {
    const names = await readdir(this.#folder);
    if (names.length <= MOST_FILES) return;
    const aged = await Promise.all(names.map(async (name) => ({ name, time: (await stat(join(this.#folder, name)).catch(() => undefined))?.mtimeMs ?? 0 })));
    aged.sort((a, b) => b.time - a.time);
    await Promise.all(aged.slice(MOST_FILES).map(({ name }) => rm(join(this.#folder, name), { force: true })));
  }

  /** Names of orgs may hold anything, so a file is called by a digest. */
  #file(key: string): string {
    return join(this.#folder, `${createHash('sha256').update(key).digest('hex').slice(0, 32)}.json`);
  }
}
