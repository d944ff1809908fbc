// `npm test`: installs, builds, checks and runs every test, and ends with one line that sums it up.
// `node scripts/test.mjs NAME...` runs some of the parts: typecheck, lint, unit, vscode.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { ensureBuilt } from './build.mjs';
import { Complaint, fail, onProjectNode, root, say } from './setup.mjs';

const mocha = ['node_modules/mocha/bin/mocha.js', '--forbid-only', '--forbid-pending', '--reporter', 'scripts/countingReporter.mjs'];

/** Each part is a list of commands; `counts` tells those that report their own numbers from those that pass or fail as a whole. */
const parts = {
  typecheck: [{ name: 'type check', args: ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json'] }],
  lint: [{ name: 'lint', args: ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '--no-warn-ignored', '.'] }],
  unit: [
    {
      name: 'tests without an editor',
      args: [...mocha, '--ignore', 'test/vscode/**', '--ignore', 'test/salesforce-cli/**', '--ignore', '{server,test/engine}/**/fixtures/**', '{catalog,server,client,test}/**/*.test.ts'],
      counts: true,
    },
  ],
  vscode: [
    { name: 'tests inside the extension host', args: ['test/vscode/host/runSuite.ts'], counts: true },
    {
      name: 'tests of the installed extension through the page',
      args: [...mocha, '--require', 'test/vscode/host/failurePictures.ts', '--timeout', '180000', 'test/vscode/page/**/*.test.ts'],
      counts: true,
    },
  ],
};

await onProjectNode(import.meta.url);
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !(name in parts));
if (unknown) fail(new Complaint(`There is no part "${unknown}"; there are: ${Object.keys(parts).join(', ')}.`));

try {
  await ensureBuilt();
} catch (error) {
  say(error instanceof Complaint ? error.message : String(error?.stack ?? error));
  console.log('0 passed, 1 failed');
  process.exit(1);
}

const sum = { passed: 0, failed: 0 };
for (const part of wanted.length > 0 ? wanted : Object.keys(parts)) {
  for (const command of parts[part]) {
    const started = Date.now();
    console.log(`\n== ${command.name}`);
    const { passed, failed } = await run(command);
    sum.passed += passed;
    sum.failed += failed;
    console.log(`== ${command.name}: ${failed === 0 ? 'passed' : 'FAILED'} in ${Math.round((Date.now() - started) / 1000)} s`);
  }
}
process.exitCode = sum.failed > 0 ? 1 : 0;
console.log(`\n${sum.passed} passed, ${sum.failed} failed`);

/**
 * Runs one command. What ends badly without having counted a failure (a crash, a test file that does not load) counts as one.
 * A check without tests of its own adds nothing when it passes: only tests are counted as passed.
 */
async function run({ args, counts }) {
  const folder = mkdtempSync(path.join(tmpdir(), 'api-guard-test-'));
  const file = path.join(folder, 'counts.json');
  try {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, API_GUARD_COUNTS: file } });
    const code = await new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', resolve);
    });
    const counted = counts ? read(file) : undefined;
    if (!counts || !counted) return { passed: 0, failed: code === 0 && !counts ? 0 : 1 };
    const { passed, failed } = counted;
    return { passed, failed: failed === 0 && (code !== 0 || passed === 0) ? 1 : failed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}
