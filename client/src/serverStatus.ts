import * as vscode from 'vscode';
import { DOCUMENT_SELECTOR } from './documents.ts';
import type { ServerState } from './serverState.ts';

/** The language status item: what the language server is doing, beside the language of the file at hand. */
export class ServerStatus implements vscode.Disposable {
  readonly #item = vscode.languages.createLanguageStatusItem('apiGuard.server', DOCUMENT_SELECTOR);
  #state: ServerState = { state: 'stopped' };

  constructor() {
    this.#item.name = 'API Guard';
    this.show(this.#state);
  }

  get state(): ServerState {
    return this.#state;
  }

  show(state: ServerState): void {
    this.#state = state;
    const item = this.#item;
    item.text = textOf(state);
    item.detail = state.message ?? detailOf(state);
    item.busy = state.state === 'indexing' || state.state === 'starting';
    item.severity = state.state === 'failed' ? vscode.LanguageStatusSeverity.Error : vscode.LanguageStatusSeverity.Information;
    item.command = state.state === 'failed'
      ? { command: 'apiGuard.restartServer', title: vscode.l10n.t('Restart Server') }
      : { command: 'apiGuard.showLog', title: vscode.l10n.t('Show Log') };
  }

  dispose(): void {
    this.#item.dispose();
  }
}

function textOf(state: ServerState): string {
  switch (state.state) {
    case 'stopped': return vscode.l10n.t('API Guard: off');
    case 'starting': return vscode.l10n.t('API Guard: starting');
    case 'ready': return vscode.l10n.t('API Guard: ready');
    case 'idle': return vscode.l10n.t('API Guard: nothing to check');
    case 'failed': return vscode.l10n.t('API Guard: failed');
    case 'indexing': return state.total
      ? vscode.l10n.t('API Guard: indexing {0} of {1}', state.done ?? 0, state.total)
      : vscode.l10n.t('API Guard: indexing');
  }
}

function detailOf(state: ServerState): string {
  switch (state.state) {
    case 'stopped': return vscode.l10n.t('The language server is not running.');
    case 'starting': return vscode.l10n.t('The language server is starting.');
    case 'ready': return vscode.l10n.t('Salesforce calls are checked as you type.');
    case 'idle': return vscode.l10n.t('No trace of Salesforce in this workspace.');
    case 'failed': return vscode.l10n.t('The language server has stopped.');
    case 'indexing': return vscode.l10n.t('Findings that depend on other files follow when this is done.');
  }
}
