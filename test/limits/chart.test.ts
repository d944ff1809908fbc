import assert from 'node:assert/strict';
import { chartSvg } from '../../server/src/limits/chart.ts';
import type { Chart } from '../../server/src/limits/chart.ts';

const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 21, 12);

const chart = (more: Partial<Chart> = {}): Chart => ({
  id: 'a', title: 'Daily API Requests, last 24 hours', description: 'All is well.', now: NOW, from: NOW - 24 * HOUR, to: NOW, thresholds: { high: 75, critical: 90 },
  words: { high: 'high', critical: 'critical', now: 'now' }, ticks: [{ time: NOW - 12 * HOUR, label: '00:00' }, { time: NOW + HOUR, label: 'outside' }], gap: 1.5 * HOUR,
  samples: Array.from({ length: 25 }, (_, hour) => ({ time: NOW - (24 - hour) * HOUR, used: hour * 2, maximum: 100 })), ...more,
});
const numbers = (svg: string): number[] => [...svg.matchAll(/ (?:points|x|y|[xy][12]|c[xy])="([^"]*)"/g)].flatMap((match) => (match[1] ?? '').split(/[ ,]/).map(Number));

describe('limits: charts', () => {
  it('say to those who do not see them what they show', () => {
    const svg = chartSvg(chart());
    assert.match(svg, /^<svg [^>]*role="img" tabindex="0" aria-labelledby="a-title a-text"><title id="a-title">Daily API Requests, last 24 hours<\/title><desc id="a-text">All is well\.<\/desc>/);
  });

  it('have one line for readings without a gap, marks within their time, and both thresholds by name', () => {
    const svg = chartSvg(chart());
    assert.equal(svg.match(/class="line"/g)?.length, 1);
    assert.match(svg, />00:00</);
    assert.ok(!svg.includes('outside'));
    assert.match(svg, />high 75%<.*>critical 90%</);
    assert.ok(!svg.includes('class="forecast"'));
  });

  it('break the line where nothing is known, and show a lone reading as a point', () => {
    const { samples } = chart();
    const svg = chartSvg(chart({ samples: samples.filter((_, hour) => hour < 8 || hour === 12 || hour > 15) }));
    assert.equal(svg.match(/class="line"/g)?.length, 2);
    assert.equal(svg.match(/class="point"/g)?.length, 1);
  });

  it('show a forecast with its margin, within the chart', () => {
    const svg = chartSvg(chart({ to: NOW + 6 * HOUR, runsOut: { at: NOW + 4 * HOUR, earliest: NOW + 3 * HOUR, latest: NOW + 9 * HOUR } }));
    assert.match(svg, /class="forecast"/);
    const margin = /class="margin" points="([^"]+)"/.exec(svg)?.[1]?.split(' ').map((point) => point.split(',').map(Number));
    // From the last reading to the earliest end, along the limit to the edge, and back from where the latest end leaves the chart.
    assert.equal(margin?.length, 4);
    assert.deepEqual(margin.slice(1, 3).map(([, y]) => y), [12, 12]);
    assert.deepEqual(margin.slice(2).map(([x]) => x), [632, 632]);
    assert.match(svg, />now</);
    assert.ok(numbers(svg).every((number) => number >= 0 && number <= 640), svg);
  });

  it('hold limits that are used beyond their maximum, and readings that are none', () => {
    const samples = [{ time: NOW - 2 * HOUR, used: 250, maximum: 100 }, { time: NOW - HOUR, used: 5, maximum: 0 }, { time: NOW - HOUR, used: 300, maximum: 100 }, { time: NOW + HOUR, used: 1, maximum: 100 }, { time: NOW - 99 * HOUR, used: 1, maximum: 100 }];
    const all = numbers(chartSvg(chart({ samples, gap: 3 * HOUR })));
    assert.ok(all.every((number) => Number.isFinite(number) && number >= 0 && number <= 640), all.join(' '));
    assert.doesNotMatch(chartSvg(chart({ samples: [] })), /NaN|class="line"/);
  });

  it('take no markup, no script and no style from a name', () => {
    const svg = chartSvg(chart({ title: '"><script>alert(1)</script>', description: '\' onload=\'x', words: { high: '<b>', critical: '&', now: '' } }));
    assert.doesNotMatch(svg, /<script|<b>|onload='|style=/);
  });
});
