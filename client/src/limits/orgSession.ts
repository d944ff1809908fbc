import { usedSince } from '../../../server/src/limits/firstToFail.ts';
import type { Since } from '../../../server/src/limits/firstToFail.ts';
import { outlook, windowOf } from '../../../server/src/limits/forecast.ts';
import type { Outlook, Sample } from '../../../server/src/limits/forecast.ts';
import { emptyHistory, requestsOfDay, samplesByLimit, withReading, withRequests } from '../../../server/src/limits/history.ts';
import type { History } from '../../../server/src/limits/history.ts';
import { limitTextOf } from '../../../server/src/limits/limitTexts.ts';
import { requestsSpent } from '../../../server/src/limits/limitsProblem.ts';
import { dueNotices } from '../../../server/src/limits/notices.ts';
import type { OrgLimit } from '../../../server/src/limits/orgLimits.ts';
import { nearsThreshold } from '../../../server/src/limits/threshold.ts';
import type { LimitLevel, Thresholds } from '../../../server/src/limits/threshold.ts';
import type { OrgSource } from '../orgs/orgSource.ts';
import type { Clock } from './clock.ts';
import { SYSTEM_CLOCK } from './clock.ts';
import type { HistoryFiles } from './historyFiles.ts';
import { LimitsStore } from './limitsStore.ts';
import type { LimitsState } from './limitsStore.ts';
import { Poller } from './poller.ts';

interface SessionParts {
  source: OrgSource;
  files: HistoryFiles;
  /** Asked at each use: settings change. */
  thresholds: () => Thresholds;
  /** Pause between two readings, in milliseconds. */
  interval: () => number;
  /** Something to draw has changed. */
  changed: () => void;
  /** A reading has ended and is remembered. */
  ended: (session: OrgSession) => void;
  /** Limits of which somebody should be told. */
  noticed: (session: OrgSession, due: { limit: OrgLimit; level: LimitLevel }[]) => void;
  clock?: Clock;
}

/** One org of the view: its limits, its history, where they are going, and when it is read next. Knows nothing of the editor. */
export class OrgSession {
  readonly source: OrgSource;
  readonly #parts: SessionParts;
  readonly #clock: Clock;
  readonly #store: LimitsStore;
  readonly #poller: Poller;
  #history: History = emptyHistory();
  /** Whose history it is: the Salesforce CLI's default org may be another one at each reading. */
  #historyKey: string | undefined;
  #outlooks = new Map<string, Outlook>();
  #samples = new Map<string, Sample[]>();
  /** Remembering goes one reading after the other. */
  #remembering: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: SessionParts) {
    this.#parts = parts;
    this.source = parts.source;
    this.#clock = parts.clock ?? SYSTEM_CLOCK;
    this.#poller = new Poller(() => void this.refresh(), parts.interval, this.#clock);
    this.#store = new LimitsStore({ changed: parts.changed, ended: () => this.#ended() }, () => new Date(this.#clock.now()));
    this.#store.setSource(parts.source);
  }

  /** Names the session among those of the view. */
  get id(): string {
    return this.source.id;
  }

  get state(): LimitsState {
    return this.#store.state;
  }

  /** Milliseconds since 1970, as the session knows them. */
  get now(): number {
    return this.#clock.now();
  }

  get history(): History {
    return this.#history;
  }

  /** Requests that the view has cost the org in the last 24 hours. */
  get requestsToday(): number {
    return requestsOfDay(this.#history, this.#clock.now());
  }

  outlookOf(name: string): Outlook | undefined {
    return this.#outlooks.get(name);
  }

  /** Since when so much of a limit has been used, in percent, as far as readings tell. */
  usedSince(name: string, percent: number): Since | undefined {
    return usedSince(this.#samples.get(name) ?? [], percent);
  }

  /** Reads now; resolves when the result is in the state and remembered. */
  async refresh(): Promise<void> {
    await this.#store.refresh();
    await this.#remembering;
  }

  /** Resolves when nothing is being read. */
  async settled(): Promise<void> {
    await this.#store.settled();
    await this.#remembering;
  }

  setVisible(visible: boolean): void {
    this.#poller.setVisible(visible);
  }

  setFocused(focused: boolean): void {
    this.#poller.setFocused(focused);
  }

  /** Another org may be meant from now on. @param now whether to read at once */
  restart(now: boolean): void {
    this.#poller.reset();
    this.#store.setSource(this.source);
    if (now) void this.refresh();
  }

  /** Gives up what is under way. */
  dispose(): void {
    this.#closed = true;
    this.#poller.dispose();
    this.#store.setSource(undefined);
  }

  /** Deletes what is remembered of the org. */
  async forget(): Promise<void> {
    this.dispose();
    await this.#remembering;
    if (this.source.key !== undefined) await this.#parts.files.remove(this.source.key);
  }

  #ended(): void {
    const { limits, problem } = this.state;
    const read = problem ? undefined : limits;
    const time = this.#clock.now();
    this.#remembering = this.#remembering.then(async () => {
      if (this.#closed) return;
      await this.#takeHistory();
      const spent = requestsSpent(problem, read);
      if (spent > 0) this.#history = withRequests(this.#history, time, spent);
      if (read) this.#history = withReading(this.#history, time, read);
      const { due, notices } = dueNotices(read?.limits ?? [], this.#parts.thresholds(), this.#history.notices, dayOf(time));
      if (read) this.#history = { ...this.#history, notices };
      this.#outlooks = this.#foresee(time);
      if (this.#historyKey !== undefined) this.#history = await this.#parts.files.save(this.#historyKey, this.#history, time);
      if (this.#closed) return;
      this.#poller.ended({ problem: problem?.kind, urgent: this.#isUrgent() });
      if (due.length > 0) this.#parts.noticed(this, due);
      this.#parts.ended(this);
      this.#parts.changed();
    });
  }

  /** The history of the org that the last reading was of, as it is on disk now: another window may have written to it. */
  async #takeHistory(): Promise<void> {
    const { key } = this.source;
    if (key === undefined) return;
    if (key !== this.#historyKey) this.#history = emptyHistory();
    this.#historyKey = key;
    const stored = await this.#parts.files.load(key);
    if (this.#history.readings.length === 0) this.#history = stored;
    else this.#history = { ...this.#history, notices: { ...this.#history.notices, ...stored.notices } };
  }

  #foresee(time: number): Map<string, Outlook> {
    const outlooks = new Map<string, Outlook>();
    this.#samples = samplesByLimit(this.#history);
    for (const [name, samples] of this.#samples) {
      const found = outlook(samples, time, windowOf(limitTextOf(name)?.window, name));
      if (found) outlooks.set(name, found);
    }
    return outlooks;
  }

  #isUrgent(): boolean {
    const thresholds = this.#parts.thresholds();
    return (this.state.limits?.limits ?? []).some((limit) => nearsThreshold(limit, this.#outlooks.get(limit.name), thresholds));
  }
}

/** A day of the user's calendar. */
function dayOf(time: number): string {
  const date = new Date(time);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
}
