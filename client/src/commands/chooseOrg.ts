import * as vscode from 'vscode';
import type { OrgKind } from '../orgs/orgSource.ts';
import { registerTrusted } from './command.ts';

const COMMANDS: Record<OrgKind, string> = {
  cli: 'apiGuard.useSalesforceCliOrg',
  token: 'apiGuard.connectOrg',
  demo: 'apiGuard.useDemoOrg',
};

/** "API Guard: Choose Org": a picker of the ways to an org; the way's name as an argument answers it. */
export function registerChooseOrg(): vscode.Disposable {
  return registerTrusted('apiGuard.chooseOrg', async (argument) => {
    const kind = isKind(argument) ? argument : await askKind();
    if (kind) await vscode.commands.executeCommand(COMMANDS[kind]);
  });
}

function isKind(value: unknown): value is OrgKind {
  return typeof value === 'string' && Object.hasOwn(COMMANDS, value);
}

async function askKind(): Promise<OrgKind | undefined> {
  const { t } = vscode.l10n;
  const items: (vscode.QuickPickItem & { kindOfOrg: OrgKind })[] = [
    { label: `$(terminal) ${t('Salesforce CLI\'s default org')}`, detail: t('Uses the CLI\'s own login; no token reaches this editor'), kindOfOrg: 'cli' },
    { label: `$(key) ${t('Instance URL and access token')}`, detail: t('The token is kept in the editor\'s secret storage'), kindOfOrg: 'token' },
    { label: `$(beaker) ${t('Demo org')}`, detail: t('A simulated org on this machine, to look around'), kindOfOrg: 'demo' },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: t('Whose limits?'), placeHolder: t('Choose where the limits come from') });
  return picked?.kindOfOrg;
}
