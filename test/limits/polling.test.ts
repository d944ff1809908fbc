import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { LimitsStore } from '../../client/src/limits/limitsStore.ts';
import { Poller } from '../../client/src/limits/poller.ts';
import type { OrgSource } from '../../client/src/orgs/orgSource.ts';
import { LimitsProblem } from '../../server/src/limits/limitsProblem.ts';
import type { OrgLimits } from '../../server/src/limits/orgLimits.ts';

const LIMITS: OrgLimits = { limits: [{ name: 'X', maximum: 1, remaining: 1, parts: [] }], unreadable: [] };

describe('limits: when they are read', () => {
  let reads: number;
  let poller: Poller;

  beforeEach(() => {
    reads = 0;
    poller = new Poller(() => {
      reads++;
      poller.ended(true);
    }, () => 40);
  });
  afterEach(() => poller.dispose());

  it('never while hidden', async () => {
    poller.ended(true);
    await wait(120);
    assert.equal(reads, 0);
  });

  it('at once when the view appears, then by the interval, and no more when it is hidden', async () => {
    poller.setVisible(true);
    assert.equal(reads, 1);
    await wait(150);
    assert.ok(reads >= 2, `${reads} reads`);
    poller.setVisible(false);
    const then = reads;
    await wait(120);
    assert.equal(reads, then);
  });

  it('not at once when the view is shown again with fresh figures', () => {
    poller.setVisible(true);
    poller.setVisible(false);
    poller.setVisible(true);
    assert.equal(reads, 1);
  });

  it('more and more rarely while readings fail, an hour at most, and as before once one succeeds', () => {
    const slow = new Poller(() => {}, () => 600_000);
    slow.setVisible(true);
    const pauses = [1, 2, 3, 4, 50].map((failures) => {
      slow.reset();
      for (let count = 0; count < failures; count++) slow.ended(false);
      return slow.pause;
    });
    assert.deepEqual(pauses, [1_200_000, 2_400_000, 3_600_000, 3_600_000, 3_600_000]);
    slow.ended(true);
    assert.equal(slow.pause, 600_000);
    slow.setVisible(false);
    assert.equal(slow.pause, undefined);
    slow.dispose();
  });
});

describe('limits: the store', () => {
  const source = (read: (signal: AbortSignal) => Promise<OrgLimits>): OrgSource => ({ kind: 'demo', name: 'Test', read });

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
