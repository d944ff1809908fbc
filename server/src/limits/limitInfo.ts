import type { OrgLimit, OrgLimits } from './orgLimits.ts';

/** The limit that the header counts. */
const API_REQUESTS = 'DailyApiRequests';

/** Figures of one part of the header. */
interface UsedOf {
  used: number;
  maximum: number;
}

/** What the header `Sforce-Limit-Info` of a REST answer says: requests of the last 24 hours, as of this very answer. */
export interface ApiUsage extends UsedOf {
  /** Share of the connected app that asked, where the org has a quota for it. */
  app?: UsedOf & { name: string };
}

/**
 * Reads a `Sforce-Limit-Info` header, for example `api-usage=10018/100000; api-bursts=1/750`. Parts are found by name, since their number
 * has changed over the years (REST API Developer Guide, Limit Info Header).
 * @returns `undefined` where it holds no readable `api-usage`
 */
export function parseLimitInfo(header: string | null | undefined): ApiUsage | undefined {
  let usage: UsedOf | undefined;
  let app: ApiUsage['app'];
  for (const part of (header ?? '').slice(0, 2_000).split(';')) {
    const found = /^\s*(api-usage|per-app-api-usage)=(\d{1,15})\/(\d{1,15})(?:\(appName=([^)]{1,255})\))?/i.exec(part);
    if (!found) continue;
    const figures = { used: Number(found[2]), maximum: Number(found[3]) };
    if (found[1]?.toLowerCase() === 'api-usage') usage ??= figures;
    else if (found[4] !== undefined) app ??= { ...figures, name: found[4] };
  }
  return usage && { ...usage, ...(app ? { app } : {}) };
}

/**
 * Limits with the request count of a header in them: the header is of this moment, the list of limits up to five minutes behind. Where the list
 * has no request limit, the header's becomes its entry.
 */
export function withApiUsage(limits: OrgLimits, usage: ApiUsage | undefined): OrgLimits {
  if (!usage || usage.maximum <= 0) return limits;
  const listed = limits.limits.find(({ name }) => name === API_REQUESTS);
  // A list and a header that disagree on the maximum count different things; the list is the one with a documented meaning.
  if (listed && listed.maximum !== usage.maximum) return limits;
  const parts: OrgLimit[] = [...(listed?.parts ?? [])];
  const { app } = usage;
  if (app && !parts.some(({ name }) => name === app.name)) parts.push({ name: app.name, maximum: app.maximum, remaining: app.maximum - app.used, parts: [] });
  const current: OrgLimit = { name: API_REQUESTS, maximum: usage.maximum, remaining: usage.maximum - usage.used, parts };
  return { ...limits, limits: listed ? limits.limits.map((limit) => (limit === listed ? current : limit)) : [...limits.limits, current] };
}
