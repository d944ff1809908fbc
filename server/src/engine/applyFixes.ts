import { applyEdits, movedBy } from '../fixes/textEdits.ts';
import { together } from '../fixes/together.ts';
import type { Fix } from '../fixes/edit.ts';
import type { Finding } from '../report/callRecord.ts';
import { lineAt, lineStarts } from '../report/lines.ts';
import type { Engine } from './engine.ts';

/** A fix that was applied, at the line (from 1) where its finding stood then. */
export interface AppliedFix {
  path: string;
  line: number;
  rule: string;
  title: string;
}

/** What fixes made of the texts of an engine. */
export interface FixedTexts {
  /** Texts that changed, by path. */
  changed: Map<string, { before: string; after: string }>;
  /** New files, by path. */
  created: Map<string, string>;
  applied: AppliedFix[];
}

/** Fixes mend one finding each, and what one has mended may make room for the next: so many rounds are enough for any file that people write. */
const MAX_ROUNDS = 50;

interface Pick {
  finding: Finding;
  fix: Fix;
  key: string;
}

/**
 * Applies fixes to the texts that an engine holds, until none is left that is wanted. What does not mend its finding, or leaves a file that cannot be
 * analysed, is taken back. Writes no file.
 * @param wants chooses among the fixes of a finding; the first that it takes is applied
 */
export async function applyFixes(engine: Engine, wants: (finding: Finding, fix: Fix) => boolean): Promise<FixedTexts> {
  const out: FixedTexts = { changed: new Map(), created: new Map(), applied: [] };
  const failed = new Set<string>();
  await engine.prepare();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const picks = engine.paths().flatMap((path) => picksOf(engine, path, wants, failed));
    if (picks.length === 0) break;
    const { used, edits, creates } = together(picks.map(({ fix }) => fix));
    const before = new Map(Object.keys(edits).map((path) => [path, engine.text(path)!]));
    for (const [path, text] of before) engine.setFile(path, applyEdits(text, edits[path]!));
    for (const [path, text] of Object.entries(creates)) engine.setFile(path, text);
    await engine.prepare();
    const done = picks.filter(({ fix }) => used.includes(fix));
    const vain = done.filter(({ finding: { path, rule, start } }) => {
      const { failed: reason, findings } = engine.analyse(path);
      return reason !== undefined || findings.some((each) => each.rule === rule && each.start === movedBy(edits[path] ?? [], start));
    });
    if (vain.length > 0) {
      for (const { key } of vain) failed.add(key);
      for (const [path, text] of before) engine.setFile(path, text);
      for (const path of Object.keys(creates)) engine.removeFile(path);
      await engine.prepare();
      continue;
    }
    for (const [path, text] of before) {
      if (out.created.has(path)) out.created.set(path, engine.text(path)!);
      else out.changed.set(path, { before: out.changed.get(path)?.before ?? text, after: engine.text(path)! });
    }
    for (const [path, text] of Object.entries(creates)) out.created.set(path, text);
    for (const { finding, fix } of done) out.applied.push({ path: finding.path, line: lineAt(lineStarts(before.get(finding.path) ?? ''), finding.start) + 1, rule: finding.rule, title: fix.title });
  }
  return out;
}

function picksOf(engine: Engine, path: string, wants: (finding: Finding, fix: Fix) => boolean, failed: ReadonlySet<string>): Pick[] {
  return engine.analyse(path).findings.filter(({ fixes }) => fixes.length > 0).flatMap((finding) => {
    const fix = engine.fixes(finding).find((each) => wants(finding, each) && !failed.has(keyOf(finding, each)));
    return fix ? [{ finding, fix, key: keyOf(finding, fix) }] : [];
  });
}

/** What was in vain once is in vain again in that file. */
function keyOf({ path, rule }: Finding, { id }: Fix): string {
  return `${id} ${rule} ${path}`;
}
