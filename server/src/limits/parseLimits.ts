import type { OrgLimit, OrgLimits } from './orgLimits.ts';
import { LimitsProblem } from './limitsProblem.ts';

type Json = Record<string, unknown>;

/**
 * Reads the body of `GET /services/data/vNN.N/limits`: an object of limit name to `Max` and `Remaining`, where a limit may hold
 * others (usage by connected app). What does not look like a limit is skipped and named, so one odd key never empties the view.
 * @throws LimitsProblem `garbage` when nothing in it is a limit.
 */
export function parseLimitsBody(body: unknown): OrgLimits {
  if (!isObject(body)) throw new LimitsProblem('garbage', `The answer is ${nameOf(body)}, not a list of limits.`);
  const limits: OrgLimit[] = [];
  const unreadable: string[] = [];
  for (const [name, value] of Object.entries(body)) {
    const limit = parseEntry(name, value);
    if (limit) limits.push(limit);
    else unreadable.push(name);
  }
  return orThrow({ limits, unreadable });
}

/**
 * Reads what `sf org list limits --json` prints as its result: a list of `{name, max, remaining}`.
 * @throws LimitsProblem `garbage` when nothing in it is a limit.
 */
export function parseCliLimits(result: unknown): OrgLimits {
  if (!Array.isArray(result)) throw new LimitsProblem('garbage', `The Salesforce CLI's result is ${nameOf(result)}, not a list of limits.`);
  const limits: OrgLimit[] = [];
  const unreadable: string[] = [];
  for (const entry of result) {
    const name = isObject(entry) && typeof entry.name === 'string' ? entry.name : undefined;
    const maximum = isObject(entry) ? amount(entry.max) : undefined;
    const remaining = isObject(entry) ? amount(entry.remaining) : undefined;
    if (name && maximum !== undefined && remaining !== undefined) limits.push({ name, maximum, remaining, parts: [] });
    else unreadable.push(name ?? nameOf(entry));
  }
  return orThrow({ limits, unreadable });
}

function parseEntry(name: string, value: unknown): OrgLimit | undefined {
  if (!isObject(value)) return undefined;
  const maximum = amount(value.Max);
  const remaining = amount(value.Remaining);
  if (maximum === undefined || remaining === undefined) return undefined;
  const parts: OrgLimit[] = [];
  for (const [part, share] of Object.entries(value)) {
    // One level is all that Salesforce sends; a deeper answer is not worth a recursion that foreign input controls.
    if (!isObject(share)) continue;
    const partMaximum = amount(share.Max);
    const partRemaining = amount(share.Remaining);
    if (partMaximum !== undefined && partRemaining !== undefined) {
      parts.push({ name: part, maximum: partMaximum, remaining: partRemaining, parts: [] });
    }
  }
  return { name, maximum, remaining, parts };
}

function orThrow(limits: OrgLimits): OrgLimits {
  if (limits.limits.length === 0) throw new LimitsProblem('garbage', 'The answer holds no limit.');
  return limits;
}

function amount(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function nameOf(value: unknown): string {
  if (value === null || value === undefined) return 'empty';
  if (Array.isArray(value)) return 'an array';
  return typeof value === 'string' ? 'text' : `of type ${typeof value}`;
}
