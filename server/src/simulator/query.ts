import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { failure } from './apiFailure.ts';
import type { Org } from './org.ts';
import type { ApiRequest } from './request.ts';
import { runSoql } from './soqlRun.ts';
import { parseSoql } from './soqlSyntax.ts';

/** Rows on a page: what a client may ask for, and what it gets when it does not (REST API Developer Guide, Query Options header). */
const smallestBatch = 200;
const largestBatch = 2000;

/** GET /query?q=SOQL: the first page. @throws ApiFailure as {@link parseSoql} and {@link runSoql} do. */
export function startQuery(org: Org, request: ApiRequest, version: number): Answer {
  const soql = request.query.get('q');
  if (soql === null || soql.trim() === '') throw failure(400, 'MALFORMED_QUERY', 'A query string has to be specified');
  const { rows, totalSize } = runSoql(org.store, org.clock, parseSoql(soql), version);
  const batchSize = readBatchSize(request);
  const locator = rows.length > batchSize ? org.cursors.open({ rows, batchSize }) : undefined;
  return page(rows, totalSize, 0, batchSize, locator, version);
}

/** GET /query/LOCATOR-POSITION: a later page. @throws ApiFailure INVALID_QUERY_LOCATOR (400). */
export function continueQuery(org: Org, locatorText: string, version: number): Answer {
  const match = /^(\w+)-(\d{1,9})$/.exec(locatorText);
  const cursor = org.cursors.get(match?.[1] ?? '');
  const position = Number(match?.[2]);
  if (position >= cursor.rows.length) throw failure(400, 'INVALID_QUERY_LOCATOR', 'invalid query locator');
  return page(cursor.rows, cursor.rows.length, position, cursor.batchSize, match?.[1], version);
}

function page(rows: readonly unknown[], totalSize: number, from: number, batchSize: number, locator: string | undefined, version: number): Answer {
  const next = from + batchSize;
  const done = next >= rows.length;
  return json(200, {
    totalSize,
    done,
    ...(!done && locator !== undefined ? { nextRecordsUrl: `/services/data/v${String(version)}.0/query/${locator}-${String(next)}` } : {}),
    records: rows.slice(from, next),
  });
}

function readBatchSize(request: ApiRequest): number {
  const match = /batchSize\s*=\s*(\d{1,9})/i.exec(request.headers['sforce-query-options'] ?? '');
  return match ? Math.min(largestBatch, Math.max(smallestBatch, Number(match[1]))) : largestBatch;
}
