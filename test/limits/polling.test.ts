import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { LimitsStore } from '../../client/src/limits/limitsStore.ts';
import { Poller } from '../../client/src/limits/poller.ts';
import type { Ending } from '../../client/src/limits/poller.ts';
import type { OrgSource } from '../../client/src/orgs/orgSource.ts';
import { LimitsProblem } from '../../server/src/limits/limitsProblem.ts';
import type { OrgLimits } from '../../server/src/limits/orgLimits.ts';
import { VirtualClock } from './virtualClock.ts';

const LIMITS: OrgLimits = { limits: [{ name: 'X', maximum: 1, remaining: 1, parts: [] }], unreadable: [] };

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('limits: when they are read', () => {
  let reads: number;
  let ending: Ending;
  let clock: VirtualClock;
  let poller: Poller;

  beforeEach(() => {
    reads = 0;
    ending = {};
    clock = new VirtualClock(Date.UTC(2026, 10, 21));
    poller = new Poller(() => {
      reads++;
      poller.ended(ending);
    }, () => 10 * MINUTE, clock);
  });
  afterEach(() => poller.dispose());

  it('never while hidden', async () => {
    poller.ended({});
    await clock.pass(48 * HOUR);
    assert.equal(reads, 0);
  });

  it('at once when the view appears, then every ten minutes, and no more when it is hidden', async () => {
    poller.setVisible(true);
    assert.equal(reads, 1);
    await clock.pass(HOUR);
    assert.equal(reads, 7);
    poller.setVisible(false);
    await clock.pass(24 * HOUR);
    assert.equal(reads, 7);
  });

  it('not at once when the view is shown again with fresh figures', async () => {
    for (let times = 0; times < 20; times++) {
      poller.setVisible(true);
      await clock.pass(1_000);
      poller.setVisible(false);
    }
    assert.equal(reads, 1);
  });

  it('no more once the window was left alone for half an hour, and at once when somebody is back', async () => {
    poller.setVisible(true);
    poller.setFocused(false);
    await clock.pass(29 * MINUTE);
    poller.setFocused(true);
    assert.equal(reads, 3);
    poller.setFocused(false);
    await clock.pass(31 * MINUTE);
    const then = reads;
    await clock.pass(72 * HOUR);
    assert.equal(reads, then);
    poller.setFocused(true);
    assert.equal(reads, then + 1);
    await clock.pass(HOUR);
    assert.equal(reads, then + 7);
  });

  it('twice as often while a limit nears a threshold, and no oftener', async () => {
    poller.setVisible(true);
    ending = { urgent: true };
    await clock.pass(10 * MINUTE);
    const then = reads;
    await clock.pass(HOUR);
    assert.equal(reads, then + 12);
  });

  it('more and more rarely while readings fail, an hour at most, and as before once one succeeds', async () => {
    poller.setVisible(true);
    const pauses = [1, 2, 3, 4, 50].map((failures) => {
      poller.reset();
      for (let count = 0; count < failures; count++) poller.ended({ problem: 'offline' });
      return poller.pause;
    });
    assert.deepEqual(pauses, [20 * MINUTE, 40 * MINUTE, HOUR, HOUR, HOUR]);
    poller.ended({});
    assert.equal(poller.pause, 10 * MINUTE);
    poller.setVisible(false);
    assert.equal(poller.pause, undefined);
  });

  it('once an hour where asking again cannot help, also when the view is shown again and again', async () => {
    ending = { problem: 'session-expired' };
    poller.setVisible(true);
    await clock.pass(5 * HOUR);
    assert.equal(reads, 6);
    poller.setVisible(false);
    await clock.pass(10 * MINUTE);
    poller.setVisible(true);
    assert.equal(reads, 6);
  });

  for (const [what, shift] of [['back by a day', -24 * HOUR], ['forward by a day', 24 * HOUR]] as const) {
    it(`as before when the clock is put ${what}`, async () => {
      poller.setVisible(true);
      await clock.pass(5 * MINUTE);
      clock.shift(shift);
      poller.setVisible(false);
      poller.setVisible(true);
      await clock.pass(HOUR);
      assert.ok(reads >= 6 && reads <= 9, `${reads} reads`);
    });
  }
});

describe('limits: the store', () => {
  const source = (read: (signal: AbortSignal) => Promise<OrgLimits>): OrgSource => ({ id: 'demo', kind: 'demo', key: undefined, name: 'Test', read });

  it('has one reading in flight, however often it is asked', async () => {
    let started = 0;
    const store = new LimitsStore({ changed: () => {}, ended: () => {} });
    store.setSource(source(async () => {
      started++;
      await wait(20);
      return LIMITS;
    }));
    await Promise.all([store.refresh(), store.refresh(), store.refresh()]);
    assert.equal(started, 1);
    await store.refresh();
    assert.equal(started, 2);
  });

  it('keeps the last limits when a reading fails, and says why it failed', async () => {
    const ends: boolean[] = [];
    let fail = false;
    const store = new LimitsStore({ changed: () => {}, ended: (succeeded) => ends.push(succeeded) });
    store.setSource(source(async () => {
      if (fail) throw new LimitsProblem('offline', 'gone');
      return LIMITS;
    }));
    await store.refresh();
    fail = true;
    await store.refresh();
    assert.equal(store.state.problem?.kind, 'offline');
    assert.equal(store.state.limits, LIMITS);
    assert.deepEqual(ends, [true, false]);
    fail = false;
    await store.refresh();
    assert.equal(store.state.problem, undefined);
  });

  it('shows the requests that a refusal tells, also to users who may not see the list', async () => {
    const store = new LimitsStore({ changed: () => {}, ended: () => {} });
    store.setSource(source(async () => {
      throw new LimitsProblem('no-permission', 'no', { used: 40, maximum: 100 });
    }));
    await store.refresh();
    assert.equal(store.state.problem?.kind, 'no-permission');
    assert.deepEqual(store.state.limits?.limits, [{ name: 'DailyApiRequests', maximum: 100, remaining: 60, parts: [] }]);
    assert.ok(store.state.readAt);
  });

  it('understands a problem of another copy of the class, and anything else that is thrown', async () => {
    const store = new LimitsStore({ changed: () => {}, ended: () => {} });
    store.setSource(source(async () => {
      throw Object.assign(new Error('old'), { name: 'LimitsProblem', kind: 'session-expired' });
    }));
    await store.refresh();
    assert.equal(store.state.problem?.kind, 'session-expired');
    store.setSource(source(() => Promise.reject(new TypeError('odd'))));
    await store.refresh();
    assert.equal(store.state.problem?.kind, 'unknown');
  });

  it('gives up a reading when another org is chosen, and its late answer changes nothing', async () => {
    const store = new LimitsStore({ changed: () => {}, ended: () => {} });
    let aborted = false;
    store.setSource(source(async (signal) => {
      await wait(30);
      aborted = signal.aborted;
      throw new Error('late');
    }));
    const late = store.refresh();
    store.setSource(source(async () => LIMITS));
    await store.refresh();
    await late;
    assert.ok(aborted);
    assert.equal(store.state.limits, LIMITS);
    assert.equal(store.state.problem, undefined);
  });

  it('has nothing to read without an org', async () => {
    const store = new LimitsStore({ changed: () => {}, ended: () => assert.fail('read') });
    await store.refresh();
    await store.settled();
    assert.equal(store.state.limits, undefined);
  });
});
