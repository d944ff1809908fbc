import * as vscode from 'vscode';
import type { ServerProcess } from '../serverProcess.ts';

/** "API Guard: Restart Server": resolves when the fresh server has answered, or has failed to. */
export function registerRestartServer(server: ServerProcess): vscode.Disposable {
  return vscode.commands.registerCommand('apiGuard.restartServer', () => server.restart());
}
