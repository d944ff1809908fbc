import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { findSalesforceCli } from '../../server/src/limits/executable.ts';
import { addressByCli, openByCli, readCliOrg } from '../../server/src/limits/cliOrgReading.ts';
import { cliEnvironment, isProductionByCli, readLimitsByCli, readWholeLimitsByCli } from '../../server/src/limits/salesforceCli.ts';
import type { CliCall } from '../../server/src/limits/salesforceCli.ts';
import { LimitsProblem } from '../../server/src/limits/limitsProblem.ts';
import { FakeCli } from './fakeCli.ts';

describe('limits: the Salesforce CLI', () => {
  let cli: FakeCli;
  const call = (more: Partial<CliCall> = {}): CliCall => (
    { executable: cli.executable, target: 'my-org', cwd: cli.folder, env: process.env, timeLimit: 15_000, ...more });

  async function problem(more: Partial<CliCall> = {}): Promise<LimitsProblem> {
    const error: unknown = await readLimitsByCli(call(more)).then(() => undefined, (reason: unknown) => reason);
    assert.ok(error instanceof LimitsProblem, String(error));
    return error;
  }

  beforeEach(async () => {
    cli = await FakeCli.create();
  });
  afterEach(() => cli.remove());

  it('is asked with an argument list, in the folder, in a clean environment', async () => {
    await cli.program(`
      const { NODE_OPTIONS, ELECTRON_RUN_AS_NODE, SF_AUTOUPDATE_DISABLE, NO_COLOR, KEPT } = process.env;
      require('node:fs').writeFileSync('seen.json', JSON.stringify({ argv, cwd: process.cwd(), NODE_OPTIONS, ELECTRON_RUN_AS_NODE, SF_AUTOUPDATE_DISABLE, NO_COLOR, KEPT }));
      console.error('Warning: a newer version is there');
      console.log(JSON.stringify({ status: 0, result: [{ name: 'DailyApiRequests', max: 10, remaining: 3 }], warnings: [] }));`);
    const { limits } = await readLimitsByCli(call({
      target: 'me+test@example.com',
      env: { ...process.env, NODE_OPTIONS: '--throw-deprecation', ELECTRON_RUN_AS_NODE: '1', KEPT: 'yes' },
    }));
    assert.deepEqual(limits, [{ name: 'DailyApiRequests', maximum: 10, remaining: 3, parts: [] }]);
    const seen: unknown = JSON.parse(readFileSync(join(cli.folder, 'seen.json'), 'utf8'));
    assert.deepEqual(seen, {
      argv: ['org', 'list', 'limits', '--target-org', 'me+test@example.com', '--json'], cwd: cli.folder, SF_AUTOUPDATE_DISABLE: 'true', NO_COLOR: '1', KEPT: 'yes',
    });
  });

  it('opens a page by its own login, and tells nothing of the address that it answers with', async () => {
    await cli.program(`
      require('node:fs').writeFileSync('seen.json', JSON.stringify(argv));
      console.log(JSON.stringify({ status: 0, result: { url: 'https://acme.my.salesforce.com/secur/frontdoor.jsp?otp=secret', orgId: '00D' } }));`);
    const org = { target: 'me@example.com', place: { folder: cli.folder, home: cli.folder, env: process.env }, configuredPath: cli.executable };
    assert.equal(await openByCli(org, 'lightning/setup/CompanyProfileInfo/home'), undefined);
    assert.deepEqual(JSON.parse(readFileSync(join(cli.folder, 'seen.json'), 'utf8')), ['org', 'open', '--target-org', 'me@example.com', '--path', 'lightning/setup/CompanyProfileInfo/home', '--json']);
  });

  it('tells where an org is, and nothing else of it', async () => {
    const org = { target: 'me@example.com', place: { folder: cli.folder, home: cli.folder, env: process.env }, configuredPath: cli.executable };
    await cli.answering({ status: 0, result: { instanceUrl: 'https://acme--uat.sandbox.my.salesforce.com/', accessToken: '00Dxx0000001gPL!secret', username: 'me@example.com' } });
    assert.equal(await addressByCli(org), 'https://acme--uat.sandbox.my.salesforce.com');
    for (const instanceUrl of [undefined, 5, '', 'https://evil.example', 'http://acme.my.salesforce.com', 'https://a:b@acme.my.salesforce.com', 'javascript:alert(1)']) {
      await cli.answering({ status: 0, result: { instanceUrl } });
      await assert.rejects(addressByCli(org), (error: unknown) => error instanceof LimitsProblem && error.kind === 'garbage', String(instanceUrl));
    }
    await cli.answering({ name: 'NamedOrgNotFoundError', message: 'No authorization information found for me@example.com.', status: 1 }, 1);
    await assert.rejects(addressByCli(org), (error: unknown) => error instanceof LimitsProblem && error.kind === 'not-logged-in');
  });

  it('loses the variables of the editor whatever their case', () => {
    assert.deepEqual(cliEnvironment({ node_options: 'x', Electron_No_Asar: '1', VSCODE_IPC_HOOK: 'y', FORCE_COLOR: '3', PATH: '/bin' }), {
      PATH: '/bin', SF_AUTOUPDATE_DISABLE: 'true', NO_COLOR: '1',
    });
  });

  for (const [name, message, kind] of [
    ['NamedOrgNotFoundError', 'No authorization information found for my-org.', 'not-logged-in'],
    ['RefreshTokenAuthError', 'Error authenticating with the refresh token due to: expired access/refresh token', 'not-logged-in'],
    ['INVALID_SESSION_ID', 'Session expired or invalid', 'session-expired'],
    ['NoDefaultEnvError', 'No default environment found.', 'no-default-org'],
    ['API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.', 'api-disabled'],
    ['REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'request-limit'],
    ['FORBIDDEN', 'You do not have access to this resource', 'no-permission'],
    ['ENOTFOUND', 'request to https://x.my.salesforce.com failed, reason: getaddrinfo ENOTFOUND', 'offline'],
    ['OddError', 'of which nobody has heard', 'unknown'],
  ] as const) {
    it(`says ${kind} of ${name}`, async () => {
      await cli.answering({ name, message, exitCode: 1, status: 1, stack: 'secret path', commandName: 'LimitsApiDisplayCommand' }, 1);
      const { kind: found, message: said } = await problem();
      assert.equal(found, kind);
      assert.equal(said, `The Salesforce CLI says: ${name}: ${message}`);
    });
  }

  it('reads the JSON behind a line that a plugin printed', async () => {
    await cli.program(`console.log('Hello from a plugin'); console.log(JSON.stringify({ status: 0, result: [{ name: 'X', max: 1, remaining: 1 }] }));`);
    assert.equal((await readLimitsByCli(call())).limits.length, 1);
  });

  for (const [what, code] of [
    ['nothing', ''],
    ['text', 'console.log("command not found: org list limits")'],
    ['half a document', 'process.stdout.write(\'{"status":0,"result":[{"name":"X"\')'],
    ['a document without limits or error', 'console.log("{}")'],
    ['an empty list', 'console.log(JSON.stringify({ status: 0, result: [] }))'],
    ['megabytes', 'for (let i = 0; i < 6; i++) process.stdout.write("x".repeat(1 << 20))'],
    ['its result on standard error', 'console.error(JSON.stringify({ status: 0, result: [{ name: "X", max: 1, remaining: 1 }] }))'],
  ] as const) {
    it(`says garbage of ${what}`, async () => {
      await cli.program(code);
      assert.equal((await problem()).kind, 'garbage');
    });
  }

  it('never shows a token that the CLI prints', async () => {
    const token = '00Dxx0000001gPLEAY!AQ4AQFakeFakeFakeFakeFakeFakeFake.aBc_1';
    await cli.answering({ name: 'Odd', message: `with ${token}`, status: 1 }, 1);
    assert.ok(!(await problem()).message.includes(token));
  });

  it('says no-cli when the program is gone', async () => {
    assert.equal((await problem({ executable: join(cli.folder, 'nothing-here') })).kind, 'no-cli');
  });

  it('ends the CLI and what it has started when it takes too long', async () => {
    await cli.program(`
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
      require('node:fs').writeFileSync('pids', process.pid + ' ' + child.pid);
      setInterval(() => {}, 1000);`);
    const { kind } = await problem({ timeLimit: 1500 });
    assert.equal(kind, 'slow');
    const pids = readFileSync(join(cli.folder, 'pids'), 'utf8').split(' ').map(Number);
    assert.equal(pids.length, 2);
    for (const pid of pids) assert.ok(await isGone(pid), `process ${pid} still runs`);
  });

  it('ends the CLI when nobody wants the answer any more', async () => {
    await cli.program(`require('node:fs').writeFileSync('pid', String(process.pid)); setInterval(() => {}, 1000);`);
    const abort = new AbortController();
    const reading = readLimitsByCli(call({ signal: abort.signal }));
    const pidFile = join(cli.folder, 'pid');
    while (!existsSync(pidFile) || readFileSync(pidFile, 'utf8') === '') await wait(20);
    abort.abort(new Error('another org'));
    await assert.rejects(reading, /another org/);
    assert.ok(await isGone(Number(readFileSync(pidFile, 'utf8'))));
  });
});

describe('limits: what the Salesforce CLI tells for more requests', () => {
  let cli: FakeCli;
  const call = (): CliCall => ({ executable: cli.executable, target: 'uat', cwd: cli.folder, env: process.env, timeLimit: 15_000 });
  const kindOf = (error: unknown): boolean => error instanceof LimitsProblem && error.kind === 'garbage';
  /** A CLI that answers each of its commands with a document of its own; `null`: it does not know the command. */
  const knowing = (answers: Record<'limits' | 'request' | 'query', unknown>): Promise<string> => cli.program(`
    const answers = ${JSON.stringify(answers)};
    require('node:fs').appendFileSync('asked', argv.join(' ') + '\\n');
    const answer = answers[argv[0] === 'org' ? 'limits' : /\\/query\\?q=SELECT\\+/.test(argv[3]) ? 'query' : 'request'];
    if (answer === null) { console.error('Warning: ' + argv.slice(0, 3).join(' ') + ' is not a sf command.'); process.exitCode = 127; }
    else console.log(JSON.stringify(answer));`);
  const asked = (): string[] => readFileSync(join(cli.folder, 'asked'), 'utf8').trim().split('\n').map((line) => line.split(' ').slice(0, 4).join(' ').replace(/ --.*|\?.*/, ''));
  const LIST = { status: 0, result: [{ name: 'DailyApiRequests', max: 100, remaining: 40 }] };
  const WHOLE = { status: 0, result: { statusCode: 200, headers: { 'sforce-limit-info': 'api-usage=61/100; per-app-api-usage=7/50(appName=Salesforce CLI)', 'set-cookie': ['a=b'] }, body: { DailyApiRequests: { Max: 100, Remaining: 40, 'Order Sync': { Max: 80, Remaining: 30 } } } } };
  const organization = (fields: object): object => ({ status: 0, result: { statusCode: 200, headers: {}, body: { totalSize: 1, done: true, records: [{ attributes: { type: 'Organization' }, ...fields }] } } });
  const PRODUCTION = { IsSandbox: false, OrganizationType: 'Enterprise Edition', TrialExpirationDate: null };

  beforeEach(async () => {
    cli = await FakeCli.create();
  });
  afterEach(() => cli.remove());

  it('is the use of each connected app, as of this moment', async () => {
    await knowing({ limits: LIST, request: WHOLE, query: null });
    assert.deepEqual(await readWholeLimitsByCli(call()), {
      limits: [{ name: 'DailyApiRequests', maximum: 100, remaining: 39, parts: [{ name: 'Order Sync', maximum: 80, remaining: 30, parts: [] }, { name: 'Salesforce CLI', maximum: 50, remaining: 43, parts: [] }] }],
      unreadable: [], requests: 2,
    });
    assert.deepEqual(asked(), ['api request rest /services/data/v64.0/limits']);
  });

  it('is a refusal by its code, and garbage where it is no answer of an org', async () => {
    const problemOf = async (result: unknown): Promise<string> => {
      await knowing({ limits: LIST, request: { status: 0, result }, query: null });
      const error: unknown = await readWholeLimitsByCli(call()).catch((reason: unknown) => reason);
      assert.ok(error instanceof LimitsProblem, String(error));
      return error.kind;
    };
    assert.equal(await problemOf({ statusCode: 401, body: [{ errorCode: 'INVALID_SESSION_ID', message: 'Session expired or invalid' }] }), 'session-expired');
    assert.equal(await problemOf({ statusCode: 503, body: '<html>' }), 'org-unavailable');
    for (const result of [{ statusCode: 200, headers: 'x', body: '<html>' }, { statusCode: 200, headers: null, body: null }, { statusCode: 200, body: [] }, null, 'x', 7, []]) assert.equal(await problemOf(result), 'garbage', JSON.stringify(result));
  });

  it('is told by the plain way where the CLI does not know the command', async () => {
    await knowing({ limits: LIST, request: null, query: null });
    const limits = await readCliOrg({ target: 'uat', place: { folder: undefined, home: cli.folder, env: process.env }, configuredPath: cli.executable, shares: true });
    assert.deepEqual(limits, { limits: [{ name: 'DailyApiRequests', maximum: 100, remaining: 40, parts: [] }], unreadable: [] });
    assert.deepEqual(asked(), ['api request rest /services/data/v64.0/limits', 'org list limits']);
  });

  for (const [what, fields, expected] of [
    ['a production org', PRODUCTION, true],
    ['a sandbox', { ...PRODUCTION, IsSandbox: true }, false],
    ['a trial or a scratch org', { ...PRODUCTION, TrialExpirationDate: '2026-12-01T00:00:00.000+0000' }, false],
    ['a Developer Edition', { ...PRODUCTION, OrganizationType: 'Developer Edition' }, false],
  ] as const) {
    it(`is that an org is ${what}`, async () => {
      await knowing({ limits: LIST, request: null, query: organization(fields) });
      assert.equal(await isProductionByCli(call()), expected);
    });
  }

  it('is nothing where the answer does not tell', async () => {
    for (const query of [organization({}), organization({ IsSandbox: 'no', OrganizationType: 'x' }), { status: 0, result: { statusCode: 200, body: { records: [] } } }, { status: 0, result: { statusCode: 200, body: { records: 'x' } } }, { status: 0, result: { statusCode: 200 } }, { status: 0 }, {}]) {
      await knowing({ limits: LIST, request: null, query });
      await assert.rejects(isProductionByCli(call()), kindOf, JSON.stringify(query));
    }
  });

  it('is asked for only where it is wanted, counted, and never in the way of the limits', async () => {
    const told: boolean[] = [];
    const read = (isWanted: boolean) => readCliOrg({
      target: 'uat', place: { folder: undefined, home: cli.folder, env: process.env }, configuredPath: cli.executable, kind: { wants: () => isWanted, told: (_org, isProduction) => told.push(isProduction) },
    });
    await knowing({ limits: LIST, request: null, query: organization(PRODUCTION) });
    assert.equal((await read(false)).requests, undefined);
    assert.deepEqual([(await read(true)).requests, told], [3, [true]]);
    assert.deepEqual(asked(), ['org list limits', 'org list limits', 'api request rest /services/data/v64.0/query']);
    await knowing({ limits: LIST, request: null, query: { status: 0, result: { statusCode: 400, body: [{ errorCode: 'INVALID_TYPE', message: 'not supported' }] } } });
    assert.deepEqual([(await read(true)).limits.length, told], [1, [true]]);
  });
});

describe('limits: where the Salesforce CLI is', () => {
  let cli: FakeCli;
  beforeEach(async () => {
    cli = await FakeCli.create();
    await cli.program('');
  });
  afterEach(() => cli.remove());

  it('takes the configured path', async () => {
    assert.equal(await findSalesforceCli(` ${cli.executable} `, {}), cli.executable);
  });

  it('takes no configured path that is relative, missing or a folder', async () => {
    for (const path of ['sf', './sf', join(cli.folder, 'other'), cli.folder]) {
      assert.equal(await findSalesforceCli(path, { PATH: cli.folder }), undefined, path);
    }
  });

  it('looks through the PATH, over relative entries and what cannot be run', async () => {
    const other = join(cli.folder, 'other');
    await mkdir(join(other, 'sf'), { recursive: true });
    const dull = join(cli.folder, 'dull');
    await mkdir(dull);
    await writeFile(join(dull, 'sf'), 'no program');
    await chmod(join(dull, 'sf'), 0o644);
    const path = ['', '.', 'bin', join(cli.folder, 'missing'), other, dull, cli.folder].join(delimiter);
    assert.equal(await findSalesforceCli('', { PATH: path }), cli.executable);
    assert.equal(await findSalesforceCli('', { PATH: '.' }), undefined);
    assert.equal(await findSalesforceCli('', {}), undefined);
  });
});

async function isGone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 100; tries++) {
    try {
      process.kill(pid, 0);
    } catch {
      return true;
    }
    // A process that has ended but that nobody has waited for yet still has its number.
    if (existsSync(`/proc/${pid}/stat`) && /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))) return true;
    await wait(20);
  }
  return false;
}
