import assert from 'node:assert/strict';
import { RULES } from '../../server/src/rules/index.ts';
import { expectedProjects } from './expected.ts';
import { DRAWN, drawn, type Drawable, HINTS, judgedFindings, OF_ONE_REPOSITORY, VERDICTS } from './judged.ts';

const FIELDS = ['repository', 'commit', 'path', 'line', 'column', 'rule', 'severity', 'verdict', 'reason'];

/** Texts of the same order as the findings' order in the file. */
function keyOf({ repository, path, line, column }: Drawable): string {
  return [repository, path, String(line).padStart(7, '0'), String(column).padStart(5, '0')].join('\0');
}

describe('judged findings', () => {
  const judged = judgedFindings();

  it('are of known rules, in repositories as they are expected', () => {
    const commits = new Map(expectedProjects().map(({ repository, commit }) => [repository, commit] as const));
    for (const each of judged) {
      const where = `${each.repository} ${each.path}:${each.line}`;
      assert.deepEqual(Object.keys(each), FIELDS, where);
      assert.equal(each.commit, commits.get(each.repository), where);
      assert.ok(RULES.some(({ id }) => id === each.rule), where);
      assert.ok(VERDICTS.includes(each.verdict), where);
      assert.ok(['error', 'warning', 'information', 'hint'].includes(each.severity), where);
      assert.ok(Number.isInteger(each.line) && each.line > 0 && Number.isInteger(each.column) && each.column > 0, where);
      assert.match(each.reason, /^[A-Z].{15,158}\.$/, where);
    }
  });

  it('are a hundred of at least thirty repositories, in order and each once', () => {
    assert.ok(judged.length >= DRAWN);
    const keys = judged.map(keyOf);
    assert.deepEqual(keys, [...keys].sort());
    assert.equal(new Set(keys).size, keys.length);
    const sums = new Map<string, number>();
    for (const { repository } of judged) sums.set(repository, (sums.get(repository) ?? 0) + 1);
    assert.ok(sums.size >= 30);
    assert.ok([...sums.values()].every((sum) => sum <= OF_ONE_REPOSITORY));
    assert.ok(judged.filter(({ severity }) => severity === 'hint').length <= HINTS);
  });

  it('are right and worth saying in nine of ten, and hardly one is not so', () => {
    const share = (...verdicts: string[]): number => judged.filter(({ verdict }) => verdicts.includes(verdict)).length / judged.length;
    assert.ok(share('right') >= 0.9, `${share('right')} are right`);
    assert.ok(share('right', 'correct') >= 0.95, `${share('right', 'correct')} are right or correct`);
  });
});

describe('the draw', () => {
  const finding = (repository: string, rule: string, line: number, severity: Drawable['severity'] = 'warning'): Drawable => ({ repository, commit: '', path: 'a.js', line, column: 1, rule, severity });

  it('takes one of every rule first, then what comes, and not too many of one repository', () => {
    const often = Array.from({ length: 10 }, (_, line) => finding('a/b', 'one', line + 1));
    const last = finding('c/d', 'two', 1);
    const taken = drawn([...often, last]);
    assert.deepEqual(taken.slice(0, 2), [often[0], last]);
    assert.equal(taken.length, OF_ONE_REPOSITORY + 1);
  });

  it('takes few hints, and no more than there should be', () => {
    const hints = Array.from({ length: 40 }, (_, index) => finding(`a/${index}`, 'one', 1, 'hint'));
    assert.equal(drawn(hints).length, HINTS);
    const warnings = Array.from({ length: 300 }, (_, index) => finding(`w/${index}`, 'two', 1));
    assert.equal(drawn([...hints, ...warnings]).length, DRAWN);
  });
});
