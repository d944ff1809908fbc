import type { Sample } from './forecast.ts';
import { noticesFrom } from './notices.ts';
import type { Notice } from './notices.ts';
import { usageOf } from './orgLimits.ts';
import type { OrgLimits } from './orgLimits.ts';

/** One reading of an org: by limit, how much was used and of how much. */
interface Reading {
  time: number;
  values: Record<string, [used: number, maximum: number]>;
}

/** What is remembered of one org: readings, oldest first, and when requests were spent on them. Holds nothing secret. */
export interface History {
  readings: Reading[];
  /** Times of the requests of the last day, in milliseconds since 1970. */
  requests: number[];
  /** By limit, the last thing that somebody was told of it. */
  notices: Record<string, Notice>;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How long readings are kept: the week that is shown, and the day before it, which a forecast compares with yesterday. */
const KEPT = 8 * DAY;
/** How long each of them is kept; of older ones, one an hour. */
const FINE = DAY;
/** Most limits of one reading: an org of today reports some eighty. */
const MOST_LIMITS = 150;
/** Most readings: eight days of hours, and a day that was polled every five minutes and refreshed by hand besides. */
const MOST_READINGS = 24 * 8 + 600;
/** Most times of requests. */
const MOST_REQUESTS = 2_000;
/** Longest name of a limit that is kept. */
const LONGEST_NAME = 120;

export function emptyHistory(): History {
  return { readings: [], requests: [], notices: {} };
}

/**
 * The history with one reading more, thinned to its bound. Readings that lie in the future were made by a wrong clock and are dropped.
 * @param time milliseconds since 1970
 */
export function withReading(history: History, time: number, { limits }: OrgLimits): History {
  const seen = new Set(history.readings.flatMap(({ values }) => Object.keys(values)));
  const values: Reading['values'] = {};
  let count = 0;
  for (const limit of limits) {
    const { used } = usageOf(limit);
    // What has never been used has no history worth keeping.
    if ((used === 0 && !seen.has(limit.name)) || limit.name.length > LONGEST_NAME || limit.name === '__proto__' || ++count > MOST_LIMITS) continue;
    values[limit.name] = [used, limit.maximum];
  }
  const readings = [...history.readings.filter((reading) => reading.time < time), { time, values }];
  return { ...history, readings: thinned(readings, time) };
}

/** The history with requests more that were spent. Each has a time of its own, for histories are joined by it. */
export function withRequests(history: History, time: number, count: number): History {
  const spent = Array.from({ length: Math.min(count, MOST_REQUESTS) }, (_, at) => time - count + 1 + at);
  return { ...history, requests: [...history.requests.filter((at) => at > time - DAY && at <= time), ...spent].slice(-MOST_REQUESTS) };
}

/** Requests of ours in the 24 hours before `now`. */
export function requestsOfDay(history: History, now: number): number {
  return history.requests.filter((at) => at > now - DAY && at <= now).length;
}

/** Samples of one limit, oldest first. */
export function samplesOf(history: History, name: string): Sample[] {
  return history.readings.flatMap(({ time, values }) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    return value ? [{ time, used: value[0], maximum: value[1] }] : [];
  });
}

/** Samples of every limit, in one pass over the readings. */
export function samplesByLimit(history: History): Map<string, Sample[]> {
  const result = new Map<string, Sample[]>();
  for (const { time, values } of history.readings) {
    for (const [name, [used, maximum]] of Object.entries(values)) {
      const samples = result.get(name);
      if (samples) samples.push({ time, used, maximum });
      else result.set(name, [{ time, used, maximum }]);
    }
  }
  return result;
}

/** Joins what two windows of the editor have remembered of the same org. @param other wins where both were told something of a limit. */
export function merged(one: History, other: History, now: number): History {
  const readings = new Map([...one.readings, ...other.readings].filter(({ time }) => time <= now).map((reading) => [reading.time, reading]));
  const requests = [...new Set([...one.requests, ...other.requests])].filter((at) => at > now - DAY && at <= now);
  return {
    readings: thinned([...readings.values()].sort((a, b) => a.time - b.time), now),
    requests: requests.sort((a, b) => a - b).slice(-MOST_REQUESTS),
    notices: { ...one.notices, ...other.notices },
  };
}

export function serialised(history: History): string {
  return JSON.stringify({ schema: 1, ...history });
}

/** Reads what `serialised` has written. Whatever else stands there, half a file too, is forgotten: history is a convenience. */
export function parseHistory(text: string): History {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return emptyHistory();
  }
  if (!isObject(value) || value.schema !== 1 || !Array.isArray(value.readings)) return emptyHistory();
  const readings = value.readings.slice(-MOST_READINGS).flatMap((entry: unknown) => {
    if (!isObject(entry) || !isTime(entry.time) || !isObject(entry.values)) return [];
    const values = Object.fromEntries(Object.entries(entry.values).slice(0, MOST_LIMITS).filter((pair): pair is [string, [number, number]] => isValue(pair[1]) && pair[0].length <= LONGEST_NAME));
    return [{ time: entry.time, values }];
  });
  const requests = Array.isArray(value.requests) ? value.requests.filter(isTime).slice(-MOST_REQUESTS) : [];
  return { readings: readings.sort((a, b) => a.time - b.time), requests, notices: noticesFrom(value.notices) };
}

/** One reading an hour before the last day, the last of each hour; nothing beyond eight days. */
function thinned(readings: readonly Reading[], now: number): Reading[] {
  const kept = readings.filter((reading, at) => {
    if (reading.time <= now - KEPT) return false;
    const next = readings[at + 1];
    return reading.time > now - FINE || next === undefined || Math.floor(next.time / HOUR) !== Math.floor(reading.time / HOUR);
  });
  return kept.slice(-MOST_READINGS);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function isValue(value: unknown): value is [number, number] {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === 'number' && Number.isFinite(part));
}
