import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { added, compilerErrors } from './compilerErrors.ts';
import { compilerOf, installCompilers } from './projectCompiler.ts';

/** The compilers come from the registry; what needs them runs where the repositories do. */
const REPOSITORIES = process.env['API_GUARD_REPOSITORIES'];
const SOURCE = "import type { Connection } from 'jsforce';\nexport async function f(c: Connection, id: string): Promise<string> {\n  const found = await c.sobject('Account').retrieve(id);\n  return String(found.Id);\n}\n";

describe('the compiler of a project', () => {
  it('counts what is new, place by place', () => {
    assert.deepEqual(added(['a', 'b', 'a'], ['a', 'c', 'a', 'a']), ['c', 'a']);
    assert.deepEqual(added(['a'], []), []);
  });

  if (REPOSITORIES !== undefined) {
    let root: string;
    before(async function () {
      this.timeout(300_000);
      root = mkdtempSync(path.join(tmpdir(), 'api-guard-compiler-'));
      await installCompilers();
    });
    after(() => rmSync(root, { recursive: true, force: true }));

    for (const [version, major] of [['^3.9.0', '3'], ['4.8.4', '4'], ['~5.4', '5'], ['>=6', '6'], ['99.0.0', '6'], ['catalog:', '6']] as const) {
      it(`is of the major version that its manifest names: ${version}`, function () {
        this.timeout(60_000);
        const folder = path.join(root, version.replace(/\W/g, ''));
        mkdirSync(path.join(folder, 'src'), { recursive: true });
        writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ devDependencies: { typescript: version } }));
        writeFileSync(path.join(folder, 'tsconfig.json'), JSON.stringify({ extends: './missing.json', compilerOptions: { noUnusedLocals: true } }));
        const file = path.join(folder, 'src/a.ts');
        assert.equal(compilerOf(path.join(folder, 'src'), folder).versionMajorMinor.split('.')[0], major);
        assert.deepEqual(compilerErrors(folder, [file], { [file]: SOURCE }), []);
        const wrong = compilerErrors(folder, [file], { [file]: SOURCE.replace('String(found.Id)', 'found.Id?.length').replace('const found', 'const unused = c.nothing;\n  const found') });
        assert.deepEqual(wrong.map((each) => each.split(' ')[1]).sort(), ['2322', '2339', '6133']);
      });
    }

    it('sees the types of the version of jsforce that the manifest names', function () {
      this.timeout(60_000);
      const source = "import type { RecordResult } from 'jsforce';\nexport type Saved = RecordResult;\n";
      const errors = (version: string): string[] => {
        const folder = path.join(root, `jsforce${version}`);
        mkdirSync(folder, { recursive: true });
        writeFileSync(path.join(folder, 'package.json'), JSON.stringify({ dependencies: { jsforce: version } }));
        const file = path.join(folder, 'a.ts');
        return compilerErrors(folder, [file], { [file]: source });
      };
      assert.deepEqual(errors('^1.11.0'), []);
      assert.equal(errors('^3.0.0').length, 1);
    });
  }
});
