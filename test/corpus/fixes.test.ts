import assert from 'node:assert/strict';
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { readPaths } from '../../server/src/engine/check.ts';
import type { Engine } from '../../server/src/engine/engine.ts';
import type { Fix, TextEdit } from '../../server/src/fixes/edit.ts';
import type { Finding } from '../../server/src/report/callRecord.ts';
import { tryFix } from '../fixes/trial.ts';
import { WASM } from '../fixtures/analyse.ts';
import { added, compilerErrors } from './compilerErrors.ts';
import { installCompilers } from './projectCompiler.ts';

/** A folder of work trees, or of links to them, `OWNER+NAME` each. Nothing is fetched into it, and nothing is written there. */
const REPOSITORIES = process.env['API_GUARD_REPOSITORIES'];
/** The least share of the findings at awaited calls that may be repeated at which a retry must be on offer. */
const SHARE = 0.8;

interface Count {
  /** Findings that name the fix. */
  named: number;
  offered: number;
  well: number;
  /** Where the milder voice of another rule at the same call is heard now. */
  uncovered: number;
  /** Findings at which it is refused, by reason. */
  refused: Map<string, number>;
}

/** Every fix that is offered in public repositories, tried; prints how many of how many are well, and why others are not offered. */
describe('fixes in public repositories', () => {
  const counts = new Map<string, Count>();
  const awaited = { findings: 0, offered: 0 };
  const names = REPOSITORIES === undefined ? [] : readdirSync(REPOSITORIES).filter((name) => name.includes('+') && !existsSync(path.join(REPOSITORIES, name, 'HEAD'))).sort();
  const countOf = (id: string): Count => {
    const found = counts.get(id) ?? { named: 0, offered: 0, well: 0, uncovered: 0, refused: new Map<string, number>() };
    counts.set(id, found);
    return found;
  };

  before(async function () {
    this.timeout(300_000);
    if (names.length > 0) await installCompilers();
  });

  for (const name of names) {
    it(name.replace('+', '/'), async function () {
      this.timeout(600_000);
      const root = realpathSync(path.join(REPOSITORIES!, name));
      const { engine } = await readPaths([root], WASM);
      await engine.prepare();
      const faults: string[] = [];
      for (const file of engine.paths()) {
        for (const finding of engine.analyse(file).findings) {
          const fixes = finding.fixes.length === 0 ? [] : engine.fixes(finding);
          const refusals = finding.fixes.length === 0 ? [] : engine.refusals(finding);
          for (const id of finding.fixes) {
            const count = countOf(id);
            const fix = fixes.find((each) => each.id === id);
            const reason = refusals.find((each) => each.fix === id)?.reason;
            count.named++;
            assert.ok(fix === undefined || reason === undefined, `${id} is offered and refused`);
            if (!fix) count.refused.set(reason ?? 'not here', (count.refused.get(reason ?? 'not here') ?? 0) + 1);
            if (id === 'insert-retry' && reason !== 'many-writes' && isAwaited(file, engine.text(file)!, finding.start)) {
              awaited.findings++;
              if (fix) awaited.offered++;
            }
            if (!fix) continue;
            const { wrong, uncovered } = await tried(root, engine, finding, fix);
            count.offered++;
            if (wrong.length === 0) count.well++;
            if (uncovered) count.uncovered++;
            faults.push(...wrong.map((each) => `${id} at ${path.relative(root, file)}:${engine.text(file)!.slice(0, finding.start).split('\n').length}: ${each}`));
          }
        }
      }
      assert.deepEqual(faults, []);
    });
  }

  if (names.length > 0) it('have a retry on offer where it should be', () => assert.ok(awaited.offered >= SHARE * awaited.findings, `${awaited.offered} of ${awaited.findings}`));

  after(() => {
    for (const [id, { named, offered, well, uncovered, refused }] of [...counts].sort()) {
      const reasons = [...refused].sort(([, one], [, other]) => other - one).map(([reason, times]) => `${reason} ${times}`).join(', ');
      console.log(`${id}: offered at ${offered} of ${named} findings${reasons && `; not: ${reasons}`}; ${well} of ${offered} well, ${uncovered} uncover a milder finding at the call`);
    }
    if (names.length > 0) console.log(`insert-retry at awaited calls that may be repeated: ${awaited.offered} of ${awaited.findings}`);
  });
});

/** Applies a fix and looks at what it has done, in all files that it changes, with the compiler of the project too. */
async function tried(root: string, engine: Engine, finding: Finding, fix: Fix): Promise<{ wrong: string[]; uncovered: boolean }> {
  const changed = [...Object.keys(fix.edits), ...Object.keys(fix.creates)];
  const before = Object.fromEntries(Object.keys(fix.edits).map((file) => [file, engine.text(file)!]));
  const { faults, after, uncovered } = await tryFix(engine, finding, fix);
  const strange = Object.entries(fix.edits).filter(([file, edits]) => takenBack(after[file]!, before[file]!, edits) !== before[file]).map(([file]) => `changes ${file} outside its edits`);
  const news = added(compilerErrors(root, Object.keys(before), before), compilerErrors(root, changed, after));
  return { wrong: [...faults, ...strange, ...news.map((each) => `new error: ${each}`)], uncovered: uncovered.length > 0 };
}

/** A text without what edits have put into it. */
function takenBack(after: string, before: string, edits: readonly TextEdit[]): string {
  let text = after;
  for (const { start, end, newText } of edits) {
    // What stands before is taken back already.
    if (text.slice(start, start + newText.length) !== newText) return '';
    text = text.slice(0, start) + before.slice(start, end) + text.slice(start + newText.length);
  }
  return text;
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
