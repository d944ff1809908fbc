import { asLimitsProblem, LimitsProblem } from '../../../server/src/limits/limitsProblem.ts';
import type { OrgLimits } from '../../../server/src/limits/orgLimits.ts';
import type { Logins } from './oauth/logins.ts';
import type { OrgSource } from './orgSource.ts';

/** An org that the user has logged in to in the browser. */
export class OAuthOrg implements OrgSource {
  readonly kind = 'oauth';
  /** Id of the login. */
  readonly login: string;
  readonly instanceUrl: string;
  readonly #logins: Logins;
  readonly #signOut: (login: string) => Promise<void>;

  constructor(login: string, instanceUrl: string, logins: Logins, signOut: (login: string) => Promise<void>) {
    this.login = login;
    this.instanceUrl = instanceUrl;
    this.#logins = logins;
    this.#signOut = signOut;
  }

  get id(): string {
    return `oauth:${this.login}`;
  }

  get key(): string {
    return `url:${this.instanceUrl}`;
  }

  get name(): string {
    return new URL(this.instanceUrl).host;
  }

  async read(signal: AbortSignal): Promise<OrgLimits> {
    const login = await this.#logins.get(this.login);
    if (!login) throw new LimitsProblem('no-token', `This editor holds no login for ${this.name}.`);
    const { readLimits } = await import('../../../server/src/limits/jsforceOrg.ts');
    const read = (accessToken: string): Promise<OrgLimits> => readLimits({ instanceUrl: this.instanceUrl, accessToken, signal });
    try {
      return await read(login.accessToken);
    } catch (error) {
      signal.throwIfAborted();
      if (asLimitsProblem(error).kind !== 'session-expired') throw error;
    }
    // Sessions end every few hours; the login goes on.
    return read(await this.#logins.fresh(this.login, login.accessToken));
  }

  async signOut(): Promise<void> {
    await this.#signOut(this.login);
  }
}
