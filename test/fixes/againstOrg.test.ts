import assert from 'node:assert/strict';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { ClientError, DemoOrg } from '../simulator/demoOrg.ts';
import { failureOf, startDemoOrg } from '../simulator/demoOrg.ts';
import { engineOf } from './applyFix.ts';
import { applyFixes } from '../../server/src/engine/applyFixes.ts';

const FOLDER = path.join(fileURLToPath(new URL('../..', import.meta.url)), '.cache', `mended-${process.pid}`);

const SOURCE = `/** @typedef {import('jsforce').Connection} Connection */

/** @param {Connection} conn */
export async function pages(conn) {
  const result = await conn.query("SELECT Id FROM Account");
  return result.records;
}

/** @param {Connection} conn */
export async function taken(conn) {
  const { records } = await conn.query("SELECT Id FROM Account");
  return records;
}

/** @param {Connection} conn */
export async function found(conn) {
  return await conn.sobject('Account').find({}, ['Id']);
}

/** @param {Connection} conn @param {object[]} out */
export function told(conn, out) {
  return new Promise((resolve, reject) => {
    conn.query("SELECT Id FROM Account").on('record', (record) => out.push(record)).on('end', () => resolve(out)).on('error', reject).run();
  });
}

/** @param {Connection} conn @param {object[]} out */
export function streamed(conn, out) {
  return new Promise((resolve, reject) => {
    const query = conn.query("SELECT Id FROM Account").on('error', reject);
    query.on('record', (record) => out.push(record)).on('end', () => resolve(out));
    query.run();
  });
}

/** @param {string} base @param {string} token */
export async function fetched(base, token) {
  const response = await fetch(\`\${base}/services/data/v62.0/query?q=SELECT+Id+FROM+Account\`, { headers: { Authorization: \`Bearer \${token}\` } });
  if (!response.ok) throw new Error(\`not read: \${response.status}\`);
  const body = await response.json();
  return body.records;
}

/** @param {Connection} conn @param {object[]} accounts */
export async function save(conn, accounts) {
  await conn.sobject('Account').create(accounts);
}

/** @param {Connection} conn @param {{ Name?: string }} account */
export async function add(conn, account) {
  try {
    await conn.sobject('Account').create(account);
  } catch (error) {
    console.debug('not added');
  }
}

/** @param {Connection} conn @param {string} id */
export async function read(conn, id) {
  try {
    return await conn.sobject('Account').retrieve(id);
  } catch {
    throw new Error('not read');
  }
}
`;

/** What only clients that answer through callbacks can do. */
const OLD_SOURCE = `
/** @param {Connection} conn @param {(error: Error | null, found?: object[]) => void} done */
export function answered(conn, done) {
  conn.sobject('Account').find({}, ['Id']).execute(function (error, records) {
    done(error, records);
  });
}

/** @param {Connection} conn @param {object[]} accounts @param {(error: Error | null) => void} done */
export function saveThen(conn, accounts, done) {
  conn.sobject('Account').create([...accounts], function (error, results) {
    if (error) return done(error);
    done(null);
  });
}
`;

type Rows = Record<string, unknown>[];

interface Mended {
  pages(conn: unknown): Promise<Rows>;
  taken(conn: unknown): Promise<Rows>;
  found(conn: unknown): Promise<Rows>;
  told(conn: unknown, out: Rows): Promise<Rows>;
  streamed(conn: unknown, out: Rows): Promise<Rows>;
  fetched(base: string, token: string): Promise<Rows>;
  answered(conn: unknown, done: (error: Error | null, found?: Rows) => void): void;
  saveThen(conn: unknown, accounts: object[], done: (error: Error | null) => void): void;
  save(conn: unknown, accounts: object[]): Promise<void>;
  add(conn: unknown, account: object): Promise<void>;
  read(conn: unknown, id: string): Promise<unknown>;
}

/** What the fixes make of code, run with the real client libraries against a simulated org. */
describe('mended code against an org', () => {
  let org: DemoOrg;
  before(async () => {
    org = await startDemoOrg({ records: { Account: Array.from({ length: 10_500 }, (_unused, index) => ({ Name: `Page ${index}` })) } });
    await mkdir(FOLDER, { recursive: true });
  });
  after(async () => {
    await org.sim.close();
    await rm(FOLDER, { recursive: true, force: true });
  });
  beforeEach(() => org.sim.control.reset());

  for (const [version, range, conn] of [['3', '^3.10.0', () => org.conn], ['1', '^1.11.0', () => org.old]] as const) {
    describe(`with jsforce ${version}`, () => {
      let mended: Mended;
      before(async () => {
        const file = path.join(FOLDER, `v${version}.mjs`);
        const engine = await engineOf({ [path.join(FOLDER, 'package.json')]: JSON.stringify({ dependencies: { jsforce: range } }), [file]: version === '1' ? SOURCE + OLD_SOURCE : SOURCE });
        const { applied, changed } = await applyFixes(engine, ({ rule }) => rule !== 'missing-retry');
        const rules = applied.map(({ rule }) => rule).sort();
        const old = version === '1' ? 1 : 0;
        assert.deepEqual(rules, ['lost-error-detail', 'swallowed-failure', ...Array.from({ length: 6 + old }, () => 'truncated-query'), ...Array.from({ length: 1 + old }, () => 'unchecked-partial-success')]);
        await writeFile(file, changed.get(file)!.after);
        mended = (await import(pathToFileURL(file).href)) as Mended;
      });

      it('reads every page', async () => {
        const lists = await Promise.all([mended.pages(conn()), mended.taken(conn()), mended.found(conn()), mended.told(conn(), []), mended.streamed(conn(), []), mended.fetched(org.sim.instanceUrl, org.sim.accessToken)]);
        for (const records of lists) {
          assert.ok(records.length >= 10_500);
          assert.equal(new Set(records.map(({ Id }) => Id)).size, records.length);
        }
      });

      if (version === '1') it('answers callbacks with every page, and with the records that were refused', async () => {
        const records = await new Promise<Rows | undefined>((resolve, reject) => mended.answered(conn(), (error, found) => (error ? reject(error) : resolve(found))));
        assert.ok(records!.length >= 10_500);
        const save = (accounts: object[]): Promise<(Error & { refused?: object[] }) | null> => new Promise((resolve) => mended.saveThen(conn(), accounts, resolve));
        assert.equal(await save([{ Name: 'Called back' }]), null);
        const error = await save([{ Name: 'Called back too' }, { Type: 'Prospect' }]);
        assert.match(error?.message ?? '', /^1 of 2 records were refused: .*REQUIRED_FIELD_MISSING/);
        assert.equal(error?.refused?.length, 1);
      });

      it('tells which records were refused and why, and nothing where none was', async () => {
        await mended.save(conn(), [{ Name: `One ${version}` }, { Name: `Two ${version}` }]);
        const accounts = [{ Name: `Kept ${version}` }, { Type: 'Prospect' }];
        const error = (await failureOf(mended.save(conn(), accounts))) as ClientError & { refused: { record: object; errors: { statusCode: string }[] }[] };
        assert.match(error.message, /^1 of 2 records were refused: .*REQUIRED_FIELD_MISSING/);
        assert.equal(error.refused.length, 1);
        assert.equal(error.refused[0]!.record, accounts[1]);
        assert.equal(error.refused[0]!.errors[0]!.statusCode, 'REQUIRED_FIELD_MISSING');
        assert.equal(org.sim.control.records('Account').filter(({ Name }) => Name === `Kept ${version}`).length, 1);
      });

      it('sets aside what must be corrected and throws on what passes, with all its fields', async () => {
        const { debug } = console;
        const log: unknown[] = [];
        console.debug = (text) => log.push(text);
        try {
          await mended.add(conn(), {});
          assert.deepEqual(log, ['not added']);
          org.sim.control.addFault({ operation: 'create', kind: 'error', code: 'UNABLE_TO_LOCK_ROW', times: 1 });
          assert.equal((await failureOf(mended.add(conn(), { Name: 'Locked' }))).errorCode, 'UNABLE_TO_LOCK_ROW');
          org.sim.control.addFault({ operation: 'create', kind: 'error', code: 'INSUFFICIENT_ACCESS_OR_READONLY', times: 1 });
          const refused = await failureOf(mended.add(conn(), { Name: 'Refused' }));
          assert.equal(refused.message, 'The create failed');
          assert.equal((refused.cause as ClientError | undefined)?.errorCode, 'INSUFFICIENT_ACCESS_OR_READONLY');
          assert.equal(log.length, 1);
        } finally {
          console.debug = debug;
        }
      });

      it('keeps the failure as the cause, out of what is written out with the error', async () => {
        const error = await failureOf(mended.read(conn(), '001000000000000AAA'));
        assert.equal(error.message, 'not read');
        assert.equal((error.cause as ClientError | undefined)?.errorCode, 'NOT_FOUND');
        assert.equal(JSON.stringify(error), '{}');
      });
    });
  }
});
