import type { SecretStorage } from 'vscode';

/** A login by browser, as it is kept in the editor's secret storage and nowhere else. */
export interface Login {
  id: string;
  /** Where and as which app the access token is renewed. */
  loginUrl: string;
  clientId: string;
  instanceUrl: string;
  /** Ids of org and user, where they are known. */
  identity: string;
  accessToken: string;
  refreshToken?: string;
}

const KEY = 'apiGuard.logins';

/** Logins in the editor's secret storage: one secret that holds them all, so that none can be left behind. */
export class LoginStore {
  readonly #secrets: SecretStorage;
  /** Changes follow each other, or two would write over each other's logins. */
  #changing: Promise<unknown> = Promise.resolve();

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  async all(): Promise<Login[]> {
    return loginsFrom(await this.#secrets.get(KEY));
  }

  async get(id: string): Promise<Login | undefined> {
    return (await this.all()).find((login) => login.id === id);
  }

  /** Adds a login, or replaces the one with its id. */
  async put(login: Login): Promise<void> {
    await this.#change((logins) => [...logins.filter(({ id }) => id !== login.id), login]);
  }

  /** Takes a login away. @returns it, to be revoked */
  async remove(id: string): Promise<Login | undefined> {
    const login = await this.get(id);
    await this.#change((logins) => logins.filter((each) => each.id !== id));
    return login;
  }

  #change(change: (logins: Login[]) => Login[]): Promise<void> {
    const next = this.#changing.then(async () => {
      const logins = change(await this.all());
      if (logins.length === 0) await this.#secrets.delete(KEY);
      else await this.#secrets.store(KEY, JSON.stringify(logins));
    });
    this.#changing = next.catch(() => undefined);
    return next;
  }
}

function loginsFrom(text: string | undefined): Login[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(value) ? value.filter(isLogin) : [];
  } catch {
    return [];
  }
}

function isLogin(value: unknown): value is Login {
  if (typeof value !== 'object' || value === null) return false;
  const login = value as Record<string, unknown>;
  return ['id', 'loginUrl', 'clientId', 'instanceUrl', 'identity', 'accessToken'].every((name) => typeof login[name] === 'string') && ['string', 'undefined'].includes(typeof login.refreshToken);
}
