import * as vscode from 'vscode';
import { errorText } from '../explain/errorText.ts';
import type { ExplainerLoader } from '../explain/explainer.ts';
import type { GeneratedDocuments } from '../explain/generatedDocuments.ts';

/** "API Guard: Explain Error". Answers the address of the document that it shows. */
export function registerExplainError(explainer: ExplainerLoader, documents: GeneratedDocuments): vscode.Disposable {
  return vscode.commands.registerCommand('apiGuard.explainError', async (argument?: unknown) => {
    const text = await errorText(argument, vscode.l10n.t('Explain a Salesforce Error'));
    if (text === undefined) return undefined;
    const { explainedText } = await explainer.get();
    const markdown = explainedText(text);
    const name = /^# (.+)$/m.exec(markdown)?.[1]?.replace(/\\/g, '') ?? vscode.l10n.t('Salesforce error');
    return documents.show(name, markdown);
  });
}
