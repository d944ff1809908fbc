import * as vscode from 'vscode';
import type { OrgKind, OrgSource } from '../../orgs/orgSource.ts';
import type { LimitsNode } from './node.ts';

const ICONS: Record<OrgKind, string> = { cli: 'cloud', token: 'key', demo: 'beaker' };

/** The org whose limits follow, and when they were read. The view's header alone cannot say it: VS Code leaves it out where a container has one view. */
export class OrgNode implements LimitsNode {
  readonly #source: OrgSource;
  readonly #readAt: string;

  /** @param readAt time of the last reading, as people write it */
  constructor(source: OrgSource, readAt: string) {
    this.#source = source;
    this.#readAt = readAt;
  }

  item(): vscode.TreeItem {
    const { kind, name, instanceUrl } = this.#source;
    const item = new vscode.TreeItem(name);
    item.id = 'org';
    item.description = vscode.l10n.t('read at {0}', this.#readAt);
    item.iconPath = new vscode.ThemeIcon(ICONS[kind]);
    item.tooltip = [`${name}, ${item.description}`, originText(kind), instanceUrl].filter((line) => line).join('\n');
    item.contextValue = `org:${kind}`;
    return item;
  }

  children(): LimitsNode[] {
    return [];
  }
}

function originText(kind: OrgKind): string {
  switch (kind) {
    case 'cli': return vscode.l10n.t('Default org of the Salesforce CLI, read through the CLI\'s own login.');
    case 'token': return vscode.l10n.t('Read with the access token in this editor\'s secret storage.');
    case 'demo': return vscode.l10n.t('A simulated org on this machine. None of its figures is real.');
  }
}
