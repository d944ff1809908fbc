import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Where a login happens and who asks for it. */
export interface OAuthApp {
  /** Origin of the login host, for example `https://login.salesforce.com` or a My Domain. */
  loginUrl: string;
  /** Consumer key of the user's own External Client App. Not a secret. */
  clientId: string;
  /** Exactly as the app's callback URL is written. */
  redirectUri: string;
}

/** One attempt to log in: what is sent to the browser, and what only we know. */
export interface Authorization {
  /** Address for the browser. */
  url: string;
  state: string;
  /** Proof that whoever redeems the code is who asked for it (RFC 7636). */
  verifier: string;
}

/** What the login host sent back through the browser. */
export type CallbackAnswer = { code: string } | { refused: string } | { wrong: 'not-an-address' | 'other-address' | 'other-state' | 'no-code' };

/** Starts an attempt: web server flow with PKCE, for reading the API and staying logged in, nothing else. */
export function authorize({ loginUrl, clientId, redirectUri }: OAuthApp): Authorization {
  const state = randomBytes(24).toString('base64url');
  const verifier = randomBytes(48).toString('base64url');
  const url = new URL('/services/oauth2/authorize', loginUrl);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'api refresh_token',
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    prompt: 'login',
  }).toString();
  return { url: url.href, state, verifier };
}

/**
 * Reads the address that the browser was sent to at the end.
 * @param address whatever a browser asked for, or a person pasted
 */
export function readCallback(address: string, redirectUri: string, state: string): CallbackAnswer {
  const text = address.trim();
  if (text.length > 8_000 || !URL.canParse(text)) return { wrong: 'not-an-address' };
  const url = new URL(text);
  const expected = new URL(redirectUri);
  if (url.origin !== expected.origin || url.pathname !== expected.pathname) return { wrong: 'other-address' };
  if (!isSame(url.searchParams.get('state') ?? '', state)) return { wrong: 'other-state' };
  const error = url.searchParams.get('error');
  if (error !== null) return { refused: printable(url.searchParams.get('error_description') ?? error) };
  const code = url.searchParams.get('code');
  return code ? { code } : { wrong: 'no-code' };
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}

/** A text from outside, fit to be shown. */
function printable(text: string): string {
  return text.replace(/[^\P{C}]/gu, ' ').slice(0, 200);
}
