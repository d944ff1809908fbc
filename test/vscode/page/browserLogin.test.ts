import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Simulator } from '../../../server/src/simulator/main.ts';
import { startSimulator } from '../../../server/src/simulator/main.ts';
import { runCli } from '../../cli/runCli.ts';
import { closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { eventually } from '../host/eventually.ts';
import { packagedExtension } from '../host/package.ts';
import type { RecordedExtension } from '../host/recordedExtension.ts';
import { recordedExtension } from '../host/recordedExtension.ts';
import { sampleCopy } from '../host/sampleWorkspace.ts';
import { openFile, openWorkspace, runCommand, screenshot } from '../host/workbench.ts';
import { frameWith, limitsRow, openLimitsView, welcomeButton } from './limitsPage.ts';

/** What the simulated org's secrets begin with: session ids, refresh tokens, codes of logins. */
const SECRET = /00D5g0000000001!|5Aep861[\w-]|aPrx[\w-]{10}/;

/** The extension as while it is being developed: only then is a simulated org on this machine taken for Salesforce. */
describe('logging in with the browser', function () {
  this.timeout(180_000);
  let server: EditorServer;
  let org: Simulator;
  let page: Page;
  let landed: string | undefined;
  let recorded: RecordedExtension;

  before(async () => {
    org = await startSimulator();
    const { folder } = await packagedExtension();
    recorded = recordedExtension(folder);
    server = await startEditorServer({ workspace: sampleCopy(), development: recorded.folder, settings: { 'apiGuard.trace.server': 'verbose' } });
    page = await server.page();
    // This host sends a browser that is to open a local port through a proxy of its own, which it does not have: the org is asked in the browser's place.
    page.context().on('request', (request) => {
      const { pathname, search } = new URL(request.url());
      if (pathname.endsWith('/services/oauth2/authorize')) void fetch(`${org.instanceUrl}/services/oauth2/authorize${search}`, { redirect: 'manual' }).then(({ headers }) => (landed = headers.get('location') ?? undefined));
    });
    await openWorkspace(page);
  });
  after(async () => {
    await server?.stop();
    await closeBrowser();
    await org?.close();
    recorded?.remove();
  });

  const box = () => page.locator('.quick-input-widget input.input');
  const welcome = (on: Page) => welcomeButton(on, 'Log In with Browser');
  const files = async (): Promise<string[]> => (await readdir(server.dataFolder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('/extensions')).map(({ parentPath, name }) => join(parentPath, name));

  it('says how to make the app that it needs, where none is set', async () => {
    await openLimitsView(page);
    await welcome(page).click();
    const settings = page.locator('.settings-editor .setting-item-contents');
    await settings.filter({ hasText: 'Consumer key of your own External Client App' }).waitFor();
    await frameWith(page, 'text=External Client App Manager');
    await screenshot(page, 'login-app');
    for (const [name, value] of [['Login Url', org.instanceUrl], ['Client ID', org.clientId]] as const) {
      // A settings editor that still draws itself anew forgets what was typed: it is typed again until it is taken.
      const setting = settings.filter({ hasText: name });
      for (let attempt = 0; await setting.and(page.locator('.is-configured')).count() === 0; attempt++) {
        assert.ok(attempt < 10, `${name} is not taken`);
        await setting.locator('input').fill(value);
        await page.waitForTimeout(1_500);
      }
    }
    await runCommand(page, 'View: Close All Editors');
  });

  it('goes through the browser, and takes the address at which it ends', async () => {
    await openFile(page, 'createOrder.ts');
    await welcome(page).click();
    await page.locator('.quick-input-title').filter({ hasText: 'Log In to Salesforce' }).waitFor();
    const address = await eventually('the browser comes back', () => landed);
    assert.equal(await box().getAttribute('type'), 'password');
    await box().fill(address.replace(/state=[^&]+/, 'state=another'));
    await page.locator('.quick-input-widget .quick-input-message').filter({ hasText: 'belongs to another login' }).waitFor();
    await screenshot(page, 'login-paste');
    await box().fill(address);
    await page.keyboard.press('Enter');
    await limitsRow(page, 'Data Storage').waitFor();
    await screenshot(page, 'login-done');
  });

  it('stays logged in when the window is reloaded, and when the session has ended', async () => {
    org.control.expireSessions();
    await page.reload();
    await limitsRow(page, 'Data Storage').waitFor({ timeout: 60_000 });
  });

  it('says so when the login has ended at Salesforce, and offers another', async () => {
    org.control.expireSessions();
    org.control.endLogins();
    await page.locator('.sidebar .title-actions a.action-label[aria-label^="Refresh Org Limits"]').click();
    await limitsRow(page, 'Session expired').waitFor();
    await limitsRow(page, 'Log In with the Browser').waitFor();
    landed = undefined;
    await limitsRow(page, 'Log In with the Browser').click();
    await box().fill(await eventually('the browser comes back', () => landed));
    await page.keyboard.press('Enter');
    await limitsRow(page, 'Session expired').waitFor({ state: 'detached' });
    await limitsRow(page, 'Data Storage').waitFor();
  });

  /** Everything that the run has left anywhere, by what it is. */
  const traces = async (): Promise<Map<string, string>> => new Map([
    ...await Promise.all((await files()).map(async (file) => [file, await readFile(file, 'utf8')] as const)),
    ['what the editor\'s server printed', server.output()],
    ['what the page keeps', await page.evaluate(() => JSON.stringify({ ...(globalThis as unknown as { localStorage: object }).localStorage }))],
    ['what the page shows', await page.locator('body').innerText()],
    ['log of the extension', recorded.log()],
    ['messages between editor and language server', recorded.messages()],
    ['crash report of the language server', await recorded.report('server')],
    ['crash report of the extension host', await recorded.report('client')],
    ['log of the simulated org', JSON.stringify(org.control.requests())],
  ]);

  it('has left no secret anywhere: no file of the editor, no setting, no state, no history, no log, no message to the language server, no crash report', async () => {
    const found = await traces();
    assert.equal([...found.keys()].filter((file) => file.includes('globalStorage') && file.includes('history')).length, 1, 'no history is kept');
    for (const [what, text] of found) assert.doesNotMatch(text, SECRET, what);
    // What was looked through is what it says it is.
    for (const [what, sign] of [
      ['log of the extension', /session-expired/], ['log of the extension', /Sending notification 'apiGuard\/orgLimits'/], ['messages between editor and language server', /apiGuard\/orgLimits.*DailyApiRequests/],
      ['crash report of the language server', /"javascriptStack"/], ['crash report of the extension host', /"environmentVariables"/], ['log of the simulated org', /\/limits/], ['what the page shows', /Data Storage/],
    ] as const) assert.match(found.get(what) ?? '', sign, what);
  });

  it('leaves nothing when it is signed out of', async () => {
    org.control.clearRequests();
    await runCommand(page, 'API Guard: Disconnect Org');
    await welcome(page).waitFor();
    await eventually('the org is asked', () => org.control.requests().length > 0);
    assert.deepEqual(org.control.requests().map(({ path, status }) => [path, status]), [['/services/oauth2/revoke', 200]]);
    assert.equal((await files()).filter((file) => file.includes('globalStorage') && file.includes('history')).length, 0);
    await page.reload();
    await welcome(page).waitFor({ timeout: 60_000 });
  });

  it('has left no secret anywhere after a typed token, an org that sends it back in its errors, a crash and a run on the command line', async () => {
    await openFile(page, 'createOrder.ts');
    await runCommand(page, 'API Guard: Connect with Instance URL and Access Token');
    // The session of the start has ended by now.
    const { accessToken } = await fetch(`${org.instanceUrl}/services/oauth2/token`, {
      method: 'POST', body: new URLSearchParams({ grant_type: 'password', client_id: org.clientId, client_secret: org.clientSecret, username: org.username, password: org.password }),
    }).then(async (response) => ({ accessToken: String(((await response.json()) as { access_token?: string }).access_token) }));
    assert.match(accessToken, SECRET);
    for (const [step, answer] of [['(1/2)', org.instanceUrl], ['(2/2)', accessToken]] as const) {
      await page.locator('.quick-input-title').filter({ hasText: step }).waitFor();
      await box().fill(answer);
      await page.keyboard.press('Enter');
    }
    await limitsRow(page, 'Data Storage').waitFor();
    const refresh = page.locator('.sidebar .title-actions a.action-label[aria-label^="Refresh Org Limits"]');
    const echoes = [`Bearer ${accessToken} is no session`, `{"access_token":"${accessToken}"}`, `sid=${accessToken}`];
    for (const [at, message] of echoes.entries()) {
      org.control.clearFaults();
      org.control.addFault({ operation: 'any', kind: 'error', code: at === 0 ? 'API_DISABLED_FOR_ORG' : 'ODD_ERROR', message });
      await refresh.click();
      await limitsRow(page, at === 0 ? 'API access is off' : 'Limits could not be read').waitFor();
      const run = await runCli(['limits', '--instance-url', org.instanceUrl], '/', { ...process.env, API_GUARD_ACCESS_TOKEN: accessToken });
      assert.match(run.stderr, /\[token hidden\]/);
      assert.doesNotMatch(run.stdout + run.stderr, SECRET);
    }
    const before = recorded.pid('server');
    process.kill(before, 'SIGKILL');
    await eventually('the language server comes back', () => recorded.pid('server') !== before);
    for (const [what, text] of await traces()) assert.doesNotMatch(text, SECRET, what);
    assert.match(recorded.log(), /\[token hidden\]/);
    assert.match(recorded.log(), /stopped unexpectedly/);
    org.control.clearFaults();
    await refresh.click();
    await limitsRow(page, 'Data Storage').waitFor();
    await runCommand(page, 'API Guard: Disconnect Org');
    await welcome(page).waitFor();
  });
});
