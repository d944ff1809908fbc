import assert from 'node:assert/strict';
import path from 'node:path';
import { engineOf, ROOT } from '../fixtures/analyse.ts';

/** The findings of a module, as "rule severity", in source order. */
function toldOf(...lines: readonly string[]): Promise<string[]> {
  return toldIn('a.ts', ["import { Connection } from 'jsforce';", ...lines].join('\n'));
}

async function toldIn(name: string, text: string): Promise<string[]> {
  const engine = await engineOf([{ name, text }]);
  return engine.analyse(path.join(ROOT, name)).findings.map(({ rule, severity }) => `${rule} ${severity}`);
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

  describe('is information where code asks an answer that nobody looked at for what it has after a success only, which throws', () => {
    const swallowed = (told: readonly string[]): string[] => told.filter((each) => each.startsWith('swallowed'));
    const languages: Readonly<Record<string, { wrap: (use: string) => string; throwing: readonly string[]; silent: readonly string[] }>> = {
      'a.ts': {
        wrap: (use) => `export async function ask(instanceUrl: string) {\n  const response = await fetch(instanceUrl + '/services/data/v62.0/query?q=SELECT+Id+FROM+Account+LIMIT+9');\n  const body = await response.json();\n  ${use}\n}`,
        throwing: ['return body.records.map(work);', 'for (const row of body.records) work(row);', 'return body.records[0];', 'return [first, ...body.records];'],
        silent: ['return body.records;', 'return { ...body.records };', 'return body.records?.map(work);', 'return (body.records ?? []).map(work);', 'return body.errors.length;', 'return body.trim();'],
      },
      'A.cs': {
        wrap: (use) => `using System.Net.Http;\npublic class Asks {\n  private readonly HttpClient client = new HttpClient();\n  public async Task<object> Ask(string instanceUrl) {\n    var response = await client.GetAsync(instanceUrl + "/services/data/v62.0/query?q=SELECT+Id+FROM+Account+LIMIT+9");\n    var text = await response.Content.ReadAsStringAsync();\n    ${use}\n  }\n}`,
        throwing: ['var body = JsonConvert.DeserializeObject<Dictionary<string, string>>(text); return body["records"];', 'return JObject.Parse(text)["records"].ToString();', 'return JsonDocument.Parse(text).RootElement.GetProperty("records").GetArrayLength();'],
        silent: ['return (string)JObject.Parse(text)["records"];', 'var body = JObject.Parse(text); return body["records"]?.ToString();'],
      },
      'A.java': {
        wrap: (use) => `import java.net.URI;\nimport java.net.http.*;\nclass Asks {\n  private final HttpClient client = HttpClient.newHttpClient();\n  Object ask(String instanceUrl) throws Exception {\n    String text = client.send(HttpRequest.newBuilder(URI.create(instanceUrl + "/services/data/v62.0/query?q=SELECT+Id+FROM+Account+LIMIT+9")).build(), HttpResponse.BodyHandlers.ofString()).body();\n    ${use}\n  }\n}`,
        throwing: ['return new JSONObject(text).getJSONArray("records");', 'return mapper.readTree(text).get("records").elements();'],
        silent: ['return mapper.readTree(text).path("records").elements();', 'return new JSONObject(text).optJSONArray("records");'],
      },
    };
    for (const [name, { wrap, throwing, silent }] of Object.entries(languages)) {
      it(name, async () => {
        for (const use of throwing) assert.deepEqual(swallowed(await toldIn(name, wrap(use))), ['swallowed-failure information'], use);
        for (const use of silent) assert.deepEqual(swallowed(await toldIn(name, wrap(use))), ['swallowed-failure warning'], use);
      });
    }
  });

  it('is information where the callers fail for want of an answer, and a warning where one of them does not', async () => {
    const python = (use: string): string => `from simple_salesforce import Salesforce\nsf = Salesforce(username='a', password='b', security_token='c')\n\ndef rows():\n    try:\n        return sf.query('SELECT Id FROM Account LIMIT 9')\n    except Exception as error:\n        print(error)\n\ndef count():\n    found = rows()\n    ${use}\n`;
    const java = (use: string): string => `import com.sforce.soap.partner.*;\nclass Rows {\n  private PartnerConnection connection;\n  private QueryResult rows() {\n    try { return connection.query("SELECT Id FROM Account LIMIT 9"); } catch (Exception error) { error.printStackTrace(); }\n    return null;\n  }\n  int count() {\n    QueryResult found = rows();\n    ${use}\n  }\n}`;
    const told = async (name: string, text: string): Promise<string[]> => (await toldIn(name, text)).filter((each) => each.startsWith('swallowed'));
    assert.deepEqual(await told('a.py', python("return len(found['records'])")), ['swallowed-failure information']);
    assert.deepEqual(await told('a.py', python('return found')), ['swallowed-failure warning']);
    assert.deepEqual(await told('A.java', java('return found.getSize();')), ['swallowed-failure information']);
    assert.deepEqual(await told('A.java', java('return 0;')), ['swallowed-failure warning']);
  });
});
