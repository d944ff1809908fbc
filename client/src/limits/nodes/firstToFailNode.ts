import * as vscode from 'vscode';
import type { FirstToFail } from '../../../../server/src/limits/firstToFail.ts';
import { titleOf, unitOf } from '../../../../server/src/limits/wording.ts';
import type { OrgSession } from '../orgSession.ts';
import { outlookText, sinceText, timeLeftText } from '../outlookText.ts';
import type { ViewOptions } from '../viewOptions.ts';
import type { LimitsNode } from './node.ts';

/** What fails now, or fails first if everything goes on as it does. */
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
    const title = runsOut ? t('Fails first: {0}', titleOf(name)) : t('Fails now: {0}', titleOf(name));
    const short = runsOut ? timeLeftText(outlook, now) : since && sinceText(since, now);
    const long = runsOut && outlook ? outlookText(outlook, unitOf(name), now) : [t('It is used up.'), short].filter((part) => part).join(' ');
    const item = new vscode.TreeItem(title);
    item.id = `${this.#session.id}:first`;
    item.description = short;
    item.iconPath = new vscode.ThemeIcon(runsOut ? 'watch' : 'error', new vscode.ThemeColor(runsOut ? 'list.warningForeground' : 'list.errorForeground'));
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
