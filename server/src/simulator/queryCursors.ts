import { failure } from './apiFailure.ts';

/** A query that has more rows than one page. */
export interface Cursor {
  /** Rows as they are answered, ready to be sent. */
  rows: readonly unknown[];
  /** Rows on a page. */
  batchSize: number;
}

/** Oldest cursors are forgotten past this number, so that memory stays bounded. */
const keep = 50;

/** Open query cursors by locator. */
export class QueryCursors {
  private readonly cursors = new Map<string, Cursor>();
  private opened = 0;

  /** Remembers a query's rows and returns its locator. */
  open(cursor: Cursor): string {
    const locator = `01g5g${String(++this.opened).padStart(13, '0')}`;
    this.cursors.set(locator, cursor);
    for (const old of this.cursors.keys()) {
      if (this.cursors.size <= keep) break;
      this.cursors.delete(old);
    }
    return locator;
  }

  /** @throws ApiFailure INVALID_QUERY_LOCATOR (400). */
  get(locator: string): Cursor {
    const cursor = this.cursors.get(locator);
    if (!cursor) throw failure(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
    return cursor;
  }
}
