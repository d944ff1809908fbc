import assert from 'node:assert/strict';
import type { DemoOrg } from './demoOrg.ts';
import { failureOf, startDemoOrg } from './demoOrg.ts';

describe('Demo org: queries', () => {
  let org: DemoOrg;
  before(async () => {
    const accounts = Array.from({ length: 10_500 }, (_unused, index) => ({ Name: `Page ${String(index).padStart(5, '0')}`, Type: 'Paged' }));
    org = await startDemoOrg({ records: { Account: accounts } });
  });
  after(() => org.sim.close());

  const paged = "SELECT Id FROM Account WHERE Type = 'Paged'";
  const ids = (records: readonly Record<string, unknown>[]): number => new Set(records.map((record) => record['Id'])).size;

  it('gives the first page to an awaited query and the rest to queryMore', async () => {
    for (const conn of [org.conn, org.old]) {
      let page = await conn.query(paged);
      assert.deepEqual([page.records.length, page.totalSize, page.done], [2000, 10_500, false]);
      const all: Record<string, unknown>[] = [...page.records];
      while (page.nextRecordsUrl !== undefined) {
        page = { totalSize: 0, ...(await conn.queryMore(page.nextRecordsUrl)) };
        all.push(...page.records);
      }
      assert.equal(page.done, true);
      assert.equal(ids(all), 10_500);
    }
  });

  it('pages through autoFetch until maxFetch, 10,000 unless said', async () => {
    const cut = await org.conn.query(paged, { autoFetch: true });
    assert.deepEqual([cut.records.length, cut.done], [10_000, false]);
    const all = await org.conn.query(paged, { autoFetch: true, maxFetch: 20_000 });
    assert.equal(ids(all.records), 10_500);
    assert.equal((await org.old.query(paged, { autoFetch: true })).records.length, 2000);
  });

  it('honours the batch size between 200 and 2000', async () => {
    const size = async (batchSize: number): Promise<number> =>
      (await org.conn.query(paged, { headers: { 'Sforce-Query-Options': `batchSize=${String(batchSize)}` } })).records.length;
    assert.deepEqual([await size(500), await size(1), await size(9999)], [500, 200, 2000]);
  });

  it('refuses a locator that it does not know', async () => {
    for (const locator of ['01gnope-2000', '01g5g0000000000001-999999999', '%00']) {
      assert.equal((await failureOf(org.conn.queryMore(locator))).errorCode, 'INVALID_QUERY_LOCATOR');
    }
  });

  const rows = async (soql: string): Promise<unknown[]> => (await org.conn.query(soql)).records;
  const count = async (where: string): Promise<number> => (await org.conn.query(`SELECT COUNT() FROM ${where}`)).totalSize;

  it('filters, sorts, limits and counts', async () => {
    assert.equal(await count("Account WHERE Type IN ('Customer', 'Prospect')"), 24);
    assert.equal(await count("Account WHERE Type NOT IN ('Paged') AND NOT (Type = 'Prospect')"), 18);
    assert.equal(await count("Account WHERE (Type = 'customer' OR Type = 'PROSPECT') AND NumberOfEmployees > 100"),
      org.sim.control.records('Account').filter((one) => Number(one['NumberOfEmployees']) > 100).length);
    assert.equal(await count("Contact WHERE Account.Name = 'Cobalt Loom'"), 10);
    assert.equal(await count("Opportunity WHERE IsWon = true AND CloseDate >= 2026-07-01 AND Amount != null"),
      org.sim.control.records('Opportunity').filter((one) => one['IsWon'] === true && String(one['CloseDate']) >= '2026-07-01').length);
    assert.equal(await count('Case WHERE CreatedDate >= TODAY'), 80);
    assert.equal(await count('Case WHERE CreatedDate < LAST_N_DAYS:3'), 0);
    assert.equal(await count("Lead WHERE Email LIKE '%@lead1_.example'"), 10);
    assert.equal(await count("Account WHERE Name = 'O\\'Hara'"), 0);
    const page = await rows("SELECT Name FROM Account WHERE Type = 'Paged' ORDER BY Name DESC LIMIT 2 OFFSET 1");
    assert.deepEqual(page.map((one) => (one as { Name: string }).Name), ['Page 10498', 'Page 10497']);
  });

  it('puts records without a value first, or last when asked', async () => {
    org.sim.control.addRecord('Account', { Name: 'No phone' });
    const last = async (order: string): Promise<unknown> =>
      (await rows(`SELECT Phone FROM Account WHERE Type != 'Paged' ORDER BY ${order}`)).map((one) => (one as { Phone: unknown }).Phone).at(-1);
    assert.equal(await last('Phone NULLS LAST'), null);
    assert.equal(await last('Phone DESC NULLS LAST'), null);
    assert.equal(await last('Phone, Name'), '+44 117 496 1161');
    assert.equal(await last('Phone DESC NULLS FIRST'), '+44 117 496 1000');
  });

  it('takes ids of both lengths and refuses one whose check letters are wrong', async () => {
    const id = String(org.sim.control.records('Contact')[100]?.['Id']);
    assert.equal(await count(`Contact WHERE Id IN ('${id}', '${id.slice(0, 15)}')`), 1);
    assert.equal((await failureOf(org.conn.query(`SELECT Id FROM Contact WHERE Id = '${id.slice(0, 15)}ZZZ'`))).errorCode, 'INVALID_QUERY_FILTER_OPERATOR');
    assert.equal((await failureOf(org.conn.retrieve('Contact', `${id.slice(0, 15)}ZZZ`))).errorCode, 'MALFORMED_ID');
    // The sample id of the REST API Developer Guide: its check letters were not made here.
    assert.equal((await failureOf(org.conn.retrieve('Account', '001D000000IRFmaIAH'))).errorCode, 'NOT_FOUND');
  });

  it('reaches parents, and gives null where there is none', async () => {
    const [contact] = await rows('SELECT Id, Account.Name, Account.Owner.Username, Account.Parent.Name FROM Contact LIMIT 1');
    assert.partialDeepStrictEqual(contact, { attributes: { type: 'Contact' }, Account: { Name: 'Alder & Finch Bikes', Owner: { Username: org.sim.username }, Parent: null } });
  });

  it('refuses bad SOQL with the code that a real org gives', async () => {
    const deep = `SELECT Id FROM Account WHERE ${'('.repeat(12_000)}`;
    const cases: [string, string][] = [
      ['SELECT FROM Account', 'MALFORMED_QUERY'], ['SELECT Id', 'MALFORMED_QUERY'], ['SELECT Id FROM Account WHERE', 'MALFORMED_QUERY'],
      ["SELECT Id FROM Account WHERE Name = 'open", 'MALFORMED_QUERY'], ['SELECT Id FROM Account LIMIT x', 'MALFORMED_QUERY'],
      ['SELECT Id FROM Account GROUP BY Id', 'MALFORMED_QUERY'], ['SELECT (SELECT Id FROM Contacts) FROM Account', 'MALFORMED_QUERY'],
      ['SELECT Id FROM Account; DROP', 'MALFORMED_QUERY'], ['', 'MALFORMED_QUERY'], ['SELECT Id FROM Nope', 'INVALID_TYPE'],
      ['SELECT Nope FROM Account', 'INVALID_FIELD'], ["SELECT Id FROM Account WHERE Nope = 'x'", 'INVALID_FIELD'], ['SELECT Nope.Name FROM Contact', 'INVALID_FIELD'],
      ["SELECT Id FROM Account WHERE NumberOfEmployees = 'many'", 'INVALID_FIELD'], ["SELECT Id FROM Account WHERE Id = 'x'", 'INVALID_QUERY_FILTER_OPERATOR'],
      ['SELECT Id FROM Account OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE'], ['SELECT constructor FROM Account', 'INVALID_FIELD'], [deep, 'MALFORMED_QUERY'],
    ];
    for (const [soql, code] of cases) {
      assert.equal((await failureOf(org.conn.request(`/query?q=${encodeURIComponent(soql)}`))).errorCode, code, soql.slice(0, 80));
    }
  });

  it('matches a LIKE of many wildcards in no time', async () => {
    org.sim.control.addRecord('Account', { Name: 'x', Description: 'a'.repeat(20_000) });
    const start = Date.now();
    assert.equal(await count(`Account WHERE Description LIKE '${'%a'.repeat(200)}b'`), 0);
    assert.ok(Date.now() - start < 3000);
  });
});
