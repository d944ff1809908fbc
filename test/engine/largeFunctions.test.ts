import assert from 'node:assert/strict';
import path from 'node:path';
import { engineOf, ROOT } from '../fixtures/analyse.ts';

const IMPORT = "import { Connection } from 'jsforce';\n";
const CALL = "await conn.sobject('Account').create({ Name: 'a' });";
const many = (count: number, one: (index: number) => string): string => Array.from({ length: count }, (_, index) => one(index)).join('\n');
const inFunction = (body: string): string => `${IMPORT}export async function work(conn: Connection, rows: string[]) {\n${body}\n}\n`;

/** What was made of a text, and the processor's time that judging it took, in milliseconds. */
async function judged(text: string): Promise<{ calls: number; failed: string | undefined; ms: number }> {
  const engine = await engineOf([{ name: 'large.ts', text }]);
  const before = process.cpuUsage();
  const { calls, failed } = engine.analyse(path.join(ROOT, 'large.ts'));
  return { calls: calls.length, failed, ms: process.cpuUsage(before).user / 1000 };
}

describe('code that goes on and on', () => {
  for (const [what, make] of Object.entries<(count: number) => string>({
    'guarded calls with tests of their results': (count) => inFunction(many(count, (id) => `try { const r${id} = ${CALL} if (!r${id}.success) throw new Error('no'); } catch (e) { if (e.errorCode === 'X${id}') throw e; console.error(e); }`)),
    'loops with guarded calls': (count) => inFunction(many(count, () => `for (const row of rows) { try { ${CALL} } catch (e) { continue; } }`)),
    'handlers that test for many codes': (count) => inFunction(many(count / 20, () => `try { ${CALL} } catch (e) {\n${many(20, (id) => `if (e.errorCode === 'X${id}') rows.pop();`)}\n}`)),
    'callers of one function': (count) => `${IMPORT}export async function one(conn: Connection) { ${CALL} }\n${many(count, (id) => `export async function f${id}(conn: any) { try { return await one(conn); } catch (e) { if (e.errorCode === 'X') throw e; console.error(e); } }`)}`,
    'classes with methods of one name': (count) => IMPORT + many(count, (id) => `export class C${id} { async save(conn: any) { return conn.sobject('A').create({}); } async run(c: C${id}, conn: Connection) { return c.save(conn); } }`),
  })) {
    it(`${what}: four times as much takes not much more than four times as long`, async function () {
      this.timeout(60_000);
      // The first run is the compiler's.
      await judged(make(200));
      const small = await judged(make(400));
      const large = await judged(make(1600));
      assert.equal(small.failed, undefined);
      assert.equal(large.failed, undefined);
      // Quadratic work would take sixteen times as long, and more; the constant is for what a collection of garbage adds.
      assert.ok(large.ms < 9 * small.ms + 200, `${Math.round(small.ms)} ms, then ${Math.round(large.ms)} ms`);
    });
  }

  it('functions that call one another in a chain of thousands are read', async function () {
    this.timeout(60_000);
    const text = `${IMPORT}${many(4000, (id) => `async function f${id}(conn: any) { return f${id + 1}(conn); }`)}\nasync function f4000(conn: Connection) { ${CALL} }\n`;
    const { calls, failed } = await judged(text);
    assert.equal(failed, undefined);
    assert.equal(calls, 1);
  });
});
