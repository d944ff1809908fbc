/** Crashes that are still answered with a restart. */
const MOST_RESTARTS = 3;
/** Time within which crashes count as the same trouble, in milliseconds. */
const WINDOW = 3 * 60_000;

/** Decides whether a crashed server is started again. Pure: the caller tells the time. */
export class CrashPolicy {
  #crashes: number[] = [];

  /** Notes a crash at `now` (milliseconds) and answers what to do about it. */
  crashed(now: number): 'restart' | 'give-up' {
    this.#crashes = [...this.#crashes.filter((time) => now - time <= WINDOW), now];
    return this.#crashes.length > MOST_RESTARTS ? 'give-up' : 'restart';
  }

  /** Forgets what was, because a person has restarted the server. */
  reset(): void {
    this.#crashes = [];
  }
}
