import * as vscode from 'vscode';
import { currentPlace } from '../orgs/cliOrg.ts';
import { aliasesOf } from '../../../server/src/limits/defaultOrg.ts';
import { registerTrusted } from './command.ts';

/** What a way to an org runs, and with which argument. */
interface Way {
  command: string;
  argument?: Record<string, unknown>;
}

const WAYS: Record<string, Way> = {
  cli: { command: 'apiGuard.useSalesforceCliOrg' },
  browser: { command: 'apiGuard.logIn' },
  token: { command: 'apiGuard.connectOrg' },
  demo: { command: 'apiGuard.useDemoOrg' },
};

/** "API Guard: Choose Org" and "Add Org": a picker of the ways to an org; the way's name as an argument answers it. */
export function registerChooseOrg(): vscode.Disposable {
  const choose = (beside: boolean) => async (argument?: unknown): Promise<void> => {
    const way = typeof argument === 'string' && Object.hasOwn(WAYS, argument) ? WAYS[argument] : await askWay(beside);
    if (way) await vscode.commands.executeCommand(way.command, { ...way.argument, beside });
  };
  return vscode.Disposable.from(registerTrusted('apiGuard.chooseOrg', choose(false)), registerTrusted('apiGuard.addOrg', choose(true)));
}

async function askWay(beside: boolean): Promise<Way | undefined> {
  const { t } = vscode.l10n;
  const aliases = await aliasesOf(currentPlace().home);
  const item = (icon: string, label: string, detail: string, way: Way | undefined) => ({ label: `$(${icon}) ${label}`, detail, way });
  const items = [
    item('terminal', t('Salesforce CLI\'s default org'), t('Uses the CLI\'s own login; no token reaches this editor'), WAYS.cli),
    ...aliases.map(({ alias, username }) => item('cloud', alias, t('{0}, by the Salesforce CLI\'s login', username), { command: 'apiGuard.useSalesforceCliOrg', argument: { target: alias } })),
    item('sign-in', t('Log in with the browser'), t('For an org that the Salesforce CLI does not know; the tokens stay in the editor\'s secret storage'), WAYS.browser),
    item('key', t('Instance URL and access token'), t('The token is kept in the editor\'s secret storage'), WAYS.token),
    item('beaker', t('Demo org'), t('A simulated org on this machine, to look around'), WAYS.demo),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: beside ? t('Whose limits beside those?') : t('Whose limits?'), placeHolder: t('Choose where the limits come from'), matchOnDetail: true,
  });
  return picked?.way;
}
