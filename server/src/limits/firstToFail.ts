import type { Outlook, RunsOut, Sample } from './forecast.ts';
import { mostUsedFirst } from './ordering.ts';
import type { OrgLimit } from './orgLimits.ts';
import type { Thresholds } from './threshold.ts';
import { levelOf } from './threshold.ts';

/** Readings that are farther apart do not tell when something happened between them, in milliseconds. */
const GAP = 90 * 60_000;

/** The limit whose calls fail already, or the one that runs out before the others. */
export interface FirstToFail {
  limit: OrgLimit;
  /** When it runs out; absent where it is used up. */
  runsOut?: RunsOut;
}

/**
 * Which limit fails first: of those that are used up the one that is farthest past its end, else the one that is foretold to run out soonest.
 * @returns `undefined` where none is used up and none is foretold to be
 */
export function firstToFail(limits: OrgLimit[], outlookOf: (name: string) => Outlook | undefined, thresholds: Thresholds): FirstToFail | undefined {
  const [usedUp] = mostUsedFirst(limits.filter((limit) => levelOf(limit, thresholds) === 'exhausted'));
  if (usedUp) return { limit: usedUp };
  let first: FirstToFail | undefined;
  for (const limit of limits) {
    const runsOut = outlookOf(limit.name)?.runsOut;
    if (runsOut && (first?.runsOut === undefined || runsOut.at < first.runsOut.at)) first = { limit, runsOut };
  }
  return first;
}

/** Since when a limit has been where it is. */
export interface Since {
  /** Milliseconds since 1970. */
  time: number;
  /** Whether it got there about then; else it may have been there long before, for nothing was read. */
  isKnown: boolean;
}

/**
 * Since when so much of a limit has been used without a break.
 * @param samples in the order of time
 * @returns `undefined` where the last sample has less, or tells nothing of the time before it
 */
export function usedSince(samples: readonly Sample[], percent: number): Since | undefined {
  const last = samples.at(-1);
  let first: Sample | undefined;
  let isKnown = false;
  for (let at = samples.length - 1; at >= 0; at--) {
    const sample = samples[at];
    if (!sample || sample.maximum <= 0) break;
    if ((sample.used / sample.maximum) * 100 < percent) {
      isKnown = first !== undefined && first.time - sample.time <= GAP;
      break;
    }
    first = sample;
  }
  // That the only reading of a day finds it there says nothing of since when.
  return first && (isKnown || first !== last) ? { time: first.time, isKnown } : undefined;
}
