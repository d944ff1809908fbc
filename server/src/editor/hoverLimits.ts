import { plain } from '../explain/wording.ts';
import { amountText, percentText } from '../limits/figures.ts';
import type { ShownOrg } from './protocol.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The limit that every request spends. */
const REQUESTS = 'DailyApiRequests';

/**
 * Which org limits a call spends and how much of them the shown orgs have left, in Markdown; empty where nothing is known of either. Made of the last
 * readings: nothing is sent for it.
 * @param isPerRecord whether a loop sends the call once for each record
 * @param now milliseconds since 1970
 */
export async function limitsOfCall(operation: string, isPerRecord: boolean, orgs: readonly ShownOrg[], now: number): Promise<string> {
  const { findLimit, findOperation } = await import('../../../catalog/index.ts');
  const entry = findOperation(operation);
  if (!entry) return '';
  if (entry.family === 'mc-rest') return 'Marketing Cloud does not tell how much of its limits is used. Where it holds calls back it answers 429, and the header Retry-After says how many seconds to wait.';
  if (entry.family === 'mc-soap') return 'Marketing Cloud does not tell how much of its limits is used. Where it holds SOAP calls back it answers with HTTP 500.';
  if (entry.limits.length === 0) return '';
  const titled = entry.limits.map((name) => ({ name, title: findLimit(name)?.title ?? name, unit: findLimit(name)?.unit }));
  const rows = orgs.flatMap((org) => titled.flatMap(({ name, title, unit }) => {
    const limit = org.limits.find((each) => each.name === name);
    return limit && limit.maximum > 0 ? [`- ${plain(title)}: ${leftText(limit, unit)} left in **${plain(org.name)}** (${readText(org.readAt, now)})`] : [];
  }));
  const loops = isPerRecord ? orgs.flatMap((org) => loopText(org)) : [];
  return [`It spends ${titled.map(({ title }) => `**${plain(title)}**`).join(', ')}.`, rows.join('\n'), ...loops].filter((part) => part !== '').join('\n\n');
}

function leftText({ maximum, remaining }: { maximum: number; remaining: number }, unit: string | undefined): string {
  const left = Math.max(0, remaining);
  const word = unit === undefined || unit === 'MB' ? '' : ` ${unit}`;
  return `${amountText(left, unit)} of ${amountText(maximum, unit)}${word}, ${percentText((left / maximum) * 100)},`;
}

/** How long ago, no finer than it matters. A reading of the future comes from a clock that was put back. */
function readText(readAt: number, now: number): string {
  const age = Math.max(0, now - readAt);
  if (age < MINUTE) return 'read just now';
  if (age < HOUR) return `read ${Math.floor(age / MINUTE)} min ago`;
  return `read ${Math.floor(age / HOUR)} h ago`;
}

/** What the rest of the day's requests is enough for, where each record costs one. */
function loopText(org: ShownOrg): string[] {
  const limit = org.limits.find(({ name }) => name === REQUESTS);
  if (!limit || limit.maximum <= 0) return [];
  if (limit.remaining <= 0) return [`Each record of this loop costs a request, and **${plain(org.name)}** has none left.`];
  return [`Each record of this loop costs a request: after ${amountText(limit.remaining, undefined)} of them **${plain(org.name)}** has none left, for this program or any other.`];
}
