import * as vscode from 'vscode';
import type { LimitsNode } from './node.ts';

/** Shown while the first reading of an org is under way. */
export class LoadingNode implements LimitsNode {
  readonly #orgName: string;

  constructor(orgName: string) {
    this.#orgName = orgName;
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(vscode.l10n.t('Reading limits...'));
    item.description = this.#orgName;
    item.accessibilityInformation = { label: `${vscode.l10n.t('Reading limits...')} ${this.#orgName}` };
    item.iconPath = new vscode.ThemeIcon('loading~spin');
    return item;
  }

  children(): LimitsNode[] {
    return [];
  }
}
