import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { FakeCli } from '../../limits/fakeCli.ts';
import { closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { packagedExtension } from '../host/package.ts';
import { sampleCopy } from '../host/sampleWorkspace.ts';
import { closeModalEditor, openWorkspace, runCommand, screenshot } from '../host/workbench.ts';
import { limitsRow, openLimitsView } from './limitsPage.ts';

describe('an untrusted workspace', function () {
  this.timeout(180_000);
  let server: EditorServer;
  let page: Page;
  let cli: FakeCli;

  before(async () => {
    const { vsix } = await packagedExtension();
    // A workspace that brings a program and a default org of its own.
    const workspace = sampleCopy();
    cli = await FakeCli.create();
    await cli.program(`require('node:fs').writeFileSync(${JSON.stringify(join(cli.folder, 'started'))}, '');`);
    for (const [folder, file, value] of [['.vscode', 'settings.json', { 'apiGuard.salesforceCliPath': cli.executable, 'apiGuard.instanceUrl': 'https://evil.my.salesforce.com', 'apiGuard.oauth.loginUrl': 'https://evil.my.salesforce.com' }], ['.sf', 'config.json', { 'target-org': 'dev' }]] as const) {
      await mkdir(join(workspace, folder), { recursive: true });
      await writeFile(join(workspace, folder, file), JSON.stringify(value));
    }
    // Restricted from the start, and asked to show the demo org: trust comes first.
    server = await startEditorServer({ workspace, vsix, trust: false, settings: { 'security.workspace.trust.startupPrompt': 'never' }, env: { API_GUARD_DEMO: '1' } });
    page = await server.page();
    await openWorkspace(page);
  });
  after(async () => {
    await server?.stop();
    await closeBrowser();
    await cli?.remove();
  });

  it('has no org limits, and says why', async () => {
    await openLimitsView(page);
    await page.locator('.welcome-view-content').filter({ hasText: 'Org limits are off while this workspace is not trusted' }).waitFor();
    assert.equal(await page.locator('.welcome-view-content .monaco-button').count(), 1);
    await screenshot(page, 'limits-untrusted');
  });

  it('offers no command that reaches an org', async () => {
    await page.keyboard.press('F1');
    await page.locator('.quick-input-widget input.input').fill('>API Guard: ');
    await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'Restart Server' }).waitFor();
    const titles = (await page.locator('.quick-input-list .monaco-list-row .label-name').allInnerTexts()).filter((title) => title.startsWith('API Guard: '));
    assert.deepEqual(titles.map((title) => title.replace(/^API Guard: /, '')).filter((title) => !title.startsWith('Focus on')).sort(), ['Explain Error...', 'Open Error Reference', 'Prepare Support Case...', 'Read About a Rule...', 'Restart Server', 'Show Log']);
    await page.keyboard.press('Escape');
  });

  it('starts no program that the workspace names', () => {
    assert.ok(!existsSync(join(cli.folder, 'started')));
  });

  it('shows limits as soon as it is trusted, and takes no program from its settings then either', async () => {
    await page.locator('.welcome-view-content .monaco-button').click();
    await page.locator('.workspace-trust-buttons-row .monaco-button, .workspace-trust-editor .monaco-button').filter({ hasText: /^Trust$/ }).first().click();
    // The trust editor lies over the workbench.
    await closeModalEditor(page);
    await limitsRow(page, 'Demo org').waitFor({ timeout: 30_000 });
    await runCommand(page, 'API Guard: Use Salesforce CLI');
    await limitsRow(page, 'Salesforce CLI not found').waitFor();
    assert.ok(!existsSync(join(cli.folder, 'started')));
  });
});
