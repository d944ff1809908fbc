import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../scripts/setup.mjs';

/** Waits until the workbench of a page can be used: its parts stand and the workspace is open. */
export async function openWorkspace(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench .part.statusbar .statusbar-item', { timeout: 60_000 });
  await page.waitForSelector('.explorer-viewlet, .explorer-folders-view', { timeout: 60_000 });
}

/** Runs a command by its title, through the command palette, as a person would. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const box = page.locator('.quick-input-widget input.input');
  await box.waitFor();
  await box.fill(`>${title}`);
  const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: title }).first();
  await row.waitFor();
  await row.click();
}

/** Opens a file of the workspace by its name, through Quick Open. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+P');
  const box = page.locator('.quick-input-widget input.input');
  await box.waitFor();
  await box.fill(name);
  await page.locator('.quick-input-list .monaco-list-row').filter({ hasText: name }).first().click();
  await page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`).waitFor();
}

/** Keeps a picture of the page in the git-ignored folder of artefacts. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = path.join(root, 'test', 'artefacts');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}
