import { Engine, type FileAnalysis } from '../../server/src/engine/engine.ts';
import { wasmFolder } from '../../server/src/engine/wasmFolder.ts';
import type { Fix } from '../../server/src/fixes/edit.ts';
import { OUTLINES } from '../../server/src/languages/outlines.ts';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Texts by absolute path. */
export type Files = Record<string, string>;

/** An engine with these files, ready to answer. */
export async function engineOf(files: Files): Promise<Engine> {
  const engine = new Engine({ wasmFolder: wasmFolder(fileURLToPath(new URL('../../server/src/cli.ts', import.meta.url))) });
  for (const [path, text] of Object.entries(files)) {
    if (isManifest(path)) engine.setProjectFile(path, text);
    else engine.setFile(path, text);
  }
  await engine.prepare();
  return engine;
}

function isManifest(path: string): boolean {
  return path.endsWith('tsconfig.json') || OUTLINES.some((each) => each.isManifest(posix.basename(path)));
}

/** Applies a fix to the texts, as an editor would. */
export function applied(files: Files, fix: Fix): Files {
  const out = { ...files };
  for (const [path, edits] of Object.entries(fix.edits)) {
    let text = out[path] ?? '';
    for (const edit of [...edits].sort((a, b) => b.start - a.start || b.end - a.end)) text = text.slice(0, edit.start) + edit.newText + text.slice(edit.end);
    out[path] = text;
  }
  for (const [path, text] of Object.entries(fix.creates)) {
    if (out[path] !== undefined) throw new Error(`${path} exists already`);
    out[path] = text;
  }
  return out;
}

/** Applies a retry fix of every `missing-retry` finding of a file until none is left. `left` are the findings of that rule afterwards, `all` those of any rule in any file. */
export async function fixAll(files: Files, path: string, fixId = 'insert-retry'): Promise<{ files: Files; applied: number; left: FileAnalysis['findings']; all: FileAnalysis['findings'] }> {
  let now = files;
  for (let count = 0; count < 20; count++) {
    const engine = await engineOf(now);
    const findings = engine.analyse(path).findings.filter(({ rule }) => rule === 'missing-retry');
    const fix = findings.flatMap((finding) => engine.fixes(finding).filter(({ id }) => id === fixId))[0];
    if (!fix) return { files: now, applied: count, left: findings, all: engine.paths().flatMap((each) => engine.analyse(each).findings) };
    now = applied(now, fix);
  }
  throw new Error('the fix does not end');
}
