import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Locator, Page } from 'playwright-core';
import type { Simulator } from '../../../server/src/simulator/main.ts';
import { startSimulator } from '../../../server/src/simulator/main.ts';
import { browser, closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { eventually } from '../host/eventually.ts';
import type { LocalDesktop } from '../host/localDesktop.ts';
import { localDesktop, TIME_LIMIT } from '../host/localDesktop.ts';
import { packagedExtension } from '../host/package.ts';
import { sampleCopy } from '../host/sampleWorkspace.ts';
import { openWorkspace, runCommand, screenshot } from '../host/workbench.ts';
import { limitsRow, openLimitsView, welcomeButton } from './limitsPage.ts';

/** The editor and the user's browser are on one machine: the browser comes back to a port of it. */
describe('logging in with the browser of a local desktop', function () {
  this.timeout(180_000);
  let server: EditorServer;
  let org: Simulator;
  let page: Page;
  let desktop: LocalDesktop;
  let port: number;
  let seen = 0;

  before(async () => {
    org = await startSimulator();
    port = await freePort();
    desktop = localDesktop((await packagedExtension()).folder, { 'apiGuard.oauth.clientId': org.clientId, 'apiGuard.oauth.loginUrl': org.instanceUrl, 'apiGuard.oauth.port': port });
    server = await startEditorServer({ workspace: sampleCopy(), development: desktop.folder });
    page = await server.page();
    await openWorkspace(page);
    await openLimitsView(page);
    await welcome().waitFor();
    await eventually('the desktop is ready', () => desktop.ready());
  });
  after(async () => {
    await server?.stop();
    await closeBrowser();
    await org?.close();
    desktop?.remove();
  });

  const welcome = () => welcomeButton(page, 'Log In with Browser');
  /** This host keeps notifications in their centre, which closes with the last of them. */
  const notification = async (text: string): Promise<Locator> => {
    const found = page.locator('.notifications-center .notification-list-item').filter({ hasText: text });
    if (!await page.locator('.notifications-center').isVisible()) await page.locator('.statusbar-item[id="status.notifications"] a').click();
    await found.waitFor({ timeout: 20_000 });
    return found;
  };
  const waiting = () => notification('Log in to Salesforce in the browser...');
  const cancelled = async (): Promise<void> => {
    const shown = await waiting();
    await shown.getByRole('button', { name: 'Cancel' }).click();
    await shown.waitFor({ state: 'detached' });
  };
  const cleared = (): Promise<void> => runCommand(page, 'Notifications: Clear All Notifications');
  const isClosed = (): Promise<boolean> => fetch(`http://127.0.0.1:${port}/`).then(() => false, () => true);
  const closed = (): Promise<boolean> => eventually('nothing listens any more', isClosed);
  /** The next address that the editor wants opened. */
  const wanted = async (): Promise<string> => {
    const address = await eventually('the editor opens an address', () => desktop.opened()[seen]);
    seen++;
    return address;
  };
  /** What the user's browser shows in the end. */
  const visited = async (address: string): Promise<{ url: string; text: string }> => {
    const context = await (await browser()).newContext();
    try {
      const tab = await context.newPage();
      await tab.goto(address);
      return { url: tab.url(), text: await tab.locator('body').innerText() };
    } finally {
      await context.close();
    }
  };

  it('waits two minutes and no longer', async () => {
    await welcome().click();
    await wanted();
    await waiting();
    assert.equal(await isClosed(), false);
    await page.waitForTimeout(TIME_LIMIT);
    await notification('Nobody logged in within two minutes.');
    await closed();
    await cleared();
  });

  it('stops listening when the user gives up, and says nothing more of it', async () => {
    await welcome().click();
    await wanted();
    await waiting();
    await screenshot(page, 'login-waiting');
    await cancelled();
    await closed();
    assert.equal(await page.locator('.notification-list-item').count(), 0);
  });

  it('says which port is taken and what to do, and goes on when it is free', async () => {
    const other = await listening(port);
    await welcome().click();
    const message = await notification(`Another program listens at port ${port} of this machine, perhaps a login of the Salesforce CLI`);
    await screenshot(page, 'login-port-taken');
    assert.equal(desktop.opened().length, seen, 'the browser would come back to the other program');
    await new Promise((resolve) => other.close(resolve));
    await message.getByRole('button', { name: 'Try Again' }).click();
    await wanted();
    await cancelled();
  });

  it('takes no answer but the one of its own latest attempt, and tells of a refusal', async () => {
    await welcome().click();
    const first = new URL(await wanted());
    // Who has closed the browser's page begins anew.
    await runCommand(page, 'API Guard: Log In with Browser');
    const second = new URL(await wanted());
    assert.notEqual(first.searchParams.get('state'), second.searchParams.get('state'));
    const stale = await visited(first.href);
    assert.match(stale.text, /not the login that the editor waits for/);
    second.searchParams.set('code_challenge', 'none');
    await visited(second.href);
    await notification('Salesforce did not log in: missing required code challenge');
    await closed();
    await cleared();
  });

  it('logs in when the browser comes back, then listens no more', async () => {
    await welcome().click();
    const address = await wanted();
    assert.ok(address.startsWith(`${org.instanceUrl}/services/oauth2/authorize?`), address);
    assert.equal(new URL(address).searchParams.get('redirect_uri'), `http://localhost:${port}/OauthRedirect`);
    const { url, text } = await visited(address);
    assert.ok(url.startsWith(`http://localhost:${port}/OauthRedirect?`), url);
    assert.equal(text, 'Salesforce has logged you in. Close this page and go back to the editor.');
    await limitsRow(page, 'Data Storage').waitFor();
    await closed();
    await screenshot(page, 'login-came-back');
  });
});

async function listening(port: number): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve));
  return server;
}

async function freePort(): Promise<number> {
  const server = await listening(0);
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
