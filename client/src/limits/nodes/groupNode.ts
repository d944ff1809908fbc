import * as vscode from 'vscode';
import type { LimitGroup } from '../../../../server/src/limits/groups.ts';
import type { OrgLimit } from '../../../../server/src/limits/orgLimits.ts';
import type { OrgSession } from '../orgSession.ts';
import type { ViewOptions } from '../viewOptions.ts';
import { LimitNode } from './limitNode.ts';
import type { LimitsNode } from './node.ts';

/** Limits that belong together: a group of the catalogue, or what the user has pinned. */
export class GroupNode implements LimitsNode {
  readonly #group: LimitGroup | 'pinned';
  readonly #limits: OrgLimit[];
  readonly #session: OrgSession;
  readonly #options: ViewOptions;

  /** @param limits most used first */
  constructor(group: LimitGroup | 'pinned', limits: OrgLimit[], session: OrgSession, options: ViewOptions) {
    this.#group = group;
    this.#limits = limits;
    this.#session = session;
    this.#options = options;
  }

  item(): vscode.TreeItem {
    const item = new vscode.TreeItem(groupTitle(this.#group), vscode.TreeItemCollapsibleState.Expanded);
    item.id = `${this.#session.id}:group:${this.#group}`;
    if (this.#group === 'pinned') item.iconPath = new vscode.ThemeIcon('pinned');
    const count = this.#limits.length;
    item.accessibilityInformation = { label: `${groupTitle(this.#group)}, ${count === 1 ? vscode.l10n.t('1 limit') : vscode.l10n.t('{0} limits', count)}` };
    item.contextValue = 'group';
    return item;
  }

  children(): LimitsNode[] {
    return this.#limits.map((limit) => new LimitNode(limit, this.#session, this.#options, this.#group === 'pinned' ? 'pinned' : 'shown'));
  }
}

/** Name of a group for people. */
export function groupTitle(group: LimitGroup | 'pinned'): string {
  const { t } = vscode.l10n;
  switch (group) {
    case 'pinned': return t('Pinned');
    case 'api': return t('API requests');
    case 'bulk': return t('Bulk API');
    case 'events': return t('Events and streaming');
    case 'storage': return t('Storage and files');
    case 'email': return t('Email');
    case 'apex': return t('Asynchronous Apex');
    case 'analytics': return t('Analytics');
    case 'other': return t('Other');
  }
}
