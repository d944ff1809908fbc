/** One limit of an org as the org reports it. */
export interface OrgLimit {
  /** Key of `GET /limits`, for example `DailyApiRequests`. */
  name: string;
  /** What the org may use in the limit's window, in the limit's own unit. Zero where the org has none of the feature. */
  maximum: number;
  /** What is left. Negative once the org is past a soft limit. */
  remaining: number;
  /** Shares of the same limit: connected apps under `DailyApiRequests`, `CreateCustom` under `PermissionSets`. */
  parts: OrgLimit[];
}

/** The limits of one org at one moment. */
export interface OrgLimits {
  limits: OrgLimit[];
  /** Keys that were there but could not be read as a limit; shown to nobody, logged by name. */
  unreadable: string[];
  /** API requests that reading them has cost the org, where it was more than one. */
  requests?: number;
}

/** How much of a limit is used. */
export interface Usage {
  /** Never below zero. */
  used: number;
  /** 0 to 100 and beyond when the org is past the limit; `undefined` when the maximum is zero or less, where a percentage means nothing. */
  percent: number | undefined;
}

/** Used amount and percentage of a limit. */
export function usageOf(limit: OrgLimit): Usage {
  const used = Math.max(0, limit.maximum - limit.remaining);
  return { used, percent: limit.maximum > 0 ? (used / limit.maximum) * 100 : undefined };
}
