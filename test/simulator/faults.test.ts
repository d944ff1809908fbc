import assert from 'node:assert/strict';
import type { Fault } from '../../server/src/simulator/faults.ts';
import { startSimulator } from '../../server/src/simulator/simulator.ts';
import type { DemoOrg, SaveResultShape } from './demoOrg.ts';
import { connect, connectOld, failureOf, startDemoOrg } from './demoOrg.ts';

describe('Demo org: injected faults', () => {
  let org: DemoOrg;
  before(async () => {
    org = await startDemoOrg();
  });
  after(() => org.sim.close());
  beforeEach(() => org.sim.control.reset());

  const inject = (fault: Fault): number => org.sim.control.addFault(fault);
  const named = (name: string): number => org.sim.control.records('Account').filter((record) => record['Name'] === name).length;
  const create = (name = 'Acme'): Promise<unknown> => org.conn.create('Account', { Name: name });
  const log = (): unknown[] => org.sim.control.requests().map((one) => [one.operation, one.applied, one.status]);
  const rest = (path: string, init: RequestInit = {}): Promise<Response> =>
    fetch(`${org.sim.instanceUrl}/services/data/v60.0${path}`, { ...init, headers: { authorization: `Bearer ${org.sim.accessToken}`, ...init.headers } });

  it('refuses the first requests with an API error, then works', async () => {
    inject({ operation: 'create', kind: 'error', code: 'UNABLE_TO_LOCK_ROW', times: 2 });
    const error = await failureOf(create());
    assert.deepEqual([error.name, error.errorCode, (error.data as { errorCode: string }).errorCode], Array(3).fill('UNABLE_TO_LOCK_ROW'));
    assert.deepEqual([error.status, error.statusCode, error.response, error.code], Array(4).fill(undefined));
    const oldError = await failureOf(org.old.create('Account', { Name: 'Acme' }));
    assert.deepEqual([oldError.name, oldError.errorCode, oldError.status, oldError.statusCode], ['UNABLE_TO_LOCK_ROW', 'UNABLE_TO_LOCK_ROW', undefined, undefined]);
    await create();
    assert.equal(named('Acme'), 1);
    assert.deepEqual(log(), [['create', false, 400], ['create', false, 400], ['create', true, 201]]);
  });

  it('shows two errors as MULTIPLE_API_ERRORS in jsforce 3 and as the first one in jsforce 1', async () => {
    inject({ operation: 'update', kind: 'error', code: 'STRING_TOO_LONG', more: [{ code: 'FIELD_INTEGRITY_EXCEPTION' }] });
    const id = String(org.sim.control.records('Account')[0]?.['Id']);
    const error = await failureOf(org.conn.update('Account', { Id: id, Name: 'x' }));
    assert.equal(error.errorCode, 'MULTIPLE_API_ERRORS');
    assert.deepEqual((error.data as { errorCode: string }[]).map((one) => one.errorCode), ['STRING_TOO_LONG', 'FIELD_INTEGRITY_EXCEPTION']);
    assert.equal((await failureOf(org.old.update('Account', { Id: id, Name: 'x' }))).errorCode, 'STRING_TOO_LONG');
  });

  it('carries fields where jsforce 1 copies them and jsforce 3 keeps them in data', async () => {
    inject({ operation: 'create', kind: 'error', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'No.', fields: ['Phone'] });
    const error = await failureOf(create());
    assert.deepEqual([error.fields, (error.data as { fields: string[] }).fields, error.message], [undefined, ['Phone'], 'No.']);
    assert.deepEqual((await failureOf(org.old.create('Account', { Name: 'x' }))).fields, ['Phone']);
  });

  it('tells the daily from the concurrent limit by the message, both with 403', async () => {
    inject({ operation: 'create', kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED', times: 1 });
    inject({ operation: 'create', kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED', concurrent: true });
    const [daily, concurrent] = [await failureOf(create()), await failureOf(create())];
    assert.deepEqual([daily.errorCode, concurrent.errorCode], ['REQUEST_LIMIT_EXCEEDED', 'REQUEST_LIMIT_EXCEEDED']);
    assert.deepEqual([daily.message, concurrent.message], ['TotalRequests Limit exceeded.', 'ConcurrentPerOrgLongTxn Limit exceeded.']);
    assert.deepEqual(log(), [['create', false, 403], ['create', false, 403]]);
  });

  it('answers each code with its HTTP status, or with the one that is asked for', async () => {
    const expected: [string, number][] = [
      ['INVALID_SESSION_ID', 401], ['SERVER_UNAVAILABLE', 503], ['QUERY_TIMEOUT', 400], ['ENTITY_IS_DELETED', 404], ['UNKNOWN_EXCEPTION', 500], ['GONE', 410],
      ['API_DISABLED_FOR_ORG', 403], ['SOME_NEW_CODE', 400],
    ];
    for (const [code, status] of expected) {
      const id = inject({ operation: 'limits', kind: 'error', code });
      const response = await rest('/limits');
      assert.equal(response.status, status, code);
      assert.deepEqual(((await response.json()) as { errorCode: string }[]).map((one) => one.errorCode), [code]);
      org.sim.control.removeFault(id);
    }
    inject({ operation: 'limits', kind: 'error', code: 'SERVER_UNAVAILABLE', status: 500 });
    assert.equal((await rest('/limits')).status, 500);
  });

  it('speaks the language of the token endpoint and of SOAP', async () => {
    inject({ operation: 'oauth', kind: 'error', code: 'invalid_grant', message: 'inactive user' });
    inject({ operation: 'login', kind: 'error', code: 'API_CURRENTLY_DISABLED', message: 'closed' });
    const { instanceUrl: loginUrl, clientId, clientSecret, username, password } = org.sim;
    for (const conn of [connect(org.sim, { oauth2: { loginUrl, clientId, clientSecret } }), connectOld(org.sim, { oauth2: { loginUrl, clientId, clientSecret } })]) {
      const error = await failureOf(conn.login(username, password));
      assert.deepEqual([error.name, error.message, error.errorCode], ['invalid_grant', 'inactive user', undefined]);
    }
    assert.equal((await failureOf(connect(org.sim, { loginUrl }).login(username, password))).message, 'API_CURRENTLY_DISABLED: closed');
  });

  it('meets only the requests that it is meant for', async () => {
    inject({ operation: 'create', object: 'lead', kind: 'error', code: 'UNABLE_TO_LOCK_ROW' });
    inject({ operation: 'collections', method: 'PATCH', kind: 'error', code: 'UNABLE_TO_LOCK_ROW' });
    await create();
    await org.conn.create('Account', [{ Name: 'Acme' }]);
    assert.equal((await failureOf(org.conn.create('Lead', { LastName: 'x', Company: 'y' }))).errorCode, 'UNABLE_TO_LOCK_ROW');
    assert.equal((await failureOf(org.conn.update('Account', [{ Id: '001000000000000AAA' }]))).errorCode, 'UNABLE_TO_LOCK_ROW');
    org.sim.control.clearFaults();
    inject({ operation: 'query', object: 'Contact', kind: 'error', code: 'QUERY_TIMEOUT' });
    await org.conn.query('SELECT Id FROM Account LIMIT 1');
    assert.equal((await failureOf(org.conn.query('SELECT Id FROM Contact LIMIT 1'))).errorCode, 'QUERY_TIMEOUT');
  });

  it('can wait, come every few requests and stop', async () => {
    const id = inject({ operation: 'any', kind: 'error', code: 'UNABLE_TO_LOCK_ROW', after: 1, every: 2, times: 2 });
    const outcomes: (number | null)[] = [];
    for (let index = 0; index < 7; index++) outcomes.push((await rest('/limits')).status);
    assert.deepEqual(outcomes, [200, 200, 400, 200, 400, 200, 200]);
    assert.deepEqual(org.sim.control.faults().map((one) => [one.id, one.fired]), [[id, 2]]);
  });

  it('lets a session die in the middle and jsforce log in again', async () => {
    const conn = connect(org.sim, { loginUrl: org.sim.instanceUrl });
    await conn.login(org.sim.username, org.sim.password);
    inject({ operation: 'query', kind: 'error', code: 'INVALID_SESSION_ID', times: 3 });
    assert.equal((await conn.query('SELECT COUNT() FROM User')).totalSize, 2);
    assert.deepEqual(log().filter((one) => (one as string[])[0] === 'query'), [...Array<unknown>(3).fill(['query', false, 401]), ['query', true, 200]]);
    inject({ operation: 'query', kind: 'error', code: 'INVALID_SESSION_ID', times: 1 });
    assert.equal((await failureOf(org.conn.query('SELECT Id FROM User'))).errorCode, 'INVALID_SESSION_ID');
  });

  it('fails chosen records of a collections request; the promise still resolves', async () => {
    inject({ operation: 'collections', kind: 'record-error', code: 'UNABLE_TO_LOCK_ROW', records: [1, 2], times: 2 });
    for (const conn of [org.conn, org.old]) {
      const results = (await conn.create('Account', [{ Name: 'A' }, { Name: 'B' }, { Name: 'C' }, { Name: 'D' }])) as unknown as SaveResultShape[];
      assert.deepEqual(results.map((result) => result.errors[0]?.statusCode), [undefined, 'UNABLE_TO_LOCK_ROW', 'UNABLE_TO_LOCK_ROW', undefined]);
      assert.equal((results[1]?.errors[0] as { errorCode?: string } | undefined)?.errorCode, undefined);
    }
    assert.deepEqual([named('A'), named('B'), named('D')], [2, 0, 2]);
    await org.conn.create('Account', [{ Name: 'B' }]);
    assert.equal(named('B'), 1);
  });

  it('answers without a Salesforce body: ERROR_HTTP_<status>, HTML in data or in the message', async () => {
    inject({ operation: 'create', kind: 'status', status: 502, times: 2 });
    inject({ operation: 'create', kind: 'status', status: 504, body: 'upstream timed out', contentType: 'text/plain' });
    const error = await failureOf(create());
    assert.equal(error.errorCode, 'ERROR_HTTP_502');
    assert.match(error.message, /html content/);
    assert.match(String(error.data), /^<html>/);
    const oldError = await failureOf(org.old.create('Account', { Name: 'Acme' }));
    assert.equal(oldError.errorCode, 'ERROR_HTTP_502');
    assert.match(oldError.message, /^<html>/);
    const plain = await failureOf(create());
    assert.deepEqual([plain.errorCode, plain.message], ['ERROR_HTTP_504', 'upstream timed out']);
    assert.equal(named('Acme'), 0);
  });

  it('may have written although the edge answered 502', async () => {
    inject({ operation: 'create', kind: 'status', status: 502, applied: true });
    await failureOf(create());
    assert.equal(named('Acme'), 1);
    assert.deepEqual(log(), [['create', true, 502]]);
  });

  it('resets the connection before the request is applied: nothing is there', async () => {
    inject({ operation: 'create', kind: 'reset', applied: false });
    const error = await failureOf(create());
    assert.deepEqual([error.name, error.errorCode, error.code, error.cause?.code], ['TypeError', undefined, undefined, 'ECONNRESET']);
    const oldError = await failureOf(org.old.create('Account', { Name: 'Acme' }));
    assert.deepEqual([oldError.code, oldError.errorCode], ['ECONNRESET', undefined]);
    assert.equal(named('Acme'), 0);
    assert.deepEqual(log(), [['create', false, null], ['create', false, null]]);
  });

  it('resets the connection after the request was applied: exactly one record and no answer', async () => {
    inject({ operation: 'create', kind: 'reset', applied: true, times: 1 });
    const error = await failureOf(create());
    assert.equal(error.cause?.code, 'ECONNRESET');
    assert.equal(named('Acme'), 1);
    assert.deepEqual(log(), [['create', true, null]]);
    inject({ operation: 'create', kind: 'reset', applied: true, times: 1 });
    assert.equal((await failureOf(org.old.create('Account', { Name: 'Old' }))).code, 'ECONNRESET');
    assert.equal(named('Old'), 1);
    // A request that the org refuses is not applied, whatever the fault says.
    inject({ operation: 'create', kind: 'reset', applied: true, times: 1 });
    await failureOf(org.conn.create('Account', {}));
    assert.deepEqual(log().at(-1), ['create', false, null]);
  });

  it('applies at once and answers late', async () => {
    inject({ operation: 'create', kind: 'slow', delayMs: 300 });
    const start = Date.now();
    let answered = false;
    const answer = create().then(() => (answered = true));
    while (named('Acme') === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    assert.equal(answered, false);
    await answer;
    assert.ok(Date.now() - start >= 290);
  });

  it('lets a client wait in silence, with or without the request applied', async () => {
    inject({ operation: 'create', kind: 'silence', applied: true, times: 1 });
    inject({ operation: 'create', kind: 'silence' });
    const body = { method: 'POST', url: '/sobjects/Account', body: JSON.stringify({ Name: 'Acme' }), headers: { 'content-type': 'application/json' } } as const;
    for (const _ of [1, 2]) assert.equal((await failureOf(org.conn.request(body, { timeout: 150 } as object))).name, 'AbortError');
    assert.equal(named('Acme'), 1);
    assert.deepEqual(log(), [['create', true, null], ['create', false, null]]);
  });

  it('begins an answer and never ends it', async () => {
    inject({ operation: 'any', kind: 'endless' });
    const id = String(org.sim.control.records('Account')[0]?.['Id']);
    const answers: [string, RequestInit][] = [
      ['/limits', {}], [`/sobjects/Account/${id}`, { method: 'PATCH', body: '{"Name":"Half"}', headers: { 'content-type': 'application/json' } }],
    ];
    for (const [path, init] of answers) {
      const response = await rest(path, { ...init, signal: AbortSignal.timeout(150) });
      assert.equal(response.status, 200);
      assert.equal((await failureOf(response.text())).name, 'TimeoutError');
    }
    assert.equal(named('Half'), 1);
  });

  it('sends garbage that claims to be JSON: jsforce hands it on as text', async () => {
    inject({ operation: 'limits', kind: 'garbage' });
    inject({ operation: 'create', kind: 'garbage', applied: true, body: '<oops>' });
    for (const conn of [org.conn, org.old]) assert.equal(typeof (await conn.limits()), 'string');
    assert.equal(await create(), '<oops>');
    assert.equal(named('Acme'), 1);
  });

  it('redirects to another host, where jsforce follows with a GET', async () => {
    const other = await startSimulator({ data: 'empty' });
    try {
      inject({ operation: 'create', kind: 'redirect', location: `${other.instanceUrl}/moved` });
      assert.equal((await failureOf(create())).errorCode, 'NOT_FOUND');
      assert.deepEqual(other.control.requests().map((one) => [one.method, one.path]), [['GET', '/moved']]);
      inject({ operation: 'limits', kind: 'redirect' });
      const response = await rest('/limits', { redirect: 'manual' });
      assert.deepEqual([response.status, response.headers.get('location')], [302, 'http://moved.demo-org.invalid/services/data/v60.0/limits']);
      assert.equal(named('Acme'), 0);
    } finally {
      await other.close();
    }
  });

  it('says what is wrong with a fault that is not valid', () => {
    const bad: [unknown, RegExp][] = [
      [null, /object/], [{ operation: 'create' }, /kind/], [{ operation: 'create', kind: 'toString' }, /kind/], [{ kind: 'reset', applied: true }, /needs operation/],
      [{ operation: 'create', kind: 'reset' }, /needs applied/], [{ operation: 'explode', kind: 'endless' }, /operation is not valid/],
      [{ operation: 'create', kind: 'endless', applied: true }, /no member named applied/], [{ operation: 'any', kind: 'status', status: 99 }, /status/],
      [{ operation: 'any', kind: 'redirect', location: 'http://x\r\nset-cookie: y' }, /location/], [{ operation: 'any', kind: 'endless', every: 0 }, /every/],
      [{ operation: 'any', kind: 'error', code: 'X', more: [{}] }, /more/], [{ operation: 'any', kind: 'slow', delayMs: -1 }, /delayMs/],
      [JSON.parse('{"operation":"any","kind":"endless","__proto__":{}}'), /no member named __proto__/],
    ];
    for (const [fault, message] of bad) assert.throws(() => inject(fault as Fault), message);
    assert.deepEqual(org.sim.control.faults(), []);
  });
});
