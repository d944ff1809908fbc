import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../client/src/limits/clock.ts';

/** A clock that only a test moves: days pass in seconds. */
export class VirtualClock implements Clock {
  #now: number;
  #shift = 0;
  #next = 0;
  readonly #waiting = new Map<number, { at: number; run: () => void }>();

  /** @param start milliseconds since 1970 */
  constructor(start: number) {
    this.#now = start;
  }

  now(): number {
    return this.#now + this.#shift;
  }

  after(milliseconds: number, run: () => void): () => void {
    const id = this.#next++;
    // Timers wait for time to pass, whatever the clock on the wall is set to.
    this.#waiting.set(id, { at: this.#now + milliseconds, run });
    return () => this.#waiting.delete(id);
  }

  /** Sets the clock on the wall forward, or back. */
  shift(milliseconds: number): void {
    this.#shift += milliseconds;
  }

  /** Lets time pass and runs what was waiting. @param settled awaited after each thing that ran */
  async pass(milliseconds: number, settled: () => Promise<unknown> = () => turn()): Promise<void> {
    const end = this.#now + milliseconds;
    for (;;) {
      const [due] = [...this.#waiting].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
      if (!due) break;
      this.#waiting.delete(due[0]);
      this.#now = Math.max(this.#now, due[1].at);
      due[1].run();
      await settled();
    }
    this.#now = end;
  }
}
