// How long the first question for an error code takes, from the start of a fresh process: the index alone, one code, one message, and for comparison
// reading every family. Prints the median of several processes and the ratio to parsing the same files as one JSON text.
import { execFileSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { median } from './median.ts';

const RUNS = 9;
const catalog = new URL('../../catalog/index.ts', import.meta.url).href;
const folder = fileURLToPath(new URL('../../catalog/codes/', import.meta.url));

const STEPS: Record<string, string> = {
  'index (is this word a code?)': `catalog.isCode('UNABLE_TO_LOCK_ROW')`,
  'one code': `catalog.findCode('UNABLE_TO_LOCK_ROW')`,
  'one message without a code': `catalog.recogniseMessage('unable to obtain exclusive access to this record')`,
  'every entry of every family': `catalog.codeFamilies().map(catalog.codesOfFamily)`,
};

/** Milliseconds that a step takes in a process in which nothing has been asked yet. */
function measure(step: string): number {
  const script = `const catalog = await import(${JSON.stringify(catalog)}); const start = performance.now(); ${step}; console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
}

function parseAll(): number {
  const files = readdirSync(folder).filter((name) => name !== 'index.json');
  const script = `const { readFileSync } = await import('node:fs'); const start = performance.now(); for (const name of ${JSON.stringify(files)}) JSON.parse(readFileSync(${JSON.stringify(folder)} + name, 'utf8')); console.log(performance.now() - start);`;
  return Number(execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' }));
}

const whole = median(Array.from({ length: RUNS }, parseAll));
console.log(`reading and parsing all files: ${whole.toFixed(2)} ms`);
for (const [name, step] of Object.entries(STEPS)) {
  const time = median(Array.from({ length: RUNS }, () => measure(step)));
  console.log(`${name}: ${time.toFixed(2)} ms, ${(time / whole).toFixed(3)} of that`);
}
