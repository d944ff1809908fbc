import * as vscode from 'vscode';
import { isSafeTarget } from '../../../server/src/limits/defaultOrg.ts';
import { CliOrg } from '../orgs/cliOrg.ts';
import type { OrgChooser } from '../orgs/orgChooser.ts';
import { registerTrusted } from './command.ts';

/** Writes the CLI's login command into a terminal, for the user to run: what runs on this machine is theirs to say. */
export function registerLogInWithCli(chooser: OrgChooser): vscode.Disposable {
  return registerTrusted('apiGuard.logInWithCli', async (id) => {
    const source = chooser.sources.find((each): each is CliOrg => each instanceof CliOrg && (id === undefined || each.id === id));
    const alias = source?.lastTarget;
    const terminal = vscode.window.createTerminal({ name: vscode.l10n.t('Salesforce login') });
    terminal.show();
    terminal.sendText(`sf org login web${alias !== undefined && isSafeTarget(alias) ? ` --alias ${alias}` : ''}`, false);
  });
}
