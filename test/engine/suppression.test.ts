import assert from 'node:assert/strict';
import path from 'node:path';
import { readSuppressions } from '../../server/src/suppress/suppressions.ts';
import { engineOf, ROOT } from '../fixtures/analyse.ts';

/** Two floating calls, with comments before and beside the first. Lines of the findings of their rule. */
async function linesWithFindings(comments: { top?: string; above?: string; beside?: string }): Promise<number[]> {
  const text = [
    comments.top ?? '',
    "import { Connection } from 'jsforce';",
    'export function drop(conn: Connection) {',
    `  ${comments.above ?? ''}`,
    `  conn.sobject('Account').create({ Name: 'a' }); ${comments.beside ?? ''}`,
    "  conn.sobject('Account').create({ Name: 'b' });",
    '}',
  ].join('\n');
  const engine = await engineOf([{ name: 'a.ts', text }]);
  return engine.analyse(path.join(ROOT, 'a.ts')).findings.filter(({ rule }) => rule === 'floating-call').map(({ start }) => text.slice(0, start).split('\n').length);
}

const CALL = "  conn.sobject('Account').create({ Name: 'a' });";

/** Rule and line, 1-based, of each finding in a function with these lines, of which the first is line 3. */
async function findingsOf(lines: readonly string[], rules: Record<string, 'off' | 'warning'> = {}): Promise<string[]> {
  const text = ["import { Connection } from 'jsforce';", 'export function drop(conn: Connection) {', ...lines, '}'].join('\n');
  const engine = await engineOf([{ name: 'a.ts', text }]);
  engine.setRules({ everywhere: { rules, options: {} }, folders: [] });
  return engine.analyse(path.join(ROOT, 'a.ts')).findings.map(({ rule, start }) => `${rule} ${text.slice(0, start).split('\n').length}`);
}

describe('comments that silence rules', () => {
  it('are asked for: without one both lines are found', async () => {
    assert.deepEqual(await linesWithFindings({}), [5, 6]);
  });

  it('silence the next line', async () => {
    assert.deepEqual(await linesWithFindings({ above: '// api-guard-disable-next-line floating-call' }), [6]);
    assert.deepEqual(await linesWithFindings({ above: '/* api-guard-disable-next-line floating-call */' }), [6]);
  });

  it('silence their own line', async () => {
    assert.deepEqual(await linesWithFindings({ beside: '// api-guard-disable-line floating-call' }), [6]);
  });

  it('silence the whole file', async () => {
    assert.deepEqual(await linesWithFindings({ top: '// api-guard-disable floating-call' }), []);
  });

  it('may give a reason after two hyphens', async () => {
    assert.deepEqual(await linesWithFindings({ above: '// api-guard-disable-next-line floating-call -- an audit line may be lost' }), [6]);
    assert.deepEqual(await linesWithFindings({ above: '// api-guard-disable-next-line missing-retry -- floating-call is another matter' }), [5, 6]);
    assert.deepEqual(await linesWithFindings({ top: '// api-guard-disable -- generated' }), []);
  });

  it('name several rules, or none for all', async () => {
    assert.deepEqual(await linesWithFindings({ above: '// api-guard-disable-next-line missing-retry, floating-call' }), [6]);
    assert.deepEqual(await linesWithFindings({ above: '// api-guard-disable-next-line' }), [6]);
  });

  it('silence the rules they name and no other', async () => {
    assert.deepEqual(await linesWithFindings({ above: '// api-guard-disable-next-line missing-retry' }), [5, 6]);
    assert.deepEqual(await linesWithFindings({ above: '// api-guard-disable-next-line floating-calls' }), [5, 6]);
  });

  it('silence nothing when the words stand in a text or in the middle of a comment', async () => {
    assert.deepEqual(await linesWithFindings({ above: 'const text = "api-guard-disable-next-line floating-call";' }), [5, 6]);
    assert.deepEqual(await linesWithFindings({ above: '// see api-guard-disable-next-line floating-call' }), [5, 6]);
  });

  it('silence from their line to the one that ends it, each rule by itself', async () => {
    const lines = ['// api-guard-disable floating-call, missing-retry -- try-out', CALL, '// api-guard-enable missing-retry', CALL, '// api-guard-enable floating-call', CALL];
    assert.deepEqual(await findingsOf(lines), ['unused-suppression 3', 'floating-call 8']);
    assert.deepEqual(await findingsOf([CALL, '// api-guard-disable', CALL, '/* api-guard-enable */', CALL]), ['floating-call 3', 'floating-call 7']);
    assert.deepEqual(await findingsOf([CALL, '// api-guard-disable floating-call', CALL]), ['floating-call 3'], 'to the end of the file where nothing ends it');
    assert.deepEqual(await findingsOf(['// api-guard-enable floating-call', CALL]), ['floating-call 4'], 'nothing to end');
  });

  it('are told where they silence nothing, also by a wrong name, and not where the rule is switched off', async () => {
    const lines = ['// api-guard-disable-next-line missing-retry', CALL, '// api-guard-disable-next-line floating-cal', CALL];
    assert.deepEqual(await findingsOf(lines), ['unused-suppression 3', 'floating-call 4', 'unused-suppression 5', 'floating-call 6']);
    assert.deepEqual(await findingsOf(lines, { 'missing-retry': 'off', 'unused-suppression': 'warning' }), ['floating-call 4', 'unused-suppression 5', 'floating-call 6']);
    assert.deepEqual(await findingsOf(lines, { 'unused-suppression': 'off' }), ['floating-call 4', 'floating-call 6']);
  });

  it('hide what a rule says beside a worse one, and are of use there', async () => {
    const beside = async (comment: string): Promise<string[]> => {
      const text = ["import { Connection } from 'jsforce';", 'export async function save(conn: Connection) {', '  try {', `    ${comment}`, "    await conn.sobject('A').create({});", '  } catch (error) {', '    console.error(error);', '  }', '  conn.emit("saved");', '}'].join('\n');
      const engine = await engineOf([{ name: 'a.ts', text }]);
      return engine.analyse(path.join(ROOT, 'a.ts')).findings.map(({ rule, related }) => `${rule}: ${related.length}`);
    };
    assert.deepEqual(await beside(''), ['swallowed-failure: 1']);
    assert.deepEqual(await beside('// api-guard-disable-next-line swallowed-failure'), [], 'no milder rule speaks in its place');
  });

  it('of any form never fail on garbage', () => {
    for (const text of ['// api-guard-disable', '//api-guard-disable-', '/* api-guard-disable */ */', '// api-guard-disable --', '# api-guard-disable-next-line ,,, --', `// api-guard-disable ${'x '.repeat(10_000)}`, 'api-guard-disable\r\n// api-guard-enable\r']) {
      for (const { start, end, from, to } of readSuppressions(text)) {
        assert.ok(start >= 0 && start < end && end <= text.length, text.slice(0, 40));
        assert.ok(from <= to);
      }
    }
    assert.deepEqual(readSuppressions('"// api-guard-disable x"'), []);
    assert.deepEqual(readSuppressions('a(); /* api-guard-disable-line x -- y */ b();').map(({ rule, start, end }) => [rule, start, end]), [['x', 5, 40]]);
  });

  it('work with Windows line ends', async () => {
    const text = "import { Connection } from 'jsforce';\r\nexport function drop(conn: Connection) {\r\n  // api-guard-disable-next-line floating-call\r\n  conn.sobject('A').create({});\r\n}\r\n";
    const engine = await engineOf([{ name: 'a.ts', text }]);
    const analysis = engine.analyse(path.join(ROOT, 'a.ts'));
    assert.equal(analysis.calls.length, 1);
    assert.deepEqual(analysis.findings, []);
  });
});
