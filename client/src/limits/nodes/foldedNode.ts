import * as vscode from 'vscode';
import type { OrgLimit } from '../../../../server/src/limits/orgLimits.ts';
import type { OrgSession } from '../orgSession.ts';
import type { ViewOptions } from '../viewOptions.ts';
import { LimitNode } from './limitNode.ts';
import type { LimitsNode } from './node.ts';

/** Limits folded away: those that nothing uses, for an org reports some eighty of which most stand at zero, and those that the user has hidden. */
export class FoldedNode implements LimitsNode {
  readonly #why: 'unused' | 'hidden';
  readonly #limits: OrgLimit[];
  readonly #session: OrgSession;
  readonly #options: ViewOptions;

  constructor(why: 'unused' | 'hidden', limits: OrgLimit[], session: OrgSession, options: ViewOptions) {
    this.#why = why;
    this.#limits = limits;
    this.#session = session;
    this.#options = options;
  }

  item(): vscode.TreeItem {
    const isHidden = this.#why === 'hidden';
    const title = isHidden ? vscode.l10n.t('Hidden') : vscode.l10n.t('Not used');
    const item = new vscode.TreeItem(title, vscode.TreeItemCollapsibleState.Collapsed);
    item.id = `${this.#session.id}:${this.#why}`;
    item.description = String(this.#limits.length);
    item.iconPath = new vscode.ThemeIcon(isHidden ? 'eye-closed' : 'circle-outline', new vscode.ThemeColor('disabledForeground'));
    item.tooltip = isHidden ? vscode.l10n.t('Limits that you have hidden') : vscode.l10n.t('Limits of which nothing is used at the moment');
    item.accessibilityInformation = { label: `${title}, ${this.#limits.length}. ${item.tooltip}` };
    item.contextValue = this.#why;
    return item;
  }

  children(): LimitsNode[] {
    return this.#limits.map((limit) => new LimitNode(limit, this.#session, this.#options, this.#why === 'hidden' ? 'hidden' : 'shown'));
  }
}
