import * as vscode from 'vscode';
import type { OrgLimit } from '../../../../server/src/limits/orgLimits.ts';
import type { Thresholds } from '../../../../server/src/limits/threshold.ts';
import { LimitNode } from './limitNode.ts';
import type { LimitsNode } from './node.ts';

/** The limits that nothing uses, folded away: an org reports some eighty, of which most stand at zero. */
export class UnusedNode implements LimitsNode {
  readonly #limits: OrgLimit[];
  readonly #thresholds: Thresholds;

  constructor(limits: OrgLimit[], thresholds: Thresholds) {
    this.#limits = limits;
    this.#thresholds = thresholds;
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(vscode.l10n.t('Not used'), vscode.TreeItemCollapsibleState.Collapsed);
    item.id = 'unused';
    item.description = String(this.#limits.length);
    item.iconPath = new vscode.ThemeIcon('circle-outline', new vscode.ThemeColor('disabledForeground'));
    item.tooltip = vscode.l10n.t('Limits of which nothing is used at the moment');
    return item;
  }

  children(): LimitsNode[] {
    return [...this.#limits]
      .sort((a, b) => a.name.localeCompare(b.name, 'en'))
      .map((limit) => new LimitNode(limit, this.#thresholds));
  }
}
