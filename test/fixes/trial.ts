import ts from 'typescript';
import type { Engine } from '../../server/src/engine/engine.ts';
import { applyEdits, movedBy } from '../../server/src/fixes/textEdits.ts';
import type { Fix } from '../../server/src/fixes/edit.ts';
import { languageOf } from '../../server/src/languages/index.ts';
import { Parsers } from '../../server/src/languages/parsers.ts';
import type { Finding } from '../../server/src/report/callRecord.ts';
import { WASM } from '../fixtures/analyse.ts';

/** What became of a fix that was tried. */
export interface Trial {
  /** The texts that it has changed or made, by path. */
  after: Record<string, string>;
  /** What should not be, in plain words; empty where all is well. */
  faults: string[];
  /** Rules that speak at the same call now, where the fixed one spoke first before. */
  uncovered: string[];
}

/**
 * Applies a fix and looks at what it has done: the edits are in order, the text parses as well as before, the finding is gone, no other appears but at the
 * same call, and the same fix is not offered there again. The engine holds what it held before, afterwards.
 * @param paths the files whose findings are compared; those that are edited if absent
 */
export async function tryFix(engine: Engine, finding: Finding, fix: Fix, paths: readonly string[] = Object.keys(fix.edits)): Promise<Trial> {
  const before = Object.fromEntries(Object.keys(fix.edits).map((path) => [path, engine.text(path)!]));
  const faults = wrongEdits(before, fix);
  const after: Record<string, string> = { ...fix.creates };
  for (const [path, edits] of Object.entries(fix.edits)) after[path] = applyEdits(before[path]!, edits);
  for (const [path, text] of Object.entries(after)) if ((await syntaxErrors(path, text)) > (await syntaxErrors(path, before[path] ?? ''))) faults.push('does not parse');
  const moved = (path: string, at: number): number => movedBy(fix.edits[path] ?? [], at);
  const key = (rule: string, path: string, at: number): string => `${rule} ${path}:${at}`;
  const known = new Set(paths.flatMap((path) => engine.analyse(path).findings.map((each) => key(each.rule, path, moved(path, each.start)))));
  const { calls } = engine.analyse(finding.path);
  const call = calls.find(({ start, end }) => start <= finding.start && finding.end <= end) ?? calls.find(({ start }) => finding.related.some((each) => each.start === start));
  const here = new Set([finding.start, ...(call ? [call.start] : [])].map((at) => moved(finding.path, at)));
  // What ended in silence before can be spoken of once it no longer does.
  const ended = new Set(paths.flatMap((path) => engine.analyse(path).calls.filter(({ stops }) => stops === 'swallowed').map(({ start }) => `${path}:${moved(path, start)}`)));
  for (const [path, text] of Object.entries(after)) engine.setFile(path, text);
  await engine.prepare();
  const uncovered: string[] = [];
  for (const path of [...paths, ...Object.keys(fix.creates)]) {
    const analysis = engine.analyse(path);
    if (analysis.failed !== undefined) faults.push(`${path} fails: ${analysis.failed}`);
    for (const each of analysis.findings) {
      const isHere = path === finding.path && here.has(each.start);
      if (isHere && each.rule === finding.rule) {
        faults.push('the finding is still there');
        if (engine.fixes(each).some(({ id }) => id === fix.id)) faults.push('it is offered again');
      } else if (!known.has(key(each.rule, path, each.start))) {
        // One finding speaks for several calls of a function; then it speaks at the next.
        if (each.rule === finding.rule && / more\b/.test(finding.message)) continue;
        // A handler that several calls share was mended for all of them.
        const isShared = / more share this handler/.test(finding.message);
        if (isHere || isShared || ended.has(`${path}:${each.start}`) || finding.related.some(({ message }) => message.endsWith(`(${each.rule})`))) uncovered.push(each.rule);
        else faults.push(`new finding ${each.rule} at ${each.start}: ${each.message}`);
      }
    }
  }
  for (const [path, text] of Object.entries(before)) engine.setFile(path, text);
  for (const path of Object.keys(fix.creates)) engine.removeFile(path);
  await engine.prepare();
  return { after, faults, uncovered };
}

function wrongEdits(texts: Readonly<Record<string, string>>, { edits }: Fix): string[] {
  return Object.entries(edits).flatMap(([path, list]) => {
    let last = 0;
    return list.flatMap(({ start, end }) => {
      const wrong = start < last || end < start || end > texts[path]!.length;
      last = end;
      return wrong ? [`edit ${start}-${end} of ${path} is out of order`] : [];
    });
  });
}

const parsers = new Parsers(WASM);

/** How many places a compiler cannot read; of a file that no compiler here reads, whether the parser had to skip something. */
async function syntaxErrors(path: string, text: string): Promise<number> {
  const language = languageOf(path);
  if (language && language.id !== 'javascript') return (await parsers.lower(language, path, text)).damaged ? 1 : 0;
  const kind = /\.tsx$/.test(path) ? ts.ScriptKind.TSX : /\.[cm]?ts$/.test(path) ? ts.ScriptKind.TS : ts.ScriptKind.JSX;
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, false, kind) as ts.SourceFile & { parseDiagnostics: readonly unknown[] };
  return file.parseDiagnostics.length;
}
