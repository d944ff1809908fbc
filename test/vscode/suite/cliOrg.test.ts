import assert from 'node:assert/strict';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { ApiGuardApi } from '../../../client/src/api.ts';
import { FakeCli } from '../../limits/fakeCli.ts';
import { eventually } from '../host/eventually.ts';
import { api, rowNamed } from './extensionApi.ts';

const run = (command: string, argument?: unknown): Thenable<unknown> => vscode.commands.executeCommand(command, argument);

describe('org limits: the Salesforce CLI\'s default org', () => {
  let guard: ApiGuardApi;
  let cli: FakeCli;
  let configFolder: string;
  const setDefault = (alias: string) => writeFile(join(configFolder, 'config.json'), JSON.stringify({ 'target-org': alias }));
  const setPath = (path: string | undefined) =>
    vscode.workspace.getConfiguration('apiGuard').update('salesforceCliPath', path, vscode.ConfigurationTarget.Global);

  before(async () => {
    guard = await api();
    cli = await FakeCli.create();
    const folder = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    assert.ok(folder);
    configFolder = join(folder, '.sf');
  });
  beforeEach(async () => {
    await mkdir(configFolder, { recursive: true });
    await setDefault('dev');
    await setPath(cli.executable);
  });
  afterEach(async () => {
    await run('apiGuard.signOut');
    await rm(configFolder, { recursive: true, force: true });
  });
  after(async () => {
    await setPath(undefined);
    await cli.remove();
  });

  it('fills the tree with what the CLI reports, without a token', async () => {
    await cli.program(`console.log(JSON.stringify({ status: 0, result: [{ name: 'DailyApiRequests', max: 200, remaining: 150 }], warnings: [] }));`);
    await run('apiGuard.useSalesforceCliOrg');
    const snapshot = guard.limits.snapshot();
    assert.deepEqual([snapshot.state, snapshot.org], ['ready', { kind: 'cli', name: 'dev' }]);
    assert.equal(rowNamed(snapshot, 'Daily API Requests').label, '▰▱▱▱▱ 25%  Daily API Requests');
  });

  it('marks a production org, which it asks for once, and shows who spends the requests where many are spent', async () => {
    await cli.program(`
      const answers = {
        org: [{ name: 'DailyApiRequests', max: 200, remaining: 80 }],
        api: { statusCode: 200, headers: {}, body: { DailyApiRequests: { Max: 200, Remaining: 78, 'Order Sync': { Max: 150, Remaining: 40 } } } },
        query: { statusCode: 200, headers: {}, body: { records: [{ IsSandbox: false, OrganizationType: 'Unlimited Edition', TrialExpirationDate: null }] } },
      };
      const command = argv[3].includes('/query?') ? 'query' : argv[0];
      require('node:fs').appendFileSync(${JSON.stringify(join(cli.folder, 'commands'))}, command + ' ');
      console.log(JSON.stringify({ status: 0, result: answers[command] }));`);
    await setDefault('me@example.com');
    await run('apiGuard.useSalesforceCliOrg');
    // A default org that has just been written makes the view read once more, when the editor hears of it.
    const org = await eventually('the mark', () => guard.limits.snapshot().rows.find(({ label, description }) => label === 'me@example.com' && description.startsWith('PRODUCTION · ')));
    assert.match(org.description, / · ([3-9]|\d\d) requests today$/);
    assert.equal(org.colour, 'charts.red');
    const queries = async (): Promise<number> => (await readFile(join(cli.folder, 'commands'), 'utf8')).split(' ').filter((command) => command === 'query').length;
    const asked = await queries();
    await run('apiGuard.refreshLimits');
    const shares = await eventually('the shares', () => {
      const snapshot = guard.limits.snapshot();
      const found = snapshot.state === 'ready' ? rowNamed(snapshot, 'Daily API Requests').children : [];
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(shares.map(({ label, description }) => [label, description]), [['▰▰▰▰▱ 73%  Order Sync', '110 / 150 requests']]);
    assert.equal(await queries(), asked);
    // Disconnecting forgets it.
    await run('apiGuard.signOut');
    await run('apiGuard.useSalesforceCliOrg');
    await eventually('the question', async () => await queries() > asked);
  });

  for (const [what, answer, problem, title] of [
    ['a login that is missing', { name: 'NamedOrgNotFoundError', message: 'No authorization information found for dev.' }, 'not-logged-in', 'Not logged in'],
    ['a login that has expired', { name: 'RefreshTokenAuthError', message: 'Error authenticating with the refresh token due to: expired access/refresh token' }, 'not-logged-in', 'Not logged in'],
    ['a session that has expired', { name: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }, 'session-expired', 'Session expired'],
    ['no network', { name: 'ENOTFOUND', message: 'getaddrinfo ENOTFOUND dev.my.salesforce.com' }, 'offline', 'No connection'],
  ] as const) {
    it(`says what to do about ${what}`, async () => {
      await cli.answering({ ...answer, status: 1, exitCode: 1 }, 1);
      await run('apiGuard.useSalesforceCliOrg');
      const { problem: found, rows, message } = guard.limits.snapshot();
      assert.equal(found, problem);
      assert.equal(rows[0]?.label, title);
      assert.match(message, /dev/);
    });
  }

  it('says what to do when what answers is not the CLI', async () => {
    await cli.program('console.log("usage: sf [options]")');
    await run('apiGuard.useSalesforceCliOrg');
    assert.equal(guard.limits.snapshot().problem, 'garbage');
  });

  it('says what to do when there is no CLI', async () => {
    await setPath(join(cli.folder, 'missing'));
    await run('apiGuard.useSalesforceCliOrg');
    const { problem, rows } = guard.limits.snapshot();
    assert.equal(problem, 'no-cli');
    assert.deepEqual(rows[0]?.children.map(({ label }) => label), ['Get the Salesforce CLI']);
  });

  it('says what to do when there is no default org, and follows by itself once there is one', async () => {
    await cli.program(`console.log(JSON.stringify({ status: 0, result: [{ name: 'DailyApiRequests', max: 10, remaining: 5 }] }));`);
    await setDefault('');
    await run('apiGuard.useSalesforceCliOrg');
    assert.equal(guard.limits.snapshot().problem, 'no-default-org');
    await setDefault('later');
    await eventually('the new default org', () => guard.limits.snapshot().org?.name === 'later' && guard.limits.snapshot().state === 'ready');
  });
});
