import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import * as vscode from 'vscode';
import type { ApiGuardApi } from '../../../client/src/api.ts';
import type { LimitsSnapshot } from '../../../client/src/limits/snapshot.ts';
import type { Fault } from '../../../server/src/simulator/main.ts';
import { eventually } from '../host/eventually.ts';
import { api, rowNamed } from './extensionApi.ts';

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

  it('fills the tree: the org, groups with the most used first, the unused apart', async () => {
    await run('apiGuard.useDemoOrg');
    const snapshot = guard.limits.snapshot();
    assert.equal(snapshot.state, 'ready');
    assert.deepEqual(snapshot.org, { kind: 'demo', name: 'Demo org' });
    assert.match(snapshot.description, /^Demo org · .*\d/);
    const [org, ...groups] = snapshot.rows;
    assert.equal(org?.label, 'Demo org');
    assert.match(org.description, /^\d.+ · 1 request today$/);
    const unused = groups.pop();
    assert.equal(unused?.label, 'Not used');
    assert.equal(unused.description, String(unused.children.length));
    assert.deepEqual(groups.map(({ label }) => label), ['Storage and files', 'API requests', 'Email', 'Events and streaming', 'Other', 'Asynchronous Apex', 'Bulk API', 'Analytics']);
    for (const { label, children } of groups) {
      const percentages = children.map((row) => Number(/^[▰▱]{5}\s+<?(\d+)%/.exec(row.label)?.[1]));
      assert.ok(percentages.length > 0 && percentages.every((each) => each >= 0), label);
      assert.deepEqual(percentages, percentages.toSorted((a, b) => b - a));
    }
  });

  it('shows bar, percentage, used and maximum with units, and a sign, a colour and a word for what is close', () => {
    const snapshot = guard.limits.snapshot();
    const storage = rowNamed(snapshot, 'Data Storage');
    assert.equal(storage.label, '▰▰▰▰▱ 92% critical  Data Storage');
    assert.equal(storage.description, '9.2 GB / 10 GB');
    assert.equal(storage.colour, 'list.errorForeground');
    const requests = rowNamed(snapshot, 'Daily API Requests');
    assert.equal(requests.label, '▰▰▰▰▱ 78% high  Daily API Requests');
    assert.match(requests.description, /^89,65\d \/ 115,000 requests$/);
    assert.equal(requests.icon, 'warning');
    for (const part of [/REQUEST\\?_LIMIT\\?_EXCEEDED/, /\*\*Codes:\*\* `REQUEST_LIMIT_EXCEEDED`/, /\*\*Use less:\*\* Send records together/, /\*\*Window:\*\* 24 hours, rolling/]) assert.match(requests.tooltip, part);
    const calm = rowNamed(snapshot, 'File Storage');
    assert.equal(calm.icon, 'pass');
    assert.equal(calm.description, '3 GB / 10 GB');
  });

  it('says each row to a screen reader', () => {
    const snapshot = guard.limits.snapshot();
    const all = (rows: typeof snapshot.rows): typeof snapshot.rows => rows.flatMap((row) => [row, ...all(row.children)]);
    assert.deepEqual(all(snapshot.rows).filter(({ spoken }) => spoken === '').map(({ label }) => label), []);
    assert.equal(rowNamed(snapshot, 'Data Storage').spoken, 'Data Storage, 92%, critical, 9.2 GB / 10 GB');
    assert.match(rowNamed(snapshot, 'Not used').spoken, /^Not used, \d+\. Limits of which nothing is used/);
  });

  it('says in the status bar what is critical, and nothing once nothing is', async () => {
    assert.equal(guard.limits.snapshot().statusBar, '$(flame) Data Storage 92%');
    demo().control.setLimits({ DataStorageMB: { Max: 10240, Remaining: 9000 } });
    assert.equal((await refreshed()).statusBar, undefined);
    demo().control.setLimits({ DataStorageMB: { Max: 10240, Remaining: 819 } });
    assert.equal((await refreshed()).statusBar, '$(flame) Data Storage 92%');
  });

  it('counts the requests that it has cost the org', async () => {
    const spent = (await refreshed()).rows[0]?.description;
    assert.match(spent ?? '', /· 4 requests today$/);
    assert.equal(demo().control.requests().length, 4);
  });

  it('follows the org at a refresh', async () => {
    demo().control.setLimits({ DailyApiRequests: { Max: 100, Remaining: 3 } });
    const row = rowNamed(await refreshed(), 'Daily API Requests');
    assert.equal(row.label, '▰▰▰▰▱ 98% critical  Daily API Requests');
    assert.equal(row.description, '98 / 100 requests');
  });

  it('stands in the hover of a call, as it was read last and without another request', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(folder);
    const document = await vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder, 'src/importLeads.js'));
    await vscode.window.showTextDocument(document);
    const asked = demo().control.requests().length;
    const position = document.positionAt(document.getText().indexOf('create('));
    const text = await eventually('the hover', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
      const found = hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
      return found.includes('It spends') ? found : undefined;
    });
    assert.match(text, /- Daily API Requests: 2 of 100 requests, 2%, left in \*\*Demo org\*\* \(read just now\)/);
    await run('apiGuard.restartServer');
    const again = await eventually('the hover of a new server', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
      return hovers.some(({ contents }) => contents.some((content) => typeof content !== 'string' && content.value.includes('left in **Demo org**')));
    });
    assert.ok(again);
    assert.equal(demo().control.requests().length, asked);
  });

  it('follows the thresholds in the settings', async () => {
    const settings = vscode.workspace.getConfiguration('apiGuard.limits');
    await settings.update('highPercent', 20, vscode.ConfigurationTarget.Workspace);
    try {
      const row = await eventually('the new threshold', () => {
        const found = rowNamed(guard.limits.snapshot(), 'File Storage');
        return found.icon === 'warning' ? found : undefined;
      });
      assert.match(row.label, / high {2}File Storage$/);
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
    assert.equal(rowNamed(snapshot, 'Hourly Brand New Things').label, '▰▰▰▱▱ 60%  Hourly Brand New Things');
    const past = rowNamed(snapshot, 'used up  Monthly Platform Events');
    assert.equal(snapshot.rows[1]?.label, 'Used up: Monthly Platform Events');
    assert.deepEqual([past.label, past.description], ['▰▰▰▰▰ 130% used up  Monthly Platform Events', '130 / 100 events']);
    const none = rowNamed(snapshot, 'Hourly OData Callouts');
    assert.deepEqual([none.label, none.description, none.icon], ['Hourly OData Callouts', '0 / 0 callouts', 'circle-outline']);
  });

  it('shows what each connected app has used, where the org gives it', async () => {
    const apps = { 'Order Sync': { Max: 80_000, Remaining: 8_000 }, 'Data Loader': { Max: 20_000, Remaining: 19_000 }, 'Ant Migration Tool': { Max: 0, Remaining: 0 } };
    demo().control.addFault({ operation: 'limits', kind: 'garbage', body: JSON.stringify({ DailyApiRequests: { Max: 100_000, Remaining: 27_000, ...apps } }), times: 1 });
    const { children } = rowNamed(await refreshed(), 'Daily API Requests');
    assert.deepEqual(children.map(({ label, description, spoken }) => [label, description, spoken]), [
      ['▰▰▰▰▱ 90% critical  Order Sync', '72,000 / 80,000 requests', 'Order Sync, 90%, critical, 72,000 / 80,000 requests'],
      ['▰▱▱▱▱ \u20075%  Data Loader', '1,000 / 20,000 requests', 'Data Loader, 5%, 1,000 / 20,000 requests'],
    ]);
    assert.match(children[0]?.tooltip ?? '', /A share of Daily API Requests\\\./);
  });

  for (const [what, fault, problem, title, action] of [
    ['an expired session', { kind: 'error', code: 'INVALID_SESSION_ID' }, 'session-expired', 'Session expired', 'Try Again'],
    ['a used-up request limit', { kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED' }, 'request-limit', 'Request limit used up', 'What to Do About It'],
    ['an API that is off', { kind: 'error', code: 'API_DISABLED_FOR_ORG' }, 'api-disabled', 'API access is off', 'Choose Another Org'],
    ['a missing permission', { kind: 'error', code: 'INSUFFICIENT_ACCESS', status: 403 }, 'no-permission', 'No permission to see limits', 'Choose Another Org'],
    ['maintenance', { kind: 'status', status: 503 }, 'org-unavailable', 'Org not available', 'Salesforce Status'],
    ['a broken connection', { kind: 'reset', applied: false }, 'offline', 'No connection', 'Try Again'],
    ['a redirect to another host', { kind: 'redirect' }, 'wrong-address', 'Not the address of this org', 'Connect Again'],
    ['an unreadable answer', { kind: 'garbage' }, 'garbage', 'Unreadable answer', 'Show Log'],
    ['a code nobody knows', { kind: 'error', code: 'BRAND_NEW' }, 'unknown', 'Limits could not be read', 'Show Log'],
  ] as const) {
    it(`offers the one thing that helps with ${what}, and keeps the last figures`, async () => {
      demo().control.reset();
      await refreshed();
      demo().control.addFault({ operation: 'limits', ...fault } as Fault);
      const snapshot = await refreshed();
      assert.equal(snapshot.state, 'failed');
      assert.equal(snapshot.problem, problem);
      const [first] = snapshot.rows;
      assert.equal(first?.label, title);
      assert.equal(first.icon, 'error');
      assert.deepEqual(first.children.map(({ label }) => label), [action]);
      assert.ok(first.children[0]?.command);
      assert.ok(snapshot.message.length > 20, snapshot.message);
      assert.ok(!JSON.stringify(snapshot).includes(demo().accessToken));
      assert.ok(rowNamed(snapshot, 'Data Storage'));
      demo().control.clearFaults();
      const healed = await refreshed();
      assert.deepEqual([healed.state, healed.problem, healed.message], ['ready', undefined, '']);
    });
  }

  it('says slow of an answer that does not come, in the end', async function () {
    this.timeout(90_000);
    demo().control.addFault({ operation: 'limits', kind: 'endless', times: 1 });
    const snapshot = await refreshed();
    assert.deepEqual([snapshot.problem, snapshot.rows[0]?.children[0]?.label], ['slow', 'Try Again']);
    demo().control.reset();
  });

  it('notices a session that expires between two readings, and goes on with the figures it had', async () => {
    await refreshed();
    demo().control.expireSessions();
    const snapshot = await refreshed();
    assert.deepEqual([snapshot.problem, snapshot.rows[0]?.label], ['session-expired', 'Session expired']);
    assert.ok(rowNamed(snapshot, 'Data Storage'));
    // Its session is gone for good: a demo org that is asked for again is a new one.
    await run('apiGuard.signOut');
    await run('apiGuard.useDemoOrg');
    assert.equal(guard.limits.snapshot().state, 'ready');
  });

  it('shows 200 limits that nobody has ever heard of', async () => {
    demo().control.setLimits(Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`BrandNew${at}`, { Max: 1000, Remaining: at }])));
    const other = (await refreshed()).rows.find(({ label }) => label === 'Other');
    assert.ok((other?.children.length ?? 0) >= 200, `${other?.children.length} rows`);
    demo().control.reset();
  });

  it('shows several orgs side by side, and takes one away', async () => {
    await refreshed();
    const settings = vscode.workspace.getConfiguration('apiGuard');
    await settings.update('salesforceCliPath', '/nonexistent/sf', vscode.ConfigurationTarget.Global);
    try {
      await run('apiGuard.useSalesforceCliOrg', { beside: true, target: 'uat' });
      const both = guard.limits.snapshot();
      assert.deepEqual(both.orgs, [{ kind: 'demo', name: 'Demo org' }, { kind: 'cli', name: 'uat' }]);
      assert.deepEqual(both.rows.map(({ label }) => label), ['Demo org', 'uat']);
      assert.deepEqual(both.rows[1]?.children.map(({ label }) => label), ['Salesforce CLI not found']);
      assert.ok(both.rows[0]?.children.some(({ label }) => label === 'API requests'));
      await run('apiGuard.useDemoOrg');
      assert.deepEqual(guard.limits.snapshot().orgs, [{ kind: 'demo', name: 'Demo org' }]);
    } finally {
      await settings.update('salesforceCliPath', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  it('exports its history as CSV', async () => {
    await refreshed();
    const file = join(await mkdtemp(join(tmpdir(), 'api-guard-export-')), 'history.csv');
    await run('apiGuard.exportHistory', { org: 'demo', file });
    const [heading, ...lines] = (await readFile(file, 'utf8')).trimEnd().split('\r\n');
    assert.equal(heading, 'time,limit,title,unit,used,maximum,percent');
    assert.ok(lines.some((line) => /^2\d{3}-.*Z,DataStorageMB,Data Storage,MB,9421,10240,92$/.test(line)), lines[0]);
    await rm(dirname(file), { recursive: true, force: true });
  });

  it('copies everything as JSON', async () => {
    await run('apiGuard.copyLimits');
    const report = JSON.parse(await vscode.env.clipboard.readText()) as { org: string; limits: unknown[] };
    assert.equal(report.org, 'Demo org');
    assert.ok(report.limits.length > 50);
  });

  it('has one reading in flight, however often it is asked', async () => {
    demo().control.reset();
    demo().control.addFault({ operation: 'limits', kind: 'slow', delayMs: 500 });
    demo().control.clearRequests();
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
