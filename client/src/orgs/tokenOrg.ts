import { LimitsProblem } from '../../../server/src/limits/limitsProblem.ts';
import type { OrgLimits } from '../../../server/src/limits/orgLimits.ts';
import type { OrgSource } from './orgSource.ts';
import type { TokenStore } from './tokenStore.ts';

/** An org reached directly with an access token that the user typed. */
export class TokenOrg implements OrgSource {
  readonly kind = 'token';
  readonly instanceUrl: string;
  readonly #tokens: TokenStore;

  constructor(instanceUrl: string, tokens: TokenStore) {
    this.instanceUrl = instanceUrl;
    this.#tokens = tokens;
  }

  get id(): string {
    return `token:${this.instanceUrl}`;
  }

  get key(): string {
    return `url:${this.instanceUrl}`;
  }

  get name(): string {
    return new URL(this.instanceUrl).host;
  }

  async read(signal: AbortSignal): Promise<OrgLimits> {
    const accessToken = await this.#tokens.get(this.instanceUrl);
    if (!accessToken) throw new LimitsProblem('no-token', `No access token is stored for ${this.name}.`);
    // jsforce is big: its own bundle, loaded at the first reading.
    const { readLimits } = await import('../../../server/src/limits/jsforceOrg.ts');
    return readLimits({ instanceUrl: this.instanceUrl, accessToken, signal });
  }

  async signOut(): Promise<void> {
    await this.#tokens.delete(this.instanceUrl);
  }
}
