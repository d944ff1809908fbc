import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { failure } from './apiFailure.ts';
import { toApiDateTime } from './clock.ts';
import type { Org } from './org.ts';
import type { ApiRequest } from './request.ts';
import { accessTokenOf } from './request.ts';

/**
 * GET /id/ORGANISATION/USER and GET /services/oauth2/userinfo: who the session's user is.
 * @throws ApiFailure 403 without a live session: these resources are not the REST API and do not know INVALID_SESSION_ID.
 */
export function readIdentity(org: Org, request: ApiRequest, instanceUrl: string): Answer {
  if (!org.sessions.isOpen(accessTokenOf(request))) throw failure(403, 'Bad_OAuth_Token', 'Bad_OAuth_Token');
  const id = `${instanceUrl}/id/${org.organizationId}/${org.userId}`;
  const { username } = org.sessions.credentials;
  const base = `${instanceUrl}/services/data/v{version}`;
  return json(200, {
    id,
    sub: id,
    asserted_user: true,
    user_id: org.userId,
    organization_id: org.organizationId,
    username,
    preferred_username: username,
    nick_name: 'demo.admin',
    display_name: 'Demo Admin',
    name: 'Demo Admin',
    email: username,
    email_verified: true,
    first_name: 'Demo',
    last_name: 'Admin',
    timezone: 'Europe/London',
    zoneinfo: 'Europe/London',
    active: true,
    user_type: 'STANDARD',
    language: 'en_US',
    locale: 'en_GB',
    utcOffset: 0,
    last_modified_date: toApiDateTime(org.clock.now()),
    urls: {
      rest: `${base}/`,
      sobjects: `${base}/sobjects/`,
      query: `${base}/query/`,
      partner: `${instanceUrl}/services/Soap/u/{version}/${org.organizationId.slice(0, 15)}`,
    },
  });
}
