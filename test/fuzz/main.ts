// `npm run fuzz -- DIR [ROUNDS] [SEED]`: mutates the source files below a folder and gives them to the engine. Prints each fault with what brings it about again, and
// the slowest trials. Ends with 1 where there is a fault. `npm run fuzz -- DIR FILE SEED` writes the text of one trial to a file.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { Worker } from 'node:worker_threads';
import { discoverFiles } from '../../server/src/engine/discover.ts';
import { readSourceNow } from '../../server/src/engine/sourceFile.ts';
import { randomIntegers } from '../engine/random.ts';
import { mutate } from './mutate.ts';
import type { Outcome } from './trial.ts';

/** A trial that takes longer is taken for a hang, in milliseconds. */
const HANG = 60_000;
const TRACE = "import { Connection } from 'jsforce';\n";

const [folder, second = '500', third] = process.argv.slice(2);
if (folder === undefined) throw new Error('Name a folder: npm run fuzz -- DIR [ROUNDS] [SEED]');
const root = path.resolve(folder);
const texts: { name: string; text: string }[] = [];
for await (const file of discoverFiles(root)) {
  const result = file.role === 'source' ? readSourceNow(file.path) : undefined;
  // Without a trace nothing is parsed; with one, every file is.
  if (result && 'text' in result) texts.push({ name: path.relative(root, file.path), text: result.text.includes('jsforce') ? result.text : TRACE + result.text });
}
if (texts.length === 0) throw new Error(`No source files below ${root}.`);

/** The trial of a number: which file, and what is done to it. */
function trial(seed: number): { name: string; before: string; text: string; how: string } {
  const random = randomIntegers(seed);
  random(2);
  const { name, text } = texts[random(texts.length)]!;
  const mutated = mutate(text, random, texts[random(texts.length)]!.text);
  return { name, before: text, ...mutated };
}

if (Number.isNaN(Number(second))) {
  writeFileSync(second, trial(Number(third)).text);
  process.exit();
}

let worker: Worker | undefined;

/** Runs a trial beside this thread, which a hang would stop for ever. */
async function run(seed: number): Promise<Outcome & { name: string; how: string }> {
  const { how, name, before, text } = trial(seed);
  worker ??= new Worker(new URL('./worker.ts', import.meta.url));
  const current = worker;
  let timer: NodeJS.Timeout | undefined;
  const outcome = await new Promise<Outcome>((resolve) => {
    const gone = (why: string): void => {
      worker = undefined;
      void current.terminate();
      resolve({ faults: [why], ms: HANG, failed: undefined });
    };
    timer = setTimeout(() => gone('hangs'), HANG);
    current.removeAllListeners();
    current.once('message', resolve).once('error', (error) => gone(`thrown: ${String(error)}`));
    // Its own name may be that of a test, which is not analysed.
    current.postMessage({ name: `fuzzed${path.extname(name)}`, before, text });
  });
  clearTimeout(timer);
  return { ...outcome, name, how };
}

const slowest: { ms: number; line: string }[] = [];
let faulty = 0;
let refused = 0;
const first = Number(third ?? 1);
for (let seed = first; seed < first + Number(second); seed++) {
  const { faults, ms, failed, name, how } = await run(seed);
  if (failed !== undefined) refused++;
  for (const fault of faults) console.log(`FAULT seed ${seed} ${name} (${how}): ${fault}`);
  if (faults.length > 0) faulty++;
  slowest.push({ ms, line: `${(ms / 1000).toFixed(1)} s seed ${seed} ${name} (${how})${failed === undefined ? '' : `: ${failed}`}` });
}
await worker?.terminate();
console.log(`${second} trials on ${texts.length} files: ${faulty} with a fault, ${refused} told as failed`);
for (const { line } of slowest.sort((a, b) => b.ms - a.ms).slice(0, 10)) console.log(line);
process.exitCode = faulty > 0 ? 1 : 0;
