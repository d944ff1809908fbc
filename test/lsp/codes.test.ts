import assert from 'node:assert/strict';
import { FULL_CAPABILITIES, TestClient, type StartOptions } from './client.ts';
import { TestFolder } from './folder.ts';

const MANIFEST = JSON.stringify({ name: 'integration', dependencies: { jsforce: '^3.6.0' } });

describe('language server: error codes', () => {
  let client: TestClient;
  let folder: TestFolder;

  const start = async (manifest = MANIFEST, options: StartOptions = {}): Promise<void> => {
    folder = await TestFolder.create({ 'package.json': manifest });
    client = await TestClient.start({ folders: [folder.root], ...options });
  };

  afterEach(async () => {
    await client.stop();
    await folder.remove();
  });

  describe('hover in languages that are not analysed', () => {
    const files: [name: string, languageId: string, text: string, sought: string][] = [
      ['a.py', 'python', 'except SalesforceError as e:\n    if e.content[0]["errorCode"] == "UNABLE_TO_LOCK_ROW":\n        retry()\n', 'UNABLE_TO_LOCK_ROW'],
      ['A.java', 'java', 'if (e.getExceptionCode() == ExceptionCode.INVALID_SESSION_ID) login();', 'INVALID_SESSION_ID'],
      ['A.cs', 'csharp', 'if (ex.ErrorCode == "REQUEST_LIMIT_EXCEEDED") throw;', 'REQUEST_LIMIT_EXCEEDED'],
      ['A.cls', 'apex', 'if (e.getDmlType(0) == StatusCode.DUPLICATE_VALUE) {}', 'DUPLICATE_VALUE'],
      ['a.go', 'go', 'case "ENTITY_IS_DELETED":', 'ENTITY_IS_DELETED'],
      ['a.php', 'php', "if ($e->faultcode == 'sf:QUERY_TIMEOUT') {}", 'QUERY_TIMEOUT'],
      ['a.rb', 'ruby', 'rescue Restforce::ErrorCode::STORAGE_LIMIT_EXCEEDED', 'STORAGE_LIMIT_EXCEEDED'],
      ['a.json', 'json', '[{"message":"x","errorCode":"STRING_TOO_LONG"}]', 'STRING_TOO_LONG'],
      ['a.log', 'log', '2026-11-20 ERROR FIELD_CUSTOM_VALIDATION_EXCEPTION: must not be empty', 'FIELD_CUSTOM_VALIDATION_EXCEPTION'],
    ];
    for (const [name, languageId, text, sought] of files) {
      it(`explains a code in ${languageId}, and loads no grammar for it`, async () => {
        await start('{}');
        const file = folder.path(name);
        await client.open(file, text, languageId);
        const told = await client.hoverText(file, sought);
        for (const part of [`**${sought}**`, 'Class:', 'In the code:', 'https://']) assert.ok(told.includes(part), `${part} is not in: ${told}`);
        const { lowerings, grammarsLoaded } = await client.info();
        assert.deepEqual({ lowerings, grammarsLoaded }, { lowerings: 0, grammarsLoaded: 0 });
      });
    }

    it('explains a word of other systems only in a text about Salesforce', async () => {
      await start('{}');
      const other = folder.path('a.py');
      await client.open(other, 'if error.code == "NOT_FOUND":\n    pass\n', 'python');
      assert.equal(await client.hoverText(other, 'NOT_FOUND'), '');
      const about = folder.path('b.py');
      await client.open(about, 'from simple_salesforce import Salesforce\nif code == "NOT_FOUND":\n    pass\n', 'python');
      assert.match(await client.hoverText(about, 'NOT_FOUND'), /Class:/);
      for (const word of ['simple_salesforce', 'import', 'pass']) assert.equal(await client.hoverText(about, word), '');
    });

    it('links into the reference only where the client can follow', async () => {
      await start('{}');
      const file = folder.path('a.py');
      await client.open(file, 'x = "UNABLE_TO_LOCK_ROW"', 'python');
      assert.ok(!(await client.hoverText(file, 'UNABLE_TO_LOCK_ROW')).includes('command:'));
      await client.stop();
      client = await TestClient.start({ folders: [folder.root], initializationOptions: { referenceCommand: true } });
      await client.open(file, 'x = "UNABLE_TO_LOCK_ROW"', 'python');
      assert.match(await client.hoverText(file, 'UNABLE_TO_LOCK_ROW'), /\[Reference\]\(command:apiGuard\.showReference\?%5B%22rest%22%2C%22UNABLE_TO_LOCK_ROW%22%5D\)/);
    });

    it('is silent where the setting switches everything off', async () => {
      await start('{}', { settings: { enable: false } });
      const file = folder.path('a.py');
      await client.open(file, 'x = "UNABLE_TO_LOCK_ROW"', 'python');
      assert.equal(await client.hoverText(file, 'UNABLE_TO_LOCK_ROW'), '');
    });
  });

  describe('hover on an unknown code', () => {
    it('says honestly that it is unknown, and what it is like', async () => {
      await start();
      const file = folder.path('a.js');
      await client.open(file, "import jsforce from 'jsforce';\nif (err.errorCode === 'UNABLE_TO_LOCK_ROWS') retry();\nconst other = 'SOME_OTHER_WORD';\n");
      assert.match(await client.hoverText(file, 'UNABLE_TO_LOCK_ROWS'), /not in the catalogue[\s\S]*UNABLE_TO_LOCK_ROW/);
      assert.equal(await client.hoverText(file, 'SOME_OTHER_WORD'), '');
    });
  });

  describe('completion', () => {
    const source = (comparison: string): string =>
      `import jsforce from 'jsforce';\nconst conn = new jsforce.Connection({});\nexport async function save(record) {\n  try {\n    return await conn.sobject('Account').update(record);\n  } catch (err) {\n    ${comparison}\n    throw err;\n  }\n}\n`;
    const labels = async (comparison: string, at: string): Promise<string[]> => {
      const file = folder.path(`a${Math.random()}.js`);
      await client.open(file, source(comparison));
      return (await client.completions(file, at)).sort((a, b) => (a.sortText! < b.sortText! ? -1 : 1)).map(({ label }) => label);
    };

    it('offers codes inside a comparison, first those that the guarded call can answer with', async () => {
      await start();
      const offered = await labels("if (err.errorCode === '') return;", "errorCode === '");
      assert.ok(offered.length > 500);
      const first = offered.slice(0, 40);
      for (const code of ['UNABLE_TO_LOCK_ROW', 'INVALID_SESSION_ID', 'REQUEST_LIMIT_EXCEEDED', 'FIELD_CUSTOM_VALIDATION_EXCEPTION']) assert.ok(first.includes(code), `${code} is not among ${first.join(' ')}`);
      assert.ok(!first.includes('MALFORMED_QUERY'), 'an update is no query');
      assert.ok(offered.includes('MALFORMED_QUERY'));
    });

    it('offers them in every shape of comparison', async () => {
      await start();
      for (const [comparison, at] of [
        ["if ('' === err.errorCode) return;", "if ('"],
        ['if (err["errorCode"] != "UNABLE") return;', '!= "UNABLE'],
        ["switch (err.errorCode) { case 'QUERY_TIMEOUT': break; case '': break; }", "case '"],
        ["if (['QUERY_TIMEOUT', 'UNABLE'].includes(err.errorCode)) return;", "'UNABLE"],
        ["if (err.message.includes('UN')) return;", "includes('UN"],
        ["if (err.name === 'ERROR_HTTP_') return;", "=== 'ERROR_HTTP_"],
        ["if (err.errorCode === '", "=== '"],
      ] as const) assert.ok((await labels(comparison, at)).includes('UNABLE_TO_LOCK_ROW'), comparison);
    });

    it('replaces what has been typed of the code, and documents it when asked', async () => {
      await start();
      const file = folder.path('a.js');
      await client.open(file, source("if (err.errorCode === 'UNABLE_T') return;"));
      const item = (await client.completions(file, "=== 'UNABLE_T")).find(({ label }) => label === 'UNABLE_TO_LOCK_ROW');
      assert.ok(item?.textEdit && 'range' in item.textEdit);
      const line = client.text(file).split('\n')[item.textEdit.range.start.line] ?? '';
      assert.equal(line.slice(item.textEdit.range.start.character, item.textEdit.range.end.character), 'UNABLE_T');
      assert.equal(item.documentation, undefined);
      const { documentation } = await client.resolveCompletion(item);
      assert.match(typeof documentation === 'object' ? documentation.value : '', /\*\*UNABLE_TO_LOCK_ROW\*\*[\s\S]*In the code:/);
    });

    it('brings the documentation along for a client that cannot ask later', async () => {
      await start(MANIFEST, { capabilities: { ...FULL_CAPABILITIES, textDocument: { ...FULL_CAPABILITIES.textDocument, completion: {} } } });
      const file = folder.path('a.js');
      await client.open(file, source("if (err.errorCode === '') return;"));
      const items = await client.completions(file, "=== '");
      assert.ok(items.length > 10 && items.length <= 50 && items.every(({ documentation }) => documentation !== undefined));
    });

    it('offers nothing in other strings, outside strings and where nothing is of Salesforce', async () => {
      await start();
      for (const [comparison, at] of [["const name = '';", "name = '"], ["log('');", "log('"], ['if (err.errorCode === ) return;', '=== '], ["if (user.city === '') return;", "city === '"]] as const)
        assert.deepEqual(await labels(comparison, at), [], comparison);
      await client.stop();
      await folder.remove();
      await start('{}');
      const file = folder.path('plain.js');
      await client.open(file, "if (err.errorCode === '') throw err;\n");
      assert.deepEqual(await client.completions(file, "=== '"), []);
    });
  });
});
