import { breathe } from '../engine/workspaceTurns.ts';
import type { EditorContext } from './context.ts';
import { diagnosticOf } from './diagnosticOf.ts';
import type { OpenDocument } from './openDocuments.ts';

/** Time without a keystroke before the text is judged, in milliseconds. */
const TYPING_PAUSE = 200;

/**
 * Publishes the findings of every open document. A change of one file can change the findings of any other, so each round judges
 * all of them (a look-up where nothing changed) and sends what differs.
 */
export class Diagnostics {
  private readonly context: EditorContext;
  /** What the client shows now, by address: version and diagnostics as text. */
  private readonly shown = new Map<string, { version: number; content: string }>();
  private timer: NodeJS.Timeout | undefined;
  private round: { controller: AbortController; finished: Promise<void> } | undefined;
  private again = false;

  constructor(context: EditorContext) {
    this.context = context;
  }

  /** A document was opened: judged at once. */
  opened(): void {
    this.startIn(0);
  }

  /** A document's text changed: the round that runs judges an old text and ends; the next begins when the typing pauses. */
  changed(): void {
    this.round?.controller.abort();
    this.startIn(TYPING_PAUSE);
  }

  /** A document was closed: nothing is shown for it any more. Once the disk has replaced its text, that counts for the others. */
  closed(uri: string, replaced: Promise<void>): void {
    if (this.shown.delete(uri)) void this.context.connection.sendDiagnostics({ uri, diagnostics: [] });
    replaced.then(() => this.refresh(), (error: unknown) => this.context.log(`Closing ${uri} failed: ${String(error)}`));
  }

  /** Something else changed (files, settings, index). A round that runs or is due is not disturbed; it is followed by another. */
  refresh(): void {
    if (this.round) this.again = true;
    else if (!this.timer) this.startIn(0);
  }

  /** Resolves when no round runs or is due. */
  async settled(): Promise<void> {
    while (this.timer || this.round) await (this.round?.finished ?? new Promise((resolve) => setTimeout(resolve, 20)));
  }

  private startIn(milliseconds: number): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = undefined;
      void this.start();
    }, milliseconds);
  }

  private async start(): Promise<void> {
    if (this.round) {
      // Ended rounds leave soon; live ones must not be doubled.
      this.again = true;
      return;
    }
    const controller = new AbortController();
    const finished = this.judgeAll(controller.signal).catch((error: unknown) => {
      this.context.log(`Diagnostics failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    });
    this.round = { controller, finished };
    await finished;
    this.round = undefined;
    if (this.again) {
      this.again = false;
      if (!this.timer) this.startIn(0);
    }
  }

  private async judgeAll(signal: AbortSignal): Promise<void> {
    for (const open of this.context.documents.all()) {
      if (signal.aborted) return;
      try {
        await this.judge(open, signal);
      } catch (error) {
        this.context.log(`Analysis of ${open.uri} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      }
      await breathe();
    }
  }

  private async judge(open: OpenDocument, signal: AbortSignal): Promise<void> {
    const version = open.document.version;
    const analysis = this.context.settings.enable ? await this.context.workspace.analyse(open.path, signal) : { findings: [] };
    // Offsets fit only the text that was analysed.
    if (!analysis || signal.aborted || open.document.version !== version || this.context.documents.get(open.uri) !== open) return;
    if ('failed' in analysis && analysis.failed) this.context.log(`${open.uri} could not be read: ${analysis.failed}`);
    const diagnostics = analysis.findings.map((finding) => diagnosticOf(this.context, open, finding));
    const content = JSON.stringify(diagnostics);
    const before = this.shown.get(open.uri);
    if (before?.version === version && before.content === content) return;
    this.shown.set(open.uri, { version, content });
    await this.context.connection.sendDiagnostics({ uri: open.uri, version, diagnostics });
  }
}
