import assert from 'node:assert/strict';
import { outlook, windowOf } from '../../server/src/limits/forecast.ts';
import type { Sample } from '../../server/src/limits/forecast.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.UTC(2026, 10, 21, 12);

/** Samples every ten minutes that end now. @param used by the minutes before now */
function samples(used: (minutesAgo: number) => number, minutes = 180, maximum = 1000): Sample[] {
  return Array.from({ length: minutes / 10 + 1 }, (_, at) => ({ time: NOW - (minutes - at * 10) * MINUTE, used: used(minutes - at * 10), maximum }));
}

describe('limits: where they are going', () => {
  it('is not said from fewer than four samples, from a few minutes, or from old ones', () => {
    assert.equal(outlook([], NOW, 'day'), undefined);
    assert.equal(outlook(samples((ago) => 500 - ago, 20), NOW, 'day'), undefined);
    assert.equal(outlook(samples((ago) => 500 - ago, 40), NOW, 'day'), undefined);
    assert.equal(outlook(samples((ago) => 500 - ago), NOW + 5 * HOUR, 'day'), undefined);
    assert.ok(outlook(samples((ago) => 500 - ago, 50), NOW, 'day'));
  });

  it('is steady where nothing moves, or too little to care', () => {
    assert.deepEqual(outlook(samples(() => 500), NOW, 'day'), { direction: 'steady', perHour: 0 });
    assert.equal(outlook(samples((ago) => 500 - ago / 60), NOW, 'day')?.direction, 'steady');
    assert.equal(outlook(samples((ago) => 500 + (ago % 20 === 0 ? 60 : -60)), NOW, 'day')?.direction, 'steady');
  });

  it('falls', () => {
    const found = outlook(samples((ago) => 500 + ago), NOW, 'day');
    assert.equal(found?.direction, 'falling');
    assert.equal(found?.runsOut, undefined);
    assert.ok(Math.abs((found?.perHour ?? 0) + 60) < 1e-6);
  });

  it('runs out when an even rise has used it up, with a narrow margin', () => {
    const found = outlook(samples((ago) => 760 - ago), NOW, 'day');
    assert.equal(found?.direction, 'rising');
    const { at, earliest, latest } = found?.runsOut ?? assert.fail('no forecast');
    assert.ok(Math.abs(at - (NOW + 4 * HOUR)) < MINUTE);
    assert.ok(earliest < at && at < latest && latest - earliest < 3 * HOUR, `${(latest - earliest) / HOUR} h`);
  });

  it('is less certain the more unevenly it rises, and silent where that says nothing any more', () => {
    const width = (jitter: number): number => {
      const { runsOut } = outlook(samples((ago) => 760 - ago + (ago % 20 === 0 ? jitter : -jitter)), NOW, 'day') ?? {};
      return runsOut ? runsOut.latest - runsOut.earliest : Number.POSITIVE_INFINITY;
    };
    assert.ok(width(0) < width(20));
    assert.equal(width(150), Number.POSITIVE_INFINITY);
  });

  it('says nothing beyond the window: use of a day is given back after a day', () => {
    assert.equal(outlook(samples((ago) => 500 - ago / 3), NOW, 'day')?.runsOut, undefined);
    assert.equal(outlook(samples((ago) => 500 - ago / 3), NOW, 'day')?.direction, 'rising');
    assert.equal(outlook(samples((ago) => 900 - ago, 60), NOW, 'moment')?.runsOut, undefined);
  });

  it('looks at an hourly count only since its hour began', () => {
    const hourly = samples((ago) => (ago > 30 ? 900 : 400 - ago * 10), 60);
    assert.ok(Math.abs((outlook(hourly, NOW, 'hour')?.perHour ?? 0) - 600) < 1);
  });

  it('looks at a limit only since its maximum last changed', () => {
    const raised = [...samples((ago) => 990 - ago, 180), ...Array.from({ length: 6 }, (_, at) => ({ time: NOW + (at + 1) * 10 * MINUTE, used: 1000, maximum: 5000 }))];
    assert.equal(outlook(raised, NOW + HOUR, 'day')?.direction, 'steady');
  });

  it('takes samples in any order, twice, from the future, and of garbage', () => {
    const good = samples((ago) => 760 - ago);
    const odd = [{ time: NOW + 9 * HOUR, used: 1, maximum: 1000 }, ...[...good].reverse(), ...good, { time: NOW - MINUTE, used: Number.NaN, maximum: 1000 }];
    assert.deepEqual(outlook(odd, NOW, 'day'), outlook(good, NOW, 'day'));
  });

  it('says nothing of a maximum of zero, and foretells nothing of what has run out', () => {
    assert.equal(outlook(samples((ago) => 500 - ago, 180, 0), NOW, 'day'), undefined);
    assert.equal(outlook(samples((ago) => 1300 - ago), NOW, 'day')?.runsOut, undefined);
  });

  for (const [words, name, window] of [
    ['24 hours, rolling', 'X', 'day'], ['one hour', 'X', 'hour'], ['30 minutes, rolling', 'X', 'hour'], ['one month', 'X', 'month'], ['in total', 'X', 'total'], ['at any moment', 'X', 'moment'],
    [undefined, 'DailyNewThings', 'day'], [undefined, 'HourlyNewThings', 'hour'], [undefined, 'MonthlyNewThings', 'month'], [undefined, 'BigObjectStorageMB', 'total'], [undefined, 'NewThings', 'moment'],
  ] as const) {
    it(`counts ${words ?? name} by the ${window}`, () => assert.equal(windowOf(words, name), window));
  }
});
