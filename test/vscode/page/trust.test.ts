import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { packagedExtension } from '../host/package.ts';
import { sampleCopy } from '../host/sampleWorkspace.ts';
import { openWorkspace, screenshot } from '../host/workbench.ts';
import { limitsRow, openLimitsView } from './limitsPage.ts';

describe('an untrusted workspace', function () {
  this.timeout(180_000);
  let server: EditorServer;
  let page: Page;

  before(async () => {
    const { vsix } = await packagedExtension();
    // Restricted from the start, and asked to show the demo org: trust comes first.
    server = await startEditorServer({ workspace: sampleCopy(), vsix, trust: false, settings: { 'security.workspace.trust.startupPrompt': 'never' }, env: { API_GUARD_DEMO: '1' } });
    page = await server.page();
    await openWorkspace(page);
  });
  after(async () => {
    await server?.stop();
    await closeBrowser();
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
    assert.deepEqual(titles.map((title) => title.replace(/^API Guard: /, '')).filter((title) => !title.startsWith('Focus on')).sort(), ['Explain Error...', 'Open Error Reference', 'Prepare Support Case...', 'Restart Server', 'Show Log']);
    await page.keyboard.press('Escape');
  });

  it('shows limits as soon as it is trusted', async () => {
    await page.locator('.welcome-view-content .monaco-button').click();
    await page.locator('.workspace-trust-buttons-row .monaco-button, .workspace-trust-editor .monaco-button').filter({ hasText: /^Trust$/ }).first().click();
    // The trust editor lies over the workbench.
    await page.keyboard.press('Escape');
    await limitsRow(page, 'Demo org').waitFor({ timeout: 30_000 });
  });
});
