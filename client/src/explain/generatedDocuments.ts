import * as vscode from 'vscode';

/** The scheme of documents that the extension writes and nobody edits. */
const SCHEME = 'api-guard';
/** Documents kept; the oldest is forgotten when one more is made. */
const KEPT = 20;

/** Read-only Markdown documents, shown as they are meant to be read. */
export class GeneratedDocuments implements vscode.Disposable, vscode.TextDocumentContentProvider {
  readonly #texts = new Map<string, string>();
  readonly #registration = vscode.workspace.registerTextDocumentContentProvider(SCHEME, this);
  #made = 0;

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.#texts.get(uri.toString()) ?? vscode.l10n.t('This explanation is no longer kept. Ask for it again.');
  }

  /** Shows a text in the Markdown preview, or as text where there is no preview. `title` is what the tab says. @returns its address */
  async show(title: string, text: string): Promise<vscode.Uri> {
    const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${++this.#made}/${title.replace(/[\\/:*?"<>|]/g, ' ').slice(0, 60)}.md` });
    this.#texts.set(uri.toString(), text);
    for (const oldest of this.#texts.keys()) {
      if (this.#texts.size <= KEPT) break;
      this.#texts.delete(oldest);
    }
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      await vscode.window.showTextDocument(uri, { preview: true });
    }
    return uri;
  }

  dispose(): void {
    this.#registration.dispose();
  }
}
