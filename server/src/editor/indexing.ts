import type { WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import type { EditorContext } from './context.ts';
import { STATUS_NOTIFICATION, type StatusParams } from './protocol.ts';

/** Shortest time between two reports of progress, in milliseconds. */
const REPORT_EVERY = 100;

/** Keeps the workspace index going and tells the client how far it is. */
export class Indexing {
  private readonly context: EditorContext;
  private readonly finished: () => void;
  private running: AbortController | undefined;
  private queue: Promise<void> = Promise.resolve();

  /** `finished` is told when all files are known, so that open documents can be judged again. */
  constructor(context: EditorContext, finished: () => void) {
    this.context = context;
    this.finished = finished;
  }

  /** Indexes the workspace from the beginning; a run under way ends first. Files that have not changed are not read again. */
  start(): void {
    this.running?.abort();
    const controller = (this.running = new AbortController());
    this.queue = this.queue.then(() => this.run(controller)).catch((error: unknown) => {
      this.context.workspace.settleForKnownCallers();
      this.context.log(`Indexing failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      this.tell({ state: 'failed', message: 'The workspace could not be indexed; the log says why. Open files are still checked.' });
      this.finished();
    });
  }

  /** Ends a run under way; nothing starts by itself again. */
  stop(message: string): void {
    this.running?.abort();
    this.running = undefined;
    this.queue = this.queue.then(() => this.tell({ state: 'idle', message }));
  }

  /** The state after a change that may have brought the first trace of Salesforce, or taken the last. */
  tellSettled(): void {
    this.tell(
      this.context.workspace.hasTrace()
        ? { state: 'ready' }
        : { state: 'idle', message: 'No file of this workspace calls Salesforce through a client that API Guard knows.' },
    );
  }

  private async run(controller: AbortController): Promise<void> {
    if (controller.signal.aborted) return;
    let cancelledByUser = false;
    this.tell({ state: 'indexing' });
    const bar = new ProgressBar(this.context, () => {
      cancelledByUser = true;
      controller.abort();
    });
    try {
      let reported = 0;
      const outcome = await this.context.workspace.index(controller.signal, (done, total) => {
        const now = Date.now();
        if (now - reported < REPORT_EVERY && done < total) return;
        reported = now;
        bar.report(done, total);
        this.tell({ state: 'indexing', done, total });
      });
      if (outcome === 'done') this.tellSettled();
      else if (cancelledByUser) {
        this.context.workspace.settleForKnownCallers();
        this.tell({ state: 'ready', message: 'Indexing was cancelled: handlers in files that were not read are not known. Restart the server to index again.' });
      }
      if (this.running === controller) this.running = undefined;
      this.finished();
    } finally {
      bar.end();
    }
  }

  private tell(status: StatusParams): void {
    void this.context.connection.sendNotification(STATUS_NOTIFICATION, status);
  }
}

/** The client's progress display, which may come late or never; the work does not wait for it. */
class ProgressBar {
  private reporter: WorkDoneProgressServerReporter | undefined;
  private ended = false;

  constructor(context: EditorContext, cancelled: () => void) {
    if (!context.support.progress) return;
    context.connection.window.createWorkDoneProgress().then(
      (reporter) => {
        reporter.begin('API Guard: indexing', 0, undefined, true);
        if (this.ended) return reporter.done();
        this.reporter = reporter;
        reporter.token.onCancellationRequested(cancelled);
      },
      () => context.log('The client shows no progress.'),
    );
  }

  report(done: number, total: number): void {
    this.reporter?.report(total === 0 ? 0 : Math.floor((done / total) * 100), `${done} of ${total} files`);
  }

  end(): void {
    this.ended = true;
    this.reporter?.done();
    this.reporter = undefined;
  }
}
