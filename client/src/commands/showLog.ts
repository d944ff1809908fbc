import * as vscode from 'vscode';

/** "API Guard: Show Log". */
export function registerShowLog(log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.commands.registerCommand('apiGuard.showLog', () => log.show());
}
