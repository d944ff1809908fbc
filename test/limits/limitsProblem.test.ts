import assert from 'node:assert/strict';
import { kindOfFailure, LimitsProblem, redact } from '../../server/src/limits/limitsProblem.ts';

describe('limits: what a failure means', () => {
  const cases: [string | undefined, string | undefined, string][] = [
    ['INVALID_SESSION_ID', 'Session expired or invalid', 'session-expired'],
    ['ERROR_HTTP_401', '', 'session-expired'],
    ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'request-limit'],
    ['API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner', 'api-disabled'],
    ['API_CURRENTLY_DISABLED', 'API is disabled for this User', 'api-disabled'],
    ['INSUFFICIENT_ACCESS', 'insufficient access rights', 'no-permission'],
    ['FORBIDDEN', 'You don’t have access', 'no-permission'],
    ['SERVER_UNAVAILABLE', 'try later', 'org-unavailable'],
    ['ERROR_HTTP_503', 'x', 'org-unavailable'],
    ['ENOTFOUND', 'getaddrinfo ENOTFOUND nowhere.my.salesforce.com', 'offline'],
    ['ECONNREFUSED', 'connect ECONNREFUSED', 'offline'],
    ['ETIMEDOUT', 'connect ETIMEDOUT', 'slow'],
    ['UND_ERR_CONNECT_TIMEOUT', 'Connect Timeout Error', 'slow'],
    ['NOT_FOUND', 'The requested resource does not exist', 'wrong-address'],
    ['NamedOrgNotFoundError', 'No authorization information found for nobody@example.com.', 'not-logged-in'],
    ['NoDefaultEnvError', 'No default environment found. Use -o or --target-org to specify an environment.', 'no-default-org'],
    ['RefreshTokenAuthError', 'Error authenticating with the refresh token due to: expired access/refresh token', 'not-logged-in'],
    ['sf:INVALID_SESSION_ID', undefined, 'session-expired'],
    ['SomethingElse', 'of which nobody has heard', 'unknown'],
    [undefined, undefined, 'unknown'],
  ];
  for (const [code, message, kind] of cases) {
    it(`${code ?? 'nothing'} is ${kind}`, () => assert.equal(kindOfFailure({ code, message }), kind));
  }
});

describe('limits: redaction', () => {
  it('hides session ids, web tokens, bearer headers and token fields', () => {
    const session = '00Dxx0000001gPLEAY!AQ4AQFakeFakeFakeFakeFakeFakeFake.aBc_1';
    const hidden = redact(`a ${session} b Bearer abc.def c "accessToken":"s3cret" d eyJhbGciOiJIUzI1.eyJzdWIiOiIx.sgn_1 e refresh_token=5Aep861xyz`);
    for (const secret of [session, 'abc.def', 's3cret', 'eyJhbGci', '5Aep861']) assert.ok(!hidden.includes(secret), hidden);
    assert.match(hidden, /^a \[token hidden\] b Bearer/);
  });

  it('leaves ordinary words alone', () => {
    const text = 'INVALID_SESSION_ID: Session expired or invalid';
    assert.equal(redact(text), text);
  });

  it('is part of every problem', () => {
    assert.ok(!new LimitsProblem('unknown', 'Bearer topsecret').message.includes('topsecret'));
    assert.ok(new LimitsProblem('unknown', 'x'.repeat(10_000)).message.length <= 600);
  });
});
