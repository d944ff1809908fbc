import * as vscode from 'vscode';
import { asLimitsProblem, redact } from '../../../server/src/limits/limitsProblem.ts';
import type { GeneratedDocuments } from '../explain/generatedDocuments.ts';
import type { LimitsView } from '../limits/limitsView.ts';
import type { SalesforceAuthProvider } from '../orgs/oauth/authProvider.ts';
import { LoginCancelled } from '../orgs/oauth/browserLogin.ts';
import type { OrgChooser } from '../orgs/orgChooser.ts';
import { placingFrom, registerTrusted } from './command.ts';

/** "API Guard: Log In with Browser". Without a client id it says how to come to one. */
export function registerLogIn(chooser: OrgChooser, view: LimitsView, provider: SalesforceAuthProvider, documents: GeneratedDocuments): vscode.Disposable {
  return registerTrusted('apiGuard.logIn', async (argument) => {
    if (!vscode.workspace.getConfiguration('apiGuard.oauth').get<string>('clientId')) return explainApp(documents);
    let login;
    try {
      login = await provider.add();
    } catch (error) {
      if (!(error instanceof LoginCancelled)) void vscode.window.showErrorMessage(redact(error instanceof Error ? error.message : asLimitsProblem(error).message));
      return;
    }
    await chooser.useLogin(login, placingFrom(argument));
    await view.reveal();
    await view.settled();
  });
}

/** How to make the app that a login needs: it is made once, in any org of the user's. */
async function explainApp(documents: GeneratedDocuments): Promise<void> {
  const { t } = vscode.l10n;
  const port = vscode.workspace.getConfiguration('apiGuard.oauth').get<number>('port');
  const content = [
    `# ${t('Log in with the browser')}`,
    t('Salesforce lets a program log users in only for an app that an administrator has made. It takes five minutes, once:'),
    [
      t('1. In Setup, open **External Client App Manager** and choose **New External Client App**.'),
      t('2. Name it, for example *API Guard*, and enable OAuth.'),
      t('3. Callback URL: `http://localhost:{0}/OauthRedirect`, exactly so.', port ?? 1717),
      t('4. OAuth scopes: **Manage user data via APIs (api)** and **Perform requests at any time (refresh_token, offline_access)**, nothing else.'),
      t('5. Under **Security**, require **PKCE**; do not require a secret for the web server flow, nor for the refresh token flow.'),
      t('6. Copy the **consumer key** into the setting `apiGuard.oauth.clientId`. It is no secret.'),
      t('7. For a sandbox, set `apiGuard.oauth.loginUrl` to `https://test.salesforce.com` or to its My Domain.'),
    ].join('\n'),
    t('Then run **API Guard: Log In with Browser** again. The tokens stay in the editor\'s secret storage; signing out deletes them here and ends them at Salesforce.'),
  ].join('\n\n');
  await documents.show(t('Log in with the browser'), `${content}\n`);
  await vscode.commands.executeCommand('workbench.action.openSettings2', { openToSide: true, query: '@id:apiGuard.oauth.clientId,apiGuard.oauth.loginUrl,apiGuard.oauth.port' });
  // The settings open as wide as they like, and leave the text beside them a column of single words.
  await vscode.commands.executeCommand('workbench.action.evenEditorWidths');
}
