import * as vscode from 'vscode';
import { limitTextOf } from '../../../../server/src/limits/limitTexts.ts';
import { usageOf } from '../../../../server/src/limits/orgLimits.ts';
import type { OrgLimit } from '../../../../server/src/limits/orgLimits.ts';
import { mostUsedFirst } from '../../../../server/src/limits/ordering.ts';
import { levelOf } from '../../../../server/src/limits/threshold.ts';
import type { LimitLevel, Thresholds } from '../../../../server/src/limits/threshold.ts';
import { amountText, percentText, wordsOf } from '../../../../server/src/limits/wording.ts';
import { markdownText } from '../markdownText.ts';
import type { LimitsNode } from './node.ts';

/** Icon and colour of a level. The description says the same in words: colour is never alone. */
const SIGNS: Record<LimitLevel, { icon: string; colour?: string }> = {
  unused: { icon: 'circle-outline', colour: 'disabledForeground' },
  normal: { icon: 'pass', colour: 'charts.green' },
  high: { icon: 'warning', colour: 'list.warningForeground' },
  critical: { icon: 'flame', colour: 'list.errorForeground' },
  exhausted: { icon: 'error', colour: 'list.errorForeground' },
};

/** One limit: how much of it is used, and what that means. Shares of it, such as connected apps, are its children. */
export class LimitNode implements LimitsNode {
  readonly #limit: OrgLimit;
  readonly #thresholds: Thresholds;
  readonly #parent: OrgLimit | undefined;

  constructor(limit: OrgLimit, thresholds: Thresholds, parent?: OrgLimit) {
    this.#limit = limit;
    this.#thresholds = thresholds;
    this.#parent = parent;
  }

  item(): vscode.TreeItem {
    const { name, parts } = this.#limit;
    const level = levelOf(this.#limit, this.#thresholds);
    const title = this.#title();
    const collapsible = parts.length > 0 ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.None;
    const { used, percent } = usageOf(this.#limit);
    // Percentage first: it is what a narrow sidebar must not cut off.
    const item = new vscode.TreeItem(percent === undefined || level === 'unused' ? title : `${percentText(percent)}  ${title}`, collapsible);
    item.id = this.#parent ? `limit:${this.#parent.name}:${name}` : `limit:${name}`;
    item.description = [levelWord(level, percent), this.#amounts(used)].filter((part) => part).join(' · ');
    const { icon, colour } = SIGNS[level];
    item.iconPath = new vscode.ThemeIcon(icon, colour ? new vscode.ThemeColor(colour) : undefined);
    item.tooltip = this.#tooltip(title, level);
    item.contextValue = 'limit';
    item.accessibilityInformation = { label: `${item.label as string}, ${item.description}` };
    return item;
  }

  children(): LimitsNode[] {
    return mostUsedFirst(this.#limit.parts).map((part) => new LimitNode(part, this.#thresholds, this.#limit));
  }

  #title(): string {
    // Shares of the requests carry names of connected apps, which are not ours to reword.
    if (this.#parent?.name === 'DailyApiRequests') return this.#limit.name;
    return limitTextOf(this.#limit.name)?.title ?? wordsOf(this.#limit.name);
  }

  #amounts(used: number): string {
    return `${this.#amount(used)} / ${this.#amount(Math.max(0, this.#limit.maximum))}`;
  }

  #tooltip(title: string, level: LimitLevel): vscode.MarkdownString {
    const { used, percent } = usageOf(this.#limit);
    const text = limitTextOf(this.#limit.name);
    const unit = text && text.unit !== 'MB' ? ` ${text.unit}` : '';
    const maximum = `${this.#amount(Math.max(0, this.#limit.maximum))}${unit}`;
    const share = percent === undefined ? '' : ` (${percentText(percent)})`;
    const lines = [`**${markdownText(title)}**`, markdownText(`${vscode.l10n.t('{0} of {1} used', this.#amount(used), maximum)}${share}, ${this.#remainder(level)}`)];
    if (text) {
      lines.push(
        markdownText(text.counts),
        `**${vscode.l10n.t('Window:')}** ${markdownText(text.window)}`,
        `**${vscode.l10n.t('At 100%:')}** ${markdownText(text.atFull)}`,
      );
    } else if (this.#parent) {
      lines.push(markdownText(vscode.l10n.t('A share of {0}.', limitTextOf(this.#parent.name)?.title ?? this.#parent.name)));
    } else {
      lines.push(markdownText(vscode.l10n.t('The org reports this limit; API Guard has no description of it yet.')));
    }
    lines.push(markdownText(this.#limit.name));
    return new vscode.MarkdownString(lines.join('\n\n'));
  }

  #remainder(level: LimitLevel): string {
    const { maximum, remaining } = this.#limit;
    if (maximum <= 0 && level === 'unused') return vscode.l10n.t('the org has none of this');
    if (remaining < 0) return vscode.l10n.t('{0} past the limit', this.#amount(-remaining));
    return vscode.l10n.t('{0} left', this.#amount(remaining));
  }

  #amount(value: number): string {
    const unit = limitTextOf(this.#limit.name)?.unit ?? (this.#limit.name.endsWith('MB') ? 'MB' : undefined);
    return amountText(value, unit, vscode.env.language);
  }
}

function levelWord(level: LimitLevel, percent: number | undefined): string | undefined {
  switch (level) {
    case 'high': return vscode.l10n.t('high');
    case 'critical': return vscode.l10n.t('critical');
    case 'exhausted': return percent === 100 ? vscode.l10n.t('used up') : vscode.l10n.t('over the limit');
    default: return undefined;
  }
}
