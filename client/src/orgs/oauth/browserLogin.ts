import * as vscode from 'vscode';
import { instanceUrlFrom } from '../../../../server/src/limits/instanceUrl.ts';
import { authorize, readCallback } from './authorization.ts';
import type { Authorization, CallbackAnswer, OAuthApp } from './authorization.ts';
import { listenForCallback } from './loopback.ts';
import type { Loopback } from './loopback.ts';
import type { Login } from './loginStore.ts';
import type { Logins } from './logins.ts';

/** The user has given up; nobody needs to be told. */
export class LoginCancelled extends Error {}

/** The login that this window waits for. Whoever has closed the browser's page begins anew, and the port is then wanted again. */
let waiting: Loopback | undefined;

/**
 * Leads the user through a login in the browser: on this machine a listener waits for the browser to come back, elsewhere the user pastes the address at which it has ended.
 * @throws LoginCancelled, or Error with what to tell the user
 */
export async function logInByBrowser(logins: Logins, allowLoopback: boolean): Promise<Login> {
  const app = appFromSettings(allowLoopback);
  const attempt = authorize(app);
  const answer = isLocalDesktop() ? await listened(app, attempt) ?? await pasted(app, attempt) : await pasted(app, attempt);
  if ('refused' in answer) throw new Error(vscode.l10n.t('Salesforce did not log in: {0}', answer.refused));
  if (!('code' in answer)) throw new LoginCancelled();
  return vscode.window.withProgress({ location: { viewId: 'apiGuard.limits' } }, () => logins.add(app, answer.code, attempt.verifier));
}

/** The user's own External Client App, from settings that no workspace can choose. */
function appFromSettings(allowLoopback: boolean): OAuthApp {
  const settings = vscode.workspace.getConfiguration('apiGuard.oauth');
  const clientId = String(settings.get('clientId') ?? '').trim();
  if (!/^[\w.-]{10,255}$/.test(clientId)) throw new Error(vscode.l10n.t('Set the consumer key of your External Client App first (setting apiGuard.oauth.clientId).'));
  const loginUrl = loginUrlFrom(String(settings.get('loginUrl') ?? ''), allowLoopback);
  if (loginUrl === undefined) throw new Error(vscode.l10n.t('The setting apiGuard.oauth.loginUrl is not an address at which Salesforce logs in, such as https://login.salesforce.com or your My Domain.'));
  const port = Number(settings.get('port'));
  if (!Number.isInteger(port) || port < 1024 || port > 65_535) throw new Error(vscode.l10n.t('The setting apiGuard.oauth.port is not a port from 1024 to 65535.'));
  return { clientId, loginUrl, redirectUri: `http://localhost:${port}/OauthRedirect` };
}

/** Login hosts, and My Domains, which log in too. */
function loginUrlFrom(text: string, allowLoopback: boolean): string | undefined {
  const trimmed = text.trim().replace(/\/+$/, '');
  if (/^https:\/\/(login|test)\.salesforce\.com$/i.test(trimmed)) return trimmed.toLowerCase();
  const address = instanceUrlFrom(trimmed, allowLoopback);
  return 'url' in address ? address.url : undefined;
}

/** Whether a browser on the user's screen reaches ports of the machine that this runs on. */
function isLocalDesktop(): boolean {
  return vscode.env.remoteName === undefined && vscode.env.uiKind === vscode.UIKind.Desktop;
}

/** @returns `undefined` where the port cannot be had and the user would rather paste */
async function listened(app: OAuthApp, { url, state }: Authorization): Promise<CallbackAnswer | undefined> {
  const loopback = await listener(app.redirectUri, state);
  if (!loopback) return undefined;
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Log in to Salesforce in the browser...'), cancellable: true },
    async (_progress, cancellation) => {
      cancellation.onCancellationRequested(() => loopback.cancel());
      if (!await vscode.env.openExternal(vscode.Uri.parse(url, true))) loopback.cancel();
      const end = await loopback.end;
      if (!('gaveUp' in end)) return end;
      if (end.gaveUp === 'time') throw new Error(vscode.l10n.t('Nobody logged in within two minutes.'));
      throw new LoginCancelled();
    },
  );
}

/** Listens on the port of the callback URL; while another program has it, the user says what to do. */
async function listener(redirectUri: string, state: string): Promise<Loopback | undefined> {
  const { t } = vscode.l10n;
  const words = { done: t('Salesforce has logged you in. Close this page and go back to the editor.'), refused: t('This is not the login that the editor waits for.') };
  const [again, paste] = [t('Try Again'), t('Paste the Address Instead')];
  waiting?.cancel();
  await waiting?.end;
  for (;;) {
    try {
      waiting = await listenForCallback(redirectUri, state, words);
      return waiting;
    } catch (error) {
      const answer = await vscode.window.showErrorMessage(portText(new URL(redirectUri).port, (error as NodeJS.ErrnoException).code), again, paste);
      if (answer === paste) return undefined;
      if (answer !== again) throw new LoginCancelled();
    }
  }
}

function portText(port: string, code: string | undefined): string {
  return code === 'EADDRINUSE'
    ? vscode.l10n.t('Another program listens at port {0} of this machine, perhaps a login of the Salesforce CLI that still waits, so the browser cannot come back to the editor. End it and try again, or choose another port in the setting apiGuard.oauth.port and in the callback URL of your app.', port)
    : vscode.l10n.t('The browser cannot come back to the editor: port {0} of this machine cannot be used ({1}). Choose another one in the setting apiGuard.oauth.port and in the callback URL of your app.', port, code ?? '?');
}

async function pasted(app: OAuthApp, { url, state }: Authorization): Promise<CallbackAnswer> {
  await vscode.env.openExternal(vscode.Uri.parse(url, true));
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Log In to Salesforce'),
    prompt: vscode.l10n.t('Log in in the browser. At the end it shows a page that cannot be reached: copy that page\'s address from the address bar and paste it here.'),
    placeHolder: `${app.redirectUri}?code=...`,
    password: true,
    ignoreFocusOut: true,
    validateInput: (typed) => {
      const answer = readCallback(typed, app.redirectUri, state);
      return typed.trim() === '' || !('wrong' in answer) ? undefined : wrongText(answer.wrong, app.redirectUri);
    },
  });
  if (text === undefined || text.trim() === '') throw new LoginCancelled();
  return readCallback(text, app.redirectUri, state);
}

function wrongText(wrong: 'not-an-address' | 'other-address' | 'other-state' | 'no-code', redirectUri: string): string {
  switch (wrong) {
    case 'not-an-address':
    case 'other-address': return vscode.l10n.t('The address must start with {0}.', redirectUri);
    case 'other-state': return vscode.l10n.t('This address belongs to another login. Log in once more and take the new one.');
    case 'no-code': return vscode.l10n.t('The address holds no code. Copy the whole of it.');
  }
}
