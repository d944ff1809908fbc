/** Thrown when the analysis of one file takes longer than it may. What was being worked out is half done then, and of no use to anybody. */
export class BudgetError extends Error {
  /** @param limit the time that was allowed, in milliseconds */
  constructor(limit: number) {
    super(`The analysis took longer than ${limit} ms.`);
  }
}

/** Steps between two looks at the clock. */
const STRIDE = 1024;

/**
 * The time that one file's analysis may take: no code, however tangled, keeps a person or a pipeline waiting for ever. It is the processor's time, so that
 * a busy machine gives the report that an idle one gives.
 */
export class Budget {
  private limit = Infinity;
  /** Milliseconds that the process had worked when it was first asked; absent until then: most files are done before. */
  private begun: number | undefined;
  /** What the clock said then, in milliseconds. */
  private since = 0;
  private steps = 0;

  /** Begins anew. @param limit milliseconds */
  start(limit: number): void {
    this.limit = limit;
    this.begun = undefined;
    this.steps = 0;
  }

  /** Ends: what is asked later, about a fix for example, is not what was timed. */
  stop(): void {
    this.limit = Infinity;
  }

  /** Counts a step. @throws BudgetError when the time is over */
  step(): void {
    if (++this.steps % STRIDE !== 0 || this.limit === Infinity) return;
    if (this.begun === undefined) {
      this.begun = spent();
      this.since = performance.now();
    }
    // Asking for the processor's time is dear: nobody asks before the clock has gone on for as long.
    else if (performance.now() - this.since >= this.limit && spent() - this.begun >= this.limit) throw new BudgetError(this.limit);
  }
}

/** Milliseconds that the process has worked so far. */
function spent(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}
