import * as vscode from 'vscode';
import type { LimitsNode } from './node.ts';

/** A row that does something when it is chosen. */
export interface LimitsAction {
  label: string;
  icon: string;
  command: string;
  arguments?: unknown[];
}

export class ActionNode implements LimitsNode {
  readonly #action: LimitsAction;

  constructor(action: LimitsAction) {
    this.#action = action;
  }

  item(): vscode.TreeItem {
    const { label, icon, command } = this.#action;
    const item = new vscode.TreeItem(label);
    item.iconPath = new vscode.ThemeIcon(icon, new vscode.ThemeColor('textLink.foreground'));
    item.command = { title: label, command, arguments: this.#action.arguments };
    item.accessibilityInformation = { label, role: 'button' };
    return item;
  }

  children(): LimitsNode[] {
    return [];
  }
}
