import ts from 'typescript';
import type { Engine } from '../../server/src/engine/engine.ts';
import type { Fix } from '../../server/src/fixes/edit.ts';
import type { Finding } from '../../server/src/report/callRecord.ts';
import { applied, engineOf, type Files } from './applyFix.ts';

/** What became of a fix that was tried. */
export interface Trial {
  /** The texts after it. */
  files: Files;
  /** What should not be, in plain words; empty where all is well. */
  faults: string[];
  /** Rules that speak at the same call now, where the fixed one spoke first before. */
  uncovered: string[];
}

/**
 * Applies a fix and looks at what it has done: the edits are in order, the text parses as well as before, the finding is gone, no other appears but at the
 * same call, and the same fix is not offered there again.
 */
export async function tryFix(files: Files, engine: Engine, finding: Finding, fix: Fix): Promise<Trial> {
  const faults = wrongEdits(files, fix);
  const after = applied(files, fix);
  for (const path of Object.keys({ ...fix.edits, ...fix.creates })) if (syntaxErrors(path, after[path]!) > syntaxErrors(path, files[path] ?? '')) faults.push('does not parse');
  const next = await engineOf(after);
  const moved = (path: string, at: number): number => at + (fix.edits[path] ?? []).reduce((sum, { start, end, newText }) => (end <= at && (start < at || end === start) ? sum + newText.length - (end - start) : sum), 0);
  const key = (rule: string, path: string, at: number): string => `${rule} ${path}:${at}`;
  const calls = engine.analyse(finding.path).calls;
  const call = calls.find(({ start, end }) => start <= finding.start && finding.end <= end) ?? calls.find(({ start }) => finding.related.some((each) => each.start === start));
  const here = new Set([finding.start, ...(call ? [call.start] : [])].map((at) => moved(finding.path, at)));
  const uncovered: string[] = [];
  for (const path of next.paths()) {
    const analysis = next.analyse(path);
    if (analysis.failed !== undefined) faults.push(`${path} fails: ${analysis.failed}`);
    const before = new Set((files[path] === undefined ? [] : engine.analyse(path).findings).map((each) => key(each.rule, path, moved(path, each.start))));
    for (const each of analysis.findings) {
      const isHere = path === finding.path && here.has(each.start);
      if (isHere && each.rule === finding.rule) {
        faults.push('the finding is still there');
        if (next.fixes(each).some(({ id }) => id === fix.id)) faults.push('it is offered again');
      } else if (!before.has(key(each.rule, path, each.start))) {
        // One finding speaks for several calls of a function; then it speaks at the next.
        if (each.rule === finding.rule && / more\b/.test(finding.message)) continue;
        if (isHere || finding.related.some(({ message }) => message.endsWith(`(${each.rule})`))) uncovered.push(each.rule);
        else faults.push(`new finding ${each.rule} at ${each.start}: ${each.message}`);
      }
    }
  }
  return { files: after, faults, uncovered };
}

function wrongEdits(files: Files, { edits }: Fix): string[] {
  return Object.entries(edits).flatMap(([path, list]) => {
    let last = 0;
    return list.flatMap(({ start, end }) => {
      const wrong = start < last || end < start || end > (files[path] ?? '').length;
      last = end;
      return wrong ? [`edit ${start}-${end} of ${path} is out of order`] : [];
    });
  });
}

/** How many places a compiler cannot read. */
export function syntaxErrors(path: string, text: string): number {
  const kind = /\.tsx$/.test(path) ? ts.ScriptKind.TSX : /\.[cm]?ts$/.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.JSX;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind) as ts.SourceFile & { parseDiagnostics: readonly unknown[] };
  return file.parseDiagnostics.length;
}
