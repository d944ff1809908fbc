import * as vscode from 'vscode';
import { INSTALL_COMMAND, type PackageToInstall } from '../../../server/src/editor/protocol.ts';
import { findOnPath } from '../../../server/src/limits/executable.ts';
import { install } from '../packages/install.ts';
import { packageManagerOf } from '../packages/packageManager.ts';
import { textIn } from './command.ts';

/**
 * Installs the package that a quick fix has just made a file need, with the package manager of its project. Resolves to whether it is installed: where it is not, the user is told,
 * with what to type instead.
 */
export function registerInstallPackage(log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.commands.registerCommand(INSTALL_COMMAND, async (argument?: unknown) => {
    const wanted = wantedIn(argument);
    const around = wanted && vscode.workspace.getWorkspaceFolder(vscode.Uri.file(wanted.folder));
    if (!wanted || !around) return false;
    const { name, range, folder } = wanted;
    const { program, add } = packageManagerOf(folder, around.uri.fsPath);
    const args = [add, `${name}@${range}`];
    const typed = `${program} ${add} "${name}@${range}"`;
    // Installing runs what packages bring along, and a manifest that is being edited would be changed below the editor.
    const executable = vscode.workspace.isTrusted && !isBeingEdited(folder) ? await findOnPath(program, process.env) : undefined;
    if (executable === undefined) {
      void vscode.window.showWarningMessage(vscode.l10n.t('{0} is not installed yet. Save package.json and run: {1}', name, typed));
      return false;
    }
    const { done, output } = await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Installing {0} with {1}', name, program), cancellable: true },
      async (_progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        return install(executable, args, folder, stop.signal);
      },
    );
    log.info(`${typed} in ${folder}: ${done ? 'done' : `failed\n${output}`}`);
    if (!done) void told(name, typed, log);
    return done;
  });
}

async function told(name: string, typed: string, log: vscode.LogOutputChannel): Promise<void> {
  const show = vscode.l10n.t('Show Log');
  const answer = await vscode.window.showErrorMessage(vscode.l10n.t('{0} could not be installed; the log says why. The new file needs it: {1}', name, typed), show);
  if (answer === show) log.show();
}

function isBeingEdited(folder: string): boolean {
  const manifest = vscode.Uri.joinPath(vscode.Uri.file(folder), 'package.json').toString();
  return vscode.workspace.textDocuments.some(({ uri, isDirty }) => isDirty && uri.toString() === manifest);
}

/** Commands take what anybody gives them: only a package's plain name and a plain range become words of a command line. */
function wantedIn(argument: unknown): PackageToInstall | undefined {
  const name = textIn(argument, 'name');
  const range = textIn(argument, 'range');
  const folder = textIn(argument, 'folder');
  if (name === undefined || range === undefined || folder === undefined) return undefined;
  return /^[a-z][a-z0-9-]*$/.test(name) && /^\^\d+\.\d+\.\d+$/.test(range) ? { name, range, folder } : undefined;
}
