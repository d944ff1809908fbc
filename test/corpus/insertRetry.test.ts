import assert from 'node:assert/strict';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { discoverFiles } from '../../server/src/engine/discover.ts';
import { Engine } from '../../server/src/engine/engine.ts';
import { readSourceNow } from '../../server/src/engine/sourceFile.ts';
import type { Fix } from '../../server/src/fixes/edit.ts';
import type { Finding } from '../../server/src/report/callRecord.ts';
import { WASM } from '../fixtures/analyse.ts';
import { applied, type Files } from '../fixes/applyFix.ts';
import { added, compilerErrors } from './compilerErrors.ts';

/** A folder of repositories with their files, `OWNER+NAME` each. Nothing is fetched here, and nothing is written. */
const REPOSITORIES = process.env['API_GUARD_REPOSITORIES'];
/** The least share of the findings at awaited calls at which the fix must be on offer. */
const SHARE = 0.8;

/** Sources and manifests by path. */
async function filesOf(root: string): Promise<{ sources: Files; manifests: Files }> {
  const sources: Files = {};
  const manifests: Files = {};
  for await (const { path: file, role } of discoverFiles(root)) {
    const read = readSourceNow(file);
    if ('text' in read && (role === 'project' || /\.[cm]?[jt]sx?$/.test(file))) (role === 'project' ? manifests : sources)[file] = read.text;
  }
  return { sources, manifests };
}

async function engineWith(sources: Files, manifests: Files): Promise<Engine> {
  const engine = new Engine({ wasmFolder: WASM });
  for (const [file, text] of Object.entries(manifests)) engine.setProjectFile(file, text);
  for (const [file, text] of Object.entries(sources)) engine.setFile(file, text);
  await engine.prepare();
  return engine;
}

/** Whether the call around a place, or the chain that it begins, is awaited. */
function isAwaited(file: string, text: string, at: number): boolean {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  let node: ts.Node = source;
  for (let inner: ts.Node | undefined = source; inner; inner = ts.forEachChild(inner, (child) => (child.getStart() <= at && at < child.end ? child : undefined))) node = inner;
  while (!ts.isSourceFile(node) && !ts.isFunctionLike(node)) {
    if (ts.isAwaitExpression(node)) return true;
    node = node.parent;
  }
  return false;
}

/** The nearest folder above a file that has one of these files. */
function nearest(file: string, names: readonly string[], top: string): string {
  for (let folder = path.dirname(file); folder.startsWith(top); folder = path.dirname(folder)) if (names.some((name) => existsSync(path.join(folder, name)))) return folder;
  return top;
}

/** What is wrong with a fix of one finding in a repository, in plain words. */
async function faultsOf(root: string, sources: Files, manifests: Files, engine: Engine, finding: Finding, fix: Fix): Promise<string[]> {
  const faults: string[] = [];
  const after = applied(sources, fix);
  const changed = [...Object.keys(fix.edits), ...Object.keys(fix.creates)];
  for (const [file, edits] of Object.entries(fix.edits)) {
    // What is not inserted stands as it stood, byte by byte.
    let rest = after[file]!;
    for (const { start, end, newText } of [...edits].reverse()) {
      const shift = edits.filter((each) => each.start < start).reduce((sum, each) => sum + each.newText.length - (each.end - each.start), 0);
      if (rest.slice(start + shift, start + shift + newText.length) !== newText) faults.push(`is not where it should be at ${start}`);
      rest = rest.slice(0, start + shift) + sources[file]!.slice(start, end) + rest.slice(start + shift + newText.length);
    }
    if (rest !== sources[file]) faults.push('changes text outside its edits');
  }
  const project = nearest(finding.path, ['tsconfig.json', 'package.json'], root);
  faults.push(...added(compilerErrors(project, changed.filter((file) => file in sources), sources), compilerErrors(project, changed, after)).map((each) => `new error: ${each}`));
  const next = await engineWith(after, manifests);
  const moved = (file: string, at: number): number => at + (fix.edits[file] ?? []).reduce((sum, { start, end, newText }) => (end <= at && (start < at || end === start) ? sum + newText.length - (end - start) : sum), 0);
  const key = (rule: string, file: string, at: number): string => `${rule} ${path.relative(root, file)}:${at}`;
  const before = new Set(engine.paths().flatMap((file) => engine.analyse(file).findings.map(({ rule, start }) => key(rule, file, moved(file, start)))));
  // A finding that names several calls goes on at those that could not be wrapped.
  const named = new Set(finding.related.map(({ path: file, start }) => key(finding.rule, file, moved(file, start))));
  for (const file of next.paths()) {
    for (const each of next.analyse(file).findings) {
      const at = key(each.rule, file, each.start);
      if (file === finding.path && each.rule === finding.rule && each.start === moved(file, finding.start)) faults.push('the finding is still there');
      else if (!before.has(at) && !named.has(at)) faults.push(`new finding ${at}: ${each.message}`);
    }
  }
  return faults;
}

describe('insert retry in public repositories', () => {
  const names = REPOSITORIES === undefined ? [] : readdirSync(REPOSITORIES).filter((name) => name.includes('+') && !existsSync(path.join(REPOSITORIES, name, 'HEAD'))).sort();
  const refusals = new Map<string, number>();
  const count = { findings: 0, offered: 0, awaited: 0, offeredAwaited: 0, faults: 0 };

  for (const name of names) {
    it(name.replace('+', '/'), async function () {
      this.timeout(600_000);
      const root = realpathSync(path.join(REPOSITORIES!, name));
      const { sources, manifests } = await filesOf(root);
      const engine = await engineWith(sources, manifests);
      const faults: string[] = [];
      for (const file of engine.paths()) {
        for (const finding of engine.analyse(file).findings.filter((each) => each.fixes.includes('insert-retry'))) {
          const fix = engine.fixes(finding).find(({ id }) => id === 'insert-retry');
          const refused = engine.refusals(finding).find((each) => each.fix === 'insert-retry')?.reason;
          assert.ok((fix === undefined) !== (refused === undefined), 'offered or refused');
          const awaited = refused !== 'many-writes' && isAwaited(file, sources[file]!, finding.start);
          count.findings++;
          if (awaited) count.awaited++;
          if (refused !== undefined) refusals.set(refused, (refusals.get(refused) ?? 0) + 1);
          if (!fix) continue;
          count.offered++;
          if (awaited) count.offeredAwaited++;
          faults.push(...(await faultsOf(root, sources, manifests, engine, finding, fix)).map((each) => `${path.relative(root, file)}:${sources[file]!.slice(0, finding.start).split('\n').length} ${each}`));
        }
      }
      count.faults += faults.length;
      assert.deepEqual(faults, []);
    });
  }

  if (names.length > 0) it('is on offer where it should be', () => {
    const reasons = [...refusals].sort(([, one], [, other]) => other - one).map(([reason, times]) => `${reason} ${times}`);
    process.stdout.write(`\ninsert-retry: offered at ${count.offered} of ${count.findings} findings, at ${count.offeredAwaited} of ${count.awaited} of awaited calls; refused: ${reasons.join(', ') || 'none'}\n`);
    assert.ok(count.offeredAwaited >= SHARE * count.awaited);
  });
});
