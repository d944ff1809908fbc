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

function percentOr(value: unknown, otherwise: number): number {
  return typeof value === 'number' && value >= 1 && value <= 100 ? value : otherwise;
}
