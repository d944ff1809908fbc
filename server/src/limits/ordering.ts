import type { OrgLimit } from './orgLimits.ts';
import { usageOf } from './orgLimits.ts';

/** Limits with the most used first; equal ones by name, so that two refreshes never swap rows for no reason. */
export function mostUsedFirst(limits: OrgLimit[]): OrgLimit[] {
  return [...limits].sort((a, b) => rank(b) - rank(a) || a.name.localeCompare(b.name, 'en'));
}

/** Use of a limit without a maximum counts as past the end. */
function rank(limit: OrgLimit): number {
  const { used, percent } = usageOf(limit);
  return percent ?? (used > 0 ? Number.POSITIVE_INFINITY : -1);
}
