import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import type { LimitsReport } from '../../server/src/limits/limitsReport.ts';
import type { Fault, Simulator } from '../../server/src/simulator/main.ts';
import { startSimulator } from '../../server/src/simulator/main.ts';
import { FakeCli } from '../limits/fakeCli.ts';
import { type Run, runCli } from './runCli.ts';

const TOKEN = '00D000000000001!AQ.notARealToken.butShapedLikeOne';

/** The environment of a run: no login of this machine, nothing of the editor. */
function environment(more: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH, HOME: '/nonexistent', USERPROFILE: '/nonexistent', ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}), ...more };
}

describe('api-guard limits: arguments', function () {
  this.timeout(20_000);
  for (const [what, args, said] of [
    ['an unknown format', ['--format', 'xml'], /no format "xml"/],
    ['an org and an address', ['--org', 'a', '--instance-url', 'https://a.my.salesforce.com'], /not both/],
    ['a threshold that is none', ['--fail-over', 'lots'], /percentage from 1 to 100, not "lots"/],
    ['a threshold of zero', ['--fail-over', '0'], /from 1 to 100/],
    ['a threshold beyond 100', ['--fail-over=101'], /from 1 to 100/],
    ['a token among the arguments', ['--access-token', TOKEN], /Unknown option '--access-token'/],
    ['a stray word', ['production'], /production/],
  ] as const) {
    it(`end the run with 2 and the usage where there is ${what}`, async () => {
      const run = await runCli(['limits', ...args], '/', environment({ API_GUARD_ACCESS_TOKEN: TOKEN }));
      assert.equal(run.code, 2);
      assert.equal(run.stdout, '');
      assert.match(run.stderr, said);
      assert.match(run.stderr, /Usage: api-guard check/);
      assert.ok(!run.stderr.includes(TOKEN));
    });
  }

  for (const [what, url, token, said] of [
    ['no token', 'https://a.my.salesforce.com', '', /needs an access token in the environment variable API_GUARD_ACCESS_TOKEN/],
    ['what newer CLIs print in place of a token', 'https://a.my.salesforce.com', '[REDACTED] Use sf', /is no access token/],
    ['an address of Marketing Cloud', 'https://abc.rest.marketingcloudapis.com', TOKEN, /Marketing Cloud tells nobody.*Retry-After/],
    ['an address of somebody else', 'https://example.org', TOKEN, /not-salesforce/],
    ['an address without encryption', 'http://a.my.salesforce.com', TOKEN, /not-https/],
    ['a login page', 'https://login.salesforce.com', TOKEN, /login-host/],
    ['a password in the address', 'https://me:pw@a.my.salesforce.com', TOKEN, /has-credentials/],
    ['no address', ' ', TOKEN, /not-a-url/],
  ] as const) {
    it(`send nothing where there is ${what}`, async () => {
      const run = await runCli(['limits', '--instance-url', url], '/', environment({ API_GUARD_ACCESS_TOKEN: token }));
      assert.equal(run.code, 2);
      assert.match(run.stderr, said);
      assert.ok(!run.stderr.includes(token || 'nothing to leak'));
    });
  }
});

describe('api-guard limits: an address and a token', function () {
  this.timeout(30_000);
  let org: Simulator;
  before(async () => {
    org = await startSimulator();
  });
  after(() => org.close());
  beforeEach(() => org.control.reset());

  async function run(...args: string[]): Promise<Run> {
    const done = await runCli(['limits', '--instance-url', org.instanceUrl, ...args], '/', environment({ API_GUARD_ACCESS_TOKEN: org.accessToken }));
    assert.ok(!(done.stdout + done.stderr).includes(org.accessToken.slice(16)), 'the token is printed');
    return done;
  }

  it('prints what is used, most used first, for one request', async () => {
    const { code, stdout, stderr } = await run();
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^Limits of 127\.0\.0\.1:\d+, read at 2\d{3}-\d\d-\d\d \d\d:\d\d UTC\n\n {2}92% {2}Data Storage +9\.2 GB of 10 GB\n {2}78% {2}Daily API Requests +89,65\d of 115,000 requests\n/);
    assert.match(stdout, /\n\d\d limits are not used\.\n$/);
    assert.equal(org.control.requests().length, 1);
  });

  it('prints JSON with every limit', async () => {
    const { code, stdout } = await run('--format', 'json');
    assert.equal(code, 0);
    const report = JSON.parse(stdout) as LimitsReport;
    assert.equal(report.schema, 1);
    assert.ok(report.limits.length > 50);
    assert.deepEqual(report.limits[0], { name: 'DataStorageMB', title: 'Data Storage', group: 'storage', unit: 'MB', used: 9421, maximum: 10240, remaining: 819, percent: 92 });
    assert.equal(report.failOver, undefined);
    assert.ok(Math.abs(Date.parse(report.readAt) - Date.now()) < 60_000);
  });

  it('ends with 1 where a limit has reached the threshold, with 0 where none has', async () => {
    const over = await run('--fail-over', '90');
    assert.equal(over.code, 1);
    assert.match(over.stdout, /\nAt 90% or more: DataStorageMB\.\n$/);
    const under = await run('--fail-over', '92.5%');
    assert.equal(under.code, 0);
    assert.match(under.stdout, /\nNo limit is at 92\.5% or more\.\n$/);
    const exact = await run('--fail-over', '92', '--format', 'json');
    assert.equal(exact.code, 1);
    assert.deepEqual((JSON.parse(exact.stdout) as LimitsReport).failOver, { percent: 92, reached: ['DataStorageMB'] });
  });

  it('takes zero maxima, negative remainders and names that steer a terminal', async () => {
    org.control.setLimits({ MonthlyPlatformEventsUsageEntitlement: { Max: 0, Remaining: -3 }, 'Evil\u001b[2J\nLimit': { Max: 10, Remaining: -5 }, HourlyODataCallout: { Max: 0, Remaining: 0 } });
    const { code, stdout } = await run('--fail-over', '100');
    assert.equal(code, 1);
    assert.match(stdout, /\n {4}- {2}Monthly Platform Events +3 of 0/);
    assert.match(stdout, /\n 150% {2}Evil\?\[2 J\?Limit +15 of 10/);
    assert.ok(!stdout.includes('\u001b'));
  });

  for (const [what, fault, said] of [
    ['an expired session', { kind: 'error', code: 'INVALID_SESSION_ID' }, /Get a fresh access token/],
    ['a missing permission', { kind: 'error', code: 'INSUFFICIENT_ACCESS', status: 403 }, /View Setup and Configuration/],
    ['a used-up request limit', { kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED' }, /does not help/],
    ['garbage', { kind: 'garbage' }, /login page may have answered/],
    ['a reset connection', { kind: 'reset', applied: false }, /Check network/],
    ['a redirect to another host', { kind: 'redirect' }, /redirects to moved\.demo-org\.invalid.*not sent there/],
  ] as const) {
    it(`ends with 2 and says what to do about ${what}`, async () => {
      org.control.addFault({ operation: 'limits', ...fault } as Fault);
      const { code, stdout, stderr } = await run('--fail-over', '50');
      assert.deepEqual([code, stdout], [2, '']);
      assert.match(stderr, said);
    });
  }
});

describe('api-guard limits: what answers is no org', function () {
  this.timeout(30_000);
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
    const server = createServer(answer);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }
  const ask = (url: string): Promise<Run> => runCli(['limits', '--instance-url', url], '/', environment({ API_GUARD_ACCESS_TOKEN: TOKEN }));

  it('does not take the token to another host', async () => {
    const asked: (string | undefined)[] = [];
    const other = await serve((request, response) => {
      asked.push(request.headers.authorization);
      response.end('{"X":{"Max":1,"Remaining":1}}');
    });
    const run = await ask(await serve((_request, response) => response.writeHead(307, { location: `${other}/services/data` }).end()));
    assert.equal(run.code, 2);
    assert.match(run.stderr, /redirects to 127\.0\.0\.1:\d+\. The token was not sent there\./);
    assert.deepEqual(asked, []);
  });

  it('gives up an answer of 5 MB, and one that never ends', async () => {
    const big = await ask(await serve((_request, response) => response.setHeader('content-type', 'application/json').end(`{"X":"${'x'.repeat(5 * 1024 * 1024)}"}`)));
    assert.equal(big.code, 2);
    assert.match(big.stderr, /far bigger than a list of limits/);
    let sent = 0;
    const endless = await ask(await serve((_request, response) => {
      const more = (): void => {
        if (response.destroyed) return;
        sent += 65_536;
        response.write('x'.repeat(65_536), () => setImmediate(more));
      };
      more();
    }));
    assert.equal(endless.code, 2);
    assert.match(endless.stderr, /far bigger than a list of limits/);
    assert.ok(sent < 64 * 1024 * 1024, `${sent} bytes`);
  });
});

describe('api-guard limits: orgs of the Salesforce CLI', function () {
  this.timeout(30_000);
  let cli: FakeCli;
  const seen = (): { argv: string[]; token?: string } => JSON.parse(readFileSync(path.join(cli.folder, 'seen.json'), 'utf8')) as { argv: string[]; token?: string };
  const run = (...args: string[]): Promise<Run> =>
    runCli(['limits', ...args], cli.folder, environment({ HOME: cli.folder, USERPROFILE: cli.folder, PATH: `${cli.folder}${path.delimiter}${process.env.PATH}`, API_GUARD_ACCESS_TOKEN: TOKEN }));

  beforeEach(async () => {
    cli = await FakeCli.create();
    await cli.program(`
      require('node:fs').writeFileSync(${JSON.stringify(path.join(cli.folder, 'seen.json'))}, JSON.stringify({ argv, token: process.env.API_GUARD_ACCESS_TOKEN }));
      console.log(JSON.stringify({ status: 0, result: [{ name: 'DailyApiRequests', max: 200, remaining: 10 }] }));`);
  });
  afterEach(() => cli.remove());

  it('asks it for the named org, and tells it no token', async () => {
    const { code, stdout, stderr } = await run('--org', 'uat', '--fail-over', '95');
    assert.equal(code, 1, stderr);
    assert.match(stdout, /^Limits of uat, read at /);
    assert.match(stdout, / {2}95% {2}Daily API Requests {2}190 of 200 requests {2}<-\n/);
    assert.deepEqual(seen(), { argv: ['org', 'list', 'limits', '--target-org', 'uat', '--json'] });
  });

  it('asks it for the default org of the folder, and names the user behind the alias', async () => {
    mkdirSync(path.join(cli.folder, '.sf'));
    mkdirSync(path.join(cli.folder, '.sfdx'));
    writeFileSync(path.join(cli.folder, '.sf', 'config.json'), '{"target-org":"prod"}');
    writeFileSync(path.join(cli.folder, '.sfdx', 'alias.json'), '{"orgs":{"prod":"me@example.com"}}');
    assert.match((await run()).stdout, /^Limits of prod \(me@example\.com\), read at /);
  });

  it('starts nothing for a name that is no alias', async () => {
    for (const name of ['a;touch x', '--json', '$(id)', 'a b', '..\\..\\x', '']) {
      const { code, stderr } = await run(`--org=${name}`);
      assert.equal(code, 2, name);
      assert.match(stderr, /neither an alias nor a username/);
    }
    assert.ok(!existsSync(path.join(cli.folder, 'seen.json')));
  });

  it('says what to do without a default org, without a login, without a CLI', async () => {
    const none = await run();
    assert.deepEqual([none.code, none.stdout], [2, '']);
    assert.match(none.stderr, /sf config set target-org/);
    await cli.answering({ name: 'NamedOrgNotFoundError', message: 'No authorization information found for uat.', status: 1 }, 1);
    assert.match((await run('--org', 'uat')).stderr, /No authorization information found for uat\.\nRun: sf org login web/);
    const { stderr } = await runCli(['limits', '--org', 'uat'], cli.folder, environment({ PATH: '/nonexistent' }));
    assert.match(stderr, /no sf on the PATH\.\nInstall the Salesforce CLI/);
  });
});
