import type { Outlook } from './forecast.ts';
import type { OrgLimit } from './orgLimits.ts';
import { usageOf } from './orgLimits.ts';

/** How close a limit is to its end. */
export type LimitLevel = 'unused' | 'normal' | 'high' | 'critical' | 'exhausted';

/** Percentages at which a limit becomes `high` and `critical`. */
export interface Thresholds {
  high: number;
  critical: number;
}

/** Used where the settings say nothing usable. */
export const DEFAULT_THRESHOLDS: Thresholds = { high: 75, critical: 90 };

/** Thresholds from settings that anybody may have typed: numbers from 1 to 100, the smaller one first. */
export function thresholdsFrom(high: unknown, critical: unknown): Thresholds {
  const first = percentOr(high, DEFAULT_THRESHOLDS.high);
  const second = percentOr(critical, DEFAULT_THRESHOLDS.critical);
  return { high: Math.min(first, second), critical: Math.max(first, second) };
}

/** The level of a limit. A maximum of zero is `unused` as long as nothing is used: the org lacks the feature, nobody is blocked. */
export function levelOf(limit: OrgLimit, thresholds: Thresholds): LimitLevel {
  const { used, percent } = usageOf(limit);
  if (used === 0) return 'unused';
  if (percent === undefined || percent >= 100) return 'exhausted';
  if (percent >= thresholds.critical) return 'critical';
  return percent >= thresholds.high ? 'high' : 'normal';
}

/** A limit that reaches its next threshold within so much time at its present rate is near it, in hours. */
const NEAR = 1;

/** Whether a limit is moving towards its next threshold and near it: the one case in which figures of ten minutes ago are too old. */
export function nearsThreshold(limit: OrgLimit, outlook: Outlook | undefined, thresholds: Thresholds): boolean {
  if (outlook?.direction !== 'rising' || limit.maximum <= 0) return false;
  const { used } = usageOf(limit);
  const next = [thresholds.high, thresholds.critical, 100].map((percent) => (percent / 100) * limit.maximum).find((amount) => amount > used);
  return next !== undefined && used + outlook.perHour * NEAR >= next;
}

function percentOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 1 && value <= 100 ? value : otherwise;
}
