import assert from 'node:assert/strict';
import { networkInterfaces } from 'node:os';
import { startSimulator } from '../../server/src/simulator/main.ts';
import type { Simulator } from '../../server/src/simulator/main.ts';
import { connect, failureOf } from './demoOrg.ts';

describe('Demo org: control and life', () => {
  let sim: Simulator;
  beforeEach(async () => {
    sim = await startSimulator();
  });
  afterEach(() => sim.close());

  const control = (method: string, path: string, body?: unknown, token = sim.control.token): Promise<Response> =>
    fetch(`${sim.control.url}/${path}`, {
      method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });

  it('takes faults over HTTP and shows the requests that met them', async () => {
    const added = await control('POST', 'faults', { operation: 'create', kind: 'reset', applied: true, times: 1 });
    assert.deepEqual([added.status, await added.json()], [201, { id: 1 }]);
    const error = await failureOf(connect(sim).create('Lead', { LastName: 'Once', Company: 'x' }));
    assert.equal(error.cause?.code, 'ECONNRESET');
    const requests = (await (await control('GET', 'requests')).json()) as Record<string, unknown>[];
    assert.equal(requests.length, 1);
    assert.partialDeepStrictEqual(requests[0], {
      number: 1, method: 'POST', path: '/services/data/v50.0/sobjects/Lead', operation: 'create', object: 'Lead', applied: true, status: null, fault: 'reset',
    });
    const leads = (await (await control('GET', 'records/Lead')).json()) as { LastName: string }[];
    assert.equal(leads.filter((lead) => lead.LastName === 'Once').length, 1);
    assert.partialDeepStrictEqual(await (await control('GET', 'faults')).json(), [{ id: 1, fired: 1 }]);
    assert.equal((await control('DELETE', 'faults/1')).status, 204);
    assert.equal((await control('DELETE', 'faults/1')).status, 404);
    assert.equal((await control('DELETE', 'requests')).status, 204);
    assert.deepEqual(sim.control.requests(), []);
  });

  it('sets limits, adds records, ends sessions, moves the clock and starts over', async () => {
    assert.equal((await control('PATCH', 'limits', { DailyApiRequests: { Max: 100, Remaining: 3 }, New: { Max: 1, Remaining: -5 } })).status, 204);
    const limits = (await connect(sim).limits()) as unknown as Record<string, unknown>;
    assert.deepEqual([limits['DailyApiRequests'], limits['New']], [{ Max: 100, Remaining: 2 }, { Max: 1, Remaining: -5 }]);
    assert.equal((await control('POST', 'records/Account', { Name: 'Planted' })).status, 201);
    const before = Date.now();
    assert.equal((await control('POST', 'clock', { advanceMs: 86_400_000 })).status, 204);
    const later = sim.control.addRecord('Account', { Name: 'Tomorrow' });
    const created = sim.control.records('Account').find((record) => record['Id'] === later)?.['CreatedDate'];
    assert.ok(Date.parse(String(created)) >= before + 86_400_000);
    assert.equal((await control('DELETE', 'sessions')).status, 204);
    assert.equal((await failureOf(connect(sim).limits())).errorCode, 'INVALID_SESSION_ID');
    assert.equal((await control('POST', 'reset')).status, 204);
    assert.equal(sim.control.records('Account').length, 24);
  });

  it('refuses the access token of the org, bad commands and bad bodies', async () => {
    for (const token of [sim.accessToken, 'x', '']) assert.equal((await control('GET', 'requests', undefined, token)).status, 401);
    assert.notEqual(sim.accessToken, sim.control.token);
    const cases: [string, string, unknown, number][] = [
      ['GET', 'nothing', undefined, 404], ['GET', '', undefined, 404], ['PUT', 'faults', {}, 405], ['GET', 'records/Nope', undefined, 400], ['POST', 'faults', {}, 400],
      ['POST', 'faults', [], 400], ['PATCH', 'limits', { X: 1 }, 400], ['POST', 'clock', { advanceMs: 'soon' }, 400], ['POST', 'records/Account', {}, 400], ['GET', 'faults/1/2', undefined, 404],
    ];
    for (const [method, path, body, status] of cases) {
      const response = await control(method, path, body);
      assert.equal(response.status, status, `${method} ${path}`);
      assert.equal(typeof ((await response.json()) as { message: string }[])[0]?.message, 'string');
    }
  });

  it('writes no secret into the request log', async () => {
    const conn = connect(sim, { oauth2: { loginUrl: sim.instanceUrl, clientId: sim.clientId, clientSecret: sim.clientSecret } });
    await conn.login(sim.username, sim.password);
    await conn.identity();
    await connect(sim, { loginUrl: sim.instanceUrl }).login(sim.username, sim.password);
    const text = JSON.stringify(sim.control.requests());
    for (const secret of [sim.accessToken, conn.accessToken, sim.password, sim.clientId, sim.clientSecret, sim.refreshToken, sim.control.token]) {
      // The part after the exclamation mark looks the same in every encoding.
      const part = secret?.split('!').pop() ?? '';
      assert.ok(part.length >= 16 && !text.includes(part));
    }
    assert.equal(sim.control.requests().length, 3);
  });

  it('starts with the same data, but with other tokens, every time', async () => {
    const other = await startSimulator();
    try {
      const data = (one: Simulator): unknown => ['Account', 'Contact', 'Opportunity', 'Lead', 'Case'].map((object) =>
        one.control.records(object).map(({ CreatedDate: _c, LastModifiedDate: _l, SystemModstamp: _s, ...record }) => record));
      assert.deepEqual(data(sim), data(other));
      assert.notEqual(sim.accessToken, other.accessToken);
      assert.notEqual(sim.control.token, other.control.token);
      assert.equal((await failureOf(connect(sim, { instanceUrl: sim.instanceUrl, accessToken: other.accessToken }).limits())).errorCode, 'INVALID_SESSION_ID');
    } finally {
      await other.close();
    }
  });

  it('takes its options, and says which of them is wrong', async () => {
    const own = await startSimulator({
      data: 'empty', controlToken: 'a-control-token-of-a-test', records: { Account: [{ Name: 'Only' }] }, limits: { DataStorageMB: { Max: 10, Remaining: 10 } },
      faults: [{ operation: 'limits', kind: 'error', code: 'UNABLE_TO_LOCK_ROW', times: 1 }], now: () => Date.parse('2026-01-02T03:04:05Z'),
    });
    try {
      assert.equal(own.control.token, 'a-control-token-of-a-test');
      assert.equal((await failureOf(connect(own).limits())).errorCode, 'UNABLE_TO_LOCK_ROW');
      assert.equal((await connect(own).limits())['DataStorageMB']?.Remaining, 10);
      assert.deepEqual(own.control.records('Account').map((one) => [one['Name'], one['CreatedDate']]), [['Only', '2026-01-02T03:04:05.000+0000']]);
    } finally {
      await own.close();
    }
    await assert.rejects(startSimulator({ records: { Nope: [] } }), /no object named Nope/);
    await assert.rejects(startSimulator({ records: { Account: [{}] } }), /REQUIRED_FIELD_MISSING/);
    await assert.rejects(startSimulator({ controlToken: 'short' }), /16 characters/);
    await assert.rejects(startSimulator({ limits: { X: { Max: 1, Remaining: NaN } } }), /whole numbers/);
    await assert.rejects(startSimulator({ port: Number(new URL(sim.instanceUrl).port) }), /EADDRINUSE/);
  });

  it('listens on 127.0.0.1 only', async () => {
    const { port } = new URL(sim.instanceUrl);
    const others = Object.values(networkInterfaces()).flatMap((list) => list ?? []).filter((one) => !one.internal && one.family === 'IPv4').map((one) => one.address);
    // All of 127.0.0.0/8 is this computer on Linux and Windows: a server on every address would answer there too.
    for (const host of ['[::1]', ...(process.platform === 'darwin' ? [] : ['127.0.0.2']), ...others]) {
      assert.match((await failureOf(fetch(`http://${host}:${port}/services/data`, { signal: AbortSignal.timeout(1000) }))).cause?.code ?? '', /^E/, host);
    }
  });

  it('ends open, silent and slow connections at once when it closes', async () => {
    sim.control.addFault({ operation: 'limits', kind: 'silence' });
    sim.control.addFault({ operation: 'query', kind: 'slow', delayMs: 60_000 });
    sim.control.addFault({ operation: 'describe', kind: 'endless' });
    const get = (path: string): Promise<string> =>
      fetch(`${sim.instanceUrl}/services/data/v60.0${path}`, { headers: { authorization: `Bearer ${sim.accessToken}` } }).then((response) => response.text());
    const open = ['/limits', '/query?q=SELECT+Id+FROM+Account', '/sobjects'].map((path) => failureOf(get(path)));
    while (sim.control.requests().length < 3) await new Promise((resolve) => setTimeout(resolve, 5));
    const start = Date.now();
    await sim.close();
    await Promise.all(open);
    assert.ok(Date.now() - start < 2000);
    await sim.close();
    assert.equal((await failureOf(fetch(sim.instanceUrl))).cause?.code, 'ECONNREFUSED');
  });
});
