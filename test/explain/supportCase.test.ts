import assert from 'node:assert/strict';
import { redact } from '../../server/src/explain/redact.ts';
import { supportCase } from '../../server/src/explain/supportCase.ts';

const TOKEN = '00D5g000004abcdEAA!AQ8AQLfoo.bar_bazQux123456789';
const LOG = `2026-11-20T10:00:01Z POST https://acme.my.salesforce.com/services/data/v61.0/sobjects/Account
> Authorization: Bearer ${TOKEN}
> User-Agent: jsforce/3.4.0 (node 22)
2026-11-20T10:00:02Z 400 [{"message":"unable to obtain exclusive access to this record or 1 records: 0015g00000abcdeAAA","errorCode":"UNABLE_TO_LOCK_ROW","fields":[]}]
2026-11-20T10:01:00Z POST https://acme.my.salesforce.com/services/data/v61.0/sobjects/Account
2026-11-20T10:03:02Z 400 [{"message":"unable to obtain exclusive access to this record or 1 records: 0015g00000abcdfAAA","errorCode":"UNABLE_TO_LOCK_ROW","fields":[]}]
2026-11-20T10:03:05Z POST https://acme.my.salesforce.com/services/data/v61.0/sobjects/Account
username=integration@acme.example password=hunter2secret
`;

describe('support case', () => {
  const text = supportCase(LOG, { now: '2026-11-21 04:29 UTC' });
  const row = (name: string): string => new RegExp(`^\\| ${name} \\| (.*?) \\|`, 'm').exec(text)?.[1] ?? '';

  it('takes from the text what support asks for', () => {
    assert.equal(row('Organization id'), '00D5g000004abcdEAA');
    assert.equal(row('Username of the integration'), 'integration@acme.example');
    assert.equal(row('API'), 'REST API');
    assert.equal(row('API version'), '61.0');
    assert.equal(row('Request'), 'POST https://acme.my.salesforce.com/services/data/v61.0/sobjects/Account');
    assert.match(row('Error'), /^UNABLE_TO_LOCK_ROW: unable to obtain exclusive access/);
    assert.equal(row('First seen'), '2026-11-20T10:00:02Z');
    assert.equal(row('Frequency'), '2 of 3 requests in 3 minutes');
    assert.equal(row('Client tool and version'), 'jsforce/3.4.0 (node 22)');
    assert.match(text, /Prepared 2026-11-21 04:29 UTC/);
  });

  it('takes every secret out', () => {
    for (const secret of [TOKEN, 'AQ8AQLfoo', 'hunter2secret']) assert.ok(!text.includes(secret), secret);
  });

  it('asks for what the text does not say, also of an empty text and of garbage', () => {
    for (const empty of ['', '\u0000\ud800', '|||```\n````', '['.repeat(50_000)]) {
      const made = supportCase(empty, { now: 'now' });
      assert.match(made, /\| Organization id \| _\(fill in\)_ \|/);
      assert.match(made, /## Steps to reproduce/);
    }
  });

  it('puts the text into a block that it cannot end', () => {
    const made = supportCase('a\n```\n# not a heading\n````\nb', { now: 'now' });
    assert.match(made, /\n`````text\n/);
  });
});

describe('redaction', () => {
  const secrets: [what: string, text: string, secret: string][] = [
    ['a session id', `sid=${TOKEN}; Path=/`, 'AQ8AQLfoo'],
    ['a session id in an address', `https://acme.my.salesforce.com/secur/frontdoor.jsp?sid=${encodeURIComponent(TOKEN)}`, 'AQ8AQLfoo'],
    ['a bearer token', 'Authorization: Bearer abcdefghijklmnop', 'abcdefghijklmnop'],
    ['a JSON web token', 'assertion=eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIzTVZHOSJ9.c2lnbmF0dXJl', 'eyJpc3MiOiIzTVZHOSJ9'],
    ['JSON members', '{"access_token":"tokentokentoken","refreshToken": "r3fr3sh\\"more","client_secret":"s3cr3t"}', 's3cr3t'],
    ['a value with an escaped quote', '{"password":"ab\\"cdefgh"}', 'cdefgh'],
    ['a form body', 'grant_type=password&client_id=x&client_secret=topsecret&username=a@b.c&password=pa55word', 'pa55word'],
    ['XML', '<urn:login><urn:username>a@b.c</urn:username><urn:password>pa55wordTOKEN</urn:password></urn:login>', 'pa55wordTOKEN'],
    ['a SOAP session header', '<SessionHeader><sessionId>00Dxx0000001gPL!AR8AQxyz</sessionId></SessionHeader>', 'AR8AQxyz'],
    ['a cookie', 'Cookie: sid=abc; oid=def', 'abc'],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMIIEow\n-----END RSA PRIVATE KEY-----', 'MIIEow'],
    ['a private key that was cut off', '-----BEGIN PRIVATE KEY-----\nMIIEow', 'MIIEow'],
    ['an environment', 'SALESFORCE_ACCESS_TOKEN=verysecretvalue SF_X=1', 'verysecretvalue'],
    ['user data of an address', 'https://user:pa55@proxy.example:8080/', 'pa55@'],
    ['a refresh token', '5Aep8614iLM.Dq661ePDmPEgaAW9Oh_L3JKkDpB4xReb', 'Dq661ePDmPEg'],
  ];
  for (const [what, text, secret] of secrets) {
    it(`takes out ${what}`, () => {
      const clean = redact(text);
      assert.ok(!clean.includes(secret), clean);
      assert.match(clean, /\[redacted\]/);
      assert.equal(redact(clean), clean);
    });
  }

  it('leaves the story: codes, messages, record ids, addresses, user names', () => {
    for (const text of [
      '[{"errorCode":"INVALID_SESSION_ID","message":"Session expired or invalid"}]',
      'invalid_grant: expired access/refresh token',
      'POST https://acme.my.salesforce.com/services/data/v61.0/sobjects/Account/0015g00000abcdeAAA',
      'username=integration@acme.example',
      'Token request failed; password policy not met',
    ]) assert.equal(redact(text), text);
  });
});
