import * as vscode from 'vscode';
import type { LimitsView } from '../limits/limitsView.ts';
import { instanceUrlFrom, looksLikeToken } from '../../../server/src/limits/instanceUrl.ts';
import type { InstanceUrlFault } from '../../../server/src/limits/instanceUrl.ts';
import type { OrgChooser } from '../orgs/orgChooser.ts';
import { placingFrom, registerTrusted, textIn } from './command.ts';

/** "API Guard: Connect with Instance URL and Access Token"; a row of the tree or a test may give answers beforehand, what is missing is asked for. The token goes from the input box to the secret storage and nowhere else. */
export function registerConnectOrg(chooser: OrgChooser, view: LimitsView): vscode.Disposable {
  return registerTrusted('apiGuard.connectOrg', async (argument) => {
    const typed = textIn(argument, 'instanceUrl') ?? await askInstanceUrl(chooser.allowLoopback);
    if (typed === undefined) return;
    const address = instanceUrlFrom(typed, chooser.allowLoopback);
    if ('fault' in address) {
      void vscode.window.showErrorMessage(faultText(address.fault));
      return;
    }
    const token = (textIn(argument, 'accessToken') ?? await askToken(new URL(address.url).host))?.trim();
    if (token === undefined) return;
    if (!looksLikeToken(token)) {
      void vscode.window.showErrorMessage(notATokenText(token));
      return;
    }
    await chooser.useToken(address.url, token, placingFrom(argument));
    await view.reveal();
    await view.settled();
  });
}

async function askInstanceUrl(allowLoopback: boolean): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Connect to a Salesforce Org (1/2)'),
    prompt: vscode.l10n.t('Address of the org: "My Domain" in Setup, or what the browser shows while you are logged in.'),
    placeHolder: 'https://example.my.salesforce.com',
    value: vscode.workspace.getConfiguration('apiGuard').get<string>('instanceUrl') ?? '',
    ignoreFocusOut: true,
    validateInput: (text) => {
      const address = instanceUrlFrom(text, allowLoopback);
      return 'fault' in address ? faultText(address.fault) : undefined;
    },
  });
}

async function askToken(host: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: vscode.l10n.t('Connect to a Salesforce Org (2/2)'),
    prompt: vscode.l10n.t('Access token or session id for {0}. It is kept in this editor\'s secret storage until you disconnect.', host),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) => (text.trim() === '' || looksLikeToken(text.trim()) ? undefined : notATokenText(text.trim())),
  });
}

function notATokenText(text: string): string {
  return /^\[?REDACTED/i.test(text)
    ? vscode.l10n.t('This is what newer Salesforce CLIs print in place of a token. Use the CLI\'s default org instead: no token is needed.')
    : vscode.l10n.t('This does not look like an access token: it starts with 00D and has an exclamation mark, or it is a JSON web token.');
}

function faultText(fault: InstanceUrlFault): string {
  switch (fault) {
    case 'not-a-url': return vscode.l10n.t('This is not an address. An org\'s address looks like https://example.my.salesforce.com.');
    case 'not-https': return vscode.l10n.t('The address must start with https://, so that nobody can read the token on its way.');
    case 'login-host': return vscode.l10n.t('This host only logs users in. Enter the org\'s own address: "My Domain" in Setup.');
    case 'marketing-cloud': return vscode.l10n.t('Marketing Cloud tells nobody how much of its limits is used, so there is nothing to show. When it refuses a call with 429, the header Retry-After says how many seconds to wait.');
    case 'not-salesforce': return vscode.l10n.t('This is not an address of Salesforce. The token must not go anywhere else.');
    case 'has-credentials': return vscode.l10n.t('The address must not contain a user name or a password.');
  }
}
