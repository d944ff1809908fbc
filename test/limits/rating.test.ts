import assert from 'node:assert/strict';
import { mostUsedFirst } from '../../server/src/limits/ordering.ts';
import type { OrgLimit } from '../../server/src/limits/orgLimits.ts';
import { DEFAULT_THRESHOLDS, levelOf, thresholdsFrom } from '../../server/src/limits/threshold.ts';
import { amountText, percentText } from '../../server/src/limits/figures.ts';
import { wordsOf } from '../../server/src/limits/wording.ts';

const limit = (name: string, maximum: number, remaining: number): OrgLimit => ({ name, maximum, remaining, parts: [] });

describe('limits: levels', () => {
  const level = (maximum: number, remaining: number) => levelOf(limit('X', maximum, remaining), { high: 75, critical: 90 });

  it('follows the thresholds, each of which belongs to the upper side', () => {
    assert.equal(level(100, 100), 'unused');
    assert.equal(level(100, 99), 'normal');
    assert.equal(level(100, 26), 'normal');
    assert.equal(level(100, 25), 'high');
    assert.equal(level(100, 11), 'high');
    assert.equal(level(100, 10), 'critical');
    assert.equal(level(100, 1), 'critical');
    assert.equal(level(100, 0), 'exhausted');
    assert.equal(level(100, -5), 'exhausted');
  });

  it('calls a maximum of zero unused until something is used', () => {
    assert.equal(level(0, 0), 'unused');
    assert.equal(level(0, -1), 'exhausted');
  });

  it('takes thresholds from settings that anybody may have typed', () => {
    assert.deepEqual(thresholdsFrom(50, 60), { high: 50, critical: 60 });
    assert.deepEqual(thresholdsFrom(95, 60), { high: 60, critical: 95 });
    assert.deepEqual(thresholdsFrom('x', null), DEFAULT_THRESHOLDS);
    assert.deepEqual(thresholdsFrom(-1, Number.NaN), DEFAULT_THRESHOLDS);
    assert.deepEqual(thresholdsFrom(0, 1000), DEFAULT_THRESHOLDS);
  });
});

describe('limits: order', () => {
  it('puts the most used first, equal ones by name, the unmeasurable by what is used', () => {
    const sorted = mostUsedFirst([
      limit('None', 0, 0), limit('B', 100, 50), limit('Past', 100, -1), limit('A', 10, 5), limit('Full', 100, 1), limit('UsedOfNone', 0, -2), limit('Zero', 5, 5),
    ]);
    assert.deepEqual(sorted.map(({ name }) => name), ['UsedOfNone', 'Past', 'Full', 'A', 'B', 'Zero', 'None']);
  });

  it('leaves the given list alone', () => {
    const given = [limit('A', 10, 10), limit('B', 10, 0)];
    mostUsedFirst(given);
    assert.deepEqual(given.map(({ name }) => name), ['A', 'B']);
  });
});

describe('limits: wording', () => {
  it('makes words of keys', () => {
    assert.equal(wordsOf('DailyBulkV2QueryFileStorageMB'), 'Daily Bulk V2 Query File Storage MB');
    assert.equal(wordsOf('DailyApexPCursorLimit'), 'Daily Apex P Cursor Limit');
    assert.equal(wordsOf('Package2VersionCreates'), 'Package2 Version Creates');
    assert.equal(wordsOf('somethingNew_here'), 'something New here');
  });

  it('never rounds a percentage into 0 or 100', () => {
    assert.deepEqual([0, 0.2, 1, 49.6, 99, 99.9, 100, 132.4].map(percentText), ['0%', '<1%', '1%', '50%', '99%', '>99%', '100%', '132%']);
  });

  it('shows amounts in units that people read', () => {
    assert.equal(amountText(15000, 'requests'), '15,000');
    assert.equal(amountText(-12, undefined), '-12');
    assert.equal(amountText(512, 'MB'), '512 MB');
    assert.equal(amountText(10240, 'MB'), '10 GB');
    assert.equal(amountText(976_562, 'MB'), '953.7 GB');
    assert.equal(amountText(2 * 1024 * 1024, 'MB'), '2 TB');
  });
});
