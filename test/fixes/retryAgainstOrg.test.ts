import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import ts from 'typescript';
import type { Fault } from '../../server/src/simulator/faults.ts';
import { failureOf, startDemoOrg, type DemoOrg } from '../simulator/demoOrg.ts';
import { type Files, fixAll } from './applyFix.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FOLDER = path.join(ROOT, '.cache', `fixed-${process.pid}`);

const SOURCE = `import type { Connection } from 'jsforce';

export async function add(conn: Connection, name: string) {
  return await conn.sobject('Account').create({ Name: name });
}

export async function rename(conn: Connection, id: string, name: string) {
  return await conn.sobject('Account').update({ Id: id, Name: name });
}
`;

type Shapes = { add(conn: unknown, name: string): Promise<{ id: string }>; rename(conn: unknown, id: string, name: string): Promise<{ success: boolean }> };

/** The code that the quick fix makes, run with the real client libraries against the org simulator. */
describe('Inserted retry against an org', () => {
  let org: DemoOrg;
  let before_: Shapes;
  let after_: Shapes;
  let files: Files;

  before(async function () {
    this.timeout(60_000);
    org = await startDemoOrg();
    const manifest = JSON.stringify({ name: 'fixed', type: 'module', dependencies: { jsforce: '^3.10.0' } });
    ({ files } = await fixAll({ [`${FOLDER}/package.json`]: manifest, [`${FOLDER}/sync.ts`]: SOURCE }, `${FOLDER}/sync.ts`));
    files[`${FOLDER}/before.ts`] = SOURCE;
    await mkdir(FOLDER, { recursive: true });
    for (const [file, text] of Object.entries(files)) await writeFile(file, text);
    // Run from source, Node wants the extension that is on disk.
    await writeFile(`${FOLDER}/sync.ts`, files[`${FOLDER}/sync.ts`]!.replace('./salesforceRetry.js', './salesforceRetry.ts'));
    before_ = (await import(pathToFileURL(`${FOLDER}/before.ts`).href)) as Shapes;
    after_ = (await import(pathToFileURL(`${FOLDER}/sync.ts`).href)) as Shapes;
    await writeFile(`${FOLDER}/sync.ts`, files[`${FOLDER}/sync.ts`]!);
  });
  after(async () => {
    await org.sim.close();
    await rm(FOLDER, { recursive: true, force: true });
  });
  beforeEach(() => org.sim.control.reset());

  const inject = (fault: Fault): void => void org.sim.control.addFault(fault);
  const named = (name: string): number => org.sim.control.records('Account').filter((each) => each['Name'] === name).length;
  const lock = (operation: 'create' | 'update', times?: number): Fault => ({ operation, kind: 'error', code: 'UNABLE_TO_LOCK_ROW', ...(times === undefined ? {} : { times }) });

  it('compiles as strictly as TypeScript can', () => {
    const program = ts.createProgram([`${FOLDER}/sync.ts`, `${FOLDER}/salesforceRetry.ts`], {
      strict: true, noEmit: true, skipLibCheck: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, noUnusedLocals: true, noImplicitReturns: true,
      target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, types: ['node'],
    });
    assert.deepEqual(ts.getPreEmitDiagnostics(program).map((each) => ts.flattenDiagnosticMessageText(each.messageText, '\n')), []);
  });

  for (const [version, conn] of [['3', () => org.conn], ['1', () => org.old]] as const) {
    describe(`with jsforce ${version}`, () => {
      it('fails at the first lock before the fix', async () => {
        inject(lock('create', 1));
        assert.equal((await failureOf(before_.add(conn(), 'Lock before'))).errorCode, 'UNABLE_TO_LOCK_ROW');
      });

      it('outlives three locks and writes once', async function () {
        this.timeout(20_000);
        inject(lock('create', 3));
        await after_.add(conn(), 'Three locks');
        assert.equal(named('Three locks'), 1);
        assert.equal(org.sim.control.requests().filter((each) => each.operation === 'create').length, 4);
      });

      it('never repeats a create whose answer was lost: no duplicate, and the caller learns of it', async () => {
        inject({ operation: 'create', kind: 'reset', applied: true, times: 1 });
        await assert.rejects(after_.add(conn(), 'Lost answer'));
        assert.equal(named('Lost answer'), 1);
        assert.equal(org.sim.control.requests().filter((each) => each.operation === 'create').length, 1);
      });

      it('never repeats a create after 503 without a Salesforce body', async () => {
        inject({ operation: 'create', kind: 'status', status: 503, body: '<html>busy</html>', contentType: 'text/html', applied: true, times: 1 });
        await assert.rejects(after_.add(conn(), 'Edge'));
        assert.equal(named('Edge'), 1);
      });

      it('repeats an update whose answer was lost', async function () {
        this.timeout(20_000);
        const id = String(org.sim.control.records('Account')[0]?.['Id']);
        inject({ operation: 'update', kind: 'reset', applied: true, times: 1 });
        await after_.rename(conn(), id, 'Twice');
        assert.equal(org.sim.control.records('Account').find((each) => each['Id'] === id)?.['Name'], 'Twice');
        assert.equal(org.sim.control.requests().filter((each) => each.operation === 'update').length, 2);
      });

      it('tells a concurrent limit from the daily one', async function () {
        this.timeout(20_000);
        inject({ operation: 'create', kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED', concurrent: true, times: 1 });
        await after_.add(conn(), 'Concurrent');
        assert.equal(named('Concurrent'), 1);
        inject({ operation: 'create', kind: 'error', code: 'REQUEST_LIMIT_EXCEEDED', times: 1 });
        assert.equal((await failureOf(after_.add(conn(), 'Daily'))).errorCode, 'REQUEST_LIMIT_EXCEEDED');
        assert.equal(named('Daily'), 0);
      });

      it('lets a validation error through at once, as it came', async () => {
        inject({ operation: 'create', kind: 'error', code: 'FIELD_CUSTOM_VALIDATION_EXCEPTION', message: 'Close date is in the past', fields: ['CloseDate'] });
        const error = await failureOf(after_.add(conn(), 'Invalid'));
        assert.equal(error.errorCode, 'FIELD_CUSTOM_VALIDATION_EXCEPTION');
        assert.match(error.message, /Close date/);
        assert.equal(org.sim.control.requests().filter((each) => each.operation === 'create').length, 1);
      });

      it('gives up after five attempts with the original error', async function () {
        this.timeout(40_000);
        inject(lock('create'));
        assert.equal((await failureOf(after_.add(conn(), 'Never'))).errorCode, 'UNABLE_TO_LOCK_ROW');
        assert.equal(org.sim.control.requests().filter((each) => each.operation === 'create').length, 5);
      });
    });
  }
});
