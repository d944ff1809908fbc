import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileRole } from '../../server/src/engine/sourceFile.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { engineOf, reportOf } from '../fixtures/analyse.ts';

/** A real fault and its fix: the rule that finds it at a line before and no longer after, or why none does. */
interface Case {
  repository: string;
  before: string;
  after: string;
  /** Folder of the package that is read. */
  folder: string;
  path: string;
  line?: number;
  rule?: string;
  outOfScope?: string;
}

const CASES = JSON.parse(readFileSync(path.join(import.meta.dirname, 'beforeAfter.json'), 'utf8')) as Case[];
/** A folder of git repositories, `OWNER+NAME` or `OWNER+NAME/repo` each. Nothing is fetched here. */
const REPOSITORIES = process.env['API_GUARD_REPOSITORIES'];

function gitDirOf(repository: string): string | undefined {
  const name = repository.replace('/', '+');
  return ['', 'repo', '.git'].map((inner) => path.join(REPOSITORIES ?? '', name, inner)).find((each) => existsSync(path.join(each, 'HEAD')));
}

function filesAt(gitDir: string, commit: string, folder: string): { name: string; text: string }[] {
  const git = (...args: string[]): string => execFileSync('git', [`--git-dir=${gitDir}`, ...args], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const names = git('ls-tree', '-r', '--name-only', commit, '--', folder).split('\n').filter((name) => name !== '' && fileRole(name) !== undefined);
  return names.map((name) => ({ name, text: git('show', `${commit}:${name}`) }));
}

describe('real faults and their fixes', () => {
  it('have a rule and a line, or a reason', () => {
    for (const each of CASES) {
      assert.ok(each.rule === undefined ? (each.outOfScope ?? '').length > 20 : RULES.some(({ id }) => id === each.rule) && each.line !== undefined, each.repository);
    }
  });

  for (const each of REPOSITORIES === undefined ? [] : CASES.filter(({ rule }) => rule !== undefined)) {
    it(`${each.rule}: ${each.repository} at ${each.after.slice(0, 7)}`, async function () {
      this.timeout(120_000);
      const gitDir = gitDirOf(each.repository);
      assert.ok(gitDir !== undefined, `${each.repository} is not in ${REPOSITORIES}`);
      const linesAt = async (commit: string): Promise<number[]> => {
        const report = reportOf(await engineOf(filesAt(gitDir, commit, each.folder)));
        assert.ok(report.calls.some(({ file }) => file === each.path), `${each.path} has calls`);
        return report.findings.filter(({ rule, file }) => rule === each.rule && file === each.path).map(({ line }) => line);
      };
      assert.deepEqual([await linesAt(each.before), await linesAt(each.after)], [[each.line], []]);
    });
  }
});
