import { randomUUID } from 'node:crypto';
import { LimitsProblem } from '../../../../server/src/limits/limitsProblem.ts';
import type { OAuthApp } from './authorization.ts';
import type { Login, LoginStore } from './loginStore.ts';
import { redeem, renew, revoke } from './tokenEndpoint.ts';

/** Logins by browser: made, renewed and ended. Knows nothing of the editor. */
export class Logins {
  readonly #store: LoginStore;
  readonly #allowLoopback: boolean;
  /** One renewal at a time for each login: where tokens rotate, a second one would end both. */
  readonly #renewing = new Map<string, Promise<string>>();

  constructor(store: LoginStore, allowLoopback: boolean) {
    this.#store = store;
    this.#allowLoopback = allowLoopback;
  }

  all(): Promise<Login[]> {
    return this.#store.all();
  }

  get(id: string): Promise<Login | undefined> {
    return this.#store.get(id);
  }

  /** Makes a login of a redeemed code; the same user of the same org has one. */
  async add(app: OAuthApp, code: string, verifier: string): Promise<Login> {
    const { accessToken, refreshToken, instanceUrl, identity } = await redeem(app, code, verifier, this.#allowLoopback);
    const same = identity === '' ? undefined : (await this.all()).find((login) => login.identity === identity && login.instanceUrl === instanceUrl);
    const login: Login = { id: same?.id ?? randomUUID(), loginUrl: app.loginUrl, clientId: app.clientId, instanceUrl, identity, accessToken, ...(refreshToken ? { refreshToken } : {}) };
    await this.#store.put(login);
    return login;
  }

  /**
   * An access token in place of one that the org no longer accepts.
   * @param stale the one that was refused; another window may have renewed it already
   * @throws LimitsProblem `session-expired` when only a new login helps
   */
  fresh(id: string, stale: string): Promise<string> {
    const running = this.#renewing.get(id);
    if (running) return running;
    const renewing = this.#renew(id, stale).finally(() => this.#renewing.delete(id));
    this.#renewing.set(id, renewing);
    return renewing;
  }

  /** Ends a login here and at Salesforce. */
  async remove(id: string): Promise<Login | undefined> {
    const login = await this.#store.remove(id);
    if (login) await revoke(login.loginUrl, login.refreshToken ?? login.accessToken);
    return login;
  }

  async #renew(id: string, stale: string): Promise<string> {
    const login = await this.#store.get(id);
    if (!login) throw new LimitsProblem('no-token', 'The login is no longer kept in this editor.');
    if (login.accessToken !== stale) return login.accessToken;
    if (login.refreshToken === undefined) throw new LimitsProblem('session-expired', 'The session has ended, and the app may not renew it.');
    const { accessToken, refreshToken } = await renew(login.loginUrl, login.clientId, login.refreshToken, this.#allowLoopback);
    // Signed out in the meantime: nothing is kept of it.
    if (!(await this.#store.get(id))) throw new LimitsProblem('no-token', 'The login is no longer kept in this editor.');
    await this.#store.put({ ...login, accessToken, refreshToken: refreshToken ?? login.refreshToken });
    return accessToken;
  }
}
