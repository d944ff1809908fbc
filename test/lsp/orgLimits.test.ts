import assert from 'node:assert/strict';
import { ORG_LIMITS_NOTIFICATION } from '../../server/src/editor/protocol.ts';
import { TestClient } from './client.ts';
import { TestFolder } from './folder.ts';

const MANIFEST = JSON.stringify({ name: 'integration', dependencies: { jsforce: '^3.6.0', 'sfmc-sdk': '^2.0.0' } });

const CODE = `import jsforce from 'jsforce';

const conn = new jsforce.Connection({ loginUrl: 'https://login.salesforce.com' });

export async function load(id) {
  return conn.sobject('Account').retrieve(id);
}

export async function store(rows) {
  for (const row of rows) {
    await conn.sobject('Contact').upsert(row, 'Key__c');
  }
}

export async function renew() {
  await conn.login('user', 'password');
}
`;

const MINUTE = 60_000;
const org = (name: string, remaining: number, age = 0, maximum = 115_000): object => ({
  name, readAt: Date.now() - age, limits: [{ name: 'DailyApiRequests', maximum, remaining }, { name: 'DataStorageMB', maximum: 10_240, remaining: 819 }],
});

describe('language server: limits of the shown orgs', () => {
  let client: TestClient;
  let folder: TestFolder;
  let file: string;
  const tell = (params: unknown): Promise<void> => client.connection.sendNotification(ORG_LIMITS_NOTIFICATION, params);

  beforeEach(async () => {
    folder = await TestFolder.create({ 'package.json': MANIFEST });
    client = await TestClient.start({ folders: [folder.root] });
    file = folder.path('a.js');
    await client.open(file, CODE);
  });
  afterEach(async () => {
    await client.stop();
    await folder.remove();
  });

  it('stand in the hover of a call: what it spends, and how much each org has left', async () => {
    assert.match(await client.hoverText(file, 'retrieve'), /\n\nIt spends \*\*Daily API Requests\*\*\.$/);
    await tell({ orgs: [org('uat', 25_349, 5 * MINUTE), org('prod (me@example.com)', 90_000, 130 * MINUTE)] });
    const text = await client.hoverText(file, 'retrieve');
    assert.match(text, /\n\nIt spends \*\*Daily API Requests\*\*\.\n\n- Daily API Requests: 25,349 of 115,000 requests, 22%, left in \*\*uat\*\* \(read 5 min ago\)\n/);
    assert.match(text, /\n- Daily API Requests: 90,000 of 115,000 requests, 78%, left in \*\*prod \(me@example\.com\)\*\* \(read 2 h ago\)$/);
    await tell({ orgs: [] });
    assert.match(await client.hoverText(file, 'retrieve'), /\.$/);
  });

  it('are absent where a call spends none', async () => {
    await tell({ orgs: [org('uat', 25_349)] });
    assert.doesNotMatch(await client.hoverText(file, 'login'), /spends|uat/);
  });

  it('say in a loop over records how many the rest of the day is enough for, and change no finding', async () => {
    const inLoop = (): Promise<string> => client.hoverText(file, 'upsert');
    const before = await client.diagnostics(file, (found) => found.some(({ code }) => code === 'call-in-loop'));
    const { length } = client.published;
    assert.doesNotMatch(await inLoop(), /Each record/);
    await tell({ orgs: [org('uat', 25_349)] });
    assert.match(await inLoop(), /Each record of this loop costs a request: after 25,349 of them \*\*uat\*\* has none left, for this program or any other\.$/);
    assert.doesNotMatch(await client.hoverText(file, 'retrieve'), /Each record/);
    await tell({ orgs: [org('uat', -12)] });
    const text = await inLoop();
    assert.match(text, /- Daily API Requests: 0 of 115,000 requests, 0%, left in \*\*uat\*\* \(read just now\)/);
    assert.match(text, /Each record of this loop costs a request, and \*\*uat\*\* has none left\.$/);
    assert.equal(client.published.length, length);
    assert.deepEqual(client.shown(file)?.diagnostics, before);
  });

  it('say so too where the loop is not the worst of it', async () => {
    const worse = folder.path('c.js');
    await client.open(worse, CODE.replace('    await conn.sobject(\'Contact\').upsert(row, \'Key__c\');', '    try {\n      await conn.sobject(\'Contact\').upsert(row, \'Key__c\');\n    } catch (error) {\n      console.log(error);\n    }'));
    const found = await client.diagnostics(worse, (diagnostics) => diagnostics.some(({ code }) => code === 'swallowed-failure'));
    assert.ok(found.every(({ code }) => code !== 'call-in-loop'));
    await tell({ orgs: [org('uat', 25_349)] });
    assert.match(await client.hoverText(worse, 'upsert'), /Each record of this loop costs a request: after 25,349 of them/);
  });

  it('are read with suspicion', async () => {
    for (const params of [
      null, 7, 'orgs', [], {}, { orgs: 7 }, { orgs: [null, 7, 'x', [], {}, { name: 'a' }, { name: '', readAt: 1, limits: [] }, { name: 'a', readAt: 'now' }, { name: 'a', readAt: 1, limits: {} }] },
      { orgs: [{ name: 'evil', readAt: Number.MAX_VALUE, limits: [null, 7, {}, { name: 'DailyApiRequests' }, { name: 'DailyApiRequests', maximum: '9', remaining: null }, { name: 'DailyApiRequests', maximum: 0, remaining: 0 }] }] },
      { orgs: [{ name: 'x'.repeat(100_000), readAt: 1, limits: [{ name: 'DailyApiRequests', maximum: 1, remaining: 1 }] }] },
    ]) {
      await tell(params);
      assert.match(await client.hoverText(file, 'retrieve'), /It spends \*\*Daily API Requests\*\*\.$/, JSON.stringify(params)?.slice(0, 200));
    }
    await tell({ orgs: [{ name: '**[x](command:evil)** <img>\n# y', readAt: Date.now() + 99 * MINUTE, limits: [{ name: 'DailyApiRequests', maximum: 10, remaining: 3 }] }] });
    const text = await client.hoverText(file, 'retrieve');
    assert.doesNotMatch(text, /(?<!\\)\[x|(?<!\\)<img|\n# /);
    assert.match(text, /3 of 10 requests, 30%, left in .* \(read just now\)$/);
    assert.equal(client.server.exitCode, null);
  });

  it('are said to be unknown of Marketing Cloud', async () => {
    const marketing = folder.path('b.js');
    await client.open(marketing, `import SDK from 'sfmc-sdk';\nconst sfmc = new SDK({ client_id: 'a', client_secret: 'b', auth_url: 'c', account_id: 1 });\nexport async function load() {\n  return sfmc.rest.get('/interaction/v1/interactions');\n}\nexport async function describe() {\n  return sfmc.soap.describe('Subscriber');\n}\n`);
    await tell({ orgs: [org('uat', 25_349)] });
    const rest = await client.hoverText(marketing, 'rest.get', 6);
    assert.match(rest, /Marketing Cloud does not tell how much of its limits is used\..*Retry-After/);
    assert.doesNotMatch(rest, /uat/);
    assert.match(await client.hoverText(marketing, 'soap.describe', 8), /Marketing Cloud does not tell how much of its limits is used\..*HTTP 500/);
  });
});
