import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { eventually } from '../host/eventually.ts';
import { packagedExtension } from '../host/package.ts';
import { closeModalEditor, openFile, openWorkspace, runCommand } from '../host/workbench.ts';

describe('a workspace without anything for us', function () {
  this.timeout(180_000);
  let server: EditorServer;
  let page: Page;
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'api-guard-plain-'));
    await writeFile(join(folder, 'notes.md'), '# Notes\n');
    await writeFile(join(folder, 'late.js'), 'export const one = 1;\n');
    const { vsix } = await packagedExtension();
    server = await startEditorServer({ workspace: folder, vsix });
    page = await server.page();
    await openWorkspace(page);
  });
  after(async () => {
    await server?.stop();
    await closeBrowser();
    await rm(folder, { recursive: true, force: true });
  });

  const running = async (): Promise<boolean> => {
    await runCommand(page, 'Developer: Show Running Extensions');
    const list = page.locator('.runtime-extensions-editor');
    await list.locator('.monaco-list-row').first().waitFor();
    const found = (await list.innerText()).includes('API Guard for Salesforce');
    // The list lies over the workbench.
    await closeModalEditor(page);
    return found;
  };

  it('does not wake the extension, even with files open in it', async () => {
    await openFile(page, 'notes.md');
    assert.equal(await running(), false);
  });

  it('wakes it with the first JavaScript file', async () => {
    await openFile(page, 'late.js');
    await eventually('the extension runs', running, 60_000);
  });
});
