/**
 * Lets one piece of work at a time reach the engine. Work that somebody waits for goes before background work that has not begun; within each kind
 * the order is kept.
 */
export class WorkspaceTurns {
  private busy = false;
  private readonly foreground: (() => void)[] = [];
  private readonly background: (() => void)[] = [];

  /** Runs `work` when its turn has come. What it throws reaches the caller and nobody else. */
  async take<T>(kind: 'foreground' | 'background', work: () => Promise<T> | T): Promise<T> {
    if (this.busy) await new Promise<void>((start) => this[kind].push(start));
    this.busy = true;
    try {
      return await work();
    } finally {
      const next = this.foreground.shift() ?? this.background.shift();
      if (next) next();
      else this.busy = false;
    }
  }
}

/** Resolves after pending input and output of this process had its chance. */
export function breathe(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** Runs `work` over all items, at most `width` at a time, and stops taking new ones once aborted. */
export async function eachConcurrently<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>, signal?: AbortSignal): Promise<void> {
  let next = 0;
  const lane = async (): Promise<void> => {
    while (next < items.length && !signal?.aborted) await work(items[next++] as T);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, lane));
}
