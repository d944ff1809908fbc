import assert from 'node:assert/strict';
import path from 'node:path';
import { engineOf, ROOT } from '../fixtures/analyse.ts';
import { LONG_CODE } from '../fixtures/longCode.ts';

// How the time grows with the length is a benchmark's business (test/bench/growth.ts). Work that grew with its square would use up the time that
// one file may take, and the file would be left out.
describe('code that goes on and on', () => {
  for (const [what, make] of Object.entries(LONG_CODE)) {
    it(`${what} are read to the end`, async function () {
      this.timeout(60_000);
      const { text, calls } = make(3000);
      const engine = await engineOf([{ name: 'long.ts', text }]);
      const analysis = engine.analyse(path.join(ROOT, 'long.ts'));
      assert.equal(analysis.failed, undefined);
      assert.equal(analysis.calls.length, calls);
    });
  }
});
