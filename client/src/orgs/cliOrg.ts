import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { nameOfCliOrg, readCliOrg } from '../../../server/src/limits/cliOrgReading.ts';
import { defaultOrgFiles } from '../../../server/src/limits/defaultOrg.ts';
import type { DefaultOrgPlace } from '../../../server/src/limits/defaultOrg.ts';
import type { OrgLimits } from '../../../server/src/limits/orgLimits.ts';
import type { OrgSource } from './orgSource.ts';

/** The Salesforce CLI's default org for the first workspace folder. The CLI keeps the login; only limits come over. */
export class CliOrg implements OrgSource {
  readonly kind = 'cli';
  #name = vscode.l10n.t('Default org');
  #key: string | undefined;

  get key(): string | undefined {
    return this.#key;
  }

  get name(): string {
    return this.#name;
  }

  async read(signal: AbortSignal): Promise<OrgLimits> {
    return readCliOrg({
      place: currentPlace(),
      configuredPath: vscode.workspace.getConfiguration('apiGuard').get<string>('salesforceCliPath') ?? '',
      found: (org) => {
        this.#name = nameOfCliOrg(org);
        this.#key = `cli:${org.username ?? org.target}`;
      },
      signal,
    });
  }

  /** Files are watched; the CLI, which takes seconds to start, is not asked again and again. */
  watch(changed: () => void): vscode.Disposable {
    const place = currentPlace();
    const watchers = defaultOrgFiles(place).flatMap(({ folder, file }) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.file(folder), file));
      return [watcher, watcher.onDidChange(changed), watcher.onDidCreate(changed), watcher.onDidDelete(changed)];
    });
    return vscode.Disposable.from(
      ...watchers,
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('apiGuard.salesforceCliPath')) changed();
      }),
    );
  }
}

function currentPlace(): DefaultOrgPlace {
  const folder = vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file');
  // HOME is read here and not only by homedir(), so that CLI and extension agree on where the user's files are.
  return { folder: folder?.uri.fsPath, home: process.env.HOME || homedir(), env: process.env };
}
