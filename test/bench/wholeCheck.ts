import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
/** The linter to measure beside. It is fetched for the run: nothing else here needs it. */
const LINTER = 'oxlint@1';

/** Prints the time and the memory of a cold check of a folder, of a second look at it in the same process, and the time a linter takes on the same tree. */
export async function measureCheck(folder: string): Promise<void> {
  const own = run([join(ROOT, 'test', 'bench', 'checkOnce.ts'), folder]);
  const { cold, again, memory, files, calls } = JSON.parse(own.output) as Record<'cold' | 'again' | 'memory' | 'files' | 'calls', number>;
  console.log(`cold check: ${(own.ms / 1000).toFixed(1)} s in all, ${(cold / 1000).toFixed(1)} s of it reading and analysing ${files} files with ${calls} calls; ${Math.round(memory / 1024)} MB at most`);
  console.log(`one file edited, everything asked again: ${(again / 1000).toFixed(1)} s, ${(again / cold).toFixed(2)} of the cold run`);
  // Fetched once before it is timed; findings, which end it with 1, do not matter here.
  spawnSync('npx', ['--yes', LINTER, '--version'], { encoding: 'utf8' });
  const start = performance.now();
  const linter = spawnSync('npx', ['--yes', LINTER, '--silent', folder], { encoding: 'utf8', maxBuffer: 1 << 30 });
  const ms = performance.now() - start;
  if (linter.error || (linter.status ?? 2) > 1) console.log(`${LINTER} could not be run here: ${linter.error?.message ?? linter.stderr.slice(0, 200)}`);
  else console.log(`${LINTER} on the same tree: ${(ms / 1000).toFixed(1)} s; the cold check takes ${(own.ms / ms).toFixed(1)} times that`);
}

function run(args: readonly string[]): { ms: number; output: string } {
  const start = performance.now();
  const child = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (child.status !== 0) throw new Error(child.stderr);
  return { ms: performance.now() - start, output: child.stdout };
}
