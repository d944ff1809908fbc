import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { type ClientModel, operations, setUserEntries } from '../../catalog/index.ts';
import type { Finding } from '../../server/src/report/callRecord.ts';
import { RULES } from '../../server/src/rules/index.ts';
import { engineOf } from '../fixtures/analyse.ts';
import { readCases } from '../fixtures/fixtureCase.ts';
import { reportVocabulary } from '../fixtures/vocabulary.ts';

const SOURCE = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../server/src');

async function findingsOf(files: readonly { name: string; text: string }[]): Promise<Finding[]> {
  const engine = await engineOf(files);
  return engine.paths().flatMap((file) => engine.analyse(file).findings);
}

/** What is wrong with the messages of a finding. */
function faults({ rule, message, codes, related }: Finding): string[] {
  const out: string[] = [];
  const said = (text: string): void => void out.push(`${rule}: ${text}: ${message}`);
  if (message.length >= 160) said(`${message.length} characters`);
  if (!/^[A-Z][^\n]*[.?]$/.test(message)) said('no sentence');
  if (codes.length > 3) said('more than three codes');
  // What another rule says has its name behind it.
  for (const { message: beside } of related) if (!/^[A-Z].*\.(?: \([a-z-]+\))?$/.test(beside) || beside.length >= 190) said(`beside it: ${beside}`);
  return out;
}

/** One operation of each kind, family and set of failures. */
const OPERATIONS = [...new Map(operations().map((each) => [`${each.kind} ${each.family} ${each.failures.join()}`, each])).values()];

/** A library with one method for each of them, and a name as long as any. */
const EVERY_OPERATION: ClientModel = {
  id: 'acme',
  title: 'Acme Integration Toolkit for Node',
  packages: [{ name: 'acme' }],
  types: { Connection: { exported: ['Connection'], methods: Object.fromEntries(OPERATIONS.map(({ id }, index) => [`call${index}`, [{ operation: id }]])) } },
  error: { code: ['body.0.errorCode.asReturned'], network: ['cause.transport.errorCodeOfSystem'], details: [], status: ['body.0.httpStatusCode.asReturned'], never: ['errorCode', 'response', 'code'] },
  retries: [],
  refresh: 'never',
  source: ['https://docs.acme.example/toolkit'],
};

/** Ways to treat a call badly; each stands twice in a function, so that findings are shared. */
const WAYS: readonly ((call: string) => string)[] = [
  (call) => `${call};`,
  (call) => `try { await ${call}; } catch (error) { console.error(error); }`,
  (call) => `for (const row of rows) { await ${call}; }`,
  (call) => `for (const row of rows) { try { await ${call}; } catch (error) { throw new Error('no'); } }`,
  (call) => `try { await ${call}; } catch (error) { if (error.errorCode === 'INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY') return; alert(error.message); }`,
  (call) => `try { await ${call}; } catch (error) { if (error.response.data.result.errors === 'UNABLE_TO_LOCK_ROW') return; }`,
  (call) => `for (let i = 0; i < 50; i++) { try { await ${call}; break; } catch (error) { await pause(i); } }`,
  (call) => `for (;;) { try { await ${call}; break; } catch (error) { await pause(1); } }`,
  (call) => `for (let i = 0; i < 50; i++) { try { await ${call}; break; } catch (error) { await pause(i); if (i === 49) throw new Error('no', { cause: error }); } }`,
  (call) => `for (let i = 0; i < 5; i++) { try { await ${call}; break; } catch (error) { if (error.errorCode !== 'REQUEST_LIMIT_EXCEEDED') throw error; await pause(i); } }`,
];

describe('messages of findings', () => {
  it('are sentences of less than 160 characters in all cases', async () => {
    const heard = new Set<string>();
    const folders = [...RULES.map(({ id }) => path.join(SOURCE, 'rules', id, 'fixtures')), path.join(SOURCE, 'coverage/fixtures'), ...readdirSync(path.join(SOURCE, 'languages')).map((name) => path.join(SOURCE, 'languages', name, 'fixtures'))];
    for (const { files } of folders.filter((folder) => existsSync(folder)).flatMap((folder) => readCases(folder, reportVocabulary()))) {
      const findings = await findingsOf(files);
      for (const { rule } of findings) heard.add(rule);
      assert.deepEqual(findings.flatMap(faults), []);
    }
    assert.deepEqual(RULES.filter(({ id }) => !heard.has(id)).map(({ id }) => id), []);
  });

  it('stay short for every operation of a library with a long name, where several calls share one', async () => {
    setUserEntries({ codes: [], clients: [EVERY_OPERATION], libraries: [] });
    try {
      const heard = new Set<string>();
      for (const [way, body] of WAYS.entries()) {
        const functions = OPERATIONS.map((_each, index) => `export async function work${index}(conn: Connection, rows: { Id: string }[]) {\n${[1, 2].map(() => body(`conn.call${index}(row)`)).join('\n')}\n}\nsetInterval(() => work${index}(made, list).catch((error) => alert(error.message)), 1000);`);
        const findings = await findingsOf([{ name: 'package.json', text: '{"name": "all", "dependencies": {"acme": "1.0.0"}}' }, { name: `way${way}.ts`, text: `import { Connection } from 'acme';\nconst made = new Connection({});\n${functions.join('\n')}` }]);
        assert.ok(findings.length > 0, `way ${way} has findings`);
        for (const { rule } of findings) heard.add(rule);
        assert.deepEqual(findings.flatMap(faults), []);
      }
      for (const rule of ['floating-call', 'swallowed-failure', 'unhandled-error-codes', 'unchecked-partial-success', 'missing-retry', 'wrong-error-field', 'unbounded-retry', 'retry-of-permanent-failure', 'uncaught-failure', 'lost-error-detail']) assert.ok(heard.has(rule), rule);
    } finally {
      setUserEntries(undefined);
    }
  });
});
