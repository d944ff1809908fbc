import * as vscode from 'vscode';
import type { OrgChooser } from '../orgs/orgChooser.ts';
import { registerTrusted } from './command.ts';

/** "API Guard: Disconnect Org": forgets the org and deletes the token that was stored for it. */
export function registerSignOut(chooser: OrgChooser): vscode.Disposable {
  return registerTrusted('apiGuard.signOut', async () => {
    const source = chooser.source;
    if (!source) return;
    await chooser.signOut();
    const text = source.kind === 'token'
      ? vscode.l10n.t('Disconnected from {0}. Its access token is deleted from this editor.', source.name)
      : vscode.l10n.t('Disconnected from {0}.', source.name);
    vscode.window.setStatusBarMessage(text, 5000);
  });
}
