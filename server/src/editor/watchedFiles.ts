import { DidChangeWatchedFilesNotification, FileChangeType, WatchKind } from 'vscode-languageserver/node';
import { MANIFEST_NAMES, SOURCE_EXTENSIONS } from '../engine/sourceExtensions.ts';
import type { FileEvent } from '../engine/fileEvents.ts';
import type { EditorContext } from './context.ts';
import { filePath } from './documentPath.ts';

/** Events are gathered for this long, in milliseconds, so that a branch switch is one change and not a thousand. */
const GATHER = 100;
/** Gathering ends after this time even while events keep coming, in milliseconds. */
const GATHER_AT_MOST = 1_000;

const KIND: Record<FileChangeType, FileEvent['kind']> = {
  [FileChangeType.Created]: 'created',
  [FileChangeType.Changed]: 'changed',
  [FileChangeType.Deleted]: 'deleted',
};

/** Follows files on disk through the client. */
export class WatchedFiles {
  private readonly context: EditorContext;
  private readonly outcome: (outcome: { changed: boolean; reindex: boolean; files: string[] }) => void;
  private gathered: FileEvent[] = [];
  private since = 0;
  private timer: NodeJS.Timeout | undefined;
  private queue: Promise<void> = Promise.resolve();

  constructor(context: EditorContext, outcome: (outcome: { changed: boolean; reindex: boolean; files: string[] }) => void) {
    this.context = context;
    this.outcome = outcome;
  }

  /** Asks the client to watch, if it can, and listens in any case. */
  listen(): void {
    const { connection, support } = this.context;
    connection.onDidChangeWatchedFiles(({ changes }) => {
      for (const { uri, type } of changes) {
        const path = filePath(uri);
        const kind = KIND[type];
        if (path && kind) this.gathered.push({ path, kind });
      }
      this.wait();
    });
    if (!support.watcherRegistration) return;
    connection.client
      .register(DidChangeWatchedFilesNotification.type, {
        watchers: [
          { globPattern: `**/*.{${SOURCE_EXTENSIONS.map((each) => each.slice(1)).join(',')}}`, kind: WatchKind.Change },
          { globPattern: `**/{${MANIFEST_NAMES.join(',')}}`, kind: WatchKind.Change },
          { globPattern: '**/.gitignore', kind: WatchKind.Change },
          { globPattern: '**/{.api-guard.json,.vscode/settings.json}', kind: WatchKind.Change },
          // A folder that is moved, renamed or deleted is one event of the folder, and none of its files.
          { globPattern: '**/*', kind: WatchKind.Create | WatchKind.Delete },
        ],
      })
      .catch((error: unknown) => this.context.log(`Files cannot be watched: ${String(error)}`));
  }

  private wait(): void {
    if (this.gathered.length === 0) return;
    const now = Date.now();
    if (this.timer) clearTimeout(this.timer);
    else this.since = now;
    this.timer = setTimeout(() => this.apply(), Math.max(0, Math.min(GATHER, this.since + GATHER_AT_MOST - now)));
  }

  private apply(): void {
    this.timer = undefined;
    const events = this.gathered;
    this.gathered = [];
    // While switched off nothing is read; switching on reads everything anew.
    if (!this.context.settings.enable) return;
    this.queue = this.queue
      .then(async () => this.outcome({ ...(await this.context.workspace.applyEvents(events)), files: events.map(({ path }) => path) }))
      .catch((error: unknown) => this.context.log(`Changed files could not be read: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`));
  }
}
