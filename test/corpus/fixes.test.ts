import assert from 'node:assert/strict';
import { readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import ts from 'typescript';
import { readPaths } from '../../server/src/engine/check.ts';
import type { Engine } from '../../server/src/engine/engine.ts';
import { tryFix } from '../fixes/trial.ts';
import { typeErrors } from '../fixes/typeErrors.ts';
import { WASM } from '../fixtures/analyse.ts';

/** A folder of work trees, or of links to them. Nothing is fetched here. */
const REPOSITORIES = process.env['API_GUARD_REPOSITORIES'];
/** Fixes that have a test of their own over the repositories. */
const ELSEWHERE = /retry|upsert/;

interface Count {
  /** Findings that name the fix. */
  named: number;
  offered: number;
  well: number;
  /** Where the milder voice of another rule at the same call is heard now. */
  uncovered: number;
}

/** Every fix that is offered in public repositories, tried; prints how many of how many are well. */
describe('fixes in public repositories', () => {
  const counts = new Map<string, Count>();
  const countOf = (id: string): Count => {
    const found = counts.get(id) ?? { named: 0, offered: 0, well: 0, uncovered: 0 };
    counts.set(id, found);
    return found;
  };

  for (const name of REPOSITORIES === undefined ? [] : readdirSync(REPOSITORIES).filter((each) => each.includes('+'))) {
    it(name, async function () {
      this.timeout(600_000);
      const folder = realpathSync(path.join(REPOSITORIES!, name));
      const { engine } = await readPaths([folder], WASM);
      await engine.prepare();
      const faults: string[] = [];
      const before = new Map(engine.paths().map((file) => [file, engine.text(file)]));
      for (const file of engine.paths()) {
        for (const finding of engine.analyse(file).findings) {
          const ids = finding.fixes.filter((id) => !ELSEWHERE.test(id));
          for (const id of ids) countOf(id).named++;
          for (const fix of ids.length === 0 ? [] : engine.fixes(finding).filter(({ id }) => ids.includes(id))) {
            const trial = await tryFix(engine, finding, fix);
            const wrong = [...trial.faults, ...newTypeErrors(engine, file, trial.after[file]!)];
            const count = countOf(fix.id);
            count.offered++;
            if (wrong.length === 0) count.well++;
            if (trial.uncovered.length > 0) count.uncovered++;
            faults.push(...wrong.map((each) => `${fix.id} at ${path.relative(folder, file)}:${before.get(file)!.slice(0, finding.start).split('\n').length}: ${each}`));
          }
        }
      }
      assert.deepEqual(faults, []);
    });
  }

  after(() => {
    for (const [id, { named, offered, well, uncovered }] of [...counts].sort()) console.log(`${id}: offered at ${offered} of ${named} findings; ${well} of ${offered} well, ${uncovered} uncover a milder finding at the call`);
  });
});

/** What the compiler says of a file alone, with the packages that are installed here, and did not say before. */
function newTypeErrors(engine: Engine, file: string, after: string): string[] {
  if (!/(?<!\.d)\.[cm]?tsx?$/.test(file)) return [];
  const name = path.basename(file);
  const options: ts.CompilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, jsx: ts.JsxEmit.Preserve };
  const known = new Map<string, number>();
  for (const each of typeErrors({ [name]: engine.text(file)! }, options)) known.set(each, (known.get(each) ?? 0) + 1);
  return typeErrors({ [name]: after }, options).filter((each) => {
    const left = known.get(each) ?? 0;
    known.set(each, left - 1);
    return left <= 0;
  });
}
