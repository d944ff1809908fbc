import * as vscode from 'vscode';
import type { LimitsProblem } from '../../../../server/src/limits/limitsProblem.ts';
import { markdownText } from '../markdownText.ts';
import type { ProblemText } from '../problemText.ts';
import { ActionNode } from './actionNode.ts';
import type { LimitsNode } from './node.ts';

/** Why the limits of an org could not be read, with the one thing to do about it below. */
export class ProblemNode implements LimitsNode {
  readonly #id: string;
  readonly #problem: LimitsProblem;
  readonly #text: ProblemText;
  readonly #alone: boolean;

  /** @param alone whether the advice stands above the rows, where there is room for it */
  constructor(id: string, problem: LimitsProblem, text: ProblemText, alone: boolean) {
    this.#id = id;
    this.#alone = alone;
    this.#problem = problem;
    this.#text = text;
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(this.#text.title, vscode.TreeItemCollapsibleState.Expanded);
    item.id = `${this.#id}:problem:${this.#problem.kind}`;
    if (!this.#alone) item.description = this.#text.advice;
    item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
    item.tooltip = new vscode.MarkdownString(
      [`**${markdownText(this.#text.title)}**`, markdownText(this.#text.advice), markdownText(this.#problem.message)].join('\n\n'),
    );
    item.accessibilityInformation = { label: `${this.#text.title}. ${this.#text.advice}` };
    item.contextValue = 'problem';
    return item;
  }

  children(): LimitsNode[] {
    return [new ActionNode(this.#text.action)];
  }
}
