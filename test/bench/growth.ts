import { Engine } from '../../server/src/engine/engine.ts';
import { WASM } from '../fixtures/analyse.ts';
import { LONG_CODE } from '../fixtures/longCode.ts';

const SHORT = 400;
const TIMES = 4;

/** Prints how much longer judging takes for code that is four times as long: four where the work grows with the length, sixteen where it grows with its square. */
export async function measureGrowth(): Promise<void> {
  for (const [what, make] of Object.entries(LONG_CODE)) {
    // The first run is the compiler's.
    await judge(make(SHORT / 2).text);
    const short = await judge(make(SHORT).text);
    const long = await judge(make(SHORT * TIMES).text);
    console.log(`${what}: ${TIMES} times as many take ${(long / short).toFixed(1)} times as long (${short.toFixed(0)} ms, ${long.toFixed(0)} ms)`);
  }
}

/** The processor's time that judging a text takes, in milliseconds. */
async function judge(text: string): Promise<number> {
  const file = '/bench/long.ts';
  const engine = new Engine({ wasmFolder: WASM });
  engine.setFile(file, text);
  await engine.prepare();
  const before = process.cpuUsage();
  engine.analyse(file);
  return process.cpuUsage(before).user / 1000;
}
