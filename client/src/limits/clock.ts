/** Time as the view knows it: the computer's, or a test's. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Runs something later; gives back how to prevent it. */
  after(milliseconds: number, run: () => void): () => void;
}

/** The computer's clock. */
export const SYSTEM_CLOCK: Clock = {
  now: () => Date.now(),
  after: (milliseconds, run) => {
    const timer = setTimeout(run, milliseconds);
    return () => clearTimeout(timer);
  },
};
