/** One reading of one limit. */
export interface Sample {
  /** Milliseconds since 1970. */
  time: number;
  /** In the limit's own unit, like `maximum`. */
  used: number;
  maximum: number;
}

export type Direction = 'rising' | 'falling' | 'steady';

/** When a limit runs out if its use goes on as in the last hours. Times in milliseconds since 1970; four of five limits run out between `earliest` and `latest`. */
export interface RunsOut {
  at: number;
  earliest: number;
  latest: number;
}

/** Where the use of a limit is going. */
export interface Outlook {
  direction: Direction;
  /** Change of use in an hour, in the limit's own unit; negative where it falls. */
  perHour: number;
  /** Absent where it does not run out within its window, or where that is too uncertain to say. */
  runsOut?: RunsOut;
}

/** How a limit counts: over which time its use is given back, which decides how far its past says anything about its future. */
export type LimitWindow = 'hour' | 'day' | 'month' | 'total' | 'moment';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;

/** Grain of a forecast by last week. */
const STEP = 10 * MINUTE;

/**
 * Time that is looked back, and farthest forecast. Use of a rolling day is given back after a day, so nothing is foretold beyond it; what counts
 * things in use at this moment has no tomorrow at all.
 */
const REACH: Record<LimitWindow, { back: number; ahead: number }> = {
  hour: { back: 30 * MINUTE, ahead: HOUR },
  day: { back: 3 * HOUR, ahead: DAY },
  month: { back: 2 * DAY, ahead: 30 * DAY },
  total: { back: 2 * DAY, ahead: 30 * DAY },
  moment: { back: HOUR, ahead: 0 },
};

/** A trend needs so many samples, and so large a part of the time that is looked back, between the first and the last of them. */
const FEWEST_SAMPLES = 4;
const SHORTEST_SPAN = 1 / 4;

/** Salesforce's figures are up to so much behind the truth (REST API Developer Guide, Limits). */
const LAG = 5 * MINUTE;

/** A change below this part of the maximum, over the time that is looked back, is no trend that a person would care about. */
const LEAST_CHANGE = 0.005;

/** A forecast whose standard deviation is a larger part of the time that is left says nothing. */
const MOST_UNCERTAIN = 0.6;

/** How much worse a forecast gets with each time it reaches farther than the past it stands on: traffic has hours and habits that no straight line knows. */
const DRIFT = 0.12;

/** The window of a limit by the catalogue's words for it, else by its key; `moment`, which foretells nothing, where both are silent. */
export function windowOf(words: string | undefined, name: string): LimitWindow {
  const text = words ?? name;
  if (/hour|minute/i.test(text) && !/24 hours/i.test(text)) return 'hour';
  if (/24 hours|\bday\b|^Daily/i.test(text)) return 'day';
  if (/month/i.test(text)) return 'month';
  if (/in total|StorageMB$/i.test(text)) return 'total';
  return 'moment';
}

/**
 * Where the use of a limit is going, from its samples in any order. Use is taken for a drift with noise: the drift is the mean change in the time looked back, the
 * noise is how unevenly it came about, and the moment at which a drifting quantity first meets a bound has a known mean and variance. Where last
 * week is known, a rolling day is expected to go as it went then. Pure.
 * @param now milliseconds since 1970; samples of the future, which a clock that was put back leaves behind, are passed over
 * @returns `undefined` where there are too few samples, or none of late
 */
export function outlook(samples: readonly Sample[], now: number, window: LimitWindow): Outlook | undefined {
  const { back, ahead } = REACH[window];
  const recent = recentSamples(samples, now, back, window);
  const first = recent[0];
  const last = recent.at(-1);
  if (!first || !last || recent.length < FEWEST_SAMPLES || last.maximum <= 0) return undefined;
  const span = last.time - first.time;
  if (span < back * SHORTEST_SPAN || now - last.time > back / 2) return undefined;
  const drift = (last.used - first.used) / span;
  const noise = noiseOf(recent, drift);
  const factor = studentFactor(recent.length - 2);
  const uncertainty = Math.hypot(Math.sqrt(noise / span), (Math.abs(drift) * Math.min(LAG, span / 4)) / span);
  const isChange = Math.abs(drift) > factor * uncertainty && Math.abs(drift) * back >= LEAST_CHANGE * last.maximum;
  const direction: Direction = !isChange ? 'steady' : drift > 0 ? 'rising' : 'falling';
  const perHour = drift * HOUR;
  const room = last.maximum - last.used;
  if (direction !== 'rising' || room <= 0) return { direction, perHour };
  const left = timeLeft(samples, last, drift, factor * uncertainty, window) ?? room / drift;
  if (left > ahead) return { direction, perHour };
  // First passage of a drifting quantity: mean room/drift, variance room*noise/drift^3; the drift itself is uncertain too, and drifts.
  const pace = room / left;
  const spread = Math.hypot(Math.sqrt(noise / (room * pace)), uncertainty / pace, (DRIFT * left) / span);
  if (spread > MOST_UNCERTAIN) return { direction, perHour };
  return {
    direction,
    perHour,
    runsOut: { at: last.time + left, earliest: last.time + left * Math.exp(-factor * spread), latest: last.time + left * Math.exp(factor * spread) },
  };
}

/**
 * Time until a limit of a rolling day runs out, where last week is known: use changes as it did then, and besides by as much as it rises faster now. After a weekend use of such a limit
 * rises for a whole day and then stays; a straight line would cry wolf every Monday.
 * @param margin difference of drifts that means nothing
 * @returns milliseconds after the last sample, infinite where it does not run out; `undefined` where last week is not known
 */
function timeLeft(samples: readonly Sample[], last: Sample, drift: number, margin: number, window: LimitWindow): number | undefined {
  if (window !== 'day') return undefined;
  const { back, ahead } = REACH.day;
  const then = last.time - WEEK;
  const former = samples.filter(({ time, maximum }) => time >= then - back - HOUR && time <= then + ahead + HOUR && maximum === last.maximum).sort((a, b) => a.time - b.time);
  const start = usedAt(former, then);
  const before = usedAt(former, then - back);
  if (start === undefined || before === undefined) return undefined;
  const excess = drift - (start - before) / back;
  const faster = Math.abs(excess) > margin ? excess : 0;
  for (let passed = STEP; passed <= ahead; passed += STEP) {
    const expected = usedAt(former, then + passed);
    if (expected === undefined) return undefined;
    if (last.used + expected - start + faster * passed >= last.maximum) return passed;
  }
  return Number.POSITIVE_INFINITY;
}

/** Use at a moment between two samples that are at most two hours apart. @param samples oldest first */
function usedAt(samples: readonly Sample[], time: number): number | undefined {
  const after = samples.findIndex((sample) => sample.time >= time);
  const next = samples[after];
  const previous = samples[after - 1];
  if (!next) return undefined;
  if (next.time === time) return next.used;
  if (!previous || next.time - previous.time > 2 * HOUR) return undefined;
  return previous.used + ((next.used - previous.used) * (time - previous.time)) / (next.time - previous.time);
}

/** Samples of the time looked back, oldest first, since the maximum last changed; of an hourly count only those since its hour began anew. */
function recentSamples(samples: readonly Sample[], now: number, back: number, window: LimitWindow): Sample[] {
  const ordered = samples.filter(({ time, used, maximum }) => time <= now && time >= now - back - MINUTE && Number.isFinite(used) && Number.isFinite(maximum)).sort((a, b) => a.time - b.time);
  let start = 0;
  for (let at = 1; at < ordered.length; at++) {
    const before = ordered[at - 1]!;
    const sample = ordered[at]!;
    if (sample.maximum !== before.maximum || (window === 'hour' && sample.used < before.used)) start = at;
  }
  return ordered.slice(start).filter((sample, at, all) => at === 0 || sample.time > all[at - 1]!.time);
}

/** Variance of the use that a millisecond adds, beyond what the drift explains. */
function noiseOf(samples: readonly Sample[], drift: number): number {
  let sum = 0;
  for (let at = 1; at < samples.length; at++) {
    const time = samples[at]!.time - samples[at - 1]!.time;
    sum += (samples[at]!.used - samples[at - 1]!.used - drift * time) ** 2 / time;
  }
  return sum / (samples.length - 2);
}

/** Standard deviations that hold four of five outcomes, for a deviation that was itself estimated with so many degrees of freedom. */
function studentFactor(freedom: number): number {
  return 1.28 + 1.5 / Math.max(1, freedom) ** 1.2;
}
