import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { limitFile } from '../../catalog/schema/limit.ts';
import { limitTextOf } from '../../server/src/limits/limitTexts.ts';

const FOLDER = new URL('../../catalog/limits/', import.meta.url);

describe('limits: catalogue', () => {
  const files = readdirSync(FOLDER).filter((name) => name.endsWith('.json'));
  const entries = files.flatMap((name) => limitFile.parse(JSON.parse(readFileSync(new URL(name, FOLDER), 'utf8'))).limits);

  it('serves every entry of every file, each key once', () => {
    assert.ok(entries.length >= 80, `${entries.length} entries`);
    assert.equal(new Set(entries.map(({ name }) => name)).size, entries.length);
    for (const entry of entries) assert.deepEqual(limitTextOf(entry.name), entry);
  });

  it('says nothing of a key it does not know', () => {
    assert.equal(limitTextOf('DailySomethingNew'), undefined);
    assert.equal(limitTextOf('constructor'), undefined);
  });
});
