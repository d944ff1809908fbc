import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { LimitHeaders } from '../../server/src/explain/limitHeaders.ts';
import { explainStream } from '../../server/src/explain/readInput.ts';

/** More than is looked through at once. */
const FILLER = 'all is well\n'.repeat(100_000);

describe('reading a log of any size', () => {
  const counts = async (...chunks: string[]): Promise<string[]> => (await explainStream(Readable.from(chunks), new LimitHeaders())).map(({ code, count }) => `${code} x${count}`);

  it('counts an indented line far below another by itself, and one right below it as a part of it', async () => {
    const error = 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record';
    assert.deepEqual(await counts(`${error}\n${FILLER}`, `ok\n  ${error}\n`), ['UNABLE_TO_LOCK_ROW x2']);
    assert.deepEqual(await counts(FILLER, `${error}\n  ${error}\n`), ['UNABLE_TO_LOCK_ROW x1']);
  });

  it('counts on from chunk to chunk, and a line that is cut between two of them is whole', async () => {
    const line = 'DUPLICATE_VALUE: duplicate value found\n';
    assert.deepEqual(await counts(`${line}${FILLER}${line.slice(0, 7)}`, `${line.slice(7)}${FILLER}${line}`), ['DUPLICATE_VALUE x3']);
  });
});
