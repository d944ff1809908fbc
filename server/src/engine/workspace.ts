import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Engine, FileAnalysis } from './engine.ts';
import type { WorkspaceRules } from '../report/ruleSettings.ts';
import { withoutCallersWord } from './callersWord.ts';
import { discoverFiles, type DiscoveredFile } from './discover.ts';
import { manifestNames, relativeSpecifiers, resolveSpecifier } from './directImports.ts';
import { EngineTexts } from './engineTexts.ts';
import type { EventOutcome, FileEvent } from './fileEvents.ts';
import { isInSkippedFolder } from './ignoreRules.ts';
import { MAX_SOURCE_BYTES, fileRole, isMinified, readSource, type ReadResult } from './sourceFile.ts';
import { WorkspaceFolders } from './workspaceFolders.ts';
import { WorkspaceTurns, breathe, eachConcurrently } from './workspaceTurns.ts';

/** What a workspace needs from its host. */
export interface WorkspaceHost {
  /** Makes the engine; called once, at the first need. */
  loadEngine(): Promise<Engine>;
  /** Told of what could not be read, in plain words. */
  log(message: string): void;
}

/** Files read before the engine gets its turn on them, so that a waiting edit waits for one chunk and no more. */
const CHUNK = 32;
/** Chunks after which an index lowers what was read: each time the engine asks anew which files it needs. */
const CHUNKS_A_LOWERING = 4;
/** Files open at the same time while reading. */
const READ_WIDTH = 8;

/**
 * The files of a workspace, kept in step with disk and editor. Unsaved text wins over disk for as long as the document is open.
 * Knows the file system and the engine, no protocol. Every method may be called at any time and in any order.
 */
export class Workspace {
  private readonly host: WorkspaceHost;
  private engineLoading: Promise<Engine> | undefined;
  private engine: Engine | undefined;
  private readonly turns = new WorkspaceTurns();
  private readonly folders = new WorkspaceFolders();
  private rules: WorkspaceRules | undefined;
  /** Text of open documents by path; `stale` until the engine has it. */
  private readonly opened = new Map<string, { text: string; stale: boolean }>();
  /** Files known from a folder, with the stamp of the content that the engine has. */
  private readonly indexed = new Map<string, string>();
  /** For each open document, the files it needs at once, as found from the text kept here; no text: look again. */
  private readonly near = new Map<string, { text: string | undefined; files: Set<string> }>();
  private readonly given = new EngineTexts();
  /** Whether every file that may call another has been read once, or never will be. */
  private callersKnown = false;
  /** Bumped when folders or exclusions change, so that an index run under older ones ends. */
  private generation = 0;

  constructor(host: WorkspaceHost) {
    this.host = host;
  }

  /** How many files the engine has been given. */
  get fileCount(): number {
    return this.engine?.paths().length ?? 0;
  }

  /** Files lowered since the start; 0 while nothing had a trace of Salesforce. */
  get lowerings(): number {
    return this.engine?.lowerings ?? 0;
  }

  /** Grammars loaded since the start. */
  get grammarsLoaded(): number {
    return this.engine?.grammarsLoaded ?? 0;
  }

  /** Whether a file known so far has a trace of Salesforce. */
  hasTrace(): boolean {
    return this.engine?.hasTrace() ?? false;
  }

  /** Whether this file or its package has a trace of Salesforce, as far as it has been read. */
  isTraced(file: string): boolean {
    return this.engine?.isTraced(file) ?? false;
  }

  /** Replaces the workspace folders. Files that are in none of them any more are forgotten; new folders are read by `index`. */
  async setFolders(folders: readonly string[]): Promise<void> {
    this.generation++;
    this.folders.set(folders);
    for (const file of [...this.indexed.keys()]) if (!this.folders.folderOf(file)) this.indexed.delete(file);
    await this.forgetUnowned();
  }

  /** Replaces the globs of what to leave out. Takes effect at the next `index`. Answers whether they differ from the ones before. */
  setExclude(exclude: readonly string[]): boolean {
    if (!this.folders.setExclude(exclude)) return false;
    this.generation++;
    return true;
  }

  /** The workspace folders. */
  get folderPaths(): string[] {
    return [...this.folders.all()].map(([folder]) => folder);
  }

  /** The catalogue's clients or libraries are others than before. */
  catalogChanged(): void {
    this.engine?.catalogChanged();
  }

  /** Replaces what is decided about the rules. */
  setRules(rules: WorkspaceRules): void {
    this.rules = rules;
    this.engine?.setRules(rules);
  }

  /** Takes an open document's text, which counts from now on instead of the file on disk. Nothing is read or analysed yet. */
  setOpen(file: string, text: string): void {
    this.opened.set(file, { text, stale: true });
  }

  /** The document was closed: the file on disk counts again, if it belongs to the workspace. */
  async close(file: string): Promise<void> {
    if (!this.opened.delete(file)) return;
    this.near.delete(file);
    // The engine may hold what the editor had and did not save.
    await this.readFiles([file]);
    await this.forgetUnowned();
  }

  /** The text that the analysis sees. */
  text(file: string): string | undefined {
    return this.opened.get(file)?.text ?? this.engine?.text(file);
  }

  /**
   * Analyses an open or indexed file, after lowering whatever changed. Waits for the file, its imports and at most one chunk of a running index,
   * never for the whole index. Undefined when aborted.
   */
  async analyse(file: string, signal?: AbortSignal): Promise<FileAnalysis | undefined> {
    const engine = await this.loadedEngine();
    await this.readNear();
    return this.turns.take('foreground', async () => {
      this.flush(engine);
      if (signal?.aborted) return undefined;
      if (!engine.hasTrace()) return { calls: [], findings: [] };
      await engine.prepare(signal);
      if (signal?.aborted) return undefined;
      if (engine.text(file) === undefined) return { calls: [], findings: [] };
      const analysis = engine.analyse(file);
      return this.callersKnown || !this.folders.folderOf(file) ? analysis : withoutCallersWord(analysis);
    });
  }

  /** No index will come: findings are told on what is known, though a caller may be missing. */
  settleForKnownCallers(): void {
    this.callersKnown = true;
  }

  /** Asks the engine in its turn, as it is after the latest `analyse`. */
  async ask<T>(question: (engine: Engine) => T): Promise<T> {
    const engine = await this.loadedEngine();
    return this.turns.take('foreground', () => question(engine));
  }

  /** Makes sure that `isTraced` has an answer for an open file: its text, its package's manifest and its imports are read. Nothing is parsed. */
  async ensureNear(): Promise<void> {
    const engine = await this.loadedEngine();
    await this.readNear();
    await this.turns.take('foreground', () => this.flush(engine));
  }

  /**
   * Reads every folder of the workspace, in chunks between which edits are served. Files read before and unchanged since are not read again; files that
   * are gone or left out now are forgotten. `progress` gets files done and files in all.
   * Answers `done`, or `stopped` when aborted or overtaken by a change of folders.
   */
  async index(signal: AbortSignal, progress: (done: number, total: number) => void): Promise<'done' | 'stopped'> {
    const generation = this.generation;
    const engine = await this.loadedEngine();
    const stopped = (): boolean => signal.aborted || generation !== this.generation;
    const before = [...this.indexed.keys()];
    const found = new Map<string, DiscoveredFile>();
    for (const [folder, rules] of this.folders.all()) {
      const onUnreadable = (target: string, reason: string): void => this.host.log(`Cannot read ${target} (${reason}); left out.`);
      for await (const file of discoverFiles(folder, { rules, signal, onUnreadable })) {
        // A folder inside another one is judged by its own rules, as if it were alone.
        if (this.folders.folderOf(file.path) === folder) found.set(file.path, file);
        if (found.size % CHUNK === 0) {
          progress(0, found.size);
          await breathe();
        }
        if (stopped()) return 'stopped';
      }
      // A walk that is stopped ends like one that has found everything.
      if (stopped()) return 'stopped';
    }
    // Manifests first: they tell which packages have a trace and which version of a client they mean.
    const files = [...found.values()].sort((a, b) => Number(b.role === 'project') - Number(a.role === 'project')).map((file) => file.path);
    for (let start = 0; start < files.length; start += CHUNK) {
      await this.readFiles(files.slice(start, start + CHUNK), { kind: 'background', unlessUnchanged: true, signal });
      const last = start + CHUNK >= files.length;
      if (last || (start / CHUNK) % CHUNKS_A_LOWERING === CHUNKS_A_LOWERING - 1) {
        await this.turns.take('background', async () => {
          if (!stopped() && engine.hasTrace()) await engine.prepare(signal);
        });
      }
      if (stopped()) return 'stopped';
      progress(Math.min(start + CHUNK, files.length), files.length);
      await breathe();
    }
    for (const file of before) if (!found.has(file)) this.indexed.delete(file);
    await this.forgetUnowned();
    this.callersKnown = true;
    return 'done';
  }

  /** Takes what happened on disk, as one batch. */
  async applyEvents(events: readonly FileEvent[]): Promise<EventOutcome> {
    const latest = new Map(events.map((event) => [event.path, event.kind]));
    const outcome: EventOutcome = { changed: false, reindex: false };
    const toRead: string[] = [];
    const gone: string[] = [];
    for (const [file, kind] of latest) {
      const folder = this.folders.folderOf(file);
      if (folder && isInSkippedFolder(folder, file)) continue;
      if (path.basename(file) === '.gitignore' && folder) outcome.reindex = true;
      else if (kind === 'deleted') gone.push(file);
      else if (fileRole(file)) toRead.push(file);
      else if (kind === 'created' && folder) toRead.push(...(await this.filesOfFolder(file)));
    }
    if (outcome.reindex) {
      this.generation++;
      this.folders.renew();
    }
    if (gone.length > 0) outcome.changed = this.dropGone(gone) || outcome.changed;
    toRead.sort();
    for (let start = 0; start < toRead.length; start += CHUNK) {
      outcome.changed = (await this.readFiles(toRead.slice(start, start + CHUNK))) || outcome.changed;
      await breathe();
    }
    // A file that came to be may be what an open document's import has been waiting for.
    if (outcome.changed) for (const entry of this.near.values()) entry.text = undefined;
    await this.forgetUnowned();
    return outcome;
  }

  private loadedEngine(): Promise<Engine> {
    this.engineLoading ??= this.host.loadEngine().then(
      (engine) => {
        if (this.rules) engine.setRules(this.rules);
        return (this.engine = engine);
      },
      (error: unknown) => {
        this.engineLoading = undefined;
        throw error;
      },
    );
    return this.engineLoading;
  }

  private async filesOfFolder(target: string): Promise<string[]> {
    const folder = this.folders.folderOf(target) as string;
    try {
      if (!(await stat(target)).isDirectory() || (await this.folders.isLeftOut(target, true))) return [];
    } catch {
      return [];
    }
    const files: string[] = [];
    for await (const file of discoverFiles(target, { rules: this.folders.rulesOf(folder) })) files.push(file.path);
    return files;
  }

  /** Hands unsaved texts to the engine. */
  private flush(engine: Engine): void {
    for (const [file, document] of this.opened) {
      if (!document.stale) continue;
      document.stale = false;
      const unfit = isInstalled(file) || document.text.length > MAX_SOURCE_BYTES || isMinified(document.text);
      if (unfit && fileRole(file) !== 'project') engine.removeFile(file);
      else this.given.give(engine, file, document.text);
    }
  }

  /** Reads from disk what open documents need at once: manifests in the folders above them and the files they import. */
  private async readNear(): Promise<void> {
    for (const [file, { text }] of [...this.opened]) {
      const before = this.near.get(file);
      if (before?.text === text || !path.isAbsolute(file) || isInstalled(file)) continue;
      const files = new Set(this.manifestsAbove(file));
      for (const specifier of relativeSpecifiers(file, text)) {
        const target = await resolveSpecifier(file, specifier);
        if (target && target !== file) files.add(target);
      }
      if (!this.opened.has(file)) continue;
      this.near.set(file, { text, files });
      await this.readFiles([...files].filter((target) => !this.indexed.has(target) && !before?.files.has(target)));
    }
  }

  private manifestsAbove(file: string): string[] {
    const stop = this.folders.folderOf(file);
    const found: string[] = [];
    for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
      for (const name of manifestNames(file)) found.push(path.join(folder, name));
      if (folder === stop || folder === path.dirname(folder)) return found;
    }
  }

  /**
   * Reads files that belong to a folder or that an open document needs, and gives them to the engine; what cannot be read is forgotten.
   * Answers whether any of them differs from what was known.
   */
  private async readFiles(files: readonly string[], how: { kind?: 'background'; unlessUnchanged?: boolean; signal?: AbortSignal } = {}): Promise<boolean> {
    const engine = await this.loadedEngine();
    const results: { file: string; result: ReadResult; member: boolean }[] = [];
    await eachConcurrently(
      files,
      READ_WIDTH,
      async (file) => {
        const member = this.folders.folderOf(file) !== undefined && !(await this.folders.isLeftOut(file, false));
        if (member || this.isNear(file)) results.push({ file, member, result: await readSource(file, how.unlessUnchanged ? this.indexed.get(file) : undefined) });
      },
      how.signal,
    );
    return this.turns.take(how.kind ?? 'foreground', () => {
      let changed = false;
      for (const { file, result, member } of results) changed = this.settle(engine, file, result, member) || changed;
      return changed;
    });
  }

  private settle(engine: Engine, file: string, result: ReadResult, member: boolean): boolean {
    const open = this.opened.has(file);
    if ('unchanged' in result) return false;
    if ('skipped' in result) {
      if (result.skipped === 'unreadable') this.host.log(`Cannot read ${file} (${result.reason}); left out.`);
      const known = this.indexed.delete(file) || this.given.text(engine, file) !== undefined;
      if (known && !open) this.given.forget(engine, file);
      return known && !open;
    }
    if (member) this.indexed.set(file, result.stamp);
    if (open || this.given.text(engine, file) === result.text) return false;
    this.given.give(engine, file, result.text);
    return true;
  }

  private isNear(file: string): boolean {
    for (const { files } of this.near.values()) if (files.has(file)) return true;
    return false;
  }

  /** Removes deleted files, and every file below a deleted folder, from the index. */
  private dropGone(gone: readonly string[]): boolean {
    let changed = false;
    const exact = new Set(gone);
    for (const file of [...this.indexed.keys()]) {
      if (!exact.has(file) && !ancestorIn(file, exact)) continue;
      this.indexed.delete(file);
      changed = true;
    }
    for (const { files } of this.near.values()) {
      for (const file of [...files]) if (exact.has(file) || ancestorIn(file, exact)) changed = files.delete(file) || changed;
    }
    return changed;
  }

  /** Takes from the engine what neither a folder, an open document nor an open document's imports hold any more. */
  private async forgetUnowned(): Promise<void> {
    const engine = this.engine;
    if (!engine) return;
    await this.turns.take('foreground', () => {
      for (const file of this.given.paths(engine)) {
        if (!this.opened.has(file) && !this.indexed.has(file) && !this.isNear(file)) this.given.forget(engine, file);
      }
    });
  }
}

function ancestorIn(file: string, folders: ReadonlySet<string>): boolean {
  for (let folder = path.dirname(file); ; folder = path.dirname(folder)) {
    if (folders.has(folder)) return true;
    if (folder === path.dirname(folder)) return false;
  }
}

/** Whether a file belongs to an installed package: nobody mends those in place. */
function isInstalled(file: string): boolean {
  return file.split(/[\\/]/).includes('node_modules');
}
