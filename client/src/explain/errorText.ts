import * as vscode from 'vscode';

/** More text than this is cut, in UTF-16 code units. */
const LONGEST = 2_000_000;

/** Names of things rather than errors: a single short word that is selected is taken, a clipboard full of prose is not offered. */
const LOOKS_LIKE_ERROR = /[A-Z][A-Z0-9]+_[A-Z0-9_]+|error|fault|exception|invalid|denied|limit|\b[45]\d\d\b/i;

/**
 * The text to explain: the argument of the command, else the selection, else what the user types, with the clipboard as a proposal where it looks like an
 * error. Undefined when the user gives up.
 */
export async function errorText(argument: unknown, title: string): Promise<string | undefined> {
  if (typeof argument === 'string' && argument.trim() !== '') return argument.slice(0, LONGEST);
  const editor = vscode.window.activeTextEditor;
  const selected = editor && !editor.selection.isEmpty ? editor.document.getText(editor.selection) : '';
  if (selected.trim() !== '') return selected.slice(0, LONGEST);
  const clipboard = (await vscode.env.clipboard.readText()).slice(0, LONGEST);
  const proposed = LOOKS_LIKE_ERROR.test(clipboard) ? clipboard.trim() : '';
  const oneLine = proposed.replace(/\s*\n\s*/g, ' ');
  const typed = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t('A Salesforce error code, a message, or a whole answer (JSON, XML, log lines).'),
    placeHolder: 'UNABLE_TO_LOCK_ROW',
    value: oneLine,
    valueSelection: [0, oneLine.length],
    ignoreFocusOut: true,
  });
  if (typed === undefined || typed.trim() === '') return undefined;
  // An input box has one line; what was proposed and left as it was is taken with its lines.
  return typed === oneLine ? proposed : typed;
}
