import type { SecretStorage } from 'vscode';

/** Access tokens in the editor's secret storage, one an instance URL. The only place where one is kept. */
export class TokenStore {
  readonly #secrets: SecretStorage;

  constructor(secrets: SecretStorage) {
    this.#secrets = secrets;
  }

  async get(instanceUrl: string): Promise<string | undefined> {
    return this.#secrets.get(keyOf(instanceUrl));
  }

  async set(instanceUrl: string, token: string): Promise<void> {
    await this.#secrets.store(keyOf(instanceUrl), token);
  }

  async delete(instanceUrl: string): Promise<void> {
    await this.#secrets.delete(keyOf(instanceUrl));
  }
}

function keyOf(instanceUrl: string): string {
  return `apiGuard.token:${instanceUrl}`;
}
