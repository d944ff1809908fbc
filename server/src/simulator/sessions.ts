import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { failure } from './apiFailure.ts';
import { adminUsername } from './seed.ts';

/** What a login needs. All of it is made at random at every start and opens nothing but this process's made-up data. */
export interface Credentials {
  username: string;
  password: string;
  clientId: string;
  clientSecret: string;
  refreshToken: string;
}

/** A secret of so many random bytes, in characters that a URL and a header take. */
export function randomSecret(bytes = 24): string {
  return randomBytes(bytes).toString('base64url');
}

/** Whether two secrets are equal, in a time that tells nothing. */
export function sameSecret(left: string, right: string): boolean {
  const a = Buffer.from(left);
  const b = Buffer.from(right);
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A login by browser that waits for its code to be redeemed. */
interface PendingCode {
  redirectUri: string;
  challenge: string;
  expires: number;
}

/** How long a code can be redeemed, in milliseconds (Salesforce Help, OAuth 2.0 Web Server Flow: 15 minutes). */
const codeLifetime = 15 * 60_000;

/** Logins and live sessions of the org. */
export class Sessions {
  readonly credentials: Credentials = {
    username: adminUsername,
    password: randomSecret(12),
    clientId: `3MVG9${randomSecret(40)}`,
    clientSecret: randomBytes(32).toString('hex').toUpperCase(),
    refreshToken: `5Aep861${randomSecret(48)}`,
  };
  readonly organizationId: string;
  private readonly tokens = new Set<string>();
  private readonly codes = new Map<string, PendingCode>();
  /** Refresh tokens that browser logins were given, with the access tokens that came of each. */
  private readonly refreshTokens = new Map<string, string[]>();

  constructor(organizationId: string) {
    this.organizationId = organizationId;
  }

  /** Opens a session and returns its access token, shaped like a real one: organisation id, exclamation mark, secret. */
  open(): string {
    const token = `${this.organizationId.slice(0, 15)}!AQ${randomSecret(72)}`;
    this.tokens.add(token);
    return token;
  }

  /** Whether the token belongs to a live session. */
  isOpen(token: string | undefined): boolean {
    return token !== undefined && this.tokens.has(token);
  }

  /** @throws ApiFailure INVALID_SESSION_ID (401). */
  check(token: string | undefined): void {
    if (!this.isOpen(token)) throw failure(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
  }

  /** A code for a login by browser. @param challenge base64url of the verifier's SHA-256 */
  openCode(redirectUri: string, challenge: string, now: number): string {
    const code = `aPrx${randomSecret(40)}`;
    this.codes.set(code, { redirectUri, challenge, expires: now + codeLifetime });
    return code;
  }

  /** Redeems a code, once. @returns why not, or the tokens */
  redeem(code: string, redirectUri: string, verifier: string, now: number): { accessToken: string; refreshToken: string } | 'unknown' | 'redirect' | 'verifier' {
    const pending = this.codes.get(code);
    this.codes.delete(code);
    if (!pending || now > pending.expires) return 'unknown';
    if (pending.redirectUri !== redirectUri) return 'redirect';
    if (!sameSecret(createHash('sha256').update(verifier).digest('base64url'), pending.challenge)) return 'verifier';
    const refreshToken = `5Aep861${randomSecret(48)}`;
    const accessToken = this.open();
    this.refreshTokens.set(refreshToken, [accessToken]);
    return { accessToken, refreshToken };
  }

  /** A fresh access token for a refresh token; `undefined` when it is not known. */
  renew(refreshToken: string): string | undefined {
    if (sameSecret(refreshToken, this.credentials.refreshToken)) return this.open();
    const given = this.refreshTokens.get(refreshToken);
    if (!given) return undefined;
    const accessToken = this.open();
    given.push(accessToken);
    return accessToken;
  }

  /** Ends a session, or with a refresh token a whole login. @returns whether the token was known */
  revoke(token: string): boolean {
    const given = this.refreshTokens.get(token);
    for (const accessToken of given ?? []) this.tokens.delete(accessToken);
    return this.refreshTokens.delete(token) || this.tokens.delete(token);
  }

  /** Ends every login by browser: their refresh tokens are no longer accepted. */
  endLogins(): void {
    this.refreshTokens.clear();
  }

  /** Ends every session, as an administrator or a time-out would. */
  endAll(): void {
    this.tokens.clear();
  }
}
