import assert from 'node:assert/strict';
import path from 'node:path';
import type { Finding } from '../../server/src/report/callRecord.ts';
import { engineOf, ROOT } from '../fixtures/analyse.ts';

/** Findings of a file, with the 1-based line of each and of the places beside it. */
async function findingsOf(lines: readonly string[]): Promise<{ rule: string; line: number; message: string; beside: string[] }[]> {
  const text = ["import { Connection } from 'jsforce';", ...lines].join('\n');
  const engine = await engineOf([{ name: 'a.ts', text }]);
  const lineOf = (offset: number): number => text.slice(0, offset).split('\n').length;
  return engine.analyse(path.join(ROOT, 'a.ts')).findings.map(({ rule, start, message, related }: Finding) => ({ rule, line: lineOf(start), message, beside: related.map((place) => `${lineOf(place.start)}: ${place.message}`) }));
}

const create = (name: string, comment = ''): string => `    await conn.sobject('${name}').create({ Name: 'a' }); ${comment}`;
const guarded = (lines: readonly string[]): string[] => ['export async function save(conn: Connection) {', '  try {', ...lines, '  } catch (error) {', '    console.error(error);', '  }', '  report(conn);', '}'];

describe('calls that share a finding', () => {
  it('are counted in the message and named beside it, five at most', async () => {
    const [found, ...others] = await findingsOf(guarded(['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((name) => create(name))));
    assert.deepEqual(others, []);
    assert.equal(found?.rule, 'swallowed-failure');
    assert.equal(found.line, 4);
    assert.match(found.message, / 6 more share this handler\.$/);
    assert.deepEqual(found.beside.filter((each) => each.endsWith('This create shares the handler.')).map((each) => Number.parseInt(each, 10)), [5, 6, 7, 8, 9]);
    assert.match(found.beside[0] ?? '', /^11: The failure ends here\.$/);
  });

  it('share it in a function where a rule judges whole functions', async () => {
    const [found, ...others] = await findingsOf(['export async function save(conn: Connection, rows: { Id: string }[]) {', "  await conn.sobject('A').update(rows);", "  await conn.sobject('B').update(rows);", '}']);
    assert.deepEqual(others, []);
    assert.equal(found?.rule, 'unchecked-partial-success');
    assert.match(found.message, / 1 more in this function\.$/);
    assert.deepEqual(found.beside, ['4: The same holds for this update.']);
  });

  it('speak for themselves where a worse rule has taken the first of them', async () => {
    const found = await findingsOf(guarded(["    const found = await conn.query('SELECT Id FROM Account'); found.records.forEach(work);", create('A'), create('B')]));
    assert.deepEqual(found.map(({ rule, line }) => `${rule} ${line}`), ['truncated-query 4', 'swallowed-failure 5']);
    assert.match(found[1]?.message ?? '', / 1 more shares this handler\.$/);
  });

  it('are silenced together at the first, and one by one at the others', async () => {
    assert.deepEqual(await findingsOf(guarded([create('A', '// api-guard-disable-line swallowed-failure'), create('B')])), []);
    const [found, ...others] = await findingsOf(guarded([create('A'), create('B', '// api-guard-disable-line swallowed-failure'), create('C')]));
    assert.deepEqual(others, []);
    assert.match(found?.message ?? '', / 1 more shares this handler\.$/);
    assert.ok(found?.beside.some((each) => each.startsWith('6: This create')), found?.beside.join('; '));
  });
});
