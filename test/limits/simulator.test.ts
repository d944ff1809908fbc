import assert from 'node:assert/strict';
import { readLimits } from '../../server/src/limits/jsforceOrg.ts';
import { LimitsProblem } from '../../server/src/limits/limitsProblem.ts';
import { usageOf } from '../../server/src/limits/orgLimits.ts';
import type { Fault, Simulator } from '../../server/src/simulator/main.ts';
import { startSimulator } from '../../server/src/simulator/main.ts';

describe('limits: reading with jsforce from the simulated org', () => {
  let org: Simulator;
  before(async () => {
    org = await startSimulator();
  });
  after(() => org.close());
  beforeEach(() => org.control.reset());

  const read = (timeLimit = 5000) => readLimits({ instanceUrl: org.instanceUrl, accessToken: org.accessToken, timeLimit });

  async function problem(timeLimit?: number): Promise<LimitsProblem> {
    const error: unknown = await read(timeLimit).then(() => undefined, (reason: unknown) => reason);
    assert.ok(error instanceof LimitsProblem, String(error));
    assert.ok(!error.message.includes(org.accessToken), error.message);
    return error;
  }

  it('reads every limit with one request', async () => {
    const { limits, unreadable } = await read();
    assert.ok(limits.length > 50, `${limits.length} limits`);
    assert.deepEqual(unreadable, []);
    assert.deepEqual(limits.find(({ name }) => name === 'PermissionSets')?.parts.map(({ name }) => name), ['CreateCustom']);
    assert.deepEqual(org.control.requests().map(({ method, path }) => `${method} ${path.replace(/v\d+/, 'vN')}`), ['GET /services/data/vN.0/limits']);
  });

  it('sees that its own reading has cost a request', async () => {
    const used = async (): Promise<number> => {
      const limit = (await read()).limits.find(({ name }) => name === 'DailyApiRequests');
      assert.ok(limit);
      return usageOf(limit).used;
    };
    const first = await used();
    assert.equal(await used(), first + 1);
  });

  it('reads keys it has never heard of, zero maxima and negative remainders', async () => {
    org.control.setLimits({ BrandNewLimit: { Max: 7, Remaining: 2 }, MonthlyPlatformEventsUsageEntitlement: { Max: 100, Remaining: -30 }, HourlyODataCallout: { Max: 0, Remaining: 0 } });
    const byName = new Map((await read()).limits.map((limit) => [limit.name, usageOf(limit)]));
    assert.deepEqual(byName.get('BrandNewLimit'), { used: 5, percent: (5 / 7) * 100 });
    assert.deepEqual(byName.get('MonthlyPlatformEventsUsageEntitlement'), { used: 130, percent: 130 });
    assert.deepEqual(byName.get('HourlyODataCallout'), { used: 0, percent: undefined });
  });

  const faults: [string, Omit<Fault, 'operation'>, string][] = [
    ['an expired session', { kind: 'error', code: 'INVALID_SESSION_ID' }, 'session-expired'],
    ['the daily request limit', { kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED' }, 'request-limit'],
    ['the concurrent request limit', { kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED', concurrent: true }, 'org-unavailable'],
    ['an org without API', { kind: 'error', code: 'API_DISABLED_FOR_ORG' }, 'api-disabled'],
    ['a user without API', { kind: 'error', code: 'API_CURRENTLY_DISABLED' }, 'api-disabled'],
    ['a missing permission', { kind: 'error', code: 'INSUFFICIENT_ACCESS', status: 403 }, 'no-permission'],
    ['a bare 403', { kind: 'status', status: 403 }, 'no-permission'],
    ['a busy server', { kind: 'error', code: 'SERVER_UNAVAILABLE' }, 'org-unavailable'],
    ['a 503 of the edge', { kind: 'status', status: 503 }, 'org-unavailable'],
    ['an address that is not there', { kind: 'error', code: 'NOT_FOUND' }, 'wrong-address'],
    ['a retired version', { kind: 'error', code: 'GONE' }, 'wrong-address'],
    ['a redirect to another host', { kind: 'redirect' }, 'wrong-address'],
    ['a reset connection', { kind: 'reset', applied: false }, 'offline'],
    ['a garbled answer', { kind: 'garbage' }, 'garbage'],
    ['a web page', { kind: 'garbage', body: '<html>Sign in</html>' }, 'garbage'],
    ['a code nobody knows', { kind: 'error', code: 'BRAND_NEW_CODE' }, 'unknown'],
  ] as [string, Omit<Fault, 'operation'>, string][];
  for (const [what, fault, kind] of faults) {
    it(`says ${kind} of ${what}, after one request`, async () => {
      org.control.addFault({ operation: 'limits', ...fault } as Fault);
      assert.equal((await problem()).kind, kind);
      assert.equal(org.control.requests().length, 1);
      org.control.clearFaults();
      assert.ok((await read()).limits.length > 50);
    });
  }

  for (const fault of [{ kind: 'slow', delayMs: 3000 }, { kind: 'silence' }, { kind: 'endless' }] as const) {
    it(`says slow of ${fault.kind} within the time limit`, async () => {
      org.control.addFault({ operation: 'limits', ...fault });
      const start = Date.now();
      assert.equal((await problem(400)).kind, 'slow');
      assert.ok(Date.now() - start < 2000);
    });
  }

  it('says session-expired of a token that never was one', async () => {
    await assert.rejects(
      readLimits({ instanceUrl: org.instanceUrl, accessToken: '00D000000000000!nothing' }),
      (error) => error instanceof LimitsProblem && error.kind === 'session-expired',
    );
  });

  it('says request-limit when the org has no request left', async () => {
    org.control.setLimits({ DailyApiRequests: { Max: 100, Remaining: 0 } });
    assert.equal((await problem()).kind, 'request-limit');
  });
});
