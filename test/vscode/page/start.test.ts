import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import path from 'node:path';
import { projectNode, root } from '../../../scripts/setup.mjs';
import { browser, closeBrowser } from '../host/browser.ts';
import { openWorkspace, screenshot } from '../host/workbench.ts';
import { openLimitsView } from './limitsPage.ts';

describe('npm start', function () {
  this.timeout(180_000);
  const running = new Set<ChildProcess>();

  after(async () => {
    for (const child of running) child.kill('SIGKILL');
    await closeBrowser();
  });

  function start(...args: string[]): { child: ChildProcess; output: () => string; ended: Promise<unknown[]> } {
    const child = spawn(projectNode, [path.join(root, 'scripts', 'start.mjs'), ...args], {
      env: { ...process.env, API_GUARD_EDITOR: 'server' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    running.add(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    const ended = once(child, 'close').finally(() => running.delete(child));
    return { child, output: () => output, ended };
  }

  async function address(output: () => string, ended: Promise<unknown[]>): Promise<URL> {
    let over = false;
    void ended.finally(() => (over = true));
    for (;;) {
      const found = /http:\/\/127\.0\.0\.1:\S+/.exec(output());
      if (found) return new URL(found[0]);
      assert.equal(over, false, output());
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  it('opens the sample with the demo org at a secret local address, and Ctrl-C ends all of it', async () => {
    const { child, output, ended } = start();
    const url = await address(output, ended);
    assert.equal((await fetch(url.origin)).status, 403, 'the address must not work without its token');

    const page = await (await (await browser()).newContext({ viewport: { width: 1280, height: 800 } })).newPage();
    await page.goto(url.href);
    await page.locator('.tabs-container .tab[data-resource-name="createOrder.ts"]').waitFor({ timeout: 60_000 });
    await openWorkspace(page);
    await page.locator('.activitybar .badge-content').filter({ hasText: '1' }).waitFor({ timeout: 60_000 });
    await openLimitsView(page);
    const tree = page.locator('.pane-body .monaco-list-row');
    await tree.filter({ hasText: 'Demo org' }).first().waitFor();
    await tree.filter({ hasText: /\d+%.*Daily API Requests/ }).first().waitFor();
    await screenshot(page, 'npm-start');

    child.kill('SIGINT');
    const [code] = await ended;
    assert.equal(code, 0, output());
    await assert.rejects(fetch(url.origin), 'the server still answers');
  });

  it('says so when the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const { output, ended } = start('--port', String(port));
    const [code] = await ended;
    other.close();
    assert.equal(code, 2);
    assert.match(output(), /That port is taken/);
  });

  it('says so when the port is none', async () => {
    const { output, ended } = start('--port', 'many');
    assert.deepEqual(await ended, [2, null]);
    assert.match(output(), /"many" is no port/);
  });
});
