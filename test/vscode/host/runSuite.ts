// `node test/vscode/host/runSuite.ts`: runs test/vscode/suite inside a real VS Code that has the packaged extension, and prints what came of it.
// API_GUARD_EDITOR chooses the editor: `server` or `desktop`.

import { build } from 'esbuild';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Complaint, fail, root, say } from '../../../scripts/setup.mjs';
import { browser, closeBrowser } from './browser.ts';
import { desktopEditor, runInDesktop } from './desktop.ts';
import { startEditorServer } from './editorServer.ts';
import type { PackagedExtension } from './package.ts';
import { packagedExtension } from './package.ts';
import { sampleCopy } from './sampleWorkspace.ts';
import type { SuiteEvent } from './suiteEvents.ts';
import { mochaVariable, resultsVariable } from './suiteEvents.ts';

/** Longest time between two events of the suite (milliseconds); past it the editor is taken for hung. */
const patience = 120_000;

interface Counts {
  passed: number;
  failed: number;
}

try {
  const { passed, failed } = await main();
  console.log(`\n  ${passed} passing, ${failed} failing in VS Code`);
  if (process.env.API_GUARD_COUNTS) writeFileSync(process.env.API_GUARD_COUNTS, JSON.stringify({ passed, failed }));
  process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
} catch (error) {
  fail(error);
}

async function main(): Promise<Counts> {
  const work = mkdtempSync(path.join(tmpdir(), 'api-guard-suite-'));
  try {
    const extension = await packagedExtension();
    const module = path.join(work, 'tests.cjs');
    await bundleTests(module);
    const results = path.join(work, 'results.jsonl');
    writeFileSync(results, '');
    const env = { [resultsVariable]: results, [mochaVariable]: path.join(root, 'node_modules', 'mocha', 'index.js') };
    const desktop = await desktopEditor();
    if (desktop) {
      say('Editor tests run in desktop VS Code.');
      const done = runInDesktop({ executable: desktop, extension: extension.folder, module, workspace: sampleCopy(), env });
      return await follow(results, done);
    }
    say('Editor tests run in the VS Code server.');
    return await inServer(extension, module, results, env);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

async function inServer({ folder }: PackagedExtension, module: string, results: string, env: Record<string, string>): Promise<Counts> {
  await browser();
  const server = await startEditorServer({ workspace: sampleCopy(), tests: { extension: folder, module }, env });
  try {
    await server.page();
    return await follow(results);
  } catch (error) {
    say(`The VS Code server said:\n${server.output()}`);
    throw error;
  } finally {
    await server.stop();
    await closeBrowser();
  }
}

/** One module with all suites in it, as an extension host loads it. */
async function bundleTests(outfile: string): Promise<void> {
  const folder = path.join(root, 'test', 'vscode', 'suite');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts')).sort();
  if (files.length === 0) throw new Complaint(`${folder} has no tests.`);
  const imports = files.map((file) => `await import(${JSON.stringify(`./suite/${file.replaceAll('\\', '/')}`)});`).join('\n');
  const contents = `import { runSuite } from './host/suiteRunner.ts';\nexport const run = () => runSuite(async () => {\n${imports}\n});\n`;
  await build({
    stdin: { contents, resolveDir: path.dirname(folder), loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

/** Prints and counts what the suite tells, until it has ended or `editor`, whose end is the suite's end, has. */
async function follow(results: string, editor?: Promise<unknown>): Promise<Counts> {
  const counts = { passed: 0, failed: 0 };
  let gone = false;
  void editor?.catch((error: unknown) => say(String(error))).finally(() => (gone = true));
  let read = 0;
  let current = 'starting the editor';
  let last = Date.now();
  for (;;) {
    // Asked before the file is read, so that the last lines of an editor that has gone are seen.
    const final = gone;
    const lines = existsSync(results) ? readFileSync(results, 'utf8').split('\n').slice(0, -1) : [];
    for (const line of lines.slice(read)) {
      const event = JSON.parse(line) as SuiteEvent;
      last = Date.now();
      if (event.event === 'start') current = event.title;
      if (event.event === 'pass') {
        counts.passed++;
        console.log(`  ✔ ${event.title} (${event.duration} ms)`);
      } else if (event.event === 'fail') {
        counts.failed++;
        console.log(`  ✘ ${event.title}\n${event.reason.replace(/^/gm, '      ')}`);
      } else if (event.event === 'end') {
        if (event.crash && counts.failed === 0) {
          counts.failed++;
          console.log(`  ✘ the suite did not run\n${event.crash.replace(/^/gm, '      ')}`);
        }
        return counts;
      }
    }
    read = lines.length;
    if (final) throw new Complaint(`The editor ended in the middle of: ${current}`);
    if (Date.now() - last > patience) throw new Complaint(`Nothing came from the editor for ${patience / 1000} s; it was at: ${current}`);
    await sleep(100);
  }
}
