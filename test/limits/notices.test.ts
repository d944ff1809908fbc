import assert from 'node:assert/strict';
import { dueNotices, noticesFrom } from '../../server/src/limits/notices.ts';
import type { Notice } from '../../server/src/limits/notices.ts';
import type { OrgLimit } from '../../server/src/limits/orgLimits.ts';
import { DEFAULT_THRESHOLDS } from '../../server/src/limits/threshold.ts';

const REQUESTS = 'DailyApiRequests';
const STORAGE = 'DataStorageMB';
const limit = (used: number, name = REQUESTS): OrgLimit => ({ name, maximum: 100, remaining: 100 - used, parts: [] });

describe('limits: notifications', () => {
  let notices: Record<string, Notice>;
  const told = (used: number, day: string, name = REQUESTS): string[] => {
    const { due, notices: next } = dueNotices([limit(used, name)], DEFAULT_THRESHOLDS, notices, day);
    notices = noticesFrom(JSON.parse(JSON.stringify(next)));
    return due.map(({ level }) => level);
  };
  beforeEach(() => {
    notices = {};
  });

  it('tell of a limit once for each threshold and day, however often it is read', () => {
    const day = [50, 80, 91, 95, 89, 93, 100, 99, 100, 40, 92, 120].map((used) => told(used, '2026-11-21'));
    assert.deepEqual(day.flat(), ['critical', 'exhausted']);
    assert.deepEqual(told(92, '2026-11-22'), ['critical']);
    assert.deepEqual(told(95, '2026-11-22'), []);
  });

  it('tell of full storage once, not every day', () => {
    assert.deepEqual(['21', '22', '23'].map((day) => told(95, `2026-11-${day}`, STORAGE)), [['critical'], [], []]);
    assert.deepEqual(told(100, '2026-11-23', STORAGE), ['exhausted']);
    assert.deepEqual(told(50, '2026-11-24', STORAGE), []);
    assert.deepEqual(told(95, '2026-11-25', STORAGE), ['critical']);
  });

  it('say nothing of what is high but not critical, of zero maxima without use, and of the org that has none', () => {
    assert.deepEqual(told(89, '2026-11-21'), []);
    const { due } = dueNotices([{ name: 'X', maximum: 0, remaining: 0, parts: [] }], DEFAULT_THRESHOLDS, {}, '2026-11-21');
    assert.deepEqual(due, []);
  });

  it('take garbage for nothing told', () => {
    for (const garbage of [undefined, null, 5, 'x', [], { A: null }, { A: { level: 'odd', day: '', told: [] } }, { A: { level: 'critical', day: 5, told: [] } }]) assert.deepEqual(noticesFrom(garbage), {});
  });
});
