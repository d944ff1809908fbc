import * as vscode from 'vscode';
import { mostUsedFirst } from '../../../../server/src/limits/ordering.ts';
import { usageOf } from '../../../../server/src/limits/orgLimits.ts';
import type { OrgLimit } from '../../../../server/src/limits/orgLimits.ts';
import { levelOf } from '../../../../server/src/limits/threshold.ts';
import type { LimitLevel } from '../../../../server/src/limits/threshold.ts';
import { amountText, percentText } from '../../../../server/src/limits/figures.ts';
import { titleOf, unitOf } from '../../../../server/src/limits/wording.ts';
import { barText } from '../bar.ts';
import { limitTooltip } from '../limitTooltip.ts';
import { arrowText, directionText, sinceText, timeLeftText } from '../outlookText.ts';
import type { OrgSession } from '../orgSession.ts';
import type { ViewOptions } from '../viewOptions.ts';
import { levelUri } from './levelColours.ts';
import type { LimitsNode } from './node.ts';

/** Icon and colour of a level. The description says the same in words: colour is never alone. */
const SIGNS: Record<LimitLevel, { icon: string; colour?: string }> = {
  unused: { icon: 'circle-outline', colour: 'disabledForeground' },
  normal: { icon: 'pass', colour: 'charts.green' },
  high: { icon: 'warning', colour: 'list.warningForeground' },
  critical: { icon: 'flame', colour: 'list.errorForeground' },
  exhausted: { icon: 'error', colour: 'list.errorForeground' },
};

/** Where a limit's row stands: its commands differ. */
export type LimitPlace = 'shown' | 'pinned' | 'hidden';

/** One limit: how much of it is used, and what that means. Shares of it, such as connected apps, are its children. */
export class LimitNode implements LimitsNode {
  readonly limit: OrgLimit;
  readonly session: OrgSession;
  readonly #options: ViewOptions;
  readonly #place: LimitPlace;
  readonly #parent: OrgLimit | undefined;

  constructor(limit: OrgLimit, session: OrgSession, options: ViewOptions, place: LimitPlace = 'shown', parent?: OrgLimit) {
    this.limit = limit;
    this.session = session;
    this.#options = options;
    this.#place = place;
    this.#parent = parent;
  }

  item(): vscode.TreeItem {
    const { name } = this.limit;
    const level = levelOf(this.limit, this.#options.thresholds);
    const title = this.#title();
    const { used, percent } = usageOf(this.limit);
    const outlook = this.#parent ? undefined : this.session.outlookOf(name);
    const arrow = level === 'unused' ? '' : arrowText(outlook);
    const measured = percent !== undefined && level !== 'unused';
    const word = levelWord(level);
    const left = timeLeftText(outlook, this.#options.now);
    // What a narrow sidebar must not cut off comes first. A space as wide as a digit keeps the titles in line.
    const head = measured ? `${[barText(percent), percentText(percent).padStart(3, '\u2007'), arrow, word, left].filter((part) => part).join(' ')}  ` : '';
    const item = new vscode.TreeItem(`${head}${title}`, this.#shares.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None);
    item.id = [this.session.id, 'limit', this.#parent?.name, name].filter((part) => part !== undefined).join(':');
    const amounts = `${this.#amount(used)} / ${this.#amount(Math.max(0, this.limit.maximum))}${this.#unitWord()}`;
    item.description = [measured ? undefined : word, amounts].filter((part) => part).join(' · ');
    const { icon, colour } = SIGNS[level];
    item.iconPath = new vscode.ThemeIcon(icon, colour ? new vscode.ThemeColor(colour) : undefined);
    item.resourceUri = levelUri(level, item.id);
    const since = this.#since(level);
    item.tooltip = limitTooltip({ limit: this.limit, parent: this.#parent, title, level: since ? `${word} ${since}` : undefined, isUnused: level === 'unused', outlook, now: this.#options.now });
    item.contextValue = this.#parent ? 'share' : `limit:${this.#place}`;
    const spoken = [title, measured ? percentText(percent) : undefined, word, since, amounts, outlook && directionText(outlook.direction), left].filter((part) => part);
    item.accessibilityInformation = { label: spoken.join(', ') };
    return item;
  }

  children(): LimitsNode[] {
    return mostUsedFirst(this.#shares).map((part) => new LimitNode(part, this.session, this.#options, this.#place, this.limit));
  }

  /** Connected apps without a quota of their own stand in the list with nothing at all. */
  get #shares(): OrgLimit[] {
    return this.limit.parts.filter(({ maximum, remaining }) => maximum > 0 || remaining !== 0);
  }

  #title(): string {
    // Shares of the requests carry names of connected apps, which are not ours to reword.
    return this.#parent?.name === 'DailyApiRequests' ? this.limit.name : titleOf(this.limit.name);
  }

  /** Since when it has been at a level that wants attention. */
  #since(level: LimitLevel): string | undefined {
    const { high, critical } = this.#options.thresholds;
    const from = { unused: undefined, normal: undefined, high, critical, exhausted: 100 }[level];
    const found = from === undefined || this.#parent ? undefined : this.session.usedSince(this.limit.name, from);
    return found && sinceText(found, this.#options.now);
  }

  #unit(): string | undefined {
    return unitOf(this.limit.name) ?? (this.#parent && unitOf(this.#parent.name));
  }

  #unitWord(): string {
    const unit = this.#unit();
    return unit && unit !== 'MB' ? ` ${unit}` : '';
  }

  #amount(value: number): string {
    return amountText(value, this.#unit(), vscode.env.language);
  }
}

function levelWord(level: LimitLevel): string | undefined {
  switch (level) {
    case 'high': return vscode.l10n.t('high');
    case 'critical': return vscode.l10n.t('critical');
    case 'exhausted': return vscode.l10n.t('used up');
    default: return undefined;
  }
}
