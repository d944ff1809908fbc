import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistoryFiles } from '../../client/src/limits/historyFiles.ts';
import { OrgSession } from '../../client/src/limits/orgSession.ts';
import { readLimits } from '../../server/src/limits/jsforceOrg.ts';
import { DEFAULT_THRESHOLDS } from '../../server/src/limits/threshold.ts';
import type { Fault, Simulator } from '../../server/src/simulator/main.ts';
import { startSimulator } from '../../server/src/simulator/main.ts';
import { VirtualClock } from './virtualClock.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
/** A Monday, midnight. */
const START = Date.UTC(2026, 10, 16);
const MAXIMUM = 100_000;
/** On Thursday at one, somebody deploys a loop. */
const RUNAWAY = START + 3 * DAY + 13 * HOUR;

/** Numbers from 0 to 1 that are the same at every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/**
 * Requests of each minute of a week and the day before it: offices from eight to six, a nightly load, less at weekends, bursts everywhere.
 * @param scale how busy the org is
 * @param loop requests a minute of the loop
 */
function traffic(seed: number, scale: number, loop: number, days = 8): number[] {
  const next = random(seed);
  return Array.from({ length: days * 24 * 60 }, (_, minute) => {
    const time = START - DAY + minute * MINUTE;
    const hour = (time / HOUR) % 24;
    const weekday = new Date(time).getUTCDay();
    const isWorkday = weekday > 0 && weekday < 6;
    const office = isWorkday && hour >= 8 && hour < 18 ? 40 + 25 * Math.sin(((hour - 8) / 10) * Math.PI) : 8;
    const load = hour >= 2 && hour < 3 ? 120 : 0;
    const runaway = time >= RUNAWAY && time < RUNAWAY + 12 * HOUR ? loop : 0;
    return Math.round(((office + load) * scale + runaway) * (0.4 + 1.2 * next()));
  });
}

/** Use of the rolling day at each minute. */
function rolling(requests: readonly number[]): number[] {
  let sum = 0;
  return requests.map((count, minute) => {
    sum += count - (requests[minute - 24 * 60] ?? 0);
    return sum;
  });
}

interface Week {
  spent: number[];
  /** Forecasts: when they were made, and in how many hours they expected the end. */
  forecasts: { madeAt: number; at: number; earliest: number; latest: number }[];
  told: string[];
  readings: number;
}

describe('limits: a simulated week', function () {
  this.timeout(120_000);
  let org: Simulator;
  let folder: string;
  before(async () => {
    org = await startSimulator({ data: 'empty' });
    folder = await mkdtemp(join(tmpdir(), 'api-guard-week-'));
  });
  after(async () => {
    await org.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** @param isVisible whether somebody looks at the view at a time of day */
  async function live(name: string, used: readonly number[], isVisible: (time: number) => boolean, days = 7): Promise<Week> {
    const clock = new VirtualClock(START);
    const week: Week = { spent: Array.from({ length: days }, () => 0), forecasts: [], told: [], readings: 0 };
    const minuteOf = (time: number): number => Math.floor((time - START + DAY) / MINUTE);
    const session = new OrgSession({
      clock,
      files: new HistoryFiles(folder),
      source: {
        id: name, kind: 'token', key: name, name,
        read: (signal) => {
          const day = Math.floor((clock.now() - START) / DAY);
          week.spent[day] = (week.spent[day] ?? 0) + 1;
          // What the view itself spends counts too.
          const now = (used[minuteOf(clock.now())] ?? 0) + session.requestsToday;
          org.control.setLimits({ DailyApiRequests: { Max: MAXIMUM, Remaining: Math.max(1, MAXIMUM - now) } });
          return readLimits({ instanceUrl: org.instanceUrl, accessToken: org.accessToken, signal });
        },
      },
      thresholds: () => DEFAULT_THRESHOLDS,
      interval: () => 10 * MINUTE,
      changed: () => {},
      ended: () => {
        week.readings++;
        const { runsOut } = session.outlookOf('DailyApiRequests') ?? {};
        if (runsOut) week.forecasts.push({ madeAt: clock.now(), ...runsOut });
      },
      noticed: (_session, due) => week.told.push(...due.map(({ limit, level }) => `${limit.name} ${level} ${new Date(clock.now()).toISOString().slice(0, 10)}`)),
    });
    const settled = (): Promise<void> => session.settled();
    for (let hour = 0; hour < days * 24; hour++) {
      session.setVisible(isVisible(clock.now()));
      await settled();
      await clock.pass(HOUR, settled);
    }
    session.dispose();
    return week;
  }

  const mean = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0) / Math.max(1, numbers.length);

  it('costs a request every ten minutes while it is looked at, and foretells the end of a limit by hours', async () => {
    const used = rolling(traffic(7, 1, 110));
    const end = START - DAY + used.findIndex((each, minute) => minute > 24 * 60 && each >= MAXIMUM) * MINUTE;
    assert.ok(end > RUNAWAY && end < RUNAWAY + 12 * HOUR, 'the loop uses the limit up');
    const week = await live('always', used, () => true);
    const made = week.forecasts.filter(({ madeAt }) => madeAt > RUNAWAY && madeAt < end);
    const errors = made.map(({ madeAt, at }) => ({ hoursBefore: (end - madeAt) / HOUR, minutesOff: Math.abs(at - end) / MINUTE }));
    const within = made.filter(({ earliest, latest }) => earliest <= end && end <= latest).length;
    const errorAt = (from: number, to: number): number => mean(errors.filter(({ hoursBefore }) => hoursBefore >= from && hoursBefore < to).map(({ minutesOff }) => minutesOff));
    const first = Math.max(...errors.map(({ hoursBefore }) => hoursBefore));
    console.log(`      requests spent a day: ${week.spent.slice(0, 7).join(', ')}; foretold first ${first.toFixed(1)} h before the end; mean error ${errorAt(3, 99).toFixed(0)} min from 3 h on, `
      + `${errorAt(1, 3).toFixed(0)} min at 1 to 3 h, ${errorAt(0, 1).toFixed(0)} min in the last hour; ${within} of ${made.length} within the margin`);
    assert.ok(Math.max(...week.spent) <= 24 * 7, 'requests a day');
    assert.deepEqual(week.spent.slice(0, 3), [144, 144, 144], 'nothing nears a threshold on calm days');
    assert.ok(first > 4, 'foretold late');
    assert.ok(errorAt(1, 3) < 30 && errorAt(0, 1) < 10, 'far off');
    assert.ok(within >= 0.7 * made.length, 'margins that do not hold');
    assert.deepEqual(week.forecasts.filter(({ madeAt }) => madeAt < RUNAWAY || madeAt > end), [], 'false alarms');
    // Storage of the simulated org is nearly full from the start and does not move; requests are still used up when the next day begins.
    assert.deepEqual(week.told, ['DataStorageMB critical 2026-11-16', 'DailyApiRequests critical 2026-11-19', 'DailyApiRequests exhausted 2026-11-19', 'DailyApiRequests exhausted 2026-11-20']);
  });

  it('cries wolf to nobody in an org that rises to five sixths after each weekend, once it has seen one', async () => {
    const used = rolling(traffic(11, 1.75, 0, 10));
    const peak = Math.max(...used.slice(24 * 60));
    assert.ok(peak > 0.82 * MAXIMUM && peak < 0.9 * MAXIMUM, `${peak}`);
    const week = await live('busy', used, () => true, 9);
    const [first, later] = [week.forecasts.filter(({ madeAt }) => madeAt < START + DAY), week.forecasts.filter(({ madeAt }) => madeAt >= START + DAY)];
    console.log(`      ${first.length} forecasts on the first Monday, of which nothing is known, ${later.length} in the ${week.readings - 144} readings after it`);
    assert.deepEqual(later, []);
    assert.deepEqual(week.told, ['DataStorageMB critical 2026-11-16']);
  });

  it('lives through a bad week: sessions that end, outages, answers without end, clocks that jump, a limit more each hour', async () => {
    const clock = new VirtualClock(START);
    const used = rolling(traffic(7, 1, 0));
    const spent = new Map<number, number>();
    const told: string[] = [];
    const problems = new Map<string, number>();
    let passed = 0;
    let token = org.accessToken;
    const session = new OrgSession({
      clock,
      files: new HistoryFiles(folder),
      source: {
        id: 'bad', kind: 'token', key: 'bad', name: 'bad',
        read: async (signal) => {
          const day = Math.floor(passed / 24);
          spent.set(day, (spent.get(day) ?? 0) + 1);
          org.control.setLimits({ DailyApiRequests: { Max: MAXIMUM, Remaining: MAXIMUM - (used[24 * 60 + passed * 60] ?? 0) }, [`HourlyNewThing${passed}`]: { Max: 0, Remaining: passed % 24 === 0 ? -1 : 0 } });
          return readLimits({ instanceUrl: org.instanceUrl, accessToken: token, signal, timeLimit: 50 });
        },
      },
      thresholds: () => DEFAULT_THRESHOLDS,
      interval: () => 10 * MINUTE,
      changed: () => {},
      ended: ({ state: { problem } }) => problems.set(problem?.kind ?? 'none', (problems.get(problem?.kind ?? 'none') ?? 0) + 1),
      noticed: (_session, due) => told.push(...due.map(({ limit }) => limit.name)),
    });
    const settled = (): Promise<void> => session.settled();
    const faults: Record<number, Fault> = {
      10: { operation: 'limits', kind: 'error', code: 'SERVER_UNAVAILABLE' }, 34: { operation: 'limits', kind: 'endless' }, 58: { operation: 'limits', kind: 'redirect' },
      82: { operation: 'limits', kind: 'garbage' }, 106: { operation: 'limits', kind: 'reset', applied: false }, 130: { operation: 'limits', kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED' },
    };
    session.setVisible(true);
    await settled();
    for (passed = 0; passed < 7 * 24; passed++) {
      const fault = faults[passed];
      if (fault) org.control.addFault(fault);
      // Each bad thing lasts three hours.
      if (faults[passed - 3]) org.control.clearFaults();
      if (passed === 20) token = token.replace(/.$/, '');
      if (passed === 23) token = org.accessToken;
      if (passed === 44) clock.shift(-DAY);
      if (passed === 68) clock.shift(2 * DAY);
      if (passed === 92) clock.shift(-DAY);
      await clock.pass(HOUR, settled);
    }
    org.control.clearFaults();
    await session.refresh();
    // The refresh of the end is no part of the week.
    spent.delete(7);
    console.log(`      requests spent a day: ${[...spent.values()].join(', ')}; ended with ${[...problems].map(([kind, count]) => `${kind} ${count}`).join(', ')}`);
    assert.deepEqual([...problems.keys()].sort(), ['garbage', 'none', 'offline', 'org-unavailable', 'request-limit', 'session-expired', 'slow', 'wrong-address']);
    assert.ok([...spent.values()].every((count) => count <= 150), 'a bad day costs no more than a good one');
    assert.ok([...spent.values()].every((count) => count >= 90), 'after a bad thing it goes on');
    assert.equal(session.state.problem, undefined);
    assert.ok((session.state.limits?.limits.length ?? 0) > 200);
    assert.ok(told.every((name) => name === 'DataStorageMB' || name.startsWith('HourlyNewThing')), told.join());
    const readings = session.history.readings.map(({ time }) => time);
    assert.deepEqual(readings, readings.toSorted((a, b) => a - b));
    assert.ok(readings.at(-1)! <= clock.now() && readings.length < 400, `${readings.length}`);
    session.dispose();
  });

  it('costs nothing while nobody looks', async () => {
    const used = rolling(traffic(7, 1, 0));
    const week = await live('office', used, (time) => {
      const hour = (time / HOUR) % 24;
      return new Date(time).getUTCDay() % 6 !== 0 && hour >= 9 && hour < 12;
    });
    assert.deepEqual(week.spent.slice(0, 7).map((count) => (count > 0 ? Math.round(count / 6) : 0)), [3, 3, 3, 3, 3, 0, 0]);
  });
});
