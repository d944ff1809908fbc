import * as vscode from 'vscode';
import type { Placing } from '../orgs/orgChooser.ts';

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

/** Whether a command's argument asks for an org beside those that are shown. */
export function placingFrom(argument: unknown): Placing {
  return typeof argument === 'object' && argument !== null && (argument as { beside?: unknown }).beside === true ? 'beside' : 'instead';
}

/** A text in a command's argument, which anybody may have made. */
export function textIn(argument: unknown, name: string): string | undefined {
  const value: unknown = typeof argument === 'object' && argument !== null ? (argument as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' ? value : undefined;
}
