import assert from 'node:assert/strict';
import type { DemoOrg } from './demoOrg.ts';
import { connect, connectOld, failureOf, startDemoOrg } from './demoOrg.ts';

describe('Demo org: logins', () => {
  let org: DemoOrg;
  before(async () => {
    org = await startDemoOrg();
  });
  after(() => org.sim.close());
  beforeEach(() => org.sim.control.reset());

  const oauth2 = (extra: object = {}): object => ({
    oauth2: { loginUrl: org.sim.instanceUrl, clientId: org.sim.clientId, clientSecret: org.sim.clientSecret, ...extra },
  });

  it('lets jsforce 3 log in over SOAP and says who it is', async () => {
    const conn = connect(org.sim, { loginUrl: org.sim.instanceUrl });
    const user = await conn.login(org.sim.username, org.sim.password);
    assert.equal(user.id.length, 18);
    assert.equal(conn.instanceUrl, org.sim.instanceUrl);
    assert.notEqual(conn.accessToken, org.sim.accessToken);
    const identity = await conn.identity();
    assert.equal(identity.username, org.sim.username);
    assert.equal(identity.user_id, user.id);
    assert.equal((await conn.query('SELECT COUNT() FROM Account')).totalSize, 24);
  });

  it('lets jsforce 1 log in over SOAP and says who it is', async () => {
    const conn = connectOld(org.sim, { loginUrl: org.sim.instanceUrl });
    const user = await conn.login(org.sim.username, org.sim.password);
    const identity = await conn.identity();
    assert.equal(identity['user_id'], user.id);
    assert.equal((await conn.query('SELECT COUNT() FROM Account')).totalSize, 24);
    await conn.logout();
  });

  it('tells identity to a connection that has only a token', async () => {
    assert.equal((await org.conn.identity()).username, org.sim.username);
    assert.equal((await connectOld(org.sim).identity())['username'], org.sim.username);
  });

  it('refuses a wrong password over SOAP: the code is only in the text', async () => {
    for (const conn of [connect(org.sim, { loginUrl: org.sim.instanceUrl }), connectOld(org.sim, { loginUrl: org.sim.instanceUrl })]) {
      const error = await failureOf(conn.login(org.sim.username, 'wrong & <odd>'));
      assert.match(error.message, /^INVALID_LOGIN: /);
      assert.equal(error.errorCode, undefined);
      assert.equal(error.name, 'Error');
    }
  });

  it('refuses a retired and an unknown SOAP version, and login in 65.0', async () => {
    for (const version of ['20.0', '65.0', '99.0']) {
      const error = await failureOf(connect(org.sim, { loginUrl: org.sim.instanceUrl, version }).login(org.sim.username, org.sim.password));
      assert.match(error.message, /^UNSUPPORTED_API_VERSION: /);
    }
  });

  it('gives tokens for password, client credentials and refresh token', async () => {
    const byPassword = connect(org.sim, oauth2());
    await byPassword.login(org.sim.username, org.sim.password);
    const byClient = connect(org.sim, oauth2());
    await byClient.authorize({ grant_type: 'client_credentials' });
    const oldByPassword = connectOld(org.sim, oauth2());
    await oldByPassword.login(org.sim.username, org.sim.password);
    for (const conn of [byPassword, byClient, oldByPassword]) assert.equal((await conn.query('SELECT COUNT() FROM Lead')).totalSize, 60);
    const byRefresh = connect(org.sim, { ...oauth2({ clientSecret: undefined }), instanceUrl: org.sim.instanceUrl, accessToken: 'old', refreshToken: org.sim.refreshToken });
    assert.equal((await byRefresh.query('SELECT COUNT() FROM Lead')).totalSize, 60);
  });

  it('names OAuth refusals as Salesforce does: the name is the OAuth error, there is no errorCode', async () => {
    const cases: [Promise<unknown> | PromiseLike<unknown>, string, string][] = [
      [connect(org.sim, oauth2()).login(org.sim.username, 'wrong'), 'invalid_grant', 'authentication failure'],
      [connectOld(org.sim, oauth2()).login(org.sim.username, 'wrong'), 'invalid_grant', 'authentication failure'],
      [connect(org.sim, oauth2({ clientId: 'other' })).login(org.sim.username, org.sim.password), 'invalid_client_id', 'client identifier invalid'],
      [connect(org.sim, oauth2({ clientSecret: 'other' })).authorize({ grant_type: 'client_credentials' }), 'invalid_client', 'invalid client credentials'],
      [connect(org.sim, oauth2()).authorize({ grant_type: 'urn:other' }), 'unsupported_grant_type', 'grant type not supported'],
      [connect(org.sim, oauth2()).oauth2.refreshToken('expired'), 'invalid_grant', 'expired access/refresh token'],
    ];
    for (const [work, name, message] of cases) {
      const error = await failureOf(work);
      assert.deepEqual([error.name, error.message, error.errorCode], [name, message, undefined]);
    }
    assert.deepEqual(org.sim.control.requests().map((one) => [one.operation, one.applied, one.status]), Array(cases.length).fill(['oauth', false, 400]));
  });

  it('ends a session at logout', async () => {
    const conn = connect(org.sim, oauth2());
    await conn.login(org.sim.username, org.sim.password);
    const token = conn.accessToken ?? '';
    await conn.logout();
    const late = connect(org.sim, { instanceUrl: org.sim.instanceUrl, accessToken: token });
    assert.equal((await failureOf(late.query('SELECT Id FROM Account'))).errorCode, 'INVALID_SESSION_ID');
  });

  it('answers INVALID_SESSION_ID to a wrong token, and no usage header', async () => {
    for (const conn of [connect(org.sim, { instanceUrl: org.sim.instanceUrl, accessToken: 'x' }), connectOld(org.sim, { instanceUrl: org.sim.instanceUrl, accessToken: 'x' })]) {
      assert.equal((await failureOf(conn.limits())).errorCode, 'INVALID_SESSION_ID');
      assert.equal(conn.limitInfo.apiUsage, undefined);
    }
    const response = await fetch(`${org.sim.instanceUrl}/services/data/v60.0/limits`);
    assert.equal(response.status, 401);
    assert.deepEqual(await response.json(), [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }]);
  });

  it('lets a connection that logged in renew its session once it has ended', async () => {
    const own = await startDemoOrg();
    try {
      const conn = connect(own.sim, { loginUrl: own.sim.instanceUrl });
      const old = connectOld(own.sim, { loginUrl: own.sim.instanceUrl });
      await conn.login(own.sim.username, own.sim.password);
      await old.login(own.sim.username, own.sim.password);
      own.sim.control.expireSessions();
      own.sim.control.clearRequests();
      assert.equal((await conn.query('SELECT COUNT() FROM Case')).totalSize, 80);
      assert.deepEqual(own.sim.control.requests().map((one) => [one.operation, one.status]), [['query', 401], ['login', 200], ['query', 200]]);
      assert.equal((await old.query('SELECT COUNT() FROM Case')).totalSize, 80);
    } finally {
      await own.sim.close();
    }
  });

  it('wraps a refused refresh in a plain Error, as jsforce 3 does', async () => {
    const conn = connect(org.sim, { ...oauth2(), instanceUrl: org.sim.instanceUrl, accessToken: 'old', refreshToken: 'revoked' });
    const error = await failureOf(conn.query('SELECT Id FROM Account'));
    assert.match(error.message, /^Unable to refresh session/);
    assert.equal(error.errorCode, undefined);
  });
});
