import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ApiGuardApi } from '../../../client/src/api.ts';
import type { LimitsSnapshot } from '../../../client/src/limits/snapshot.ts';
import type { Fault } from '../../../server/src/simulator/main.ts';
import { api, eventually, rowNamed } from './extensionApi.ts';

const run = (command: string, argument?: unknown): Thenable<unknown> => vscode.commands.executeCommand(command, argument);

describe('org limits: the demo org', () => {
  let guard: ApiGuardApi;
  const demo = () => {
    const org = guard.demoOrg();
    assert.ok(org, 'the demo org does not run');
    return org;
  };
  const refreshed = async (): Promise<LimitsSnapshot> => {
    await run('apiGuard.refreshLimits');
    return guard.limits.snapshot();
  };

  before(async () => {
    guard = await api();
  });
  after(() => run('apiGuard.signOut'));

  it('is no org at all before somebody asks for it', async () => {
    await run('apiGuard.signOut');
    const { state, rows, org } = guard.limits.snapshot();
    assert.deepEqual({ state, rows, org }, { state: 'none', rows: [], org: undefined });
    assert.equal(guard.demoOrg(), undefined);
  });

  it('fills the tree, most used first, the unused apart', async () => {
    await run('apiGuard.useDemoOrg');
    const snapshot = guard.limits.snapshot();
    assert.equal(snapshot.state, 'ready');
    assert.deepEqual(snapshot.org, { kind: 'demo', name: 'Demo org' });
    assert.match(snapshot.description, /^Demo org · .*\d/);
    const [org, ...rows] = snapshot.rows;
    assert.equal(org?.label, 'Demo org');
    const unused = rows.pop();
    assert.equal(unused?.label, 'Not used');
    assert.equal(unused.description, String(unused.children.length));
    const percentages = rows.map(({ label }) => Number(/^<?(\d+)%/.exec(label)?.[1]));
    assert.ok(percentages.length > 10);
    assert.deepEqual(percentages, percentages.toSorted((a, b) => b - a));
  });

  it('shows used, maximum and percentage, with a sign and a word for what is close', () => {
    const snapshot = guard.limits.snapshot();
    const storage = rowNamed(snapshot, 'Data Storage');
    assert.equal(storage.label, '92%  Data Storage');
    assert.equal(storage.description, 'critical · 9.2 GB / 10 GB');
    assert.equal(storage.colour, 'list.errorForeground');
    const requests = rowNamed(snapshot, 'Daily API Requests');
    assert.match(requests.description, /^high · 89,65\d \/ 115,000$/);
    assert.equal(requests.icon, 'warning');
    assert.match(requests.tooltip, /REQUEST\\_LIMIT\\_EXCEEDED/);
    const calm = rowNamed(snapshot, 'File Storage');
    assert.equal(calm.icon, 'pass');
    assert.equal(calm.description, '3 GB / 10 GB');
  });

  it('follows the org at a refresh', async () => {
    demo().control.setLimits({ DailyApiRequests: { Max: 100, Remaining: 3 } });
    const row = rowNamed(await refreshed(), 'Daily API Requests');
    assert.equal(row.label, '98%  Daily API Requests');
    assert.equal(row.description, 'critical · 98 / 100');
  });

  it('follows the thresholds in the settings', async () => {
    const settings = vscode.workspace.getConfiguration('apiGuard.limits');
    await settings.update('highPercent', 20, vscode.ConfigurationTarget.Workspace);
    try {
      const row = await eventually('the new threshold', () => {
        const found = rowNamed(guard.limits.snapshot(), 'File Storage');
        return found.icon === 'warning' ? found : undefined;
      });
      assert.match(row.description, /^high · /);
    } finally {
      await settings.update('highPercent', undefined, vscode.ConfigurationTarget.Workspace);
    }
  });

  it('shows unknown keys, negative remainders and maxima of zero', async () => {
    demo().control.reset();
    demo().control.setLimits({
      HourlyBrandNewThings: { Max: 10, Remaining: 4 },
      MonthlyPlatformEventsUsageEntitlement: { Max: 100, Remaining: -30 },
      HourlyODataCallout: { Max: 0, Remaining: 0 },
    });
    const snapshot = await refreshed();
    assert.equal(rowNamed(snapshot, 'Hourly Brand New Things').label, '60%  Hourly Brand New Things');
    const past = rowNamed(snapshot, 'Monthly Platform Events');
    assert.deepEqual([past.label, past.description], ['130%  Monthly Platform Events', 'over the limit · 130 / 100']);
    const none = rowNamed(snapshot, 'Hourly OData Callouts');
    assert.deepEqual([none.label, none.description, none.icon], ['Hourly OData Callouts', '0 / 0', 'circle-outline']);
  });

  for (const [what, fault, problem, title] of [
    ['an expired session', { kind: 'error', code: 'INVALID_SESSION_ID' }, 'session-expired', 'Session expired'],
    ['a used-up request limit', { kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED' }, 'request-limit', 'Request limit used up'],
    ['an API that is off', { kind: 'error', code: 'API_DISABLED_FOR_ORG' }, 'api-disabled', 'API access is off'],
    ['a missing permission', { kind: 'error', code: 'INSUFFICIENT_ACCESS', status: 403 }, 'no-permission', 'No permission to see limits'],
    ['maintenance', { kind: 'status', status: 503 }, 'org-unavailable', 'Org not available'],
    ['a broken connection', { kind: 'reset', applied: false }, 'offline', 'No connection'],
    ['a redirect to another host', { kind: 'redirect' }, 'wrong-address', 'Not the address of this org'],
    ['an unreadable answer', { kind: 'garbage' }, 'garbage', 'Unreadable answer'],
  ] as const) {
    it(`says what to do about ${what}, and keeps the last figures`, async () => {
      demo().control.reset();
      await refreshed();
      demo().control.addFault({ operation: 'limits', ...fault } as Fault);
      const snapshot = await refreshed();
      assert.equal(snapshot.state, 'failed');
      assert.equal(snapshot.problem, problem);
      const [first] = snapshot.rows;
      assert.equal(first?.label, title);
      assert.equal(first.icon, 'error');
      assert.ok(first.children.some(({ command }) => command === 'apiGuard.refreshLimits'));
      assert.ok(snapshot.message.length > 20, snapshot.message);
      assert.ok(!JSON.stringify(snapshot).includes(demo().accessToken));
      assert.ok(rowNamed(snapshot, 'Data Storage'));
      demo().control.clearFaults();
      const healed = await refreshed();
      assert.deepEqual([healed.state, healed.problem, healed.message], ['ready', undefined, '']);
    });
  }

  it('has one reading in flight, however often it is asked', async () => {
    demo().control.reset();
    demo().control.addFault({ operation: 'limits', kind: 'slow', delayMs: 500 });
    await Promise.all([refreshed(), refreshed(), refreshed()]);
    assert.equal(demo().control.requests().length, 1);
  });

  it('ends when it is disconnected', async () => {
    const { instanceUrl } = demo();
    await run('apiGuard.signOut');
    assert.equal(guard.demoOrg(), undefined);
    assert.equal(guard.limits.snapshot().state, 'none');
    await eventually('the port is closed', () => fetch(instanceUrl).then(() => false, () => true));
  });
});
