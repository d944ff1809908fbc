import type { Context } from 'mocha';
import { runningBrowser } from './browser.ts';
import { screenshot } from './workbench.ts';

/** Loaded by Mocha: keeps a picture of every open page when a test fails, for the machine that saw it may be gone when somebody asks why. */
export const mochaHooks = {
  async afterEach(this: Context): Promise<void> {
    const test = this.currentTest;
    if (test?.state !== 'failed') return;
    const name = test.fullTitle().replace(/[^\w]+/g, '-');
    const pages = (await runningBrowser())?.contexts().flatMap((context) => context.pages()) ?? [];
    for (const [index, page] of pages.entries()) await screenshot(page, `failed-${name}-${index + 1}`).catch(() => undefined);
  },
};
