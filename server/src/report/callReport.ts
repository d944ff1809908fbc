import { lineAt, lineStarts } from './lines.ts';
import type { CallRecord, FailureClass, Finding } from './callRecord.ts';

/** One analysed file of a report. */
export interface ReportFile {
  /** Absolute. */
  path: string;
  text: string;
  calls: readonly CallRecord[];
  findings: readonly Finding[];
}

/** A file that was not read, and why. */
export interface FailedFile {
  path: string;
  reason: string;
}

/** Everything a report is made of. */
export interface ReportInput {
  /** Absolute folder that paths are relative to. */
  root: string;
  /** Number of source files seen. */
  seen: number;
  files: readonly ReportFile[];
  failed: readonly FailedFile[];
}

interface Position {
  line: number;
  column: number;
  endLine: number;
  endColumn: number;
}

/** The call report, schema 1. */
export interface CallReport {
  schema: 1;
  root: string;
  files: { seen: number; analysed: number; failed: { file: string; reason: string }[] };
  calls: (Position & Record<string, unknown>)[];
  findings: (Position & { rule: string; severity: string; file: string; message: string; codes: string[]; fixes: string[] })[];
}

/** Makes the public report: paths with `/` relative to the root, lines and columns 1-based, in the order of path and place. The same input gives the same bytes. */
export function callReport(input: ReportInput): CallReport {
  const files = [...input.files].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const calls: CallReport['calls'] = [];
  const findings: CallReport['findings'] = [];
  for (const { path, text, calls: own, findings: ownFindings } of files) {
    const at = positions(text);
    const file = relative(input.root, path);
    for (const call of own) {
      calls.push({
        file,
        ...at(call.start, call.end),
        client: call.client,
        operation: call.operation,
        kind: call.kind,
        failure: call.failure,
        ...(call.upstream ? { upstream: call.upstream } : {}),
        retry: call.retry,
        partial: call.partial,
        paging: call.paging,
        ...(call.stops ? { end: call.stops } : {}),
        classes: Object.fromEntries(Object.entries(call.classes).map(([name, record]) => [name as FailureClass, record])),
      });
    }
    for (const { rule, severity, start, end, message, codes, fixes } of ownFindings) findings.push({ rule, severity, file, ...at(start, end), message, codes, fixes });
  }
  return {
    schema: 1,
    root: input.root,
    files: {
      seen: input.seen,
      analysed: input.files.length,
      failed: input.failed.map(({ path, reason }) => ({ file: relative(input.root, path), reason })).sort((a, b) => (a.file < b.file ? -1 : 1)),
    },
    calls,
    findings,
  };
}

/** A path below the root, with `/`. */
export function relative(root: string, path: string): string {
  const slashes = path.replaceAll('\\', '/');
  const base = root.replaceAll('\\', '/').replace(/\/$/, '');
  return slashes.startsWith(`${base}/`) ? slashes.slice(base.length + 1) : slashes;
}

/** Turns offsets of a text into 1-based lines and columns. */
export function positions(text: string): (start: number, end: number) => Position {
  const starts = lineStarts(text);
  const place = (offset: number): { line: number; column: number } => {
    const line = lineAt(starts, offset);
    return { line: line + 1, column: offset - starts[line]! + 1 };
  };
  return (start, end) => {
    const from = place(start);
    const to = place(end);
    return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
  };
}
