import * as vscode from 'vscode';
import { REFERENCE_COMMAND } from '../../../server/src/explain/referenceLink.ts';
import { referencePage } from '../../../catalog/reference.ts';

/** Pauses after which a long page has been laid out, on a quick machine and on a slow one, in milliseconds. */
const LAID_OUT = [1_500, 3_000];

/** A page from this size on is laid out only after the preview has jumped, in bytes. */
const LONG_PAGE = 200_000;

/** Opens the reference, at a code if one is given. Hovers link here. */
export function registerShowReference(folder: vscode.Uri): vscode.Disposable {
  return vscode.commands.registerCommand(REFERENCE_COMMAND, async (family?: unknown, code?: unknown) => {
    const target = typeof family === 'string' && typeof code === 'string' ? referencePage({ family, code }) : undefined;
    // A family comes from a link in text: only names of pages are let through.
    const page = target && /^[a-z0-9-]+\.md$/.test(target.page) ? target : { page: 'README.md', anchor: '' };
    const uri = vscode.Uri.joinPath(folder, page.page).with({ fragment: page.anchor });
    await vscode.commands.executeCommand('markdown.showPreview', uri);
    const { size } = await vscode.workspace.fs.stat(uri.with({ fragment: '' }));
    if (size < LONG_PAGE) return uri;
    // A long page is still being laid out when the preview jumps to the code, and slips away from it: it is told again, while it is being looked at.
    for (const pause of LAID_OUT) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (!vscode.window.tabGroups.activeTabGroup.activeTab?.label.includes(page.page)) break;
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    }
    return uri;
  });
}
