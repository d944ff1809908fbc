import assert from 'node:assert/strict';
import { firstToFail, usedSince } from '../../server/src/limits/firstToFail.ts';
import type { Outlook } from '../../server/src/limits/forecast.ts';
import type { OrgLimit } from '../../server/src/limits/orgLimits.ts';
import { DEFAULT_THRESHOLDS } from '../../server/src/limits/threshold.ts';

const HOUR = 3_600_000;
const limit = (name: string, maximum: number, remaining: number): OrgLimit => ({ name, maximum, remaining, parts: [] });
const ends = (at: number): Outlook => ({ direction: 'rising', perHour: 1, runsOut: { at, earliest: at - 1, latest: at + 1 } });

describe('limits: what fails first', () => {
  const first = (limits: OrgLimit[], outlooks: Record<string, Outlook> = {}) => {
    const found = firstToFail(limits, (name) => outlooks[name], DEFAULT_THRESHOLDS);
    return found && [found.limit.name, found.runsOut?.at];
  };

  it('is what is used up, the farthest past its end before the others, whatever is foretold', () => {
    assert.deepEqual(first([limit('A', 100, 0), limit('B', 100, -20), limit('C', 100, 50)], { C: ends(5) }), ['B', undefined]);
  });

  it('is what runs out soonest, not what is used most', () => {
    assert.deepEqual(first([limit('A', 100, 5), limit('B', 100, 40), limit('C', 100, 60)], { A: { direction: 'steady', perHour: 0 }, B: ends(9), C: ends(7) }), ['C', 7]);
  });

  it('is nothing where nobody can say', () => assert.equal(first([limit('A', 100, 5), limit('None', 0, 0)]), undefined));
});

describe('limits: since when', () => {
  const samples = (...percentages: number[]) => percentages.map((used, at) => ({ time: at * HOUR, used, maximum: 100 }));

  for (const [what, percentages, since] of [
    ['the reading that crossed the line, after one below it', [50, 92, 80, 91, 95, 90], { time: 3 * HOUR, isKnown: true }],
    ['the first reading, where all are above', [95, 96], { time: 0, isKnown: false }],
    ['never, where the last is below', [95, 96, 89], undefined],
    ['never, where nothing was read', [], undefined],
  ] as const) it(`is ${what}`, () => assert.deepEqual(usedSince(samples(...percentages), 90), since));

  it('is not known where nothing was read for hours before', () => {
    assert.deepEqual(usedSince([{ time: 0, used: 10, maximum: 100 }, { time: 5 * HOUR, used: 95, maximum: 100 }, { time: 6 * HOUR, used: 95, maximum: 100 }], 90), { time: 5 * HOUR, isKnown: false });
  });

  it('is nothing to say of the first reading, nor of a limit without a maximum', () => {
    assert.equal(usedSince([{ time: 0, used: 95, maximum: 100 }], 90), undefined);
    assert.equal(usedSince([{ time: 0, used: 3, maximum: 0 }], 90), undefined);
  });
});
