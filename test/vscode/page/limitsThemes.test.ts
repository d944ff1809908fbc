import assert from 'node:assert/strict';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { HistoryFiles } from '../../../client/src/limits/historyFiles.ts';
import { emptyHistory, withReading } from '../../../server/src/limits/history.ts';
import type { History } from '../../../server/src/limits/history.ts';
import { FakeCli } from '../../limits/fakeCli.ts';
import { closeBrowser } from '../host/browser.ts';
import type { EditorServer } from '../host/editorServer.ts';
import { startEditorServer } from '../host/editorServer.ts';
import { packagedExtension } from '../host/package.ts';
import { sampleCopy } from '../host/sampleWorkspace.ts';
import { hoverUntil, openWorkspace, runCommand, screenshot } from '../host/workbench.ts';
import { frameWith, limitsRow, limitsTree, openLimitsView, welcomeButton } from './limitsPage.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const THEMES = [['light', 'Default Light Modern'], ['dark', 'Default Dark Modern'], ['contrast', 'Default High Contrast']] as const;

/** What the Salesforce CLI reports of a small org. */
const limits = (requests: number, storage: number): object => ({
  status: 0,
  result: [
    ['DailyApiRequests', 115_000, requests], ['DailyBulkV2QueryJobs', 10_000, 318], ['DailyBulkApiBatches', 15_000, 1206], ['DailyDeliveredPlatformEvents', 50_000, 6120], ['HourlyPublishedPlatformEvents', 250_000, 2210],
    ['DataStorageMB', 10_240, storage], ['FileStorageMB', 10_240, 3110], ['SingleEmail', 5_000, 1480], ['DailyAsyncApexExecutions', 250_000, 21_740], ['HourlySyncReportRuns', 500, 22], ['MassEmail', 5_000, 0],
    ['HourlyODataCallout', 0, 0],
  ].map(([name, max, used]) => ({ name, max, remaining: Number(max) - Number(used) })),
});

/** A week in which requests go up and down, and rise for the last two hours by 10,000 an hour. */
function week(now: number): History {
  let history = emptyHistory();
  for (let age = 7 * DAY; age > 0; age -= (age > DAY ? 60 : 10) * MINUTE) {
    const day = Math.sin((age / DAY) * 2 * Math.PI);
    const used = 60_000 + 12_000 * day + Math.max(0, 120 - age / MINUTE) * 170;
    history = withReading(history, now - age, { limits: [
      { name: 'DailyApiRequests', maximum: 115_000, remaining: Math.round(115_000 - used), parts: [] },
      { name: 'DataStorageMB', maximum: 10_240, remaining: Math.round(1_000 + (age / DAY) * 60), parts: [] },
    ], unreadable: [] });
  }
  return history;
}

/** Looked at by people: the tests make sure that the pictures show what they are named after. */
for (const [name, theme] of THEMES) {
  describe(`the limits view in the theme ${theme}`, function () {
    this.timeout(180_000);
    let server: EditorServer;
    let page: Page;
    let cli: FakeCli;
    let workspace: string;
    const refresh = (): Promise<void> => page.locator('.sidebar .title-actions a.action-label[aria-label^="Refresh Org Limits"]').click();
    const setDefault = (alias: string): Promise<void> => writeFile(join(workspace, '.sf', 'config.json'), JSON.stringify({ 'target-org': alias }));
    /** Nothing hovers, nothing pops up. */
    const picture = async (state: string): Promise<void> => {
      await page.mouse.move(900, 700);
      await page.locator('.monaco-hover').filter({ visible: true }).first().waitFor({ state: 'hidden' });
      await screenshot(page, `limits-${state}-${name}`);
    };

    before(async () => {
      const { vsix } = await packagedExtension();
      workspace = sampleCopy();
      for (const folder of ['.sf', '.vscode']) await mkdir(join(workspace, folder), { recursive: true });
      await setDefault('dev');
      await writeFile(join(workspace, '.vscode', 'settings.json'), JSON.stringify({ 'workbench.colorTheme': theme, 'apiGuard.limits.notify': false }));
      cli = await FakeCli.create();
      await cli.answering(limits(40_000, 5_000));
      server = await startEditorServer({ workspace, vsix, settings: { 'apiGuard.salesforceCliPath': cli.executable }, env: { HOME: cli.folder } });
      await new HistoryFiles(join(server.dataFolder, 'data', 'User', 'globalStorage', 'api-guard.salesforce-api-guard', 'history')).save('cli:prod', week(Date.now()), Date.now());
      page = await server.page();
      await openWorkspace(page);
      await openLimitsView(page);
    });
    after(async () => {
      await server?.stop();
      await closeBrowser();
      await cli?.remove();
    });

    it('signed out', async () => {
      await welcomeButton(page, 'Use Salesforce CLI\'s Default Org').waitFor();
      await picture('signed-out');
    });

    it('normal', async () => {
      await welcomeButton(page, 'Use Salesforce CLI\'s Default Org').click();
      await limitsRow(page, 'Daily API Requests').waitFor();
      assert.match(await limitsRow(page, 'Daily API Requests').innerText(), /35%/);
      assert.equal(await page.locator('.statusbar-item[id*="apiGuard.limits"]').filter({ visible: true }).count(), 0);
      await picture('normal');
    });

    it('warning', async () => {
      await cli.answering(limits(89_650, 5_000));
      await refresh();
      await limitsRow(page, 'high').waitFor();
      await picture('warning');
    });

    it('critical, and used up', async () => {
      await cli.answering(limits(104_000, 10_300));
      await refresh();
      await limitsRow(page, '101% used up').waitFor();
      await limitsRow(page, 'critical').waitFor();
      await page.locator('.statusbar-item').filter({ hasText: /Data Storage 101% \+1/ }).waitFor();
      await picture('critical');
      await hoverUntil(page, limitsRow(page, 'Daily API Requests'), page.locator('.monaco-hover').filter({ hasText: 'Use less' }));
      await screenshot(page, `limits-tooltip-${name}`);
    });

    it('the history, foretold', async () => {
      // The org that has a history, with as many requests as its last two hours lead to.
      await cli.answering(limits(80_500, 9_240));
      await setDefault('prod');
      await limitsRow(page, '70%').waitFor();
      await runCommand(page, 'API Guard: Show Limits History');
      const chart = await frameWith(page, '.chart');
      assert.ok(await chart.locator('svg.chart .line').count() >= 4);
      assert.equal(await chart.locator('script').count(), 0);
      assert.match(await chart.locator('body').innerText(), /Rising by about [\d,.]+ an hour\. If it goes on like this it runs out about .+, most likely between .+ and .+\./);
      await page.keyboard.press('Escape');
      await picture('history');
      assert.match(await limitsRow(page, '70%').innerText(), /70% ↗ ~\d h left\s+Daily API Requests/);
      assert.match(await limitsRow(page, 'h left: ').innerText(), /^~\d h left: Daily API Requests\s*runs out first$/);
    });

    it('a screen reader and a keyboard', async () => {
      const rows = limitsTree(page).locator('.monaco-list-row');
      const spoken = await rows.evaluateAll((found) => found.map((row) => row.getAttribute('aria-label') ?? ''));
      assert.ok(spoken.length > 10 && spoken.every((label) => label.length > 3), spoken.join('\n'));
      assert.ok(spoken.some((label) => /^Daily API Requests, 70%, 80,500 \/ 115,000 requests, rising, ~\d h left/.test(label)), spoken.join('\n'));
      assert.ok(spoken.some((label) => /^Data Storage, 90%, critical, since .+M, 9 GB \/ 10 GB/.test(label)), spoken.join('\n'));
      assert.ok(spoken.some((label) => /^~\d h left: Daily API Requests\. Before every other limit\. Rising by about/.test(label)), spoken.join('\n'));
      const chart = await frameWith(page, '.chart');
      const requests = chart.getByRole('article', { name: 'Daily API Requests' });
      for (const time of ['last 24 hours', 'last 7 days']) await requests.getByRole('img', { name: new RegExp(`^Daily API Requests, ${time} \\d+ readings; at least .+, at most .+, at last 80,500`) }).waitFor();
      // From the top of the page: the link, the first two charts, and the figures behind them.
      await chart.locator('h1').click();
      const reached: string[] = [];
      for (let press = 0; press < 4; press++) {
        await page.keyboard.press('Tab');
        reached.push(await chart.evaluate('document.activeElement.localName'));
      }
      assert.deepEqual(reached, ['a', 'svg', 'svg', 'summary']);
      await page.keyboard.press('Enter');
      const figures = chart.getByRole('article', { name: 'Data Storage' });
      await figures.getByRole('table', { name: 'Last 7 days' }).waitFor();
      assert.ok(await figures.getByRole('table', { name: /^Last 24 hours/ }).getByRole('row').count() > 20);
      await picture('history-figures');
      await page.keyboard.press('Enter');
    });

    it('expired', async () => {
      await cli.answering({ name: 'INVALID_SESSION_ID', message: 'Session expired or invalid', status: 1 }, 1);
      await refresh();
      await limitsRow(page, 'Session expired').waitFor();
      await limitsRow(page, 'Log In with the Salesforce CLI').waitFor();
      await picture('expired');
    });

    if (name === 'dark') {
      it('lets a limit be pinned, unpinned, hidden and shown again', async () => {
        const row = limitsRow(page, 'File Storage');
        await row.hover();
        await row.locator('a.action-label[aria-label^="Pin to Top"]').click();
        await limitsRow(page, 'Pinned').waitFor();
        await limitsRow(page, 'File Storage').hover();
        await limitsRow(page, 'File Storage').locator('a.action-label[aria-label^="Unpin"]').click();
        await limitsRow(page, 'Pinned').waitFor({ state: 'detached' });
        await limitsRow(page, 'File Storage').click({ button: 'right' });
        await page.locator('.monaco-menu .action-label').filter({ hasText: /^Hide$/ }).waitFor();
        // A menu that has just opened takes no click; the last entry is one key up.
        await page.keyboard.press('ArrowUp');
        await page.keyboard.press('Enter');
        await limitsRow(page, 'Hidden').waitFor();
        assert.equal(await limitsTree(page).filter({ hasText: 'File Storage' }).count(), 0);
        await picture('hidden');
      });
    }
  });
}
