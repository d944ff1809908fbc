import type { ShownOrg } from './protocol.ts';

/** Orgs of one message; an editor shows six at most. */
const MOST_ORGS = 10;
/** Limits of one org; an org of today reports some eighty. */
const MOST_LIMITS = 500;
/** Characters of a name. */
const LONGEST_NAME = 200;

/** Reads the parameters of the notification `apiGuard/orgLimits`; whatever is not as it should be is left out. */
export function shownOrgsFrom(params: unknown): ShownOrg[] {
  return listIn(params, 'orgs', MOST_ORGS).flatMap((org) => {
    if (!isRecord(org) || !isName(org['name']) || !isFigure(org['readAt'])) return [];
    const limits = listIn(org, 'limits', MOST_LIMITS).flatMap((limit) => {
      if (!isRecord(limit)) return [];
      const { name, maximum, remaining } = limit;
      return isName(name) && isFigure(maximum) && isFigure(remaining) ? [{ name, maximum, remaining }] : [];
    });
    return [{ name: org['name'], readAt: org['readAt'], limits }];
  });
}

function listIn(value: unknown, key: string, most: number): unknown[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list.slice(0, most) : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= LONGEST_NAME;
}

function isFigure(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
