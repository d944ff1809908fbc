import type { Operation } from './faults.ts';

/** One request that the org has met. Carries no header, no query string and no body: nothing secret can be in it. */
export interface LoggedRequest {
  /** 1, 2, 3 ... since the start. */
  number: number;
  /** Milliseconds since 1970, by the org's clock. */
  time: number;
  method: string;
  path: string;
  operation: Operation;
  object?: string;
  /** Whether the org carried the request out. A refused one (status 400 and more) was not. */
  applied: boolean;
  /** Status of the answer; null when the client got none. */
  status: number | null;
  /** Kind of the fault that it met. */
  fault?: string;
}

/** Entries kept: the Demo org may run for days. */
const keep = 10_000;

/** The latest requests. */
export class RequestLog {
  private entries: LoggedRequest[] = [];
  private count = 0;

  add(entry: Omit<LoggedRequest, 'number'>): void {
    this.entries.push({ number: ++this.count, ...entry, path: entry.path.slice(0, 1000) });
    if (this.entries.length > keep * 2) this.entries = this.entries.slice(-keep);
  }

  list(): LoggedRequest[] {
    return this.entries.slice(-keep);
  }

  clear(): void {
    this.entries = [];
  }
}
