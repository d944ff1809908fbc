import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { eventually } from '../host/eventually.ts';
import { packagedExtension } from '../host/package.ts';
import { sampleCopy } from '../host/sampleWorkspace.ts';
import { openFile, openQuickFixes, openWorkspace, runCommand, screenshot } from '../host/workbench.ts';

/** Files of the sample in which a retry is missing. */
const FILES = ['createOrder.ts', 'updateOrder.ts'];

describe('a fix of the whole workspace', function () {
  this.timeout(180_000);
  let server: EditorServer;
  let page: Page;
  let workspace: string;
  const onDisk = (name: string): string => readFileSync(join(workspace, 'src', name), 'utf8');

  before(async () => {
    const { vsix } = await packagedExtension();
    workspace = sampleCopy();
    server = await startEditorServer({ workspace, vsix, settings: { 'files.autoSave': 'off' } });
    page = await server.page();
    await openWorkspace(page);
  });
  after(async () => {
    await server?.stop();
    await closeBrowser();
  });

  it('changes every file, and is undone in one step', async () => {
    const before = FILES.map(onDisk);
    await openFile(page, FILES[0]!);
    await page.locator('.squiggly-warning, .squiggly-error, .squiggly-info').first().waitFor({ timeout: 60_000 });
    await runCommand(page, 'Go to Next Problem in Files');
    await page.locator('.marker-widget').waitFor();
    await page.keyboard.press('Escape');
    await (await openQuickFixes(page, 'Insert retry everywhere in the workspace')).click();
    await page.locator('.view-lines').filter({ hasText: 'withSalesforceRetry' }).waitFor({ timeout: 30_000 });
    await screenshot(page, 'fix-everywhere');
    await runCommand(page, 'File: Save All Files');
    const helper = join(workspace, 'src', 'salesforceRetry.ts');
    await eventually('every file is changed', () => existsSync(helper) && FILES.every((name) => onDisk(name).includes('withSalesforceRetry')));

    await page.locator('.monaco-editor .view-lines').first().click();
    await page.keyboard.press('ControlOrMeta+Z');
    await page.locator('.view-lines').filter({ hasText: 'withSalesforceRetry' }).waitFor({ state: 'hidden' });
    // File by file is undone: what is saved too early is saved again.
    await eventually('every file is as before, and the helper gone', async () => {
      await runCommand(page, 'File: Save All Files');
      return FILES.every((name, index) => onDisk(name) === before[index]) && !existsSync(helper);
    }, 60_000);
    await screenshot(page, 'fix-everywhere-undone');
  });
});
