import * as vscode from 'vscode';
import { errorText } from '../explain/errorText.ts';
import type { ExplainerLoader } from '../explain/explainer.ts';

/** "API Guard: Prepare Support Case". Opens a new document, which the user completes and sends; nothing is sent from here. */
export function registerPrepareSupportCase(explainer: ExplainerLoader): vscode.Disposable {
  return vscode.commands.registerCommand('apiGuard.prepareSupportCase', async (argument?: unknown) => {
    const text = await errorText(argument, vscode.l10n.t('Prepare a Case for Salesforce Support'));
    if (text === undefined) return undefined;
    const { preparedCase } = await explainer.get();
    const document = await vscode.workspace.openTextDocument({ language: 'markdown', content: preparedCase(text, nowWithZone()) });
    await vscode.window.showTextDocument(document);
    return document.uri;
  });
}

/** The time as a person on the other side of the world can read it: with the zone. */
function nowWithZone(): string {
  const now = new Date();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `${now.toISOString().slice(0, 16).replace('T', ' ')} UTC (${zone})`;
}
