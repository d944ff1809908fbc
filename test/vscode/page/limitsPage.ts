import type { Frame, Locator, Page } from 'playwright-core';

/** Brings the limits view to the front by its icon on the activity bar. */
export async function openLimitsView(page: Page): Promise<void> {
  // The item and not the icon in it, over which the sign lies as soon as a limit is nearly used up.
  await page.locator('.activitybar .action-item').filter({ has: page.locator('a.action-label[aria-label^="API Guard"]') }).click({ timeout: 30_000 });
  await page.locator('.sidebar .title-label').filter({ hasText: 'Org Limits' }).waitFor();
}

/**
 * A way to an org that the limits view welcomes with. A window that has just opened does not know yet whether its workspace is trusted, and asks for
 * trust first: who wants one way waits for it by its name.
 */
export function welcomeButton(page: Page, text: string): Locator {
  return page.locator('.welcome-view-content .monaco-button').filter({ hasText: text });
}

/** The tree of the limits view. */
export function limitsTree(page: Page): Locator {
  return page.locator('.sidebar .customview-tree');
}

/** The first row of the limits view that contains the text. */
export function limitsRow(page: Page, text: string): Locator {
  return limitsTree(page).locator('.monaco-list-row').filter({ hasText: text }).first();
}

/** The frame of the page, at any depth, that holds an element. @throws Error when there is none within twenty seconds */
export async function frameWith(page: Page, selector: string): Promise<Frame> {
  for (let attempt = 0; attempt < 100; attempt++) {
    for (const frame of page.frames()) if (await frame.locator(selector).count().catch(() => 0) > 0) return frame;
    await page.waitForTimeout(200);
  }
  throw new Error(`No frame of the page holds ${selector}`);
}
