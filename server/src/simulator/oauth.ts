import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { methodNotAllowed } from './apiFailure.ts';
import type { Org } from './org.ts';
import type { ApiRequest } from './request.ts';
import { sameSecret } from './sessions.ts';

/** A refusal of the token endpoint: an object, not the array of the REST API. */
export function oauthError(error: string, description: string, status = 400): Answer {
  return json(status, { error, error_description: description });
}

/**
 * GET /services/oauth2/authorize of the web server flow with PKCE. The Demo org has one user who is always willing: no page asks, the browser goes back at once.
 * @throws ApiFailure where nobody could be told by a redirect
 */
export function authorize(org: Org, request: ApiRequest): Answer {
  if (request.method !== 'GET') throw methodNotAllowed(request.method, ['GET']);
  const { query } = request;
  const redirectUri = query.get('redirect_uri') ?? '';
  if (!sameSecret(query.get('client_id') ?? '', org.sessions.credentials.clientId)) return oauthError('invalid_client_id', 'client identifier invalid');
  // What a native app may register: this machine's loopback address, at any port.
  if (!/^http:\/\/localhost:\d{2,5}\/[\w/.-]*$/.test(redirectUri)) return oauthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
  const back = new URL(redirectUri);
  const state = query.get('state');
  if (state !== null) back.searchParams.set('state', state);
  const challenge = query.get('code_challenge') ?? '';
  if (query.get('response_type') !== 'code') back.searchParams.set('error', 'unsupported_response_type');
  else if (query.get('code_challenge_method') !== 'S256' || !/^[\w-]{43}$/.test(challenge)) {
    back.searchParams.set('error', 'invalid_request');
    back.searchParams.set('error_description', 'missing required code challenge');
  } else back.searchParams.set('code', org.sessions.openCode(redirectUri, challenge, org.clock.now()));
  return { status: 302, headers: { location: back.href, 'cache-control': 'no-store' }, body: '' };
}

/**
 * POST /services/oauth2/token with the grants authorization_code (with PKCE), password, client_credentials and refresh_token. Error names and descriptions as in
 * Salesforce Help, "OAuth 2.0 Authorization Errors".
 */
export function requestToken(org: Org, request: ApiRequest, instanceUrl: string): Answer {
  if (request.method !== 'POST') throw methodNotAllowed(request.method, ['POST']);
  const form = new URLSearchParams(request.body);
  const { credentials } = org.sessions;
  const grant = form.get('grant_type') ?? '';
  if (!['password', 'client_credentials', 'refresh_token', 'authorization_code'].includes(grant)) return oauthError('unsupported_grant_type', 'grant type not supported');
  const client = clientOf(request, form);
  if (!sameSecret(client.id, credentials.clientId)) return oauthError('invalid_client_id', 'client identifier invalid');
  // A public client has no secret: it redeems codes by their verifier, and renews. A secret that is given must be right.
  if (!(['refresh_token', 'authorization_code'].includes(grant) && client.secret === '') && !sameSecret(client.secret, credentials.clientSecret)) {
    return oauthError('invalid_client', 'invalid client credentials');
  }
  if (grant === 'password') {
    const right = form.get('username') === credentials.username && sameSecret(form.get('password') ?? '', credentials.password);
    if (!right) return oauthError('invalid_grant', 'authentication failure');
  }
  if (grant === 'authorization_code') {
    const redeemed = org.sessions.redeem(form.get('code') ?? '', form.get('redirect_uri') ?? '', form.get('code_verifier') ?? '', org.clock.now());
    if (redeemed === 'redirect') return oauthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
    if (redeemed === 'verifier') return oauthError('invalid_grant', 'invalid code verifier');
    if (redeemed === 'unknown') return oauthError('invalid_grant', 'invalid authorization code');
    return tokenAnswer(org, instanceUrl, redeemed.accessToken, redeemed.refreshToken);
  }
  if (grant !== 'refresh_token') return tokenAnswer(org, instanceUrl, org.sessions.open());
  const renewed = org.sessions.renew(form.get('refresh_token') ?? '');
  return renewed === undefined ? oauthError('invalid_grant', 'expired access/refresh token') : tokenAnswer(org, instanceUrl, renewed);
}

function tokenAnswer(org: Org, instanceUrl: string, accessToken: string, refreshToken?: string): Answer {
  return json(200, {
    access_token: accessToken,
    ...(refreshToken === undefined ? {} : { refresh_token: refreshToken, scope: 'refresh_token api' }),
    instance_url: instanceUrl,
    id: `${instanceUrl}/id/${org.organizationId}/${org.userId}`,
    token_type: 'Bearer',
    issued_at: String(org.clock.now()),
  }, { 'cache-control': 'no-cache, no-store' });
}

/** POST or GET /services/oauth2/revoke: ends the session of an access token, or the login of a refresh token. */
export function revokeToken(org: Org, request: ApiRequest): Answer {
  const token = new URLSearchParams(request.body).get('token') ?? request.query.get('token') ?? '';
  if (!org.sessions.revoke(token)) return oauthError('unsupported_token_type', 'this token type is not supported');
  return { status: 200, headers: {}, body: '' };
}

/** Client id and secret, from the form or from HTTP Basic authentication. */
function clientOf(request: ApiRequest, form: URLSearchParams): { id: string; secret: string } {
  const basic = /^Basic\s+(\S+)$/i.exec(request.headers['authorization'] ?? '')?.[1];
  if (basic !== undefined && !form.has('client_id')) {
    const text = Buffer.from(basic, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    return { id: text.slice(0, Math.max(colon, 0)), secret: text.slice(colon + 1) };
  }
  return { id: form.get('client_id') ?? '', secret: form.get('client_secret') ?? '' };
}
