import * as vscode from 'vscode';
import { OrgNode } from '../limits/nodes/orgNode.ts';
import type { OrgChooser } from '../orgs/orgChooser.ts';
import type { OrgSource } from '../orgs/orgSource.ts';
import { registerTrusted } from './command.ts';

/** "API Guard: Disconnect Org": forgets an org, its history, and the token that was stored for it. */
export function registerSignOut(chooser: OrgChooser): vscode.Disposable {
  return registerTrusted('apiGuard.signOut', async (argument) => {
    const source = argument instanceof OrgNode ? argument.session.source : await orgOf(chooser.sources);
    if (!source) return;
    await chooser.signOut(source);
    const text = source.kind === 'token' || source.kind === 'oauth'
      ? vscode.l10n.t('Disconnected from {0}. Its access token is deleted from this editor.', source.name)
      : vscode.l10n.t('Disconnected from {0}.', source.name);
    vscode.window.setStatusBarMessage(text, 5000);
  });
}

/** The org that is shown; which of them, where there are several. */
async function orgOf(sources: readonly OrgSource[]): Promise<OrgSource | undefined> {
  if (sources.length <= 1) return sources[0];
  const picked = await vscode.window.showQuickPick(sources.map((source) => ({ label: source.name, source })), { title: vscode.l10n.t('Disconnect which org?') });
  return picked?.source;
}
