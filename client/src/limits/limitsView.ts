import * as vscode from 'vscode';
import type { OrgLimit } from '../../../server/src/limits/orgLimits.ts';
import { usageOf } from '../../../server/src/limits/orgLimits.ts';
import { percentText } from '../../../server/src/limits/figures.ts';
import { titleOf } from '../../../server/src/limits/wording.ts';
import type { OrgSource } from '../orgs/orgSource.ts';
import { HistoryFiles } from './historyFiles.ts';
import { LimitsProvider } from './limitsProvider.ts';
import type { LimitsNode } from './nodes/node.ts';
import { OrgSession } from './orgSession.ts';
import { problemText } from './problemText.ts';
import { SavedNames } from './savedNames.ts';
import { rowsOf, stateWord } from './snapshot.ts';
import type { LimitsSnapshot } from './snapshot.ts';
import { closeTo, StatusItem } from './statusItem.ts';
import { timeText } from './timeText.ts';
import { currentThresholds, refreshInterval } from './viewOptions.ts';
import type { ViewOptions } from './viewOptions.ts';

/** Quiet time after a change of a watched file, in milliseconds. */
const SETTLING = 300;

interface ViewParts {
  log: vscode.LogOutputChannel;
  /** What the user has pinned and hidden is kept here. */
  memory: vscode.Memento;
  /** Absolute path of the folder for histories. */
  historyFolder: string;
}

/** The "Org Limits" view: rows, title, badge, status item, notifications, and when somebody looks at it. */
export class LimitsView implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #files: HistoryFiles;
  readonly #provider: LimitsProvider;
  readonly #tree: vscode.TreeView<LimitsNode>;
  readonly #status = new StatusItem();
  readonly #disposables: vscode.Disposable[] = [];
  readonly #updated = new vscode.EventEmitter<void>();
  /** Fires when there is something new to show. */
  readonly onDidUpdate = this.#updated.event;
  readonly pinned: SavedNames;
  readonly hidden: SavedNames;
  #sessions: OrgSession[] = [];
  readonly #watchers = new Map<OrgSession, { dispose(): void }>();

  constructor({ log, memory, historyFolder }: ViewParts) {
    this.#log = log;
    this.#files = new HistoryFiles(historyFolder);
    this.pinned = new SavedNames(memory, 'apiGuard.limits.pinned');
    this.hidden = new SavedNames(memory, 'apiGuard.limits.hidden');
    this.#provider = new LimitsProvider(() => this.#sessions, () => this.options);
    this.#tree = vscode.window.createTreeView('apiGuard.limits', { treeDataProvider: this.#provider, showCollapseAll: false });
    this.#disposables.push(
      this.#tree,
      this.#provider,
      this.#status,
      this.#updated,
      this.#tree.onDidChangeVisibility(({ visible }) => this.#sessions.forEach((session) => session.setVisible(visible))),
      vscode.window.onDidChangeWindowState(({ focused }) => this.#sessions.forEach((session) => session.setFocused(focused))),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('apiGuard.limits')) this.redraw();
      }),
    );
    this.redraw();
  }

  get sessions(): readonly OrgSession[] {
    return this.#sessions;
  }

  get options(): ViewOptions {
    return { thresholds: currentThresholds(), pinned: this.pinned.names, hidden: this.hidden.names, now: Date.now() };
  }

  /** Shows these orgs. Those that are new are read at once if the view is visible or somebody is waiting, else when the view appears. */
  setOrgs(sources: readonly OrgSource[], reading: 'at-once' | 'when-visible'): void {
    const gone = this.#sessions.filter(({ source }) => !sources.includes(source));
    for (const session of gone) this.#close(session);
    this.#sessions = sources.map((source) => this.#sessions.find((session) => session.source === source) ?? this.#open(source));
    for (const session of this.#sessions) {
      const isNew = !session.state.limits && !session.state.problem && !session.state.reading;
      session.setVisible(this.#tree.visible);
      if (isNew && reading === 'at-once') void session.refresh();
    }
    this.redraw();
  }

  /** Reads now, one org or all; resolves when the tree shows the result. */
  async refresh(sessions: readonly OrgSession[] = this.#sessions): Promise<void> {
    await vscode.window.withProgress({ location: { viewId: 'apiGuard.limits' } }, () => Promise.all(sessions.map((session) => session.refresh())));
  }

  /** Brings the view to the front. */
  async reveal(): Promise<void> {
    await vscode.commands.executeCommand('apiGuard.limits.focus');
  }

  /** Deletes what is remembered of an org. */
  async forget(source: OrgSource): Promise<void> {
    await this.#sessions.find((session) => session.source === source)?.forget();
  }

  async settled(): Promise<LimitsSnapshot> {
    await Promise.all(this.#sessions.map((session) => session.settled()));
    return this.snapshot();
  }

  snapshot(): LimitsSnapshot {
    const [session] = this.#sessions;
    const state = session?.state;
    return {
      state: stateWord(state, vscode.workspace.isTrusted),
      org: session && { kind: session.source.kind, name: session.source.name },
      orgs: this.#sessions.map(({ source }) => ({ kind: source.kind, name: source.name })),
      description: this.#tree.description ?? '',
      message: this.#tree.message ?? '',
      problem: state?.problem?.kind,
      readAt: state?.readAt,
      statusBar: this.#status.text,
      rows: rowsOf(this.#provider),
    };
  }

  redraw(): void {
    const [session] = this.#sessions;
    const alone = this.#sessions.length === 1 ? session?.state : undefined;
    this.#tree.description = alone && session ? [session.source.name, alone.readAt && timeText(alone.readAt)].filter((part) => part).join(' · ') : undefined;
    this.#tree.message = alone?.problem && session ? problemText(alone.problem, session.source).advice : undefined;
    this.#tree.badge = this.#badge();
    this.#status.draw(this.#sessions, this.options);
    this.#provider.redraw();
    void vscode.commands.executeCommand('setContext', 'apiGuard.hasOrg', session !== undefined);
    void vscode.commands.executeCommand('setContext', 'apiGuard.refreshing', this.#sessions.some(({ state }) => state.reading));
    this.#updated.fire();
  }

  dispose(): void {
    for (const session of this.#sessions) this.#close(session);
    this.#sessions = [];
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #open(source: OrgSource): OrgSession {
    const session = new OrgSession({
      source,
      files: this.#files,
      thresholds: currentThresholds,
      interval: refreshInterval,
      changed: () => this.redraw(),
      ended: (ended) => this.#report(ended),
      noticed: (noticed, due) => this.#tell(noticed, due.map(({ limit }) => limit)),
    });
    session.setFocused(vscode.window.state.focused);
    let settling: NodeJS.Timeout | undefined;
    const watcher = source.watch?.(() => {
      // A tool that writes a file gives several events.
      clearTimeout(settling);
      settling = setTimeout(() => {
        this.#log.info('The Salesforce CLI\'s default org or path may have changed.');
        session.restart(this.#tree.visible);
      }, SETTLING);
    });
    this.#watchers.set(session, {
      dispose: () => {
        clearTimeout(settling);
        watcher?.dispose();
      },
    });
    return session;
  }

  #close(session: OrgSession): void {
    this.#watchers.get(session)?.dispose();
    this.#watchers.delete(session);
    session.dispose();
  }

  #report({ source, state: { limits, problem } }: OrgSession): void {
    if (problem) this.#log.warn(`Limits of ${source.name}: ${problem.kind}: ${problem.message}`);
    else this.#log.info(`Limits of ${source.name}: ${limits?.limits.length} read.`);
    if (limits?.unreadable.length) this.#log.debug(`Keys that are no limit: ${limits.unreadable.join(', ')}`);
  }

  /** One message for all that became urgent at the same reading. */
  #tell({ source }: OrgSession, limits: readonly OrgLimit[]): void {
    if (vscode.workspace.getConfiguration('apiGuard.limits').get<boolean>('notify') === false) return;
    const shown = limits.filter(({ name }) => !this.hidden.names.has(name));
    if (shown.length === 0) return;
    const list = shown.slice(0, 3).map((limit) => {
      const { percent } = usageOf(limit);
      return percent === undefined ? titleOf(limit.name) : `${titleOf(limit.name)} ${percentText(percent)}`;
    }).join(', ');
    const more = shown.length > 3 ? vscode.l10n.t(' and {0} more', shown.length - 3) : '';
    const show = vscode.l10n.t('Show Limits');
    const isOver = shown.every((limit) => (usageOf(limit).percent ?? 100) >= 100);
    const said = isOver ? vscode.l10n.t('{0} has used up: {1}.', source.name, `${list}${more}`) : vscode.l10n.t('{0} is close to its limits: {1}.', source.name, `${list}${more}`);
    void vscode.window.showWarningMessage(said, show).then((answer) => {
      if (answer === show) void this.reveal();
    });
  }

  /** Limits that want attention, counted on the activity bar. */
  #badge(): vscode.ViewBadge | undefined {
    const urgent = this.#sessions.reduce((sum, session) => sum + closeTo(session, this.options).length, 0);
    if (urgent === 0) return undefined;
    return {
      value: urgent,
      tooltip: urgent === 1 ? vscode.l10n.t('1 org limit is nearly used up') : vscode.l10n.t('{0} org limits are nearly used up', urgent),
    };
  }
}
