import type { Answer } from './answer.ts';
import { json } from './answer.ts';
import { failure, notFound } from './apiFailure.ts';

/** Oldest version that still answers (21.0 to 30.0 retired in Summer '25) and the newest (API end-of-life policy). */
const oldest = 31;
const newest = 68;
const firstEver = 7;

/**
 * Reads the version part of a path (`v62.0`).
 * @throws ApiFailure GONE (410) for a retired version, NOT_FOUND (404) for one that never was or is not there yet.
 */
export function readVersion(segment: string): number {
  const match = /^v(\d{1,3})\.0$/.exec(segment);
  const version = match ? Number(match[1]) : 0;
  if (version < firstEver || version > newest) throw notFound();
  if (version < oldest) throw failure(410, 'GONE', 'The requested resource is no longer available');
  return version;
}

/** Why a SOAP endpoint of this version does not answer; undefined when it does. */
export function soapVersionProblem(version: number): string | undefined {
  return version >= oldest && version <= newest ? undefined : 'Invalid Api version specified on URL';
}

/** Answer of GET /services/data: needs no session and carries no usage header. */
export function listVersions(): Answer {
  const seasons = ['Spring', 'Summer', 'Winter'];
  const list = [];
  for (let version = oldest; version <= newest; version++) {
    // Three releases a year; 67.0 is Summer '26, and a winter release is named after the year to come.
    const season = seasons[version % 3] ?? '';
    const year = 26 + Math.floor((version - 65) / 3);
    list.push({ label: `${season} '${String(year)}`, url: `/services/data/v${String(version)}.0`, version: `${String(version)}.0` });
  }
  return json(200, list);
}
