import { withApiUsage } from '../../../server/src/limits/limitInfo.ts';
import { asLimitsProblem } from '../../../server/src/limits/limitsProblem.ts';
import type { LimitsProblem } from '../../../server/src/limits/limitsProblem.ts';
import type { OrgLimits } from '../../../server/src/limits/orgLimits.ts';
import type { OrgSource } from '../orgs/orgSource.ts';

/** What is known of the chosen org's limits. */
export interface LimitsState {
  source: OrgSource | undefined;
  reading: boolean;
  /** The last limits that were read, kept when a later reading fails. */
  limits: OrgLimits | undefined;
  /** When they were read. */
  readAt: Date | undefined;
  /** Why the last reading failed, if it did. */
  problem: LimitsProblem | undefined;
}

interface StoreEvents {
  /** The state is another one. */
  changed: () => void;
  /** A reading has ended by itself, not because another org was chosen. */
  ended: (succeeded: boolean) => void;
}

/** Holds the limits of one org and reads them, one request at a time. */
export class LimitsStore {
  readonly #events: StoreEvents;
  readonly #now: () => Date;
  #state: LimitsState = emptyState(undefined);
  #running: { done: Promise<void>; abort: AbortController } | undefined;

  /** @param now the time, for the moment of a reading */
  constructor(events: StoreEvents, now: () => Date = () => new Date()) {
    this.#events = events;
    this.#now = now;
  }

  get state(): LimitsState {
    return this.#state;
  }

  /** Takes another org; a reading of the former one is given up. */
  setSource(source: OrgSource | undefined): void {
    this.#running?.abort.abort();
    this.#running = undefined;
    this.#state = emptyState(source);
    this.#events.changed();
  }

  /** Reads now, or joins the reading that is under way. Never rejects: a failure becomes the state's problem. */
  refresh(): Promise<void> {
    const { source } = this.#state;
    if (!source) return Promise.resolve();
    if (this.#running) return this.#running.done;
    const abort = new AbortController();
    const done = this.#read(source, abort.signal);
    this.#running = { done, abort };
    this.#state = { ...this.#state, reading: true };
    this.#events.changed();
    return done;
  }

  /** Resolves when nothing is being read, for however many orgs in a row. */
  async settled(): Promise<void> {
    while (this.#running) await this.#running.done;
  }

  async #read(source: OrgSource, signal: AbortSignal): Promise<void> {
    let result: Pick<LimitsState, 'limits' | 'readAt' | 'problem'>;
    try {
      const limits = await source.read(signal);
      result = { limits, readAt: this.#now(), problem: undefined };
    } catch (error) {
      const problem = asLimitsProblem(error);
      const { limits, readAt } = this.#state;
      // A refusal tells the org's requests in its header, to users who may not see the list too.
      result = problem.apiUsage
        ? { limits: withApiUsage(limits ?? { limits: [], unreadable: [] }, problem.apiUsage), readAt: readAt ?? this.#now(), problem }
        : { limits, readAt, problem };
    }
    if (signal.aborted) return;
    this.#running = undefined;
    this.#state = { source, reading: false, ...result };
    this.#events.ended(result.problem === undefined);
    this.#events.changed();
  }
}

function emptyState(source: OrgSource | undefined): LimitsState {
  return { source, reading: false, limits: undefined, readAt: undefined, problem: undefined };
}
