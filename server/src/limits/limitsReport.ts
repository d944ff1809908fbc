import { limitTextOf } from './limitTexts.ts';
import { mostUsedFirst } from './ordering.ts';
import { usageOf } from './orgLimits.ts';
import type { OrgLimit, OrgLimits } from './orgLimits.ts';
import { amountText, percentText } from './figures.ts';
import { titleOf, unitOf } from './wording.ts';

/** A limit in the JSON of the report, in the limit's own unit. */
export interface ReportedLimit {
  /** Key of `GET /limits`. */
  name: string;
  title: string;
  group: string;
  /** Absent for a limit that the catalogue does not know. */
  unit?: string;
  used: number;
  maximum: number;
  remaining: number;
  /** `null` where the maximum is zero or less. */
  percent: number | null;
  /** Shares of the limit, such as connected apps. */
  parts?: ReportedLimit[];
}

/** The JSON of `api-guard limits` and of "Copy as JSON". */
export interface LimitsReport {
  schema: 1;
  org: string;
  /** When the limits were read, in UTC (ISO 8601). */
  readAt: string;
  /** Most used first. */
  limits: ReportedLimit[];
  /** The threshold in percent, and the limits that have reached it. */
  failOver?: { percent: number; reached: string[] };
}

/**
 * The limits of an org as plain data.
 * @param failOver percentage from which a limit is named as reached
 */
export function limitsReport(org: string, readAt: Date, { limits }: OrgLimits, failOver?: number): LimitsReport {
  const ordered = mostUsedFirst(limits);
  return {
    schema: 1,
    org,
    readAt: readAt.toISOString(),
    limits: ordered.map((limit) => reported(limit)),
    ...(failOver === undefined ? {} : { failOver: { percent: failOver, reached: ordered.filter((limit) => reaches(limit, failOver)).map(({ name }) => name) } }),
  };
}

/** One limit as plain data, its shares too. */
export function reported(limit: OrgLimit, parent?: OrgLimit): ReportedLimit {
  const { used, percent } = usageOf(limit);
  const unit = unitOf(limit.name) ?? (parent && unitOf(parent.name));
  return {
    name: limit.name,
    title: parent?.name === 'DailyApiRequests' ? limit.name : titleOf(limit.name),
    group: limitTextOf((parent ?? limit).name)?.group ?? 'other',
    ...(unit === undefined ? {} : { unit }),
    used,
    maximum: limit.maximum,
    remaining: limit.remaining,
    percent: percent === undefined ? null : Math.round(percent * 100) / 100,
    ...(limit.parts.length > 0 ? { parts: mostUsedFirst(limit.parts).map((part) => reported(part, limit)) } : {}),
  };
}

/** Whether so many percent of a limit are used, or more. Use of something that the org has none of is beyond any threshold. */
function reaches(limit: OrgLimit, threshold: number): boolean {
  const { used, percent } = usageOf(limit);
  return percent === undefined ? used > 0 : percent >= threshold;
}

/** The report for people: a line for each limit that is used, most used first, and how many are not. */
export function limitsText(report: LimitsReport): string {
  const reached = new Set(report.failOver?.reached);
  const used = report.limits.filter((limit) => limit.used > 0);
  const rows = used.flatMap((limit) => [rowOf(limit, reached.has(limit.name)), ...(limit.parts ?? []).filter((part) => part.used > 0).map((part) => rowOf(part, false, '  '))]);
  const width = Math.max(0, ...rows.map(({ title }) => title.length));
  const unused = report.limits.length - used.length;
  const lines = [
    `Limits of ${printable(report.org)}, read at ${report.readAt.slice(0, 16).replace('T', ' ')} UTC`,
    '',
    ...rows.map(({ percent, title, amounts }) => `${percent.padStart(5)}  ${title.padEnd(width)}  ${amounts}`),
  ];
  if (unused > 0) lines.push(`${used.length > 0 ? '\n' : ''}${unused} ${unused === 1 ? 'limit is' : 'limits are'} not used.`);
  if (report.failOver) {
    const { percent, reached: names } = report.failOver;
    lines.push(names.length > 0 ? `\nAt ${percent}% or more: ${names.map(printable).join(', ')}.` : `\nNo limit is at ${percent}% or more.`);
  }
  return `${lines.join('\n')}\n`;
}

function rowOf(limit: ReportedLimit, isReached: boolean, indent = ''): { percent: string; title: string; amounts: string } {
  const amount = (value: number): string => amountText(value, limit.unit);
  const unit = limit.unit && limit.unit !== 'MB' ? ` ${limit.unit}` : '';
  return {
    percent: limit.percent === null ? '-' : percentText(limit.percent),
    title: `${indent}${printable(limit.title)}`,
    amounts: `${amount(limit.used)} of ${amount(Math.max(0, limit.maximum))}${unit}${isReached ? '  <-' : ''}`,
  };
}

/** Names come from the org: nothing in them may steer a terminal. */
function printable(text: string): string {
  return text.replace(/[^\P{C}]/gu, '?').slice(0, 120);
}
