import * as vscode from 'vscode';
import { REFERENCE_COMMAND } from '../../../server/src/explain/referenceLink.ts';
import { referencePage } from '../../../catalog/reference.ts';

/** Time after which a long page has been laid out, in milliseconds. */
const LAID_OUT = 1_500;

/** Opens the reference, at a code if one is given. Hovers link here. */
export function registerShowReference(folder: vscode.Uri): vscode.Disposable {
  return vscode.commands.registerCommand(REFERENCE_COMMAND, async (family?: unknown, code?: unknown) => {
    const target = typeof family === 'string' && typeof code === 'string' ? referencePage({ family, code }) : undefined;
    // A family comes from a link in text: only names of pages are let through.
    const page = target && /^[a-z0-9-]+\.md$/.test(target.page) ? target : { page: 'README.md', anchor: '' };
    const uri = vscode.Uri.joinPath(folder, page.page).with({ fragment: page.anchor });
    await vscode.commands.executeCommand('markdown.showPreview', uri);
    // A long page is still being laid out when the preview jumps to the code, and slips away from it: it is told once more.
    await new Promise((resolve) => setTimeout(resolve, LAID_OUT));
    await vscode.commands.executeCommand('markdown.showPreview', uri);
    return uri;
  });
}
