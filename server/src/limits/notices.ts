import { windowOf } from './forecast.ts';
import { limitTextOf } from './limitTexts.ts';
import type { OrgLimit } from './orgLimits.ts';
import { levelOf } from './threshold.ts';
import type { LimitLevel, Thresholds } from './threshold.ts';

/** The last that was told of a limit. */
export interface Notice {
  level: 'critical' | 'exhausted' | 'none';
  /** Day on which somebody was told, as `2026-11-21`; empty when nobody was yet. */
  day: string;
  /** Levels told of on that day. */
  told: string[];
}

/** Most limits of which notices are remembered. */
const MOST_NOTICES = 200;

const RANK: Record<Notice['level'], number> = { none: 0, critical: 1, exhausted: 2 };

/**
 * Which limits somebody should be told of now: those that have become critical or used up since the last reading, each at most once a day for each of the two. What
 * has not moved since yesterday is told again only where use is given back by the hour or day: full storage is known after the first time.
 * @param day today, as the user's calendar has it
 * @returns the limits, and what to remember
 */
export function dueNotices(limits: readonly OrgLimit[], thresholds: Thresholds, before: Readonly<Record<string, Notice>>, day: string): { due: { limit: OrgLimit; level: LimitLevel }[]; notices: Record<string, Notice> } {
  const due: { limit: OrgLimit; level: LimitLevel }[] = [];
  const notices: Record<string, Notice> = {};
  for (const limit of limits.slice(0, MOST_NOTICES)) {
    const level = levelOf(limit, thresholds);
    const now: Notice['level'] = level === 'critical' || level === 'exhausted' ? level : 'none';
    const last = Object.hasOwn(before, limit.name) ? before[limit.name] : undefined;
    if (now === 'none' && !last) continue;
    const told = last?.day === day ? last.told : [];
    const isNews = RANK[now] > RANK[last?.level ?? 'none'] || (last?.day !== day && givesBack(limit.name));
    if (now === 'none' || told.includes(now) || !isNews) {
      notices[limit.name] = { level: now, day: last?.day ?? '', told: last?.told ?? [] };
      continue;
    }
    due.push({ limit, level: now });
    notices[limit.name] = { level: now, day, told: [...told, now] };
  }
  return { due, notices };
}

/** Reads what was remembered; what is none of ours is forgotten. */
export function noticesFrom(value: unknown): Record<string, Notice> {
  if (typeof value !== 'object' || value === null) return {};
  const notices: Record<string, Notice> = {};
  for (const [name, entry] of Object.entries(value).slice(0, MOST_NOTICES)) {
    const { level, day, told } = (entry ?? {}) as Partial<Notice>;
    if ((level === 'critical' || level === 'exhausted' || level === 'none') && typeof day === 'string' && Array.isArray(told)) {
      notices[name] = { level, day: day.slice(0, 10), told: told.filter((each) => typeof each === 'string').slice(0, 2) };
    }
  }
  return notices;
}

function givesBack(name: string): boolean {
  const window = windowOf(limitTextOf(name)?.window, name);
  return window === 'hour' || window === 'day';
}
