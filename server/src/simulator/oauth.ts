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
 * POST /services/oauth2/token with the grants password, client_credentials and refresh_token. Error names and descriptions as in
 * Salesforce Help, "OAuth 2.0 Authorization Errors".
 */
export function requestToken(org: Org, request: ApiRequest, instanceUrl: string): Answer {
  if (request.method !== 'POST') throw methodNotAllowed(request.method, ['POST']);
  const form = new URLSearchParams(request.body);
  const { credentials } = org.sessions;
  const grant = form.get('grant_type') ?? '';
  if (!['password', 'client_credentials', 'refresh_token'].includes(grant)) {
    return grant === 'authorization_code'
      ? oauthError('invalid_grant', 'invalid authorization code')
      : oauthError('unsupported_grant_type', 'grant type not supported');
  }
  const client = clientOf(request, form);
  if (!sameSecret(client.id, credentials.clientId)) return oauthError('invalid_client_id', 'client identifier invalid');
  // A refresh may come from a public client, which has no secret; a secret that is given must be right.
  if (!(grant === 'refresh_token' && client.secret === '') && !sameSecret(client.secret, credentials.clientSecret)) {
    return oauthError('invalid_client', 'invalid client credentials');
  }
  if (grant === 'password') {
    const right = form.get('username') === credentials.username && sameSecret(form.get('password') ?? '', credentials.password);
    if (!right) return oauthError('invalid_grant', 'authentication failure');
  }
  if (grant === 'refresh_token' && !sameSecret(form.get('refresh_token') ?? '', credentials.refreshToken)) {
    return oauthError('invalid_grant', 'expired access/refresh token');
  }
  return json(200, {
    access_token: org.sessions.open(),
    instance_url: instanceUrl,
    id: `${instanceUrl}/id/${org.organizationId}/${org.userId}`,
    token_type: 'Bearer',
    issued_at: String(org.clock.now()),
  }, { 'cache-control': 'no-cache, no-store' });
}

/** POST or GET /services/oauth2/revoke: ends the session of a token. */
export function revokeToken(org: Org, request: ApiRequest): Answer {
  const token = new URLSearchParams(request.body).get('token') ?? request.query.get('token') ?? '';
  if (!org.sessions.isOpen(token)) return oauthError('unsupported_token_type', 'this token type is not supported');
  org.sessions.end(token);
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
