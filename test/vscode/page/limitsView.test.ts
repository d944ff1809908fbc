import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { FakeCli } from '../../limits/fakeCli.ts';
import { closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { packagedExtension } from '../host/package.ts';
import { sampleCopy } from '../host/sampleWorkspace.ts';
import { hoverUntil, openFile, openWorkspace, runCommand, screenshot, scrollTo } from '../host/workbench.ts';
import { limitsRow, limitsTree, openLimitsView, welcomeButton } from './limitsPage.ts';

describe('the limits view of the installed .vsix', function () {
  this.timeout(180_000);
  let server: EditorServer;
  let page: Page;
  let cli: FakeCli;

  before(async () => {
    const { vsix } = await packagedExtension();
    const workspace = sampleCopy();
    await mkdir(join(workspace, '.sf'));
    await writeFile(join(workspace, '.sf', 'config.json'), '{"target-org":"dev"}');
    cli = await FakeCli.create();
    await cli.answering({ name: 'NamedOrgNotFoundError', message: 'No authorization information found for dev.', status: 1 }, 1);
    server = await startEditorServer({ workspace, vsix, settings: { 'apiGuard.salesforceCliPath': cli.executable } });
    page = await server.page();
    await openWorkspace(page);
  });
  after(async () => {
    await server?.stop();
    await closeBrowser();
    await cli?.remove();
  });

  it('welcomes with the ways to an org', async () => {
    await openLimitsView(page);
    await welcomeButton(page, 'Use Demo Org').waitFor();
    assert.deepEqual(await page.locator('.welcome-view-content .monaco-button').allInnerTexts(), ['Use Salesforce CLI\'s Default Org', 'Log In with Browser', 'Connect with URL and Token', 'Use Demo Org']);
    await screenshot(page, 'limits-welcome');
  });

  it('shows the demo org at a click, with a sign on the activity bar', async () => {
    await welcomeButton(page, 'Use Demo Org').click();
    await limitsRow(page, 'Demo org').waitFor();
    assert.match(await limitsRow(page, 'Data Storage').innerText(), /92% critical\s+Data Storage\s*9\.2 GB \/ 10 GB/);
    assert.match(await limitsRow(page, 'Daily API Requests').innerText(), /78%.*high/);
    await page.locator('.activitybar .badge-content').filter({ hasText: '1' }).waitFor();
    await screenshot(page, 'limits-demo-org');
  });

  it('explains a limit in its tooltip', async () => {
    const tooltip = page.locator('.monaco-hover').filter({ hasText: 'REQUEST_LIMIT_EXCEEDED' });
    await hoverUntil(page, limitsRow(page, 'Daily API Requests'), tooltip);
    assert.match(await tooltip.innerText(), /of 115,000 requests used \(78%\), 25,\d{3} left/);
    await screenshot(page, 'limits-tooltip');
    await page.mouse.move(800, 600);
    await tooltip.waitFor({ state: 'hidden' });
  });

  it('is what the hover of a call tells, without another request', async () => {
    await openFile(page, 'importLeads.js');
    const hover = page.locator('.monaco-hover').filter({ hasText: 'It spends Daily API Requests' });
    await page.locator('.squiggly-warning, .squiggly-error, .squiggly-info').first().waitFor({ timeout: 60_000 });
    await hoverUntil(page, page.locator('.view-line').filter({ hasText: 'sobject' }).locator('span', { hasText: /^create$/ }), hover);
    const text = await hover.innerText();
    assert.match(text, /Daily API Requests: 25,\d{3} of 115,000 requests, 22%, left in Demo org \(read /);
    assert.match(text, /Each record of this loop costs a request: after 25,\d{3} of them Demo org has none left/);
    // What the limits say stands at the end.
    await scrollTo(hover.getByText('Each record of this loop'));
    await screenshot(page, 'limits-hover');
    await page.keyboard.press('Escape');
    await runCommand(page, 'View: Close All Editors');
  });

  it('reads again at a click on the refresh button', async () => {
    const requests = async (): Promise<number> => Number(/([\d,]+) \/ 115,000/.exec(await limitsRow(page, 'Daily API Requests').innerText())?.[1]?.replace(',', ''));
    const before = await requests();
    await page.locator('.sidebar .title-actions a.action-label[aria-label^="Refresh Org Limits"]').click();
    await limitsTree(page).filter({ hasText: `${(before + 1).toLocaleString('en-US')} / 115,000` }).waitFor();
  });

  it('says what to do when the Salesforce CLI has no login, and reads once there is one', async () => {
    await page.locator('.sidebar .title-actions a.action-label[aria-label^="Choose Org"]').click();
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Salesforce CLI\'s default org' }).click();
    await limitsRow(page, 'Not logged in').waitFor();
    await limitsRow(page, 'Log In with the Salesforce CLI').waitFor();
    assert.match(await page.locator('.sidebar').innerText(), /has no working login for dev/);
    await screenshot(page, 'limits-not-logged-in');
    await cli.answering({ status: 0, result: [{ name: 'DailyApiRequests', max: 100, remaining: 0 }, { name: 'DataStorageMB', max: 5, remaining: 5 }] });
    await page.locator('.sidebar .title-actions a.action-label[aria-label^="Refresh Org Limits"]').click();
    await limitsRow(page, '100%').waitFor();
    assert.match(await limitsRow(page, '100%').innerText(), /100% used up\s+Daily API Requests\s*100 \/ 100/);
    await page.locator('.notification-list-item-message').filter({ hasText: 'dev has used up: Daily API Requests 100%.' }).waitFor();
    await screenshot(page, 'limits-used-up');
  });

  it('opens the page of Setup where a limit is counted, in the browser and at the org\'s own address', async () => {
    await cli.program(`console.log(JSON.stringify({ status: 0, result: argv[1] === 'display'
      ? { instanceUrl: 'https://acme.my.salesforce.com', accessToken: '[REDACTED]' } : [{ name: 'DailyApiRequests', max: 100, remaining: 0 }] }));`);
    const opened = new Promise<string>((resolve) => {
      void page.context().route('https://acme.my.salesforce.com/**', async (route) => {
        resolve(route.request().url());
        await route.abort();
      });
    });
    await limitsRow(page, '100%').click({ button: 'right' });
    await page.locator('.monaco-menu .action-label').filter({ hasText: /^Open in Setup$/ }).waitFor();
    // The first entry is the history, the second this one.
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.locator('.monaco-dialog-box .monaco-button').filter({ hasText: /^Open$/ }).click();
    assert.equal(await opened, 'https://acme.my.salesforce.com/lightning/setup/CompanyProfileInfo/home');
  });

  it('takes up the same org after a reload', async () => {
    const again = await server.pageIn(page.context());
    await openWorkspace(again);
    await openLimitsView(again);
    await limitsRow(again, 'Daily API Requests').waitFor();
    assert.match(await limitsRow(again, 'dev').innerText(), /\d+:\d\d.* · \d+ requests? today/);
    await again.close();
  });

  it('has its commands in the palette', async () => {
    await page.keyboard.press('F1');
    const box = page.locator('.quick-input-widget input.input');
    for (const title of ['Add Org...', 'Choose Org...', 'Copy Limits as JSON', 'Disconnect Org', 'Export Limits History...', 'Refresh Org Limits', 'Restart Server', 'Show Limits History', 'Show Log', 'Use Demo Org']) {
      await box.fill(`>API Guard: ${title}`);
      await page.locator('.quick-input-list .monaco-list-row .label-name').filter({ hasText: `API Guard: ${title}` }).first().waitFor();
    }
    await page.keyboard.press('Escape');
    await runCommand(page, 'API Guard: Disconnect Org');
    await welcomeButton(page, 'Use Demo Org').waitFor();
  });
});
