import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { SecretStorage } from 'vscode';
import { authorize, readCallback } from '../../client/src/orgs/oauth/authorization.ts';
import type { OAuthApp } from '../../client/src/orgs/oauth/authorization.ts';
import { listenForCallback } from '../../client/src/orgs/oauth/loopback.ts';
import { Logins } from '../../client/src/orgs/oauth/logins.ts';
import { LoginStore } from '../../client/src/orgs/oauth/loginStore.ts';
import { OAuthOrg } from '../../client/src/orgs/oauthOrg.ts';
import { LimitsProblem } from '../../server/src/limits/limitsProblem.ts';
import type { Simulator } from '../../server/src/simulator/main.ts';
import { startSimulator } from '../../server/src/simulator/main.ts';

const WORDS = { done: 'Done.', refused: 'Not <this>.' };

/** Secret storage in memory, as the editor's behaves. */
class Secrets {
  readonly kept = new Map<string, string>();
  async get(key: string): Promise<string | undefined> {
    return this.kept.get(key);
  }
  async store(key: string, value: string): Promise<void> {
    this.kept.set(key, value);
  }
  async delete(key: string): Promise<void> {
    this.kept.delete(key);
  }
  asStorage(): SecretStorage {
    return this as unknown as SecretStorage;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function problemOf(work: Promise<unknown>): Promise<LimitsProblem> {
  const error: unknown = await work.then(() => undefined, (reason: unknown) => reason);
  assert.ok(error instanceof LimitsProblem, String(error));
  return error;
}

describe('logging in with the browser: what goes out and comes back', () => {
  const app: OAuthApp = { loginUrl: 'https://login.salesforce.com', clientId: '3MVG9.example', redirectUri: 'http://localhost:1717/OauthRedirect' };

  it('asks for the API and to stay logged in, with a proof of its own at each attempt', () => {
    const [one, other] = [authorize(app), authorize(app)];
    const { origin, pathname, searchParams } = new URL(one.url);
    assert.equal(origin + pathname, 'https://login.salesforce.com/services/oauth2/authorize');
    assert.deepEqual([searchParams.get('response_type'), searchParams.get('scope'), searchParams.get('code_challenge_method'), searchParams.get('redirect_uri')], ['code', 'api refresh_token', 'S256', app.redirectUri]);
    assert.match(searchParams.get('code_challenge') ?? '', /^[\w-]{43}$/);
    assert.ok(!one.url.includes(one.verifier));
    assert.ok(one.state !== other.state && one.verifier !== other.verifier && one.verifier.length >= 43);
  });

  for (const [address, answer] of [
    ['http://localhost:1717/OauthRedirect?code=abc&state=S', { code: 'abc' }],
    ['  http://localhost:1717/OauthRedirect?code=abc&state=S \n', { code: 'abc' }],
    ['http://localhost:1717/OauthRedirect?error=access_denied&error_description=end-user+denied&state=S', { refused: 'end-user denied' }],
    ['http://localhost:1717/OauthRedirect?code=abc&state=T', { wrong: 'other-state' }],
    ['http://localhost:1717/OauthRedirect?code=abc', { wrong: 'other-state' }],
    ['http://localhost:1717/OauthRedirect?error=x', { wrong: 'other-state' }],
    ['http://localhost:1717/OauthRedirect?state=S', { wrong: 'no-code' }],
    ['http://localhost:1718/OauthRedirect?code=abc&state=S', { wrong: 'other-address' }],
    ['http://localhost:1717/Other?code=abc&state=S', { wrong: 'other-address' }],
    ['https://evil.example/OauthRedirect?code=abc&state=S', { wrong: 'other-address' }],
    ['abc', { wrong: 'not-an-address' }],
    ['', { wrong: 'not-an-address' }],
    [`http://localhost:1717/OauthRedirect?code=${'a'.repeat(9_000)}&state=S`, { wrong: 'not-an-address' }],
  ] as const) {
    it(`reads ${address.trim().slice(0, 80) || 'nothing'}`, () => assert.deepEqual(readCallback(address, app.redirectUri, 'S'), answer));
  }
});

describe('logging in with the browser: the listener', () => {
  let port: number;
  let redirectUri: string;
  beforeEach(async () => {
    port = await freePort();
    redirectUri = `http://localhost:${port}/OauthRedirect`;
  });
  const isClosed = (): Promise<boolean> => fetch(`http://127.0.0.1:${port}/`).then(() => false, () => true);

  it('takes the one answer with the right state, then nothing listens any more', async () => {
    const { end } = await listenForCallback(redirectUri, 'S', WORDS);
    for (const [path, status] of [['/favicon.ico', 404], ['/OauthRedirect?code=stolen&state=T', 400], ['/OauthRedirect', 400], ['/OauthRedirect?state=S', 400]] as const) {
      assert.equal((await fetch(`http://localhost:${port}${path}`)).status, status, path);
    }
    assert.equal((await fetch(redirectUri, { method: 'POST', body: 'code=x&state=S' })).status, 400);
    assert.equal((await fetch(`http://127.0.0.1:${port}/OauthRedirect?code=stolen&state=S`)).status, 400, 'another name for this machine');
    const page = await fetch(`${redirectUri}?code=abc&state=S`);
    assert.equal(page.status, 200);
    assert.equal(page.headers.get('content-security-policy'), "default-src 'none'");
    assert.match(await page.text(), /<p>Done\.<\/p>/);
    assert.deepEqual(await end, { code: 'abc' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(await isClosed());
  });

  it('tells of a refusal, without markup of it in the page', async () => {
    const { end } = await listenForCallback(redirectUri, 'S', WORDS);
    const page = await fetch(`${redirectUri}?error=access_denied&error_description=%3Cscript%3E&state=S`);
    assert.match(await page.text(), /Not &#60;this&#62;\./);
    assert.deepEqual(await end, { refused: '<script>' });
  });

  it('gives up after its time, and when it is cancelled', async () => {
    const late = await listenForCallback(redirectUri, 'S', WORDS, 50);
    assert.deepEqual(await late.end, { gaveUp: 'time' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    const cancelled = await listenForCallback(redirectUri, 'S', WORDS);
    cancelled.cancel();
    assert.deepEqual(await cancelled.end, { gaveUp: 'cancelled' });
    await new Promise((resolve) => setTimeout(resolve, 50));
    assert.ok(await isClosed());
  });

  it('says so when the port is taken, then listens at neither address', async () => {
    const first = await listenForCallback(redirectUri, 'S', WORDS);
    await assert.rejects(listenForCallback(redirectUri, 'S', WORDS), { code: 'EADDRINUSE' });
    first.cancel();
    await first.end;
  });

  const hasIPv6 = Object.values(networkInterfaces()).some((addresses) => addresses?.some(({ address }) => address === '::1'));
  for (const address of ['127.0.0.1', ...(hasIPv6 ? ['::1'] : [])]) {
    it(`does not leave the answer to a program that listens at ${address} alone, as the Salesforce CLI may`, async () => {
      const other = createServer();
      await new Promise<void>((resolve, reject) => other.once('error', reject).listen(port, address, resolve));
      await assert.rejects(listenForCallback(redirectUri, 'S', WORDS), { code: 'EADDRINUSE' });
      await new Promise((resolve) => other.close(resolve));
      assert.ok(await isClosed());
    });
  }
});

describe('logging in with the browser: an org', () => {
  let org: Simulator;
  let app: OAuthApp;
  let secrets: Secrets;
  let logins: Logins;
  before(async () => {
    org = await startSimulator();
  });
  after(() => org.close());
  beforeEach(async () => {
    org.control.reset();
    app = { loginUrl: org.instanceUrl, clientId: org.clientId, redirectUri: `http://localhost:${await freePort()}/OauthRedirect` };
    secrets = new Secrets();
    logins = new Logins(new LoginStore(secrets.asStorage()), true);
  });

  /** What a browser does: it follows the org's redirect to the listener. */
  async function code(attempt = authorize(app)): Promise<{ code: string; verifier: string }> {
    const { end } = await listenForCallback(app.redirectUri, attempt.state, WORDS);
    assert.equal((await fetch(attempt.url)).status, 200);
    const answer = await end;
    assert.ok('code' in answer);
    return { code: answer.code, verifier: attempt.verifier };
  }
  const logIn = async () => {
    const redeemed = await code();
    return logins.add(app, redeemed.code, redeemed.verifier);
  };
  const source = (login: string): OAuthOrg => new OAuthOrg(login, org.instanceUrl, logins, async (id) => void await logins.remove(id));

  it('is read after a login, and the login is kept in the secret storage alone', async () => {
    const login = await logIn();
    assert.equal(login.instanceUrl, org.instanceUrl);
    assert.ok(login.refreshToken);
    assert.ok((await source(login.id).read(AbortSignal.timeout(5_000))).limits.length > 50);
    assert.equal(secrets.kept.size, 1);
    assert.ok([...secrets.kept.values()][0]?.includes(login.accessToken));
    // Another window, another start of the editor.
    assert.deepEqual(await new Logins(new LoginStore(secrets.asStorage()), true).get(login.id), login);
  });

  it('is one login for one user, however often they log in', async () => {
    const [first, second] = [await logIn(), await logIn()];
    assert.equal(first.id, second.id);
    assert.equal((await logins.all()).length, 1);
  });

  it('goes on with a fresh token when the session ends between two readings, with one renewal for all who ask', async () => {
    const login = await logIn();
    org.control.expireSessions();
    org.control.clearRequests();
    const both = await Promise.all([source(login.id).read(AbortSignal.timeout(5_000)), source(login.id).read(AbortSignal.timeout(5_000))]);
    assert.ok(both.every(({ limits }) => limits.length > 50));
    assert.equal(org.control.requests().filter(({ path }) => path.endsWith('/oauth2/token')).length, 1);
    assert.notEqual((await logins.get(login.id))?.accessToken, login.accessToken);
    assert.equal((await logins.get(login.id))?.refreshToken, login.refreshToken);
  });

  it('says that the session has expired once the login is no longer accepted', async () => {
    const login = await logIn();
    org.control.expireSessions();
    org.control.endLogins();
    const { kind, message } = await problemOf(source(login.id).read(AbortSignal.timeout(5_000)));
    assert.equal(kind, 'session-expired');
    for (const secret of [login.accessToken, login.refreshToken ?? '']) assert.ok(!message.includes(secret));
  });

  it('leaves no secret when it is signed out of, and Salesforce accepts none of its tokens', async () => {
    const login = await logIn();
    await source(login.id).signOut();
    assert.equal(secrets.kept.size, 0);
    assert.equal((await problemOf(source(login.id).read(AbortSignal.timeout(5_000)))).kind, 'no-token');
    const refused = await fetch(`${org.instanceUrl}/services/data/v64.0/limits`, { headers: { authorization: `Bearer ${login.accessToken}` } });
    assert.equal(refused.status, 401);
    const renewed = await fetch(`${org.instanceUrl}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'refresh_token', client_id: app.clientId, refresh_token: login.refreshToken ?? '' }) });
    assert.equal(renewed.status, 400);
  });

  it('leaves no secret when it is signed out of while a renewal is under way, or offline', async () => {
    const login = await logIn();
    org.control.expireSessions();
    org.control.addFault({ operation: 'oauth', kind: 'slow', delayMs: 100, times: 1 });
    const reading = problemOf(source(login.id).read(AbortSignal.timeout(5_000)));
    await new Promise((resolve) => setTimeout(resolve, 50));
    org.control.addFault({ operation: 'oauth', kind: 'reset', applied: false });
    await logins.remove(login.id);
    assert.equal((await reading).kind, 'no-token');
    assert.equal(secrets.kept.size, 0);
  });

  it('gives no token for a code that is used twice, stolen, or late', async () => {
    const once = await code();
    assert.equal((await problemOf(logins.add(app, once.code, 'x'.repeat(64)))).kind, 'session-expired');
    const twice = await code();
    await logins.add(app, twice.code, twice.verifier);
    assert.equal((await problemOf(logins.add(app, twice.code, twice.verifier))).kind, 'session-expired');
    const late = await code();
    org.control.advanceClock(16 * 60_000);
    const { message } = await problemOf(logins.add(app, late.code, late.verifier));
    assert.match(message, /invalid authorization code/);
    assert.ok(!message.includes(late.code) && !message.includes(late.verifier));
  });

  for (const [what, fault, kind] of [
    ['a redirect to another host', { kind: 'redirect' }, 'wrong-address'],
    ['a web page', { kind: 'garbage', body: '<html>' }, 'garbage'],
    ['an answer far too big', { kind: 'garbage', body: 'x'.repeat(99_000) }, 'garbage'],
    ['an answer without a token', { kind: 'garbage', body: '{"instance_url":"https://a.my.salesforce.com"}' }, 'garbage'],
    ['an org somewhere else', { kind: 'garbage', body: '{"access_token":"x","instance_url":"https://evil.example"}' }, 'wrong-address'],
    ['a reset connection', { kind: 'reset', applied: false }, 'offline'],
    ['an outage', { kind: 'status', status: 503, body: '{}' }, 'unknown'],
  ] as const) {
    it(`says ${kind} of ${what} in place of the tokens`, async () => {
      const redeemed = await code();
      org.control.addFault({ operation: 'oauth', ...fault });
      assert.equal((await problemOf(logins.add(app, redeemed.code, redeemed.verifier))).kind, kind);
      assert.equal(secrets.kept.size, 0);
    });
  }

  it('takes secrets that are none of its own for no login', async () => {
    for (const garbage of ['', '{', 'null', '5', '{"a":1}', '[null,5,{"id":1}]', '[{"id":"a"}]']) {
      secrets.kept.set('apiGuard.logins', garbage);
      assert.deepEqual(await logins.all(), []);
    }
  });
});
