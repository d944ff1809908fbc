import assert from 'node:assert/strict';
import type { DemoOrg } from './demoOrg.ts';
import { connect, failureOf, startDemoOrg } from './demoOrg.ts';

interface LimitShape {
  Max: number;
  Remaining: number;
}

describe('Demo org: limits', () => {
  let org: DemoOrg;
  before(async () => {
    org = await startDemoOrg();
  });
  after(() => org.sim.close());
  beforeEach(() => org.sim.control.reset());

  const limits = async (version = '62.0'): Promise<Record<string, LimitShape>> =>
    connect(org.sim, { instanceUrl: org.sim.instanceUrl, accessToken: org.sim.accessToken, version }).limits() as unknown as Promise<Record<string, LimitShape>>;

  it('shows one limit near its end, one close to it and the rest calm', async () => {
    const used = Object.entries(await limits()).filter(([, limit]) => limit.Max > 0)
      .map(([name, limit]) => [name, Math.round(((limit.Max - limit.Remaining) / limit.Max) * 100)] as const);
    assert.ok(used.length > 50);
    assert.deepEqual(used.filter(([, percent]) => percent > 50), [['DailyApiRequests', 78], ['DataStorageMB', 92]]);
  });

  it('counts each API request, in /limits and in the header that both libraries read', async () => {
    const before = (await limits())['DailyApiRequests']?.Remaining ?? 0;
    await org.conn.query('SELECT Id FROM Account LIMIT 1');
    await org.old.query('SELECT Id FROM Account LIMIT 1');
    assert.deepEqual(org.conn.limitInfo.apiUsage, { used: 115_000 - before + 1, limit: 115_000 });
    assert.deepEqual(org.old.limitInfo.apiUsage, { used: 115_000 - before + 2, limit: 115_000 });
    assert.equal((await limits())['DailyApiRequests']?.Remaining, before - 3);
    assert.equal((await org.old.limits())['DailyApiRequests']?.Remaining, before - 4);
  });

  it('lets stored records fill the storage', async () => {
    const before = (await limits())['DataStorageMB']?.Remaining ?? 0;
    for (let index = 0; index < 1024; index++) org.sim.control.addRecord('Lead', { LastName: 'Much', Company: 'Data' });
    assert.equal((await limits())['DataStorageMB']?.Remaining, before - 2);
  });

  it('names its limits as the asked version does', async () => {
    const old = Object.keys(await limits('47.0'));
    const now = Object.keys(await limits('64.0'));
    assert.ok(old.includes('DailyBulkApiRequests') && old.includes('MonthlyPlatformEvents') && !old.includes('DailyBulkApiBatches'));
    assert.ok(now.includes('DailyBulkApiBatches') && now.includes('MonthlyPlatformEventsUsageEntitlement') && !now.includes('DailyBulkApiRequests'));
    assert.ok(now.includes('DailyMetadataRetrievesWithDependencies') && !(await limits('63.0'))['DailyMetadataRetrievesWithDependencies']);
    assert.deepEqual((await limits())['PermissionSets'], { Max: 1500, Remaining: 1436, CreateCustom: { Max: 1000, Remaining: 958 } });
  });

  it('refuses every request when none is left for the day', async () => {
    org.sim.control.setLimits({ DailyApiRequests: { Max: 1000, Remaining: 1 } });
    await org.conn.query('SELECT Id FROM Account LIMIT 1');
    const error = await failureOf(org.conn.create('Account', { Name: 'Late' }));
    assert.deepEqual([error.errorCode, error.message], ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.']);
    assert.deepEqual(org.conn.limitInfo.apiUsage, { used: 1000, limit: 1000 });
    assert.equal(org.sim.control.records('Account').some((record) => record['Name'] === 'Late'), false);
  });

  it('lists its versions to anybody, without the usage header', async () => {
    const response = await fetch(`${org.sim.instanceUrl}/services/data`);
    assert.equal(response.headers.get('sforce-limit-info'), null);
    const versions = (await response.json()) as { version: string; label: string }[];
    assert.deepEqual([versions[0], versions.find((one) => one.version === '67.0')?.label], [{ label: "Summer '14", url: '/services/data/v31.0', version: '31.0' }, "Summer '26"]);
  });

  it('answers 410 to a retired version and 404 to one that is not there', async () => {
    const status = async (version: string): Promise<unknown[]> => {
      const response = await fetch(`${org.sim.instanceUrl}/services/data/${version}/limits`, { headers: { authorization: `Bearer ${org.sim.accessToken}` } });
      return [response.status, ((await response.json()) as { errorCode: string }[])[0]?.errorCode];
    };
    assert.deepEqual(await status('v30.0'), [410, 'GONE']);
    assert.deepEqual(await status('v7.0'), [410, 'GONE']);
    for (const version of ['v99.0', 'v6.0', 'v60', '60.0', 'latest']) assert.deepEqual(await status(version), [404, 'NOT_FOUND']);
  });
});
