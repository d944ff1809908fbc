import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { root } from '../../../scripts/setup.mjs';

/** Waits until the workbench of a page can be used: its parts stand and the workspace is open. */
export async function openWorkspace(page: Page): Promise<void> {
  await page.waitForSelector('.monaco-workbench .part.statusbar .statusbar-item', { timeout: 60_000 });
  await page.waitForSelector('.explorer-viewlet, .explorer-folders-view', { timeout: 60_000 });
}

/** Runs a command by its title, through the command palette, as a person would. */
export async function runCommand(page: Page, title: string): Promise<void> {
  await pick(page, 'F1', `>${title}`, title);
}

/** Opens a file of the workspace by its name, through Quick Open. */
export async function openFile(page: Page, name: string): Promise<void> {
  await pick(page, 'ControlOrMeta+P', name, name);
  await page.locator(`.tabs-container .tab.active[data-resource-name="${name}"]`).waitFor();
}

/** Opens the quick input with a key, types, and clicks the row. A workbench that is still starting swallows keys and text, so it is done again until the row is there. */
async function pick(page: Page, key: string, text: string, row: string): Promise<void> {
  const box = page.locator('.quick-input-widget input.input');
  const wanted = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: row }).first();
  for (let attempt = 1; ; attempt++) {
    try {
      await page.keyboard.press(key);
      await box.waitFor({ timeout: 3_000 });
      await box.fill(text);
      await wanted.click({ timeout: 5_000 });
      return;
    } catch (error) {
      if (attempt === 6) throw error;
      await page.keyboard.press('Escape');
    }
  }
}

/** Keeps a picture of the page in the git-ignored folder of artefacts. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = path.join(root, 'test', 'artefacts');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `${name}.png`);
  await page.screenshot({ path: file });
  return file;
}

/**
 * Points at an element until its hover is there: a tree or an editor that is drawn anew just then forgets what was pointed at.
 * @throws Error when no hover comes after several tries
 */
export async function hoverUntil(page: Page, target: Locator, hover: Locator): Promise<void> {
  for (let left = 6; ; left--) {
    await target.hover();
    try {
      return await hover.waitFor({ timeout: 5_000 });
    } catch (error) {
      if (left === 0) throw error;
      await page.mouse.move(1_000, 700);
    }
  }
}
