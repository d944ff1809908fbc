import * as vscode from 'vscode';
import { PROJECT_FILE } from '../../../server/src/user-catalog/projectFileName.ts';

type Explainer = typeof import('../../../server/src/explain/main.ts');

/**
 * The part that knows what errors mean; loaded when it is first needed. Knows the users' own codes too: those of the project files and of the
 * setting, read anew when one of them has changed.
 */
export class ExplainerLoader implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #disposables: vscode.Disposable[] = [];
  #loading: Promise<Explainer> | undefined;
  #entries: Promise<void> | undefined;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
  }

  async get(): Promise<Explainer> {
    const explainer = await (this.#loading ??= this.#load());
    await (this.#entries ??= this.#takeEntries(explainer));
    return explainer;
  }

  dispose(): void {
    for (const disposable of this.#disposables) disposable.dispose();
  }

  #load(): Promise<Explainer> {
    const watcher = vscode.workspace.createFileSystemWatcher(`**/${PROJECT_FILE}`);
    const forget = (): void => {
      this.#entries = undefined;
    };
    this.#disposables.push(
      watcher, watcher.onDidCreate(forget), watcher.onDidChange(forget), watcher.onDidDelete(forget),
      vscode.workspace.onDidChangeWorkspaceFolders(forget),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('apiGuard.catalog')) forget();
      }),
    );
    return import('../../../server/src/explain/main.ts');
  }

  /** What is wrong with an entry is shown by the language server where it stands; here the right ones count. */
  async #takeEntries(explainer: Explainer): Promise<void> {
    try {
      const texts = await Promise.all((vscode.workspace.workspaceFolders ?? []).map(({ uri }) => textOf(vscode.Uri.joinPath(uri, PROJECT_FILE))));
      const setting: unknown = vscode.workspace.getConfiguration('apiGuard').get('catalog');
      await explainer.takeUserCatalogs(texts.filter((text) => text !== undefined), isEmpty(setting) ? undefined : setting);
    } catch (error) {
      this.#log.error('The project\'s own error codes could not be read.', error);
    }
  }
}

async function textOf(uri: vscode.Uri): Promise<string | undefined> {
  try {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    // Most projects have none.
    return undefined;
  }
}

function isEmpty(setting: unknown): boolean {
  return typeof setting !== 'object' || setting === null || Object.keys(setting).length === 0;
}
