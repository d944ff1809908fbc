import { kindOfFailure, LimitsProblem } from '../../../../server/src/limits/limitsProblem.ts';
import { instanceUrlFrom } from '../../../../server/src/limits/instanceUrl.ts';
import type { OAuthApp } from './authorization.ts';

/** Longest wait for a login host, in milliseconds. */
const TIME_LIMIT = 30_000;

/** A token answer is about two kilobytes, in bytes. */
const MOST_BYTES = 64 * 1024;

/** What a login gave. */
export interface Tokens {
  accessToken: string;
  /** Absent where the app may not stay logged in, and mostly in answers to a renewal. */
  refreshToken: string | undefined;
  /** Origin of the org. */
  instanceUrl: string;
  /** Ids of org and user, `00D.../005...`; empty where the answer does not say. */
  identity: string;
}

/** Redeems the code of a login. @throws LimitsProblem that says why not, never with a token in it. */
export function redeem(app: OAuthApp, code: string, verifier: string, allowLoopback: boolean): Promise<Tokens> {
  return request(app.loginUrl, { grant_type: 'authorization_code', code, client_id: app.clientId, redirect_uri: app.redirectUri, code_verifier: verifier }, allowLoopback);
}

/** Asks for a fresh access token. @throws LimitsProblem, `session-expired` where the login is no longer accepted. */
export function renew(loginUrl: string, clientId: string, refreshToken: string, allowLoopback: boolean): Promise<Tokens> {
  return request(loginUrl, { grant_type: 'refresh_token', client_id: clientId, refresh_token: refreshToken }, allowLoopback);
}

/** Ends a login at Salesforce, as well as that can be done: signing out here must not depend on the network. */
export async function revoke(loginUrl: string, token: string): Promise<void> {
  try {
    const response = await fetch(new URL('/services/oauth2/revoke', loginUrl), { method: 'POST', body: new URLSearchParams({ token }), redirect: 'manual', signal: AbortSignal.timeout(10_000) });
    await response.body?.cancel();
  } catch {
    // The token is deleted here in any case.
  }
}

async function request(loginUrl: string, form: Record<string, string>, allowLoopback: boolean): Promise<Tokens> {
  const secrets = [form.code, form.refresh_token, form.code_verifier].filter((secret) => secret !== undefined);
  try {
    const response = await fetch(new URL('/services/oauth2/token', loginUrl), {
      method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(form), redirect: 'manual', signal: AbortSignal.timeout(TIME_LIMIT),
    });
    if (response.status >= 300 && response.status < 400) throw new LimitsProblem('wrong-address', `${new URL(loginUrl).host} redirects elsewhere. Nothing secret was sent there.`);
    const answer = objectIn(await textOf(response));
    if (!response.ok) {
      const error = String(answer.error ?? `HTTP ${response.status}`);
      const description = hidden(typeof answer.error_description === 'string' ? answer.error_description : '', secrets);
      throw new LimitsProblem(error === 'invalid_grant' ? 'session-expired' : kindOfFailure({ code: error, message: description }), `Salesforce refuses the login: ${hidden(error, secrets)} ${description}`.trim());
    }
    return tokensFrom(answer, allowLoopback);
  } catch (error) {
    if (error instanceof LimitsProblem) throw error;
    const { name, message, cause } = error as Error;
    if (name === 'TimeoutError') throw new LimitsProblem('slow', 'The login host did not answer in time.');
    const { code } = (cause ?? {}) as { code?: string };
    throw new LimitsProblem(kindOfFailure({ code, message }), hidden([code, message].filter((part) => part).join(': '), secrets));
  }
}

function tokensFrom(answer: Record<string, unknown>, allowLoopback: boolean): Tokens {
  const { access_token: accessToken, refresh_token: refreshToken, instance_url: instanceUrl, id } = answer;
  if (typeof accessToken !== 'string' || accessToken === '' || typeof instanceUrl !== 'string') throw new LimitsProblem('garbage', 'The login host\'s answer holds no token.');
  const address = instanceUrlFrom(instanceUrl, allowLoopback);
  if ('fault' in address) throw new LimitsProblem('wrong-address', 'The login host names an org that is not at an address of Salesforce.');
  return {
    accessToken,
    refreshToken: typeof refreshToken === 'string' && refreshToken !== '' ? refreshToken : undefined,
    instanceUrl: address.url,
    identity: typeof id === 'string' ? /\/id\/(00D\w{12,15}\/005\w{12,15})$/.exec(id)?.[1] ?? '' : '',
  };
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) throw new LimitsProblem('garbage', 'The login host\'s answer is far bigger than a token.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function objectIn(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value as Record<string, unknown>;
  } catch {
    // Said below: the parser's own words would quote the answer.
  }
  throw new LimitsProblem('garbage', 'The login host\'s answer is not JSON.');
}

function hidden(text: string, secrets: readonly string[]): string {
  return secrets.reduce((result, secret) => result.replaceAll(secret, '[hidden]'), text);
}
