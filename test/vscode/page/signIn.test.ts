import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { packagedExtension } from '../host/package.ts';
import { sampleCopy } from '../host/sampleWorkspace.ts';
import { openWorkspace, runCommand, screenshot } from '../host/workbench.ts';
import { limitsRow, openLimitsView, welcomeButton } from './limitsPage.ts';

const HOST = 'api-guard-test.my.salesforce.com';
const TOKEN = '00Dxx0000001gPL!AQ4AQFakeFakeFakeFakeFakeFakeFake.aBc_1';

/** No org is reached: everything goes to a proxy on this machine that lets nothing through. */
describe('connecting with instance URL and access token', function () {
  this.timeout(180_000);
  let server: EditorServer;
  let proxy: Server;
  let page: Page;
  const asked: string[] = [];

  before(async () => {
    proxy = createServer((_request, response) => response.writeHead(502).end());
    proxy.on('connect', (request, socket) => {
      asked.push(`${request.url} ${JSON.stringify(request.headers)}`);
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const { vsix } = await packagedExtension();
    server = await startEditorServer({
      workspace: sampleCopy(), vsix, settings: { 'http.proxy': address }, env: { HTTPS_PROXY: address, https_proxy: address },
    });
    page = await server.page();
    await openWorkspace(page);
    await openLimitsView(page);
  });
  after(async () => {
    await server?.stop();
    await closeBrowser();
    proxy?.close();
  });

  const box = () => page.locator('.quick-input-widget input.input');
  const complaint = () => page.locator('.quick-input-widget .quick-input-message');

  it('asks for the address and says what is wrong with it', async () => {
    await runCommand(page, 'API Guard: Connect with Instance URL and Access Token');
    await page.locator('.quick-input-title').filter({ hasText: '(1/2)' }).waitFor();
    for (const [typed, said] of [
      ['https://example.org', /not an address of Salesforce/], ['http://example.my.salesforce.com', /must start with https/],
      ['https://login.salesforce.com', /only logs users in/], ['https://abc.rest.marketingcloudapis.com', /Marketing Cloud tells nobody how much of its limits is used.*Retry-After/], ['http://127.0.0.1:8080', /must start with https/],
    ] as const) {
      await box().fill(typed);
      await complaint().filter({ hasText: said }).waitFor();
    }
    await screenshot(page, 'connect-address');
    await box().fill(`https://${HOST.replace('.my.salesforce.com', '.lightning.force.com')}/lightning/page/home`);
    await page.keyboard.press('Enter');
  });

  it('asks for the token in a box that hides it, and takes nothing that is no token', async () => {
    await page.locator('.quick-input-title').filter({ hasText: '(2/2)' }).waitFor();
    assert.equal(await box().getAttribute('type'), 'password');
    await box().fill('[REDACTED] Use "sf org auth show-access-token" to view');
    await complaint().filter({ hasText: /newer Salesforce CLIs print/ }).waitFor();
    await box().fill('secret');
    await complaint().filter({ hasText: /does not look like an access token/ }).waitFor();
    await box().fill(TOKEN);
    await complaint().filter({ hasText: /secret storage/ }).waitFor();
    await screenshot(page, 'connect-token');
    await page.keyboard.press('Enter');
  });

  it('goes to the org through the proxy of the editor, shows the token to nobody, and says that it was not reached', async () => {
    await limitsRow(page, 'No connection').waitFor();
    assert.match(await page.locator('.sidebar').innerText(), new RegExp(`${HOST} cannot be reached`));
    assert.ok(asked.some((request) => request.startsWith(`${HOST}:443 `)), `the proxy saw ${asked.join(', ')}`);
    assert.ok(!asked.join('').includes(TOKEN));
    await screenshot(page, 'connect-not-reached');
  });

  it('leaves the token in no file of the editor: no setting, no state, no log where it writes one', async () => {
    const files = (await readdir(server.dataFolder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile() && !entry.parentPath.includes('extensions'));
    assert.ok(files.some(({ name }) => name === 'settings.json'), 'this is not where the editor keeps its files');
    for (const { parentPath, name } of files) {
      assert.ok(!(await readFile(join(parentPath, name))).includes(TOKEN.slice(4)), `the token stands in ${join(parentPath, name)}`);
    }
  });

  it('knows org and token after a reload', async () => {
    const again = await server.pageIn(page.context());
    await openWorkspace(again);
    await openLimitsView(again);
    // Without the token it would say so, and ask for one.
    await limitsRow(again, 'No connection').waitFor();
    await again.close();
  });

  it('forgets both when it is disconnected', async () => {
    await runCommand(page, 'API Guard: Disconnect Org');
    await welcomeButton(page, 'Connect with URL and Token').waitFor();
    const again = await server.pageIn(page.context());
    await openWorkspace(again);
    await openLimitsView(again);
    await welcomeButton(again, 'Connect with URL and Token').waitFor();
    await again.close();
  });
});
