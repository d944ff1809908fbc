import * as vscode from 'vscode';
import { mostUsedFirst } from '../../../server/src/limits/ordering.ts';
import { usageOf } from '../../../server/src/limits/orgLimits.ts';
import type { OrgLimit } from '../../../server/src/limits/orgLimits.ts';
import { levelOf } from '../../../server/src/limits/threshold.ts';
import { percentText } from '../../../server/src/limits/figures.ts';
import { titleOf } from '../../../server/src/limits/wording.ts';
import type { OrgSession } from './orgSession.ts';
import { timeLeftText } from './outlookText.ts';
import { timeText } from './timeText.ts';
import type { ViewOptions } from './viewOptions.ts';

/** An item in the status bar that is there only while a limit is critical or used up: the most used one, and how many more there are. */
export class StatusItem implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;
  #text: string | undefined;

  constructor() {
    this.#item = vscode.window.createStatusBarItem('apiGuard.limits', vscode.StatusBarAlignment.Right, 50);
    this.#item.name = vscode.l10n.t('Salesforce Org Limits');
    this.#item.command = 'apiGuard.limits.focus';
  }

  /** What it says now, if it is there. */
  get text(): string | undefined {
    return this.#text;
  }

  draw(sessions: readonly OrgSession[], options: ViewOptions): void {
    const close = sessions.flatMap((session) => closeTo(session, options).map((limit) => ({ session, limit })));
    const [first] = close;
    if (!first) {
      this.#text = undefined;
      this.#item.hide();
      return;
    }
    const { session, limit } = first;
    const { percent } = usageOf(limit);
    const isOut = close.some((each) => levelOf(each.limit, options.thresholds) === 'exhausted');
    const more = close.length > 1 ? ` +${close.length - 1}` : '';
    this.#text = [`$(flame) ${titleOf(limit.name)}`, percent === undefined ? '' : percentText(percent), timeLeftText(session.outlookOf(limit.name), options.now)].filter((part) => part).join(' ') + more;
    this.#item.text = this.#text;
    this.#item.tooltip = [...close.map((each) => line(each.session, each.limit)), vscode.l10n.t('Select to see the limits.')].join('\n');
    this.#item.accessibilityInformation = { label: close.map((each) => line(each.session, each.limit)).join('; ') };
    this.#item.backgroundColor = new vscode.ThemeColor(isOut ? 'statusBarItem.errorBackground' : 'statusBarItem.warningBackground');
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Critical and used-up limits of an org that the user wants to see, most used first. */
export function closeTo(session: OrgSession, { thresholds, hidden }: ViewOptions): OrgLimit[] {
  return mostUsedFirst((session.state.limits?.limits ?? []).filter((limit) => !hidden.has(limit.name) && ['critical', 'exhausted'].includes(levelOf(limit, thresholds))));
}

function line(session: OrgSession, limit: OrgLimit): string {
  const { percent } = usageOf(limit);
  const { readAt } = session.state;
  return [session.source.name, `${titleOf(limit.name)} ${percent === undefined ? '' : percentText(percent)}`.trim(), readAt && vscode.l10n.t('read at {0}', timeText(readAt))].filter((part) => part).join(' · ');
}
