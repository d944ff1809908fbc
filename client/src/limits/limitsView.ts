import * as vscode from 'vscode';
import { levelOf } from '../../../server/src/limits/threshold.ts';
import type { OrgSource } from '../orgs/orgSource.ts';
import { currentThresholds, LimitsProvider } from './limitsProvider.ts';
import { LimitsStore } from './limitsStore.ts';
import type { LimitsNode } from './nodes/node.ts';
import { Poller } from './poller.ts';
import { problemText } from './problemText.ts';
import { rowsOf, stateWord } from './snapshot.ts';
import type { LimitsSnapshot } from './snapshot.ts';
import { timeText } from './timeText.ts';

/** Smallest pause between two readings that a setting can ask for, in minutes: Salesforce's own figures are up to five minutes old. */
const SMALLEST_MINUTES = 5;

/** Quiet time after a change of a watched file, in milliseconds. */
const SETTLING = 300;

/** The "Org Limits" view: rows, title, badge, and when to read. */
export class LimitsView implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #store: LimitsStore;
  readonly #poller: Poller;
  readonly #provider: LimitsProvider;
  readonly #tree: vscode.TreeView<LimitsNode>;
  readonly #disposables: vscode.Disposable[] = [];
  #settling: NodeJS.Timeout | undefined;
  #watcher: { dispose(): void } | undefined;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    this.#store = new LimitsStore({ changed: () => this.#draw(), ended: (succeeded) => this.#ended(succeeded) });
    this.#poller = new Poller(() => void this.refresh(), refreshInterval);
    this.#provider = new LimitsProvider(() => this.#store.state);
    this.#tree = vscode.window.createTreeView('apiGuard.limits', { treeDataProvider: this.#provider, showCollapseAll: false });
    this.#disposables.push(
      this.#tree,
      this.#provider,
      this.#tree.onDidChangeVisibility(({ visible }) => this.#poller.setVisible(visible)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('apiGuard.limits')) this.#draw();
      }),
    );
    this.#poller.setVisible(this.#tree.visible);
    this.#draw();
  }

  /** Shows another org, or none. It is read at once if the view is visible or somebody is waiting, else when the view appears. */
  setOrg(source: OrgSource | undefined, reading: 'at-once' | 'when-visible'): void {
    this.#watcher?.dispose();
    clearTimeout(this.#settling);
    this.#watcher = source?.watch?.(() => {
      // A tool that writes a file gives several events.
      clearTimeout(this.#settling);
      this.#settling = setTimeout(() => {
        this.#log.info('The Salesforce CLI\'s default org or path may have changed.');
        this.#take(source, 'when-visible');
      }, SETTLING);
    });
    this.#take(source, reading);
  }

  /** Reads now; resolves when the tree shows the result. */
  async refresh(): Promise<void> {
    await vscode.window.withProgress({ location: { viewId: 'apiGuard.limits' } }, () => this.#store.refresh());
  }

  /** Brings the view to the front. */
  async reveal(): Promise<void> {
    await vscode.commands.executeCommand('apiGuard.limits.focus');
  }

  async settled(): Promise<LimitsSnapshot> {
    await this.#store.settled();
    return this.snapshot();
  }

  snapshot(): LimitsSnapshot {
    const { state } = this.#store;
    return {
      state: stateWord(state, vscode.workspace.isTrusted),
      org: state.source && { kind: state.source.kind, name: state.source.name },
      description: this.#tree.description ?? '',
      message: this.#tree.message ?? '',
      problem: state.problem?.kind,
      readAt: state.readAt,
      rows: rowsOf(this.#provider),
    };
  }

  dispose(): void {
    this.#poller.dispose();
    this.#watcher?.dispose();
    clearTimeout(this.#settling);
    this.#store.setSource(undefined);
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #take(source: OrgSource | undefined, reading: 'at-once' | 'when-visible'): void {
    this.#poller.reset();
    this.#store.setSource(source);
    if (source && (reading === 'at-once' || this.#tree.visible)) void this.refresh();
  }

  #ended(succeeded: boolean): void {
    this.#poller.ended(succeeded);
    const { source, limits, problem } = this.#store.state;
    if (problem) this.#log.warn(`Limits of ${source?.name}: ${problem.kind}: ${problem.message}`);
    else this.#log.info(`Limits of ${source?.name}: ${limits?.limits.length} read.`);
    if (limits?.unreadable.length) this.#log.debug(`Keys that are no limit: ${limits.unreadable.join(', ')}`);
  }

  #draw(): void {
    const { source, reading, readAt, problem } = this.#store.state;
    this.#tree.description = source && [source.name, readAt && timeText(readAt)].filter((part) => part).join(' · ');
    this.#tree.message = source && problem ? problemText(problem, source).advice : undefined;
    this.#tree.badge = this.#badge();
    this.#provider.redraw();
    void vscode.commands.executeCommand('setContext', 'apiGuard.hasOrg', source !== undefined);
    void vscode.commands.executeCommand('setContext', 'apiGuard.refreshing', reading);
  }

  /** Limits that want attention, counted on the activity bar. */
  #badge(): vscode.ViewBadge | undefined {
    const thresholds = currentThresholds();
    const urgent = (this.#store.state.limits?.limits ?? [])
      .filter((limit) => ['critical', 'exhausted'].includes(levelOf(limit, thresholds))).length;
    if (urgent === 0) return undefined;
    return {
      value: urgent,
      tooltip: urgent === 1 ? vscode.l10n.t('1 org limit is nearly used up') : vscode.l10n.t('{0} org limits are nearly used up', urgent),
    };
  }
}

/** Pause between two readings from the settings, in milliseconds. */
function refreshInterval(): number {
  const minutes = vscode.workspace.getConfiguration('apiGuard.limits').get<number>('refreshMinutes');
  return Math.max(SMALLEST_MINUTES, typeof minutes === 'number' && Number.isFinite(minutes) ? minutes : 10) * 60_000;
}
