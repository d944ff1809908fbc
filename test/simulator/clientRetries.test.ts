import assert from 'node:assert/strict';
import type { Fault } from '../../server/src/simulator/faults.ts';
import type { DemoOrg } from './demoOrg.ts';
import { failureOf, startDemoOrg } from './demoOrg.ts';

/** What the client libraries repeat by themselves, seen in the org's request log. The product's advice stands on these facts. */
describe('Demo org: what jsforce repeats by itself', () => {
  let org: DemoOrg;
  before(async () => {
    org = await startDemoOrg();
  });
  after(() => org.sim.close());
  beforeEach(() => org.sim.control.reset());

  const unavailable = (operation: Fault['operation'], times?: number): Fault =>
    ({ operation, kind: 'error', code: 'SERVER_UNAVAILABLE', ...(times === undefined ? {} : { times }) });
  const sent = (operation: string): number => org.sim.control.requests().filter((one) => one.operation === operation).length;

  it('sends a POST and a PATCH once, whatever happens', async () => {
    for (const operation of ['create', 'upsert', 'update'] as const) org.sim.control.addFault(unavailable(operation));
    const id = String(org.sim.control.records('Account')[0]?.['Id']);
    assert.equal((await failureOf(org.conn.create('Account', { Name: 'x' }))).errorCode, 'SERVER_UNAVAILABLE');
    assert.equal((await failureOf(org.conn.update('Account', { Id: id, Name: 'x' }))).errorCode, 'SERVER_UNAVAILABLE');
    assert.equal((await failureOf(org.conn.upsert('Account', { ERP_Id__c: 'x', Name: 'x' }, 'ERP_Id__c'))).errorCode, 'SERVER_UNAVAILABLE');
    assert.deepEqual([sent('create'), sent('update'), sent('upsert')], [1, 1, 1]);
  });

  it('sends everything once in jsforce 1', async () => {
    org.sim.control.addFault(unavailable('query'));
    assert.equal((await failureOf(org.old.query('SELECT Id FROM Account'))).errorCode, 'SERVER_UNAVAILABLE');
    assert.equal(sent('query'), 1);
  });

  it('does not repeat an error that is no passing status', async () => {
    org.sim.control.addFault({ operation: 'query', kind: 'error', code: 'UNABLE_TO_LOCK_ROW' });
    assert.equal((await failureOf(org.conn.query('SELECT Id FROM Account'))).errorCode, 'UNABLE_TO_LOCK_ROW');
    assert.equal(sent('query'), 1);
  });

  it('repeats a GET after 503 and after a reset', async () => {
    org.sim.control.addFault(unavailable('query', 1));
    org.sim.control.addFault({ operation: 'limits', kind: 'reset', applied: false, times: 1 });
    await Promise.all([org.conn.query('SELECT Id FROM Account LIMIT 1'), org.conn.limits()]);
    assert.deepEqual([sent('query'), sent('limits')], [2, 2]);
  });

  it('repeats a DELETE whose answer was lost, and then meets ENTITY_IS_DELETED', async () => {
    const id = org.sim.control.addRecord('Account', { Name: 'Short-lived' });
    org.sim.control.addFault({ operation: 'delete', kind: 'reset', applied: true, times: 1 });
    assert.equal((await failureOf(org.conn.destroy('Account', id))).errorCode, 'ENTITY_IS_DELETED');
    assert.deepEqual(org.sim.control.requests().map((one) => [one.applied, one.status]), [[true, null], [false, 404]]);
  });

  it('gives up after five repeats in 15.5 s, and after two of a 420', async function () {
    this.timeout(25_000);
    org.sim.control.addFault(unavailable('query'));
    org.sim.control.addFault({ operation: 'limits', kind: 'reset', applied: false });
    org.sim.control.addFault({ operation: 'describe', kind: 'status', status: 420 });
    const start = Date.now();
    const [query, limits, describe_] = await Promise.all([
      failureOf(org.conn.query('SELECT Id FROM Account')), failureOf(org.conn.limits()), failureOf(org.conn.describeGlobal()),
    ]);
    assert.deepEqual([query.errorCode, limits.errorCode, limits.cause?.code, describe_.errorCode], ['SERVER_UNAVAILABLE', undefined, 'ECONNRESET', 'ERROR_HTTP_420']);
    assert.deepEqual([sent('query'), sent('limits'), sent('describe')], [6, 6, 3]);
    assert.ok(Date.now() - start >= 15_400);
  });
});
