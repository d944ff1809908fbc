import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import type { CodeAction } from 'vscode-languageserver-protocol/node';
import { FULL_CAPABILITIES, TestClient, applyEdit, isSilent, speaks, uriOf, type StartOptions } from './client.ts';
import { TestFolder } from './folder.ts';

const MANIFEST = JSON.stringify({ name: 'integration', dependencies: { jsforce: '^3.6.0' } });
const HEAD = "import jsforce from 'jsforce';\nconst conn = new jsforce.Connection({});\n";
const LOST = `${HEAD}export async function load(id) {
  try {
    return await conn.sobject('Account').retrieve(id);
  } catch {
    throw new Error('not read');
  }
}
export async function rename(id, later) {
  try {
    await conn.sobject('Account').update({ Id: id });
  } catch (error) {
    if (error.code === 'UNABLE_TO_LOCK_ROW') return later(id);
    throw error;
  }
}
export async function remove(id) {
  try {
    await conn.sobject('Account').destroy(id);
  } catch (error) {
    if (error.errorCode === 'ENTITY_IS_LOCKD') return;
    throw error;
  }
}
`;

/** What is offered where a rule speaks: the first fix, whether it is the preferred one, and what the text has after it. */
const KINDS: readonly { rule: string; source: string; title: string; preferred: boolean; has: string }[] = [
  { rule: 'floating-call', source: "export async function f(Name) {\n  conn.sobject('Account').create({ Name });\n}\n", title: 'Await the call, so that its failure is not lost', preferred: true, has: "  await conn.sobject('Account')" },
  { rule: 'never-sent', source: "export async function f() {\n  conn.query('SELECT Id FROM Account LIMIT 5');\n}\n", title: 'Await the call, so that the request is sent', preferred: true, has: '  await conn.query' },
  { rule: 'lost-error-detail', source: "export async function f(id) {\n  try { return await conn.sobject('A').retrieve(id); } catch (e) { throw new Error('x'); }\n}\n", title: 'Keep the failure as the cause of the new error', preferred: true, has: "new Error('x', { cause: e })" },
  { rule: 'wrong-error-field', source: "export async function f(id) {\n  try { await conn.sobject('A').destroy(id); } catch (e) { if (e.code === 'ENTITY_IS_DELETED') return; throw e; }\n}\n", title: 'Look for the code in errorCode', preferred: true, has: "e.errorCode === 'ENTITY_IS_DELETED'" },
  { rule: 'unknown-error-code', source: "export async function f(id) {\n  try { await conn.sobject('A').destroy(id); } catch (e) { if (e.errorCode === 'ENTITY_IS_DELETD') return; throw e; }\n}\n", title: 'Replace ENTITY_IS_DELETD by ENTITY_IS_DELETED', preferred: true, has: "'ENTITY_IS_DELETED'" },
  { rule: 'retired-api', source: "export const old = new jsforce.Connection({ version: '29.0' });\n", title: 'Replace API version 29.0 by 41.0, the oldest that is not going away', preferred: true, has: "version: '41.0'" },
  { rule: 'unchecked-partial-success', source: "export async function f(rows) {\n  await conn.sobject('A').create(rows.map((Name) => ({ Name })));\n}\n", title: 'Check the result of each record, and throw an error that holds the refused ones', preferred: true, has: 'if (refused.length > 0) {' },
  { rule: 'truncated-query', source: "export async function f() {\n  const { records } = await conn.query('SELECT Id FROM Account');\n  return records;\n}\n", title: 'Read every page of the query, up to 50,000 records', preferred: true, has: '{ autoFetch: true, maxFetch: 50000 }' },
  { rule: 'swallowed-failure', source: "export async function f(Name) {\n  try {\n    await conn.sobject('A').create({ Name });\n  } catch (error) {\n    console.log(error);\n  }\n}\n", title: 'Branch on what the failure means, and throw on what no corrected record would mend', preferred: false, has: "case 'UNABLE_TO_LOCK_ROW':" },
];

describe('language server: fixes', () => {
  let client: TestClient;
  let folder: TestFolder;

  const start = async (files: Record<string, string> = {}, options: StartOptions = {}): Promise<void> => {
    folder = await TestFolder.create({ 'package.json': MANIFEST, ...files });
    client = await TestClient.start({ folders: [folder.root], ...options });
  };
  const everything = { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } };
  const fixesAt = async (file: string, rule: string): Promise<CodeAction[]> => {
    const finding = (await client.diagnostics(file, speaks(rule))).find(({ code }) => code === rule)!;
    return (await client.actions(file, finding.range, [finding])).filter(({ title }) => !title.startsWith('Disable'));
  };

  afterEach(async () => {
    await client.stop();
    await folder.remove();
  });

  it('of every kind take their finding away, as a versioned edit made on demand', async () => {
    await start();
    for (const { rule, source, title, preferred, has: text } of KINDS) {
      const file = folder.path(`${rule}.js`);
      await client.open(file, HEAD + source);
      const action = (await fixesAt(file, rule)).find((each) => each.title === title);
      assert.ok(action, `${rule}: ${title}`);
      assert.equal(action.edit, undefined);
      assert.equal(action.isPreferred ?? false, preferred, rule);
      const edit = (await client.resolve(action)).edit!;
      const changes = edit.documentChanges ?? [];
      assert.equal(changes.length, 1);
      assert.deepEqual('textDocument' in changes[0]! && changes[0].textDocument, { uri: uriOf(file), version: 1 });
      const after = applyEdit(edit, { [file]: client.text(file) })[file]!;
      assert.ok(after.includes(text), `${rule}: ${after}`);
      await client.edit(file, everything, after);
      await client.diagnostics(file, isSilent(rule));
    }
  });

  it('that change nothing on success are one action for the whole file', async () => {
    await start();
    const file = folder.path('a.js');
    await client.open(file, `${LOST}export async function add(Name) {\n  conn.sobject('Account').create({ Name });\n}\n`);
    await client.diagnostics(file, speaks('floating-call'));
    for (const kind of ['source.fixAll.apiGuard', 'source.fixAll', 'source']) {
      const [action, ...others] = await client.actions(file, everything, [], [kind]);
      assert.equal(action?.kind, 'source.fixAll.apiGuard', kind);
      assert.deepEqual(others, []);
    }
    assert.deepEqual(await client.actions(file, everything, [], ['source.fixAll.eslint', 'source.organizeImports']), []);
    const [action] = await client.actions(file, everything, [], ['source.fixAll']);
    assert.equal(action!.edit, undefined);
    // What was typed meanwhile belongs to the text that is mended.
    await client.edit(file, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, '// today\n');
    const edit = (await client.resolve(action!)).edit!;
    const after = applyEdit(edit, { [file]: client.text(file) })[file]!;
    assert.match(after, /^\/\/ today\n/);
    assert.match(after, /catch \(error\) \{\n {4}throw new Error\('not read', \{ cause: error \}\);/);
    assert.match(after, /error\.errorCode === 'UNABLE_TO_LOCK_ROW'/);
    assert.match(after, /'ENTITY_IS_LOCKED'/);
    assert.match(after, /\n {2}conn\.sobject\('Account'\)\.create/);
    await client.edit(file, everything, after);
    await client.diagnostics(file, isSilent('unknown-error-code'));
    assert.deepEqual(await client.actions(file, everything, [], ['source.fixAll']), []);
  });

  it('carry the whole edit at once for a client that cannot ask later', async () => {
    await start({}, { capabilities: { ...FULL_CAPABILITIES, textDocument: {} } });
    const file = folder.path('a.js');
    await client.open(file, LOST);
    await client.diagnostics(file, speaks('lost-error-detail'));
    const [action] = await client.actions(file, everything, [], ['source.fixAll']);
    assert.match(applyEdit(action!.edit!, { [file]: client.text(file) })[file]!, /cause: error/);
  });

  for (const [told, initializationOptions, names] of [
    ['come with the command that installs it', { installCommand: true }, ['p-retry', 'cockatiel', 'exponential-backoff']], ['are not offered to a client without such a command', undefined, []],
    ['are not offered to a client that says it otherwise', { installCommand: 'yes' }, []],
  ] as const) {
    it(`that need a package ${told}`, async () => {
      await start({}, { initializationOptions });
      const file = folder.path('a.js');
      await client.open(file, `${HEAD}export async function add(Name) {\n  await conn.sobject('Account').create({ Name });\n}\nsetInterval(() => add('x').catch((error) => alertOperator(error)), 60_000);\n`);
      const actions = (await fixesAt(file, 'missing-retry')).filter(({ title }) => title.endsWith('(installs it)'));
      assert.deepEqual(actions.map(({ title }) => /(?<=with )[\w-]+/.exec(title)![0]), names);
      for (const [index, action] of actions.entries()) {
        assert.deepEqual([action.isPreferred, action.command?.command], [false, 'apiGuard.installPackage']);
        const [needed] = action.command!.arguments as { name: string; range: string; folder: string }[];
        assert.deepEqual([needed!.name, needed!.folder], [names[index], folder.root]);
        const { documentChanges } = (await client.resolve(action)).edit!;
        assert.ok(documentChanges!.some((change) => 'edits' in change && change.edits.some((edit) => 'newText' in edit && edit.newText.includes(`'${names[index]}'`))));
      }
    });
  }

  it('fit the text in the editor, not the one on disk', async () => {
    await start({ 'a.js': LOST });
    const file = folder.path('a.js');
    await client.open(file, `// not saved\n\n${LOST}`);
    const [action] = await fixesAt(file, 'lost-error-detail');
    const after = applyEdit((await client.resolve(action!)).edit!, { [file]: client.text(file) })[file]!;
    assert.equal(after, `// not saved\n\n${LOST.replace('catch {', 'catch (error) {').replace("('not read')", "('not read', { cause: error })")}`);
  });

  it('stay in the folder of their file where several are open', async () => {
    const other = await TestFolder.create({ 'package.json': MANIFEST.replace('^3.6.0', '^1.11.0'), 'same.js': '' });
    try {
      await start({ 'same.js': '' }, {});
      await client.folders({ added: [other.root] });
      const source = `${HEAD}export async function f() {\n  const found = await conn.query('SELECT Id FROM Account');\n  return found.records;\n}\n`;
      for (const [file, text] of [[folder.path('same.js'), 'autoFetch: true'], [other.path('same.js'), 'queryMore(page.nextRecordsUrl)']] as const) {
        await client.open(file, source);
        const [action] = await fixesAt(file, 'truncated-query');
        const edit = (await client.resolve(action!)).edit!;
        assert.deepEqual((edit.documentChanges ?? []).map((change) => 'textDocument' in change && change.textDocument.uri), [uriOf(file)]);
        assert.ok(applyEdit(edit, { [file]: source })[file]!.includes(text), text);
      }
    } finally {
      await other.remove();
    }
  });

  describe('that make a file', () => {
    const UNREPEATED = `${HEAD}export async function rename(id, name) {\n  await conn.sobject('Account').update({ Id: id, Name: name });\n}\nsetInterval(() => void rename('001000000000001AAA', 'Acme').catch((error) => process.stderr.write(String(error))), 60_000);\n`;
    const retries = async (file: string): Promise<CodeAction[]> => {
      await client.open(file, UNREPEATED);
      return (await fixesAt(file, 'missing-retry')).filter(({ title }) => title.startsWith('Insert retry'));
    };
    const rules = { rules: { 'missing-retry': 'warning' } };

    it('make it beside the sources of the folder of their file, where several folders are open', async () => {
      const other = await TestFolder.create({ 'package.json': MANIFEST, 'src/a.js': '' });
      try {
        await start({ 'src/a.js': '' }, { settings: rules });
        await client.folders({ added: [other.root] });
        for (const root of [folder, other]) {
          const [action] = await retries(root.path('src/a.js'));
          const changes = (await client.resolve(action!)).edit?.documentChanges ?? [];
          assert.deepEqual(changes.flatMap((change) => ('kind' in change && change.kind === 'create' ? [change.uri] : [])), [uriOf(root.path('src/salesforceRetry.js'))]);
        }
      } finally {
        await other.remove();
      }
    });

    it('are not offered where another file has its name, be it of something else altogether', async () => {
      for (const text of ['export const salesforceRetry = 3;\n', 'plain words\n', '']) {
        await start({ 'src/salesforceRetry.js': text, 'src/a.js': '' }, { settings: rules });
        assert.deepEqual(await retries(folder.path('src/a.js')), [], JSON.stringify(text));
        await client.stop();
        await folder.remove();
      }
      await start({}, {});
    });

    // Who may do everything may write everywhere.
    if (process.platform !== 'win32' && process.getuid?.() !== 0) it('are not offered where the folder may not be written to', async () => {
      await start({ 'src/a.js': '' }, { settings: rules });
      chmodSync(folder.path('src'), 0o555);
      try {
        assert.deepEqual(await retries(folder.path('src/a.js')), []);
      } finally {
        chmodSync(folder.path('src'), 0o755);
      }
    });
  });

  it('say that the code has changed, and survive data that is none of theirs', async () => {
    await start();
    const file = folder.path('a.js');
    await client.open(file, LOST);
    const [action] = await fixesAt(file, 'lost-error-detail');
    await client.replace(file, "throw new Error('not read');", 'throw failure;');
    await assert.rejects(client.resolve(action!), /changed/);
    for (const data of [{ fixAll: true, uri: 'file:///nowhere.js' }, { fixAll: true, uri: 7 }, { fixAll: 'yes', uri: uriOf(file) }, null, 'x', []]) {
      assert.equal((await client.resolve({ title: 'x', data } as CodeAction)).edit, undefined);
    }
  });
});
