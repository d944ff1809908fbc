// A process of its own for one measurement: a cold check of a folder, then one edit, the edited file asked again, then every file. Prints JSON; times in milliseconds.
import { discoverFiles } from '../../server/src/engine/discover.ts';
import { Engine } from '../../server/src/engine/engine.ts';
import { readSourceNow } from '../../server/src/engine/sourceFile.ts';
import { WASM } from '../fixtures/analyse.ts';

const folder = process.argv[2]!;
const engine = new Engine({ wasmFolder: WASM });
const analyseAll = async (): Promise<number> => {
  await engine.prepare();
  return engine.paths().reduce((sum, path) => sum + engine.analyse(path).calls.length, 0);
};

const start = performance.now();
for await (const file of discoverFiles(folder, { now: true })) {
  const result = readSourceNow(file.path);
  if (!('text' in result)) continue;
  if (file.role === 'project') engine.setProjectFile(file.path, result.text);
  else engine.setFile(file.path, result.text);
}
const calls = await analyseAll();
const cold = performance.now() - start;

const edited = engine.paths().find((path) => engine.analyse(path).calls.length > 0) ?? engine.paths()[0]!;
const second = performance.now();
engine.setFile(edited, `${engine.text(edited)}\n// edited\n`);
await engine.prepare();
engine.analyse(edited);
const same = performance.now() - second;
await analyseAll();
const again = performance.now() - second;

console.log(JSON.stringify({ cold, same, again, calls, files: engine.paths().length }));
