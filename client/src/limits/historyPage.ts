import * as vscode from 'vscode';
import { chartSvg, escaped } from '../../../server/src/limits/chart.ts';
import type { Sample } from '../../../server/src/limits/forecast.ts';
import { samplesByLimit } from '../../../server/src/limits/history.ts';
import { mostUsedFirst } from '../../../server/src/limits/ordering.ts';
import type { OrgLimit } from '../../../server/src/limits/orgLimits.ts';
import { amountText, percentText } from '../../../server/src/limits/figures.ts';
import { titleOf, unitOf } from '../../../server/src/limits/wording.ts';
import type { OrgSession } from './orgSession.ts';
import { outlookText } from './outlookText.ts';
import type { ViewOptions } from './viewOptions.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Charts of one org: the rest is in the export. */
const MOST_LIMITS = 12;

/** The command that a link in the page runs. */
export const EXPORT_COMMAND = 'apiGuard.exportHistory';

interface PageParts {
  sessions: readonly OrgSession[];
  options: ViewOptions;
  /** A limit that stands first. */
  first: string | undefined;
  /** Random, new for each page: nothing else in it may set styles, and nothing at all may run. */
  nonce: string;
}

/** The page of the history panel. It holds no script and loads nothing. */
export function historyPage({ sessions, options, first, nonce }: PageParts): string {
  const { t } = vscode.l10n;
  const orgs = sessions.map((session, at) => orgSection(session, options, first, `org${at}`));
  return `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'nonce-${nonce}';">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(t('Org Limits History'))}</title>
<style nonce="${nonce}">${STYLE}</style></head>
<body>${orgs.length > 0 ? orgs.join('') : `<p>${escaped(t('No org is chosen.'))}</p>`}</body></html>`;
}

function orgSection(session: OrgSession, options: ViewOptions, first: string | undefined, id: string): string {
  const { t } = vscode.l10n;
  const { source, history } = session;
  const samples = samplesByLimit(history);
  const shown = mostUsedFirst((session.state.limits?.limits ?? []).filter(({ name }) => samples.has(name) && !options.hidden.has(name)));
  shown.sort((a, b) => rank(b, first, options) - rank(a, first, options));
  const charts = shown.slice(0, MOST_LIMITS).map((limit, at) => limitSection(session, limit, samples.get(limit.name) ?? [], options, `${id}-limit${at}`));
  const more = shown.length - charts.length;
  const link = `command:${EXPORT_COMMAND}?${encodeURIComponent(JSON.stringify([{ org: session.id }]))}`;
  return `<section aria-labelledby="${id}"><h1 id="${id}">${escaped(t('Limits of {0}', source.name))}</h1>
<p>${escaped(t('Readings remembered on this machine: {0}. Requests spent on reading in the last 24 hours: {1}.', history.readings.length, session.requestsToday))}
<a href="${escaped(link)}">${escaped(t('Export as CSV'))}</a></p>
${charts.length > 0 ? charts.join('') : `<p>${escaped(t('Nothing is known yet. The charts fill while the Org Limits view is visible.'))}</p>`}
${more > 0 ? `<p>${escaped(t('{0} more limits are in the export.', more))}</p>` : ''}</section>`;
}

function rank({ name }: OrgLimit, first: string | undefined, { pinned }: ViewOptions): number {
  return name === first ? 2 : pinned.has(name) ? 1 : 0;
}

function limitSection(session: OrgSession, limit: OrgLimit, samples: readonly Sample[], options: ViewOptions, id: string): string {
  const { t } = vscode.l10n;
  const now = options.now;
  const unit = unitOf(limit.name);
  const outlook = session.outlookOf(limit.name);
  const title = titleOf(limit.name);
  const summary = [usageText(samples.at(-1), unit), outlook && outlookText(outlook, unit, now)].filter((part) => part).join('. ');
  // Room for a forecast that ends soon.
  const ahead = outlook?.runsOut && outlook.runsOut.at - now < 12 * HOUR ? Math.min(12 * HOUR, (outlook.runsOut.at - now) * 1.3) : 0;
  const words = { high: t('high'), critical: t('critical'), now: t('now') };
  const common = { samples, now, thresholds: options.thresholds, words, runsOut: outlook?.runsOut };
  const day = chartSvg({
    ...common, id: `${id}-day`, from: now - DAY, to: now + ahead, gap: 1.5 * HOUR, ticks: dayTicks(now), title: t('{0}, last 24 hours', title), description: rangeText(samples, now - DAY, now, unit),
  });
  const week = chartSvg({
    ...common, runsOut: undefined, id: `${id}-week`, from: now - 7 * DAY, to: now, gap: 3 * HOUR, ticks: weekTicks(now), title: t('{0}, last 7 days', title), description: rangeText(samples, now - 7 * DAY, now, unit),
  });
  return `<article aria-labelledby="${id}"><h2 id="${id}">${escaped(title)}</h2><p>${escaped(summary)}</p>
<div class="pair"><figure><figcaption>${escaped(t('Last 24 hours'))}</figcaption>${day}</figure><figure><figcaption>${escaped(t('Last 7 days'))}</figcaption>${week}</figure></div>
${tables(samples, now, unit, title)}</article>`;
}

/** The figures behind the two charts, for those who would rather read. */
function tables(samples: readonly Sample[], now: number, unit: string | undefined, title: string): string {
  const { t } = vscode.l10n;
  const cell = ({ used, maximum }: Sample): string => `<td>${escaped(amountText(used, unit, vscode.env.language))}</td><td>${maximum > 0 ? percentText((used / maximum) * 100) : ''}</td>`;
  const row = (time: number, format: Intl.DateTimeFormatOptions, cells: string): string => `<tr><th scope="row">${escaped(new Date(time).toLocaleString(vscode.env.language, format))}</th>${cells}</tr>`;
  const hours = stretches(samples.filter(({ time }) => time > now - DAY), ({ time }) => String(Math.floor(time / HOUR)));
  const days = stretches(samples.filter(({ time }) => time > now - 7 * DAY), ({ time }) => new Date(time).toDateString());
  const byHour = hours.map(({ last }) => row(last.time, { weekday: 'short', hour: '2-digit', minute: '2-digit' }, cell(last)));
  const byDay = days.map(({ last, least, most }) => row(last.time, { weekday: 'long', day: 'numeric', month: 'short' }, [least, most, last].map(cell).join('')));
  const amounts = (...heads: string[]): string => heads.map((head) => `<th scope="col">${escaped(head)}</th><th scope="col">%</th>`).join('');
  return `<details><summary>${escaped(t('Figures of {0}', title))}</summary>
<table><caption>${escaped(t('Last 24 hours, the last reading of each hour'))}</caption><thead><tr><th scope="col">${escaped(t('Read'))}</th>${amounts(t('Used'))}</tr></thead><tbody>${byHour.join('')}</tbody></table>
<table><caption>${escaped(t('Last 7 days'))}</caption><thead><tr><th scope="col">${escaped(t('Day'))}</th>${amounts(t('At least'), t('At most'), t('At last'))}</tr></thead><tbody>${byDay.join('')}</tbody></table></details>`;
}

/** The last, the smallest and the largest reading of each stretch of time, in the order of time. */
function stretches(samples: readonly Sample[], stretch: (sample: Sample) => string): { last: Sample; least: Sample; most: Sample }[] {
  const found = new Map<string, { last: Sample; least: Sample; most: Sample }>();
  for (const sample of samples) {
    const known = found.get(stretch(sample));
    found.set(stretch(sample), { last: sample, least: known && known.least.used <= sample.used ? known.least : sample, most: known && known.most.used >= sample.used ? known.most : sample });
  }
  return [...found.values()];
}

function usageText(sample: Sample | undefined, unit: string | undefined): string {
  if (!sample) return '';
  const of = `${amountText(sample.used, unit, vscode.env.language)} / ${amountText(sample.maximum, unit, vscode.env.language)}${unit && unit !== 'MB' ? ` ${unit}` : ''}`;
  return sample.maximum > 0 ? `${of} (${percentText((sample.used / sample.maximum) * 100)})` : of;
}

/** What a chart shows, in words. */
function rangeText(samples: readonly Sample[], from: number, to: number, unit: string | undefined): string {
  const { t } = vscode.l10n;
  const within = samples.filter(({ time }) => time >= from && time <= to);
  const last = within.at(-1);
  if (!last) return t('No readings.');
  let least = last;
  let most = last;
  for (const sample of within) {
    if (sample.used < least.used) least = sample;
    if (sample.used > most.used) most = sample;
  }
  return t('{0} readings; at least {1}, at most {2}, at last {3}.', within.length, usageText(least, unit), usageText(most, unit), usageText(last, unit));
}

/** Every six hours, by the clock on the wall. */
function dayTicks(now: number): { time: number; label: string }[] {
  const start = new Date(now - DAY);
  start.setMinutes(0, 0, 0);
  return Array.from({ length: 38 }, (_, hour) => new Date(start.getTime() + hour * HOUR))
    .filter((time) => time.getHours() % 6 === 0)
    .map((time) => ({ time: time.getTime(), label: time.toLocaleTimeString(vscode.env.language, { hour: '2-digit', minute: '2-digit' }) }));
}

/** Midnights. */
function weekTicks(now: number): { time: number; label: string }[] {
  return Array.from({ length: 7 }, (_, day) => {
    const time = new Date(now - day * DAY);
    time.setHours(0, 0, 0, 0);
    return { time: time.getTime(), label: time.toLocaleDateString(vscode.env.language, { weekday: 'short' }) };
  });
}

const STYLE = `
body { color: var(--vscode-foreground); background: var(--vscode-editor-background); font-family: var(--vscode-font-family); font-size: var(--vscode-font-size); padding: 0 1.5em 2em; max-width: 100em; }
h1 { font-size: 1.5em; font-weight: 600; } h2 { font-size: 1.15em; font-weight: 600; margin: 1.6em 0 0.2em; } p { margin: 0.3em 0; }
a { color: var(--vscode-textLink-foreground); }
.pair { display: flex; flex-wrap: wrap; gap: 1.5em; }
figure { margin: 0.5em 0; flex: 1 1 22em; max-width: 48em; } figcaption { color: var(--vscode-descriptionForeground); }
.chart { width: 100%; height: auto; display: block; }
.chart:focus, a:focus, summary:focus { outline: 1px solid var(--vscode-focusBorder); outline-offset: 2px; }
.chart text { fill: var(--vscode-descriptionForeground); font-size: 11px; }
.grid { stroke: var(--vscode-charts-lines, var(--vscode-descriptionForeground)); stroke-opacity: 0.4; }
.tick { stroke: var(--vscode-descriptionForeground); }
.now { stroke: var(--vscode-descriptionForeground); stroke-dasharray: 1 3; }
.high { stroke: var(--vscode-charts-yellow); stroke-dasharray: 6 4; } .critical { stroke: var(--vscode-charts-red); stroke-dasharray: 6 4; }
.line { fill: none; stroke: var(--vscode-charts-blue); stroke-width: 2; stroke-linejoin: round; } .area { fill: var(--vscode-charts-blue); fill-opacity: 0.15; stroke: none; } .point { fill: var(--vscode-charts-blue); }
.forecast { fill: none; stroke: var(--vscode-charts-purple, var(--vscode-foreground)); stroke-width: 2; stroke-dasharray: 5 4; } .margin { fill: var(--vscode-charts-purple, var(--vscode-foreground)); fill-opacity: 0.3; stroke: none; }
table { border-collapse: collapse; margin: 0.5em 0; } th, td { text-align: left; padding: 0.15em 1.2em 0.15em 0; font-weight: normal; }
caption { text-align: left; color: var(--vscode-descriptionForeground); padding-bottom: 0.2em; white-space: nowrap; } thead th { font-weight: 600; border-bottom: 1px solid var(--vscode-descriptionForeground); }
`;
