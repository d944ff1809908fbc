import type { RunsOut, Sample } from './forecast.ts';
import type { Thresholds } from './threshold.ts';

/** What a chart shows. Times in milliseconds since 1970. */
export interface Chart {
  /** Unique in the page; letters, digits and dashes. */
  id: string;
  /** Read out to those who do not see the chart: what it is, and what it shows. */
  title: string;
  description: string;
  samples: readonly Sample[];
  from: number;
  to: number;
  now: number;
  thresholds: Thresholds;
  /** Names of the two thresholds, and of the present. */
  words: { high: string; critical: string; now: string };
  /** Marks of the time axis. */
  ticks: readonly { time: number; label: string }[];
  /** Readings that are farther apart are not joined by a line: nothing is known of the time between, in milliseconds. */
  gap: number;
  runsOut?: RunsOut | undefined;
}

const WIDTH = 640;
const HEIGHT = 190;
/** Half the width of a time's label: one at the edge moves inwards. */
const HALF_LABEL = 22;
const PLOT = { left: 44, right: 632, top: 12, bottom: 160 };

/** A chart of a limit's use in percent as inline SVG. Colours come from the page's classes, nothing from outside. Pure. */
export function chartSvg(chart: Chart): string {
  const points = pointsOf(chart);
  const top = Math.max(100, Math.ceil(Math.max(0, ...points.map(({ percent }) => percent)) / 25) * 25);
  const x = (time: number): number => round(PLOT.left + ((time - chart.from) / (chart.to - chart.from)) * (PLOT.right - PLOT.left));
  const y = (percent: number): number => round(PLOT.bottom - (Math.min(top, Math.max(0, percent)) / top) * (PLOT.bottom - PLOT.top));
  const { high, critical } = chart.thresholds;
  const parts = [
    ...[0, 50, 100].map((percent) => `<line class="grid" x1="${PLOT.left}" x2="${PLOT.right}" y1="${y(percent)}" y2="${y(percent)}"/>${label(PLOT.left - 6, y(percent) + 4, `${percent}%`, 'end')}`),
    threshold('high', y(high), `${chart.words.high} ${high}%`),
    threshold('critical', y(critical), `${chart.words.critical} ${critical}%`),
    ...chart.ticks.filter(({ time }) => time >= chart.from && time <= chart.to).map(({ time, label: text }) => (
      `<line class="tick" x1="${x(time)}" x2="${x(time)}" y1="${PLOT.bottom}" y2="${PLOT.bottom + 4}"/>${label(Math.min(x(time), PLOT.right - HALF_LABEL), PLOT.bottom + 18, text, 'middle')}`)),
    ...segmentsOf(points, chart.gap).map((segment) => drawn(segment, x, y)),
    chart.now < chart.to ? `<line class="now" x1="${x(chart.now)}" x2="${x(chart.now)}" y1="${PLOT.top}" y2="${PLOT.bottom}"/>${label(x(chart.now) - 4, PLOT.top + 10, chart.words.now, 'end')}` : '',
    forecast(chart, points.at(-1), x, y),
  ];
  return `<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" tabindex="0" aria-labelledby="${chart.id}-title ${chart.id}-text">`
    + `<title id="${chart.id}-title">${escaped(chart.title)}</title><desc id="${chart.id}-text">${escaped(chart.description)}</desc>${parts.join('')}</svg>`;
}

interface Point {
  time: number;
  percent: number;
}

function pointsOf({ samples, from, now }: Chart): Point[] {
  return samples
    .filter(({ time, maximum }) => time >= from && time <= now && maximum > 0)
    .sort((a, b) => a.time - b.time)
    .map(({ time, used, maximum }) => ({ time, percent: (used / maximum) * 100 }));
}

/** Readings that follow each other closely enough to be joined. */
function segmentsOf(points: readonly Point[], gap: number): Point[][] {
  const segments: Point[][] = [];
  let before: Point | undefined;
  for (const point of points) {
    if (before && point.time - before.time <= gap) segments.at(-1)?.push(point);
    else segments.push([point]);
    before = point;
  }
  return segments;
}

function drawn(segment: readonly Point[], x: (time: number) => number, y: (percent: number) => number): string {
  const first = segment[0];
  const last = segment.at(-1);
  if (!first || !last) return '';
  if (segment.length === 1) return `<circle class="point" cx="${x(first.time)}" cy="${y(first.percent)}" r="2.5"/>`;
  const line = segment.map(({ time, percent }) => `${x(time)},${y(percent)}`).join(' ');
  return `<polygon class="area" points="${x(first.time)},${PLOT.bottom} ${line} ${x(last.time)},${PLOT.bottom}"/><polyline class="line" points="${line}"/>`;
}

/** A fan from the last reading to where the limit runs out: earliest, most likely, latest. */
function forecast({ runsOut, to }: Chart, last: Point | undefined, x: (time: number) => number, y: (percent: number) => number): string {
  if (!runsOut || !last || last.percent >= 100) return '';
  /** Where the way from the last reading to the end at a time leaves the chart. */
  const reached = (time: number): string => {
    const end = Math.min(time, to);
    const part = time > last.time ? (end - last.time) / (time - last.time) : 1;
    return `${x(end)},${y(last.percent + (100 - last.percent) * part)}`;
  };
  const start = `${x(last.time)},${y(last.percent)}`;
  // Between the earliest and the latest end the margin goes along the limit itself.
  const corner = runsOut.earliest < to ? ` ${x(Math.min(runsOut.latest, to))},${y(100)}` : '';
  return `<polygon class="margin" points="${start} ${reached(runsOut.earliest)}${corner} ${reached(runsOut.latest)}"/><polyline class="forecast" points="${start} ${reached(runsOut.at)}"/>`;
}

function threshold(name: 'high' | 'critical', height: number, text: string): string {
  return `<line class="${name}" x1="${PLOT.left}" x2="${PLOT.right}" y1="${height}" y2="${height}"/>${label(PLOT.left + 4, height - 3, text, 'start')}`;
}

function label(x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end'): string {
  return `<text x="${x}" y="${y}" text-anchor="${anchor}">${escaped(text)}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Text that a page shows as it is, in elements and in attributes. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
