import assert from 'node:assert/strict';
import path from 'node:path';
import { engineOf, ROOT } from '../fixtures/analyse.ts';

/** Two floating calls, with comments before, beside the first, and at the end of the file. */
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
  return engine.analyse(path.join(ROOT, 'a.ts')).findings.map(({ start }) => text.slice(0, start).split('\n').length);
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

  it('work with Windows line ends', async () => {
    const text = "import { Connection } from 'jsforce';\r\nexport function drop(conn: Connection) {\r\n  // api-guard-disable-next-line floating-call\r\n  conn.sobject('A').create({});\r\n}\r\n";
    const engine = await engineOf([{ name: 'a.ts', text }]);
    const analysis = engine.analyse(path.join(ROOT, 'a.ts'));
    assert.equal(analysis.calls.length, 1);
    assert.deepEqual(analysis.findings, []);
  });
});
