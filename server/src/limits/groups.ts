import { limitTextOf } from './limitTexts.ts';
import { mostUsedFirst } from './ordering.ts';
import { usageOf } from './orgLimits.ts';
import type { OrgLimit } from './orgLimits.ts';

/** Groups of the catalogue, in the order in which groups of equal use stand. */
export const LIMIT_GROUPS = ['api', 'bulk', 'events', 'storage', 'email', 'apex', 'analytics', 'other'] as const;
export type LimitGroup = (typeof LIMIT_GROUPS)[number];

/** Limits as the view lays them out. */
export interface Layout {
  /** What the user has pinned, used or not. */
  pinned: OrgLimit[];
  /** Groups of used limits; the one with the most used limit first, and so within each. */
  groups: { group: LimitGroup; limits: OrgLimit[] }[];
  /** Of which nothing is used; by name. */
  unused: OrgLimit[];
  /** What the user does not want to see. */
  hidden: OrgLimit[];
}

/** Group of a limit; what the catalogue does not know is `other`. */
export function groupOf(name: string): LimitGroup {
  return limitTextOf(name)?.group ?? 'other';
}

/** Lays limits out. Pinned wins over hidden. */
export function layOut(limits: OrgLimit[], pinned: ReadonlySet<string>, hidden: ReadonlySet<string>): Layout {
  const ordered = mostUsedFirst(limits);
  const groups: Layout['groups'] = [];
  const layout: Layout = { pinned: [], groups, unused: [], hidden: [] };
  for (const limit of ordered) {
    if (pinned.has(limit.name)) layout.pinned.push(limit);
    else if (hidden.has(limit.name)) layout.hidden.push(limit);
    else if (usageOf(limit).used === 0) layout.unused.push(limit);
    else {
      const group = groupOf(limit.name);
      const same = groups.find((each) => each.group === group);
      if (same) same.limits.push(limit);
      else groups.push({ group, limits: [limit] });
    }
  }
  layout.unused.sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return layout;
}
