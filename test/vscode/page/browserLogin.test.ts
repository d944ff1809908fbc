import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { Simulator } from '../../../server/src/simulator/main.ts';
import { startSimulator } from '../../../server/src/simulator/main.ts';
import { closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { packagedExtension } from '../host/package.ts';
import { sampleCopy } from '../host/sampleWorkspace.ts';
import { openFile, openWorkspace, runCommand, screenshot } from '../host/workbench.ts';
import { frameWith, limitsRow, openLimitsView } from './limitsPage.ts';

/** What the simulated org's secrets begin with: session ids, refresh tokens, codes of logins. */
const SECRET = /00D5g0000000001!|5Aep861[\w-]|aPrx[\w-]{10}/;

/** The extension as while it is being developed: only then is a simulated org on this machine taken for Salesforce. */
describe('logging in with the browser', function () {
  this.timeout(180_000);
  let server: EditorServer;
  let org: Simulator;
  let page: Page;
  let landed: string | undefined;

  before(async () => {
    org = await startSimulator();
    const { folder } = await packagedExtension();
    server = await startEditorServer({ workspace: sampleCopy(), development: folder, settings: { 'apiGuard.trace.server': 'verbose' } });
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
  });

  const box = () => page.locator('.quick-input-widget input.input');
  const welcome = (on: Page) => on.locator('.welcome-view-content .monaco-button').filter({ hasText: 'Log In with Browser' });
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
    for (let attempt = 0; attempt < 100 && landed === undefined; attempt++) await page.waitForTimeout(100);
    assert.ok(landed, 'the browser did not come back');
    assert.equal(await box().getAttribute('type'), 'password');
    await box().fill(landed.replace(/state=[^&]+/, 'state=another'));
    await page.locator('.quick-input-widget .quick-input-message').filter({ hasText: 'belongs to another login' }).waitFor();
    await screenshot(page, 'login-paste');
    await box().fill(landed);
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
    for (let attempt = 0; attempt < 100 && landed === undefined; attempt++) await page.waitForTimeout(100);
    await box().fill(landed ?? '');
    await page.keyboard.press('Enter');
    await limitsRow(page, 'Session expired').waitFor({ state: 'detached' });
    await limitsRow(page, 'Data Storage').waitFor();
  });

  /** This host keeps no log; what would be logged of a problem is held against tokens in test/limits. */
  it('has left no secret in any file of the editor, nor in what the server printed: no setting, no state, no history', async () => {
    const all = await files();
    const histories = all.filter((file) => file.includes('globalStorage') && file.includes('history'));
    assert.equal(histories.length, 1, 'no history is kept');
    for (const file of all) assert.doesNotMatch(await readFile(file, 'utf8'), SECRET, file);
    assert.doesNotMatch(server.output(), SECRET);
    const stored = await page.evaluate(() => JSON.stringify({ ...(globalThis as unknown as { localStorage: object }).localStorage }));
    assert.doesNotMatch(stored, SECRET);
  });

  it('leaves nothing when it is signed out of', async () => {
    org.control.clearRequests();
    await runCommand(page, 'API Guard: Disconnect Org');
    await welcome(page).waitFor();
    for (let attempt = 0; attempt < 50 && org.control.requests().length === 0; attempt++) await page.waitForTimeout(100);
    assert.deepEqual(org.control.requests().map(({ path, status }) => [path, status]), [['/services/oauth2/revoke', 200]]);
    assert.equal((await files()).filter((file) => file.includes('globalStorage') && file.includes('history')).length, 0);
    await page.reload();
    await welcome(page).waitFor({ timeout: 60_000 });
  });
});
