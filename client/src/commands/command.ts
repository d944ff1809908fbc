import * as vscode from 'vscode';

/**
 * Registers a command that only a trusted workspace may run. The manifest hides it elsewhere, but a keybinding or another extension
 * could still call it.
 */
export function registerTrusted(id: string, run: (argument?: unknown) => Promise<void>): vscode.Disposable {
  return vscode.commands.registerCommand(id, async (argument?: unknown) => {
    if (vscode.workspace.isTrusted) return run(argument);
    const manage = vscode.l10n.t('Manage Workspace Trust');
    const answer = await vscode.window.showWarningMessage(vscode.l10n.t('API Guard shows org limits only in a trusted workspace.'), manage);
    if (answer === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  });
}
