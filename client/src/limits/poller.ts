import type { LimitsProblemKind } from '../../../server/src/limits/limitsProblem.ts';
import type { Clock } from './clock.ts';
import { SYSTEM_CLOCK } from './clock.ts';

const MINUTE = 60_000;

/** Longest pause after failures, in milliseconds. */
const LONGEST_PAUSE = 60 * MINUTE;

/** A view that is shown again reads anew only when its figures are older than this, in milliseconds. */
const FRESH = MINUTE;

/** Shortest pause, taken while a limit nears a threshold, in milliseconds: Salesforce's own figures are up to five minutes old. */
const SHORTEST_PAUSE = 5 * MINUTE;

/** A window that nobody has looked at for so long is taken for left alone, in milliseconds. */
const LEFT_ALONE = 30 * MINUTE;

/** Problems that do not pass by themselves: asking again before somebody has done something only costs. */
const LASTING: readonly LimitsProblemKind[] = ['no-cli', 'no-default-org', 'not-logged-in', 'session-expired', 'no-token', 'no-permission', 'api-disabled', 'request-limit', 'wrong-address'];

/** How a reading ended. */
export interface Ending {
  /** Why it failed, if it did. */
  problem?: LimitsProblemKind | undefined;
  /** Whether a limit is moving towards a threshold and near it. */
  urgent?: boolean;
}

/**
 * When to read limits: at once when the view appears with old figures, then every so often while it is visible and somebody is at the window,
 * sooner while a limit nears a threshold, more and more rarely while readings fail, never while hidden. Knows time, and nothing of editor or org.
 */
export class Poller {
  readonly #read: () => void;
  readonly #interval: () => number;
  readonly #clock: Clock;
  #visible = false;
  #focused = true;
  #leftAlone = false;
  #cancelReading: (() => void) | undefined;
  #cancelLeaving: (() => void) | undefined;
  #lastEnd: number | undefined;
  #failures = 0;
  #ending: Ending = {};

  /**
   * @param read starts a reading; its end is told through `ended`
   * @param interval pause between two readings, in milliseconds; asked before each pause
   */
  constructor(read: () => void, interval: () => number, clock: Clock = SYSTEM_CLOCK) {
    this.#read = read;
    this.#interval = interval;
    this.#clock = clock;
  }

  setVisible(visible: boolean): void {
    if (visible === this.#visible) return;
    this.#visible = visible;
    this.#resume();
  }

  /** Whether the editor's window is the one that somebody works in. */
  setFocused(focused: boolean): void {
    if (focused === this.#focused) return;
    this.#focused = focused;
    this.#cancelLeaving?.();
    this.#cancelLeaving = undefined;
    if (!focused) {
      this.#cancelLeaving = this.#clock.after(LEFT_ALONE, () => {
        this.#leftAlone = true;
        this.#schedule();
      });
    } else if (this.#leftAlone) {
      this.#leftAlone = false;
      this.#resume();
    }
  }

  /** Notes the end of a reading, whoever asked for it. */
  ended(ending: Ending): void {
    this.#lastEnd = this.#clock.now();
    this.#ending = ending;
    this.#failures = ending.problem === undefined ? 0 : this.#failures + 1;
    this.#schedule();
  }

  /** Another org, another history. */
  reset(): void {
    this.#lastEnd = undefined;
    this.#failures = 0;
    this.#ending = {};
    this.#cancelReading?.();
  }

  dispose(): void {
    this.#visible = false;
    this.#cancelReading?.();
    this.#cancelLeaving?.();
  }

  /** Milliseconds from the end of a reading to the next one by itself; `undefined` while nobody looks. */
  get pause(): number | undefined {
    if (!this.#visible || this.#leftAlone) return undefined;
    const { problem, urgent } = this.#ending;
    if (problem !== undefined) return LASTING.includes(problem) ? LONGEST_PAUSE : Math.min(LONGEST_PAUSE, this.#interval() * 2 ** Math.min(this.#failures, 10));
    return urgent ? Math.min(SHORTEST_PAUSE, this.#interval()) : this.#interval();
  }

  /** Milliseconds since the last reading ended. A clock that was put back makes it now, so that no pause grows by hours. */
  get #age(): number {
    if (this.#lastEnd === undefined) return Number.POSITIVE_INFINITY;
    this.#lastEnd = Math.min(this.#lastEnd, this.#clock.now());
    return this.#clock.now() - this.#lastEnd;
  }

  /** Somebody looks again: old figures are read anew at once, unless the last reading failed in a way that lasts. */
  #resume(): void {
    const { pause } = this;
    const { problem } = this.#ending;
    const lasts = problem !== undefined && LASTING.includes(problem);
    if (pause !== undefined && this.#age > (lasts ? pause : FRESH)) {
      this.#cancelReading?.();
      this.#read();
    } else this.#schedule();
  }

  #schedule(): void {
    this.#cancelReading?.();
    this.#cancelReading = undefined;
    const { pause } = this;
    if (pause === undefined) return;
    const age = this.#age;
    this.#cancelReading = this.#clock.after(age === Number.POSITIVE_INFINITY ? pause : Math.max(0, pause - age), () => this.#read());
  }
}
