import { randomBytes, timingSafeEqual } from 'node:crypto';
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

  /** Ends one session; unknown tokens are ignored. */
  end(token: string): void {
    this.tokens.delete(token);
  }

  /** Ends every session, as an administrator or a time-out would. */
  endAll(): void {
    this.tokens.clear();
  }
}
