import type { Memento } from 'vscode';

const KEY = 'apiGuard.cliOrgs';

/** Orgs that are remembered; nobody logs in to more. */
const MOST = 200;

/** Which orgs of the Salesforce CLI are production orgs, by username: an org never changes that, so it is asked once. Holds nothing secret. */
export class CliOrgKinds {
  readonly #memory: Memento;

  constructor(memory: Memento) {
    this.#memory = memory;
  }

  /** `undefined` where it was never asked. */
  isProduction(username: string): boolean | undefined {
    return new Map(this.#entries()).get(username);
  }

  async remember(username: string, isProduction: boolean): Promise<void> {
    await this.#keep([...this.#entries().filter(([name]) => name !== username), [username, isProduction]]);
  }

  async forget(username: string): Promise<void> {
    await this.#keep(this.#entries().filter(([name]) => name !== username));
  }

  /** State is a file that anybody may have written. */
  #entries(): [string, boolean][] {
    const saved = this.#memory.get<unknown>(KEY);
    if (typeof saved !== 'object' || saved === null) return [];
    return Object.entries(saved).filter((entry): entry is [string, boolean] => typeof entry[1] === 'boolean');
  }

  async #keep(entries: [string, boolean][]): Promise<void> {
    await this.#memory.update(KEY, entries.length > 0 ? Object.fromEntries(entries.slice(-MOST)) : undefined);
  }
}
