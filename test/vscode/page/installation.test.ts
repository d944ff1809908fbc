import assert from 'node:assert/strict';
import { closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { packagedExtension } from '../host/package.ts';
import { sampleCopy } from '../host/sampleWorkspace.ts';
import { openWorkspace, runCommand, screenshot } from '../host/workbench.ts';

describe('the installed .vsix', function () {
  this.timeout(180_000);
  let server: EditorServer;

  before(async () => {
    const { vsix } = await packagedExtension();
    server = await startEditorServer({ workspace: sampleCopy(), vsix });
  });

  after(async () => {
    await server?.stop();
    await closeBrowser();
  });

  it('is listed among the installed extensions', async () => {
    const page = await server.page();
    await openWorkspace(page);
    await runCommand(page, 'Extensions: Show Installed Extensions');
    const entry = page.locator('.extension-list-item').filter({ hasText: 'API Guard for Salesforce' });
    await entry.waitFor({ timeout: 30_000 });
    assert.match(await entry.innerText(), /api-guard/);
    await screenshot(page, 'installed-extension');
  });
});
