import * as vscode from 'vscode';

/** The file that the retry fix makes, and the function that it holds. */
const NAME = /\/salesforceRetry(?:Js)?\.[cm]?[jt]s$/;
const HOLDS = 'withSalesforceRetry';

/** Saves the file that the retry fix makes as soon as it is filled: an import of a file that is only in the editor would break what is built or run next. */
export class CreatedHelpers implements vscode.Disposable {
  /** Files of that name that were made and are not yet filled. */
  readonly #made = new Set<string>();
  readonly #disposables: vscode.Disposable[];

  constructor() {
    this.#disposables = [
      vscode.workspace.onDidCreateFiles(({ files }) => {
        for (const file of files) if (NAME.test(file.path)) this.#made.add(file.toString());
        for (const document of vscode.workspace.textDocuments) this.#save(document);
      }),
      vscode.workspace.onDidChangeTextDocument(({ document }) => this.#save(document)),
    ];
  }

  dispose(): void {
    for (const each of this.#disposables) each.dispose();
  }

  #save(document: vscode.TextDocument): void {
    const uri = document.uri.toString();
    if (!this.#made.has(uri) || !document.isDirty || !document.getText().includes(HOLDS)) return;
    this.#made.delete(uri);
    // Where it cannot be saved, the editor shows it as unsaved, and says why when the user saves it.
    void document.save();
  }
}
