import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import { readCliOrg } from '../../server/src/limits/cliOrgReading.ts';
import { findDefaultOrg } from '../../server/src/limits/defaultOrg.ts';
import type { DefaultOrg } from '../../server/src/limits/defaultOrg.ts';
import { readLimits } from '../../server/src/limits/jsforceOrg.ts';
import { LimitsProblem } from '../../server/src/limits/limitsProblem.ts';
import type { LimitsReport } from '../../server/src/limits/limitsReport.ts';
import type { OrgLimits } from '../../server/src/limits/orgLimits.ts';
import { isProductionByCli, readLimitsByCli } from '../../server/src/limits/salesforceCli.ts';
import type { CliCall } from '../../server/src/limits/salesforceCli.ts';
import type { Fault, Simulator } from '../../server/src/simulator/main.ts';
import { startSimulator } from '../../server/src/simulator/main.ts';
import { runCli } from '../cli/runCli.ts';
import { programVariable } from './program.ts';

const program = process.env[programVariable] ?? '';

/** A CLI with a home of its own, logged in to the simulated org by an access token: the only login that takes an org on this machine. */
describe('the real Salesforce CLI', () => {
  let org: Simulator;
  let home: string;
  let env: NodeJS.ProcessEnv;
  const call = (more: Partial<CliCall> = {}): CliCall => ({ executable: program, target: 'sim', cwd: home, env, ...more });
  const sf = async (args: string[], more: NodeJS.ProcessEnv = {}): Promise<string> => (await promisify(execFile)(program, args, { cwd: home, env: { ...env, ...more } })).stdout;
  const place = () => ({ folder: home, home, env });
  const paths = (): string[] => org.control.requests().map((request) => request.path.replace(/^\/+services\/data\/v[\d.]+/, ''));

  before(async () => {
    assert.ok(program, 'these tests run by npm run test:salesforce-cli');
    org = await startSimulator();
    home = await mkdtemp(path.join(tmpdir(), 'api-guard-sf-home-'));
    env = {
      PATH: [path.dirname(process.execPath), path.dirname(program), process.env.PATH].join(path.delimiter), HOME: home, USERPROFILE: home,
      SF_AUTOUPDATE_DISABLE: 'true', SF_DISABLE_TELEMETRY: 'true', SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', NO_COLOR: '1',
    };
    await sf(['org', 'login', 'access-token', '--instance-url', org.instanceUrl, '--alias', 'sim', '--no-prompt', '--json'], { SF_ACCESS_TOKEN: org.accessToken });
  });
  after(async () => {
    await org?.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  });
  afterEach(() => org.control.reset());

  it('gives the limits that the org itself gives, for one request', async () => {
    org.control.setLimits({ MonthlyPlatformEventsUsageEntitlement: { Max: 100, Remaining: -30 }, HourlyODataCallout: { Max: 0, Remaining: 0 }, HourlyBrandNewThings: { Max: 10, Remaining: 4 } });
    await readLimitsByCli(call());
    org.control.clearRequests();
    const byCli = await readLimitsByCli(call());
    assert.deepEqual(paths(), ['/limits']);
    const direct = await readLimits({ instanceUrl: org.instanceUrl, accessToken: org.accessToken });
    // Each reading is a request itself, and shares are what this way leaves out.
    const comparable = ({ limits }: OrgLimits): unknown => limits.filter(({ name }) => name !== 'DailyApiRequests').map(({ name, maximum, remaining }) => [name, maximum, remaining]).sort();
    assert.deepEqual(comparable(byCli), comparable(direct));
    assert.ok(byCli.limits.length > 60);
  });

  it('hands on the whole answer where it is asked to, with shares and header, for two requests', async () => {
    const limits = await readCliOrg({ target: 'sim', place: place(), configuredPath: program, shares: true });
    const [requests, permissionSets] = ['DailyApiRequests', 'PermissionSets'].map((wanted) => limits.limits.find(({ name }) => name === wanted));
    assert.ok(requests && requests.maximum - requests.remaining > 89_000);
    assert.deepEqual(permissionSets?.parts.map(({ name }) => name), ['CreateCustom']);
    assert.equal(limits.requests, 2);
    assert.deepEqual(paths().slice(-2), ['', '/limits']);
  });

  it('tells a sandbox from a production org', async () => {
    assert.equal(await isProductionByCli(call()), false);
    const body = JSON.stringify({ totalSize: 1, done: true, records: [{ IsSandbox: false, OrganizationType: 'Enterprise Edition', TrialExpirationDate: null }] });
    org.control.addFault({ operation: 'query', object: 'Organization', kind: 'garbage', body });
    assert.equal(await isProductionByCli(call()), true);
  });

  it('has a default org where this project looks for it, by alias and user name', async () => {
    await assert.rejects(findDefaultOrg(place()), (error: unknown) => error instanceof LimitsProblem && error.kind === 'no-default-org');
    await sf(['config', 'set', 'target-org', 'sim', '--global']);
    assert.deepEqual(await findDefaultOrg(place()), { target: 'sim', username: org.username });
    const folder = path.join(home, 'project');
    await mkdir(path.join(folder, '.sf'), { recursive: true });
    await writeFile(path.join(folder, '.sf', 'config.json'), JSON.stringify({ 'target-org': org.username }));
    const found: DefaultOrg[] = [];
    const limits = await readCliOrg({ place: { folder, home, env }, configuredPath: program, found: (each) => found.push(each) });
    assert.deepEqual(found.map(({ target }) => target), [org.username]);
    assert.ok(limits.limits.length > 60);
  });

  for (const [what, fault, kind] of [
    ['a used-up request limit', { kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED' }, 'request-limit'],
    ['an API that is off', { kind: 'error', code: 'API_DISABLED_FOR_ORG' }, 'api-disabled'],
    ['a missing permission', { kind: 'error', code: 'INSUFFICIENT_ACCESS', status: 403 }, 'no-permission'],
    ['maintenance', { kind: 'error', code: 'SERVER_UNAVAILABLE' }, 'org-unavailable'],
    ['a reset connection', { kind: 'reset', applied: false }, 'offline'],
    ['an answer that is no JSON', { kind: 'garbage' }, 'garbage'],
  ] as const) {
    it(`tells of ${what}`, async () => {
      org.control.addFault({ operation: 'limits', ...fault } as Fault);
      await assert.rejects(readLimitsByCli(call()), (error: unknown) => {
        assert.ok(error instanceof LimitsProblem);
        assert.equal(error.kind, kind, error.message);
        assert.ok(!error.message.includes(org.accessToken));
        return true;
      });
    });
  }

  it('is ended with all that it has started when the org never answers', async () => {
    org.control.addFault({ operation: 'limits', kind: 'silence' });
    const began = Date.now();
    await assert.rejects(readLimitsByCli(call({ timeLimit: 6_000 })), (error: unknown) => error instanceof LimitsProblem && error.kind === 'slow');
    assert.ok(Date.now() - began < 10_000);
  });

  it('knows no login by another name', async () => {
    await assert.rejects(readLimitsByCli(call({ target: 'nobody' })), (error: unknown) => error instanceof LimitsProblem && error.kind === 'not-logged-in');
  });

  it('serves api-guard limits, which prints no token', async () => {
    const { code, stdout, stderr } = await runCli(['limits', '--org', 'sim', '--format', 'json', '--fail-over', '90'], home, env);
    assert.equal(code, 1, stderr);
    const report = JSON.parse(stdout) as LimitsReport;
    assert.deepEqual(report.failOver, { percent: 90, reached: ['DataStorageMB'] });
    assert.ok(!`${stdout}${stderr}`.includes(org.accessToken));
  });

  it('tells that the session has ended, and where to log in', async () => {
    org.control.expireSessions();
    await assert.rejects(readLimitsByCli(call()), (error: unknown) => {
      assert.ok(error instanceof LimitsProblem);
      assert.equal(error.kind, 'session-expired', error.message);
      return true;
    });
    assert.match((await runCli(['limits', '--org', 'sim'], home, env)).stderr, /sf org login/);
  });

  it('has left the token in no file of its home as it is', async () => {
    const files = (await readdir(home, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    assert.ok(files.length > 3);
    for (const { parentPath, name } of files) assert.ok(!(await readFile(path.join(parentPath, name), 'utf8')).includes(org.accessToken), path.join(parentPath, name));
  });
});
