import assert from 'node:assert/strict';
import path from 'node:path';
import { engineOf, ROOT } from '../fixtures/analyse.ts';

/** The findings of a module, as "rule severity", in source order. */
async function toldOf(...lines: readonly string[]): Promise<string[]> {
  const engine = await engineOf([{ name: 'a.ts', text: ["import { Connection } from 'jsforce';", ...lines].join('\n') }]);
  return engine.analyse(path.join(ROOT, 'a.ts')).findings.map(({ rule, severity }) => `${rule} ${severity}`);
}

describe('how bad a finding is', () => {
  it('is information where a call that nobody waits for is made because another has failed', async () => {
    const after = (clause: string): string[] => ['export const save = (conn: Connection, order: { Id: string }) =>', `  conn.sobject('Order').update(order).${clause};`];
    assert.deepEqual((await toldOf(...after("catch((error) => { conn.sobject('Log__c').destroy('a'); throw error; })"))).filter((each) => each.startsWith('floating')), ['floating-call information']);
    assert.deepEqual((await toldOf(...after("then(() => { conn.sobject('Log__c').destroy('a'); })"))).filter((each) => each.startsWith('floating')), ['floating-call warning']);
  });

  it('is information where a comment forgives a look-up that is followed by a create, and a warning without the comment', async () => {
    const find = (clause: string): string[] => [
      'export async function findOrCreate(conn: Connection, row: { Email: string }) {',
      "  try { const found = await conn.query<{ Id: string }>('SELECT Id FROM Contact LIMIT 1'); if (found.records[0]) return found.records[0].Id; }",
      `  catch { ${clause} }`,
      "  const created = await conn.sobject('Contact').create(row); if (!created.success) throw new Error('no'); return created.id;",
      '}',
    ];
    assert.ok((await toldOf(...find('/* created below */'))).includes('swallowed-failure information'));
    assert.ok((await toldOf(...find(''))).includes('swallowed-failure warning'));
  });

  it('is information where the answer of a login is not looked at, since the next call has no token', async () => {
    const ask = (address: string): string[] => ['export async function ask(body: URLSearchParams) {', `  const response = await fetch('${address}', { method: 'POST', body });`, '  return (await response.json()).access_token;', '}'];
    assert.deepEqual((await toldOf(...ask('https://login.salesforce.com/services/oauth2/token'))).filter((each) => each.startsWith('swallowed')), ['swallowed-failure information']);
    assert.deepEqual((await toldOf(...ask('https://acme.my.salesforce.com/services/apexrest/token'))).filter((each) => each.startsWith('swallowed')), ['swallowed-failure warning']);
  });
});
