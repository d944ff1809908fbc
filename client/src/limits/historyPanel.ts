import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import { EXPORT_COMMAND, historyPage } from './historyPage.ts';
import type { LimitsView } from './limitsView.ts';

/** The history panel: charts of the orgs that are shown, drawn anew with each reading while it is there. */
export class HistoryPanel implements vscode.Disposable {
  readonly #view: LimitsView;
  #panel: vscode.WebviewPanel | undefined;
  #first: string | undefined;
  readonly #updates: vscode.Disposable;

  constructor(view: LimitsView) {
    this.#view = view;
    this.#updates = view.onDidUpdate(() => this.#draw());
  }

  /** @param first the limit that stands first */
  show(first: string | undefined): void {
    this.#first = first ?? this.#first;
    if (!this.#panel) {
      this.#panel = vscode.window.createWebviewPanel('apiGuard.history', vscode.l10n.t('Org Limits History'), vscode.ViewColumn.Active, {
        enableScripts: false, enableForms: false, enableCommandUris: [EXPORT_COMMAND], localResourceRoots: [],
      });
      this.#panel.onDidDispose(() => {
        this.#panel = undefined;
        this.#first = undefined;
      });
      this.#panel.onDidChangeViewState(() => this.#draw());
    }
    this.#panel.reveal();
    this.#draw();
  }

  /** The page as it is shown, if it is. */
  get html(): string | undefined {
    return this.#panel?.webview.html;
  }

  dispose(): void {
    this.#updates.dispose();
    this.#panel?.dispose();
  }

  #draw(): void {
    if (!this.#panel?.visible || this.#view.sessions.some(({ state }) => state.reading)) return;
    this.#panel.webview.html = historyPage({ sessions: this.#view.sessions, options: this.#view.options, first: this.#first, nonce: randomBytes(16).toString('base64url') });
  }
}
