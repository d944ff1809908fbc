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
  await untilTaken(
    async () => {
      await page.keyboard.press(key);
      await box.waitFor({ timeout: 3_000 });
      await box.fill(text);
      await wanted.click({ timeout: 5_000 });
    },
    () => page.keyboard.press('Escape'),
  );
}

/** Closes the editor that lies over the workbench. @throws Error when it stays open after several tries */
export async function closeModalEditor(page: Page): Promise<void> {
  const modal = page.locator('.monaco-modal-editor-block');
  await untilTaken(async () => {
    await modal.locator('.action-label[aria-label^="Close Modal Editor"]').click({ timeout: 5_000 });
    await modal.waitFor({ state: 'hidden', timeout: 5_000 });
  });
}

/** Opens the menu of quick fixes at the caret until it holds an entry. While extensions are still being started, the editor takes the question back. */
export async function openQuickFixes(page: Page, entry: string): Promise<Locator> {
  const row = page.locator('.action-widget .monaco-list-row').filter({ hasText: entry }).first();
  await untilTaken(
    async () => {
      await page.keyboard.press('ControlOrMeta+.');
      await row.waitFor({ timeout: 5_000 });
    },
    () => page.keyboard.press('Escape'),
  );
  return row;
}

/** Does something until it succeeds, seven times at most, and something else after each failure. @throws Error the last failure */
export async function untilTaken(attempt: () => Promise<void>, again?: () => Promise<unknown>): Promise<void> {
  for (let left = 6; ; left--) {
    try {
      return await attempt();
    } catch (error) {
      if (left === 0) throw error;
      await again?.();
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
  await untilTaken(
    async () => {
      await target.hover();
      await hover.waitFor({ timeout: 5_000 });
    },
    () => page.mouse.move(1_000, 700),
  );
}

/** Scrolls to an element. One in a hover that is drawn anew just then is gone: it is tried again. @throws Error when it is gone after several tries */
export async function scrollTo(target: Locator): Promise<void> {
  await untilTaken(() => target.scrollIntoViewIfNeeded({ timeout: 5_000 }));
}
