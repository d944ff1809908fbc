import * as vscode from 'vscode';
import { RULE_COMMAND } from '../../../server/src/editor/protocol.ts';

/** Opens the page of a rule: the one named, or the one that is chosen from a list. The quick fixes of a finding lead here. @param folder the folders of the rules, each with its page */
export function registerShowRule(folder: vscode.Uri): vscode.Disposable {
  return vscode.commands.registerCommand(RULE_COMMAND, async (rule?: unknown) => {
    const rules = (await vscode.workspace.fs.readDirectory(folder)).flatMap(([name, type]) => (type === vscode.FileType.Directory ? [name] : [])).sort();
    // Commands take what anybody gives them: only the name of a rule becomes part of a path.
    const id = rules.find((each) => each === rule) ?? (await vscode.window.showQuickPick(rules, { title: 'API Guard', placeHolder: 'Rule to read about' }));
    if (id === undefined) return undefined;
    const page = vscode.Uri.joinPath(folder, id, 'README.md');
    await vscode.commands.executeCommand('markdown.showPreview', page);
    return page;
  });
}
