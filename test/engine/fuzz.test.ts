import assert from 'node:assert/strict';
import { fileRole } from '../../server/src/engine/sourceFile.ts';
import { mutate } from '../fuzz/mutate.ts';
import { tryText } from '../fuzz/trial.ts';
import { fixtureFiles } from './allFixtures.ts';
import { randomIntegers } from './random.ts';

const TRIALS = 80;

describe('mutated sources', () => {
  it('get an answer, the same each time, with every place in the text', async function () {
    this.timeout(120_000);
    const files = fixtureFiles().filter(({ name, text }) => fileRole(name) === 'source' && text.includes('jsforce'));
    const random = randomIntegers(11);
    let failed = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const file = files[random(files.length)]!;
      const { text, how } = mutate(file.text, random, files[random(files.length)]!.text);
      const outcome = await tryText(`fuzzed${/\.[^.]+$/.exec(file.name)![0]}`, text, file.text);
      assert.deepEqual(outcome.faults, [], `trial ${trial}: ${file.name} (${how})`);
      if (outcome.failed !== undefined) failed++;
    }
    assert.ok(failed < TRIALS / 4, `${failed} of ${TRIALS} were told as failed: nearly all can be read`);
  });
});
