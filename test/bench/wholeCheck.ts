import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { median } from './median.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const RUNS = 5;
/** The linter to measure beside. It is fetched for the run: nothing else here needs it. */
const LINTER = 'oxlint@1';
/** Has a process tell its peak memory, in KiB, when it ends. */
const TELL_PEAK = `data:text/javascript,${encodeURIComponent("process.on('exit', () => process.stderr.write('\\npeak ' + process.resourceUsage().maxRSS + '\\n'));")}`;

/**
 * Prints what a cold check of a folder costs from the command line as it is shipped, start of Node included, beside a linter started by Node in the same way on the
 * same tree, in turns; and what a second look costs in one process.
 */
export async function measureCheck(folder: string): Promise<void> {
  run(['scripts/build.mjs'], [0]);
  const linter = fetchLinter();
  const own: number[] = [];
  const theirs: number[] = [];
  let peak = 0;
  for (let turn = 0; turn < RUNS; turn++) {
    // 1 says that there are findings, which does not matter here.
    const check = run(['--import', TELL_PEAK, 'dist/cli.cjs', 'check', '--format', 'json', folder], [0, 1]);
    own.push(check.ms);
    peak = Math.max(peak, Number(/^peak (\d+)$/m.exec(check.errors)?.[1] ?? NaN));
    if (linter !== undefined) theirs.push(run([linter, '--silent', folder], [0, 1]).ms);
  }
  console.log(`cold check: ${seconds(median(own))} s (median of ${RUNS}, start of Node included), ${Math.round(peak / 1024)} MB at most`);
  if (linter === undefined) console.log(`${LINTER} could not be fetched: nothing to compare with`);
  else console.log(`${LINTER} on the same tree: ${seconds(median(theirs))} s; the cold check takes ${(median(own) / median(theirs)).toFixed(1)} times that`);
  const second = JSON.parse(run(['test/bench/checkOnce.ts', folder], [0]).output) as Record<'cold' | 'same' | 'again' | 'calls' | 'files', number>;
  console.log(`in one process: ${seconds(second.cold)} s to read and analyse ${second.files} files with ${second.calls} calls; then one file is edited: ${seconds(second.same)} s to its findings, ${seconds(second.again)} s to everybody's (${(second.again / second.cold).toFixed(2)} of the first)`);
}

/** Installs the linter outside the project. @returns its start script, or undefined where the registry cannot be reached */
function fetchLinter(): string | undefined {
  const folder = join(tmpdir(), 'api-guard-bench');
  mkdirSync(folder, { recursive: true });
  const install = spawnSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', '--prefix', folder, LINTER], { encoding: 'utf8', shell: process.platform === 'win32' });
  return install.status === 0 ? join(folder, 'node_modules', 'oxlint', 'bin', 'oxlint') : undefined;
}

function run(args: readonly string[], allowed: readonly number[]): { ms: number; output: string; errors: string } {
  const start = performance.now();
  const child = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8', maxBuffer: 1 << 30 });
  const ms = performance.now() - start;
  if (child.error || !allowed.includes(child.status ?? -1)) throw new Error(`${args.join(' ')}: ${child.error?.message ?? child.stderr}`);
  return { ms, output: child.stdout, errors: child.stderr };
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(ms < 1000 ? 2 : 1);
}
