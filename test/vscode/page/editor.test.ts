import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { eventually } from '../host/eventually.ts';
import { packagedExtension } from '../host/package.ts';
import { sampleCopy } from '../host/sampleWorkspace.ts';
import { hoverUntil, openFile, openQuickFixes, openWorkspace, runCommand, screenshot, untilTaken } from '../host/workbench.ts';

describe('findings in the editor of the installed .vsix', function () {
  this.timeout(180_000);
  let server: EditorServer;
  let page: Page;

  before(async () => {
    const { vsix } = await packagedExtension();
    server = await startEditorServer({ workspace: sampleCopy(), vsix });
    page = await server.page();
    await openWorkspace(page);
  });
  after(async () => {
    await server?.stop();
    await closeBrowser();
  });

  it('are squiggles, with a hover that says what happens in production', async () => {
    await openFile(page, 'importLeads.js');
    await page.locator('.squiggly-warning, .squiggly-error, .squiggly-info').first().waitFor({ timeout: 60_000 });
    const hover = page.locator('.monaco-hover').filter({ hasText: 'swallowed-failure' });
    await hoverUntil(page, page.locator('.view-line').filter({ hasText: 'sobject' }).locator('span', { hasText: /^create$/ }), hover);
    assert.match(await hover.innerText(), /API Guard/);
    await screenshot(page, 'editor-finding');
    await page.keyboard.press('Escape');
  });

  it('explain error codes at a hover', async () => {
    await openFile(page, 'salesforceErrors.ts');
    const hover = page.locator('.monaco-hover').filter({ hasText: /lock/ });
    await hoverUntil(page, page.locator('.view-line span').filter({ hasText: /^UNABLE_TO_LOCK_ROW/ }).first(), hover);
    await screenshot(page, 'editor-code-hover');
    await page.mouse.move(1200, 700);
  });

  it('explain them in another language, and open the reference from there', async () => {
    const code = page.locator('.view-line span').filter({ hasText: /ENTITY_IS_DELETED/ }).last();
    const hover = page.locator('.monaco-hover').filter({ hasText: 'ENTITY_IS_DELETED' });
    const preview = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    const heading = preview.locator('h3', { hasText: /^ENTITY_IS_DELETED$/ }).first();
    const inView = async (): Promise<boolean> => {
      const box = await heading.boundingBox();
      return box !== null && box.y > 0 && box.y < 700;
    };
    await untilTaken(
      async () => {
        await openFile(page, 'nightly.py');
        await hoverUntil(page, code, hover);
        await screenshot(page, 'editor-python-hover');
        await hover.locator('a', { hasText: 'Reference' }).first().click();
        await heading.waitFor({ timeout: 30_000 });
        // The preview scrolls to the heading once it has laid out the page: on a machine that does ten things at once it may come too late.
        await eventually('the reference is at the code', inView);
      },
      () => runCommand(page, 'View: Close All Editors'),
    );
    await screenshot(page, 'editor-reference');
    await runCommand(page, 'View: Close All Editors');
  });

  it('explain a whole log, each distinct error once', async () => {
    await openFile(page, 'sync.log');
    await page.locator('.view-line').first().click();
    await page.keyboard.press('ControlOrMeta+A');
    await runCommand(page, 'API Guard: Explain Error...');
    const preview = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    await preview.locator('h1', { hasText: 'UNABLE_TO_LOCK_ROW' }).waitFor({ timeout: 30_000 });
    assert.deepEqual(await preview.locator('h1').allInnerTexts(), ['UNABLE_TO_LOCK_ROW', 'FIELD_CUSTOM_VALIDATION_EXCEPTION', 'REQUEST_LIMIT_EXCEEDED']);
    await screenshot(page, 'editor-explain-error');
    await runCommand(page, 'View: Close All Editors');
  });

  it('offer codes in a comparison, with what they mean beside', async () => {
    await openFile(page, 'importLeads.js');
    await page.locator('.view-line').filter({ hasText: 'lead not created' }).click();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.keyboard.type("if (error.errorCode === 'UNABLE");
    await page.keyboard.press('ControlOrMeta+Space');
    const row = page.locator('.suggest-widget .monaco-list-row').filter({ hasText: 'UNABLE_TO_LOCK_ROW' }).first();
    await row.waitFor({ timeout: 30_000 });
    await screenshot(page, 'editor-completion');
    await page.keyboard.press('Escape');
    await runCommand(page, 'File: Revert File');
  });

  it('have a light bulb with a fix and a way to silence the rule', async () => {
    await openFile(page, 'createOrder.ts');
    await page.locator('.squiggly-warning, .squiggly-error, .squiggly-info').first().waitFor({ timeout: 60_000 });
    await runCommand(page, 'Go to Next Problem in Files');
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await page.locator('.marker-widget').waitFor();
    await screenshot(page, 'editor-problem');
    await page.keyboard.press('Escape');
    await openQuickFixes(page, 'Disable missing-retry for this line');
    await screenshot(page, 'editor-quick-fix');
    await page.keyboard.press('Escape');
  });

  it('come with a state beside the language of the file', async () => {
    await page.locator('[id="status.languageStatus"]').click();
    const status = page.locator('.hover-language-status').filter({ hasText: 'API Guard' });
    await status.first().waitFor();
    assert.match(await status.first().innerText(), /API Guard: ready/);
    await screenshot(page, 'editor-language-status');
  });
});
