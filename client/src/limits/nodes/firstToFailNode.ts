import * as vscode from 'vscode';
import type { FirstToFail } from '../../../../server/src/limits/firstToFail.ts';
import { titleOf, unitOf } from '../../../../server/src/limits/wording.ts';
import type { OrgSession } from '../orgSession.ts';
import { outlookText, sinceText } from '../outlookText.ts';
import { spanText } from '../timeText.ts';
import type { ViewOptions } from '../viewOptions.ts';
import type { LimitsNode } from './node.ts';

/** What is used up, or is so first if everything goes on as it does. Not every limit fails at once then: its own row says what happens. */
export class FirstToFailNode implements LimitsNode {
  readonly #first: FirstToFail;
  readonly #session: OrgSession;
  readonly #options: ViewOptions;

  constructor(first: FirstToFail, session: OrgSession, options: ViewOptions) {
    this.#first = first;
    this.#session = session;
    this.#options = options;
  }

  item(): vscode.TreeItem {
    const { t } = vscode.l10n;
    const { limit: { name }, runsOut } = this.#first;
    const { now } = this.#options;
    const outlook = this.#session.outlookOf(name);
    const since = this.#session.usedSince(name, 100);
    // What a narrow sidebar must not cut off comes first.
    const title = runsOut ? t('~{0} left: {1}', spanText(Math.max(0, runsOut.at - now)), titleOf(name)) : t('Used up: {0}', titleOf(name));
    const used = since && sinceText(since, now);
    const long = runsOut && outlook ? t('Before every other limit. {0}', outlookText(outlook, unitOf(name), now)) : used ? t('Used up {0}.', used) : t('It is used up.');
    const item = new vscode.TreeItem(title);
    item.id = `${this.#session.id}:first`;
    item.description = runsOut ? t('runs out first') : used;
    item.iconPath = new vscode.ThemeIcon(runsOut ? 'clock' : 'error', new vscode.ThemeColor(runsOut ? 'list.warningForeground' : 'list.errorForeground'));
    item.tooltip = `${title}\n${long}\n${t('Select to see its history.')}`;
    item.accessibilityInformation = { label: `${title}. ${long}`, role: 'button' };
    item.command = { title: t('Show Limits History'), command: 'apiGuard.showHistory', arguments: [{ limit: name }] };
    item.contextValue = 'first';
    return item;
  }

  children(): LimitsNode[] {
    return [];
  }
}
