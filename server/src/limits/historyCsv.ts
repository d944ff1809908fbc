import type { History } from './history.ts';
import { titleOf, unitOf } from './wording.ts';

/** The history as CSV (RFC 4180) with a line for each limit and reading, oldest first; times in UTC. */
export function historyCsv(history: History): string {
  const lines = ['time,limit,title,unit,used,maximum,percent'];
  for (const { time, values } of history.readings) {
    const at = new Date(time).toISOString();
    for (const [name, [used, maximum]] of Object.entries(values)) {
      const percent = maximum > 0 ? String(Math.round((used / maximum) * 10_000) / 100) : '';
      lines.push([at, cell(name), cell(titleOf(name)), cell(unitOf(name) ?? ''), used, maximum, percent].join(','));
    }
  }
  return `${lines.join('\r\n')}\r\n`;
}

/** A text as a cell. Names come from the org: one that a spreadsheet would take for a formula is made a text. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
