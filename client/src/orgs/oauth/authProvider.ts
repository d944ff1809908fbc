import * as vscode from 'vscode';
import type { Login } from './loginStore.ts';
import type { Logins } from './logins.ts';

/** Id under which the editor knows logins to Salesforce, in its Accounts menu too. */
export const PROVIDER_ID = 'api-guard-salesforce';

/**
 * Logins to Salesforce for the editor: they stand in its Accounts menu, where they can be signed out of. Another extension that asks for one gets it only after the
 * editor has asked the user.
 */
export class SalesforceAuthProvider implements vscode.AuthenticationProvider, vscode.Disposable {
  readonly #logins: Logins;
  readonly #logIn: () => Promise<Login>;
  readonly #changed = new vscode.EventEmitter<vscode.AuthenticationProviderAuthenticationSessionsChangeEvent>();
  readonly onDidChangeSessions = this.#changed.event;
  readonly #registration: vscode.Disposable;

  /** @param logIn leads the user through the browser */
  constructor(logins: Logins, logIn: () => Promise<Login>) {
    this.#logins = logins;
    this.#logIn = logIn;
    this.#registration = vscode.authentication.registerAuthenticationProvider(PROVIDER_ID, 'Salesforce', this, { supportsMultipleAccounts: true });
  }

  async getSessions(_scopes?: readonly string[], options?: vscode.AuthenticationProviderSessionOptions): Promise<vscode.AuthenticationSession[]> {
    const sessions = (await this.#logins.all()).map(sessionOf);
    return options?.account ? sessions.filter(({ account }) => account.id === options.account?.id) : sessions;
  }

  async createSession(): Promise<vscode.AuthenticationSession> {
    return sessionOf(await this.add());
  }

  /** Logs in, and tells the editor. */
  async add(): Promise<Login> {
    if (!vscode.workspace.isTrusted) throw new Error(vscode.l10n.t('API Guard logs in to an org only in a trusted workspace.'));
    const login = await this.#logIn();
    this.#changed.fire({ added: [sessionOf(login)], removed: [], changed: [] });
    return login;
  }

  async removeSession(id: string): Promise<void> {
    const login = await this.#logins.remove(id);
    if (login) this.#changed.fire({ added: [], removed: [sessionOf(login)], changed: [] });
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
  }
}

function sessionOf({ id, instanceUrl, identity, accessToken }: Login): vscode.AuthenticationSession {
  return { id, accessToken, scopes: ['api', 'refresh_token'], account: { id: identity || id, label: new URL(instanceUrl).host } };
}
