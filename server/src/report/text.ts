import type { CallReport } from './callReport.ts';

/** The report for people: one line a finding, files that could not be read, and one line of sums. */
export function textReport(report: CallReport): string {
  const lines = report.findings.map(({ file, line, column, severity, message, rule }) => `${file}:${line}:${column}  ${severity}  ${message}  (${rule})`);
  if (lines.length > 0) lines.push('');
  for (const { file, reason } of report.files.failed) lines.push(`not read: ${file}: ${reason}`);
  lines.push(`${count(report.findings.length, 'finding')} in ${count(report.calls.length, 'Salesforce call')}, ${count(report.files.analysed, 'file')} read.`);
  return `${lines.join('\n')}\n`;
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
