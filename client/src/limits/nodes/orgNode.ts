import * as vscode from 'vscode';
import { isProduction } from '../../../../server/src/limits/instanceUrl.ts';
import type { OrgKind } from '../../orgs/orgSource.ts';
import type { OrgSession } from '../orgSession.ts';
import { timeText } from '../timeText.ts';
import type { LimitsNode } from './node.ts';

const ICONS: Record<OrgKind, string> = { cli: 'cloud', oauth: 'account', token: 'key', demo: 'beaker' };

/**
 * An org, when it was read, and what that has cost it. The view's header alone cannot say it: VS Code leaves it out where a container has one view. Where several orgs are
 * shown, the rows of each are below it.
 */
export class OrgNode implements LimitsNode {
  readonly session: OrgSession;
  readonly #rows: LimitsNode[] | undefined;

  /** @param rows what stands below it, where several orgs are shown */
  constructor(session: OrgSession, rows?: LimitsNode[]) {
    this.session = session;
    this.#rows = rows;
  }

  item(): vscode.TreeItem {
    const { t } = vscode.l10n;
    const { kind, name, instanceUrl } = this.session.source;
    const { readAt } = this.session.state;
    const { requestsToday } = this.session;
    const production = this.session.source.isProduction ?? (instanceUrl !== undefined && isProduction(instanceUrl));
    const item = new vscode.TreeItem(name, this.#rows ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.None);
    item.id = `${this.session.id}:org`;
    item.description = [
      production ? t('PRODUCTION') : undefined,
      readAt && timeText(readAt),
      requestsToday === 0 ? undefined : requestsToday === 1 ? t('1 request today') : t('{0} requests today', requestsToday),
    ].filter((part) => part).join(' · ');
    item.iconPath = new vscode.ThemeIcon(ICONS[kind], production ? new vscode.ThemeColor('charts.red') : undefined);
    const lines = [
      production ? t('{0}, a production org', name) : name, readAt && t('Read at {0}.', timeText(readAt)), originText(kind), instanceUrl, t('Requests that this view has cost the org in the last 24 hours: {0}.', requestsToday),
    ].filter((line) => line);
    item.tooltip = lines.join('\n');
    item.accessibilityInformation = { label: lines.join(' ') };
    item.contextValue = `org:${kind}`;
    return item;
  }

  children(): LimitsNode[] {
    return this.#rows ?? [];
  }
}

function originText(kind: OrgKind): string {
  switch (kind) {
    case 'cli': return vscode.l10n.t('An org of the Salesforce CLI, read through the CLI\'s own login.');
    case 'oauth': return vscode.l10n.t('Logged in with the browser; the tokens are in this editor\'s secret storage.');
    case 'token': return vscode.l10n.t('Read with the access token in this editor\'s secret storage.');
    case 'demo': return vscode.l10n.t('A simulated org on this machine. None of its figures is real.');
  }
}
