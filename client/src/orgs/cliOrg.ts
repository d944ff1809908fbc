import { homedir } from 'node:os';
import * as vscode from 'vscode';
import { LimitsProblem } from '../../../server/src/limits/limitsProblem.ts';
import type { OrgLimits } from '../../../server/src/limits/orgLimits.ts';
import { defaultOrgFiles, findDefaultOrg } from './defaultOrg.ts';
import type { DefaultOrgPlace } from './defaultOrg.ts';
import { findSalesforceCli } from './executable.ts';
import type { OrgSource } from './orgSource.ts';
import { readLimitsByCli } from './salesforceCli.ts';

/** The Salesforce CLI's default org for the first workspace folder. The CLI keeps the login; only limits come over. */
export class CliOrg implements OrgSource {
  readonly kind = 'cli';
  #name = vscode.l10n.t('Default org');

  get name(): string {
    return this.#name;
  }

  async read(signal: AbortSignal): Promise<OrgLimits> {
    const place = currentPlace();
    const { target, username } = await findDefaultOrg(place);
    this.#name = username && username !== target ? `${target} (${username})` : target;
    const configured = vscode.workspace.getConfiguration('apiGuard').get<string>('salesforceCliPath') ?? '';
    const executable = await findSalesforceCli(configured, place.env);
    if (!executable) {
      throw new LimitsProblem('no-cli', configured ? `There is no program at ${configured}.` : 'There is no sf on the PATH.');
    }
    return readLimitsByCli({ executable, target, cwd: place.folder ?? place.home, env: place.env, signal });
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
