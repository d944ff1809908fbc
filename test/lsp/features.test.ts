import assert from 'node:assert/strict';
import { FULL_CAPABILITIES, TestClient, applyEdit, isSilent, speaks, uriOf, type StartOptions } from './client.ts';
import { TestFolder } from './folder.ts';

const MANIFEST = JSON.stringify({ name: 'integration', dependencies: { jsforce: '^3.6.0' } });

const FLOATING = `import jsforce from 'jsforce';

const conn = new jsforce.Connection({ loginUrl: 'https://login.salesforce.com' });

export async function remember(name) {
  conn.sobject('Account').create({ Name: name });
}
`;

const SWALLOWED = `import jsforce from 'jsforce';

const conn = new jsforce.Connection({});

export async function load(id) {
  try {
    return await conn.sobject('Account').retrieve(id);
  } catch (err) {
    console.log(err);
  }
}
`;

const UNREPEATED = `import jsforce from 'jsforce';

const conn = new jsforce.Connection({});

export async function rename(id, name) {
  await conn.sobject('Account').update({ Id: id, Name: name });
}

setInterval(() => {
  rename('001000000000001AAA', 'Acme').catch((err) => alertOperator(err));
}, 60_000);
`;

describe('language server: features', () => {
  let client: TestClient;
  let folder: TestFolder;

  const start = async (files: Record<string, string> = {}, options: StartOptions = {}): Promise<void> => {
    folder = await TestFolder.create({ 'package.json': MANIFEST, ...files });
    client = await TestClient.start({ folders: [folder.root], ...options });
  };

  afterEach(async () => {
    await client.stop();
    await folder.remove();
  });

  describe('diagnostics', () => {
    it('appear for the open file and go as the text is mended', async () => {
      await start();
      const file = folder.path('a.js');
      await client.open(file, FLOATING);
      const [finding] = await client.diagnostics(file, speaks('floating-call'));
      assert.equal(finding?.source, 'API Guard');
      assert.equal(finding?.code, 'floating-call');
      assert.match(finding?.codeDescription?.href ?? '', /^https:\/\/.*#rules$/);
      assert.deepEqual(finding?.range.start, client.at(file, 'create('));
      assert.ok([1, 2, 3, 4].includes(finding?.severity ?? 0));
      await client.replace(file, 'conn.sobject', 'await conn.sobject');
      await client.diagnostics(file, isSilent('floating-call'));
      await client.replace(file, 'await conn.sobject', 'conn.sobject');
      await client.diagnostics(file, speaks('floating-call'));
    });

    it('are published for open documents only', async () => {
      await start({ 'other.js': FLOATING });
      const file = folder.path('a.js');
      await client.open(file, FLOATING);
      await client.settled();
      await client.diagnostics(file, speaks('floating-call'));
      assert.equal(client.published.some(({ uri }) => uri === uriOf(folder.path('other.js'))), false);
    });

    it('come for the four languages and for a document without a file', async () => {
      await start();
      for (const name of ['a.mjs', 'b.jsx', 'c.ts', 'd.tsx']) {
        await client.open(folder.path(name), FLOATING);
        await client.diagnostics(folder.path(name), speaks('floating-call'));
      }
      await client.openUri('untitled:Untitled-1', FLOATING, 'typescript');
      await client.until(() => client.published.some(({ uri, diagnostics }) => uri === 'untitled:Untitled-1' && speaks('floating-call')(diagnostics)), 'the untitled document');
    });

    it('follow the settings: a rule off, another severity, all off, on again', async () => {
      await start();
      const file = folder.path('a.js');
      await client.open(file, FLOATING);
      await client.diagnostics(file, speaks('floating-call'));
      await client.configure({ rules: { 'floating-call': 'off' } });
      await client.diagnostics(file, isSilent('floating-call'));
      await client.configure({ rules: { 'floating-call': 'hint' } });
      assert.equal((await client.diagnostics(file, speaks('floating-call'))).find(({ code }) => code === 'floating-call')?.severity, 4);
      await client.configure({ enable: false });
      await client.diagnostics(file, (diagnostics) => diagnostics.length === 0);
      await client.until(() => client.statuses.at(-1)?.state === 'idle', 'the idle state');
      assert.equal(await client.hover(file, client.at(file, 'create', 2)), null);
      await client.configure({ enable: true });
      await client.diagnostics(file, speaks('floating-call'));
      await client.until(() => client.statuses.at(-1)?.state === 'ready', 'the ready state');
    });

    it('never flash up where the settings switch them off from the start', async () => {
      await start({}, { settings: { enable: false } });
      const file = folder.path('a.js');
      await client.open(file, FLOATING);
      await client.diagnostics(file);
      assert.equal((await client.settled()).state, 'idle');
      assert.ok(client.published.every(({ diagnostics }) => diagnostics.length === 0));
      assert.equal((await client.info()).files, 0);
    });

    it('reach a client that cannot be asked for settings through what it sends', async () => {
      await start({}, { capabilities: {}, initializationOptions: { apiGuard: { rules: { 'floating-call': 'off' } } } });
      const file = folder.path('a.js');
      await client.open(file, FLOATING);
      await client.settled();
      assert.ok(isSilent('floating-call')(await client.diagnostics(file)));
      await client.connection.sendNotification('workspace/didChangeConfiguration', { settings: { apiGuard: { rules: {} } } });
      const [finding] = await client.diagnostics(file, speaks('floating-call'));
      assert.equal(finding?.codeDescription, undefined);
      assert.equal(finding?.data, undefined);
    });

    it('survive a file that is not parseable, and mend with it', async () => {
      await start();
      const file = folder.path('a.ts');
      await client.open(file, `import jsforce from 'jsforce';\n%%% {{{ \`\${ <a </ ((( class function => \u0000 \ud800 */ /* \n`);
      await client.diagnostics(file);
      await client.edit(file, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }, FLOATING);
      await client.diagnostics(file, speaks('floating-call'));
      await client.edit(file, { start: { line: 2, character: 0 }, end: { line: 2, character: 5 } }, '}}}{');
      await client.diagnostics(file);
      assert.equal(client.server.exitCode, null);
    });

    it('come for a file of 10,000 lines, and soon after a keystroke in it', async () => {
      const functions = Array.from({ length: 1_250 }, (_, at) => {
        const call = at % 10 === 0 ? `conn.sobject('Account').create({ Name: 'n${at}' });` : `const row${at} = rows.filter((row) => row.value > ${at}).map((row) => row.name);`;
        return `export async function work${at}(rows) {\n  if (rows.length > ${at}) {\n    ${call}\n    return rows.length;\n  }\n\n  return ${at};\n}\n`;
      });
      const text = `import jsforce from 'jsforce';\nconst conn = new jsforce.Connection({});\n${functions.join('')}`;
      assert.ok(text.split('\n').length > 10_000);
      await start();
      const file = folder.path('large.js');
      await client.open(file, text);
      const found = await client.diagnostics(file, speaks('floating-call'), 20_000);
      assert.equal(found.filter(({ code }) => code === 'floating-call').length, 125);
      const began = Date.now();
      await client.replace(file, `    conn.sobject`, `    await conn.sobject`);
      await client.diagnostics(file, (diagnostics) => diagnostics.filter(({ code }) => code === 'floating-call').length === 124);
      assert.ok(Date.now() - began < 5_000, `took ${Date.now() - began} ms`);
    });
  });

  describe('quick fixes', () => {
    it('silence a rule for a line, as a versioned edit made on demand', async () => {
      await start();
      const file = folder.path('a.js');
      await client.open(file, FLOATING);
      const diagnostics = await client.diagnostics(file, speaks('floating-call'));
      const range = diagnostics[0]!.range;
      const actions = await client.actions(file, range, diagnostics);
      const action = actions.find(({ title }) => title === 'Disable floating-call for this line');
      assert.ok(action);
      assert.equal(action.edit, undefined);
      assert.equal(action.kind, 'quickfix');
      assert.equal(action.diagnostics?.[0]?.code, 'floating-call');
      const resolved = await client.resolve(action);
      const change = resolved.edit?.documentChanges?.[0];
      assert.deepEqual(change && 'textDocument' in change && change.textDocument, { uri: uriOf(file), version: 1 });
      const after = applyEdit(resolved.edit!, { [file]: client.text(file) })[file]!;
      assert.match(after, /\n {2}\/\/ api-guard-disable-next-line floating-call\n {2}conn\.sobject/);
      await client.edit(file, { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }, after);
      await client.diagnostics(file, isSilent('floating-call'));
    });

    it('silence a rule for a file, take an idle comment away, and let the reason be typed where the client can', async () => {
      await start({}, { capabilities: { ...FULL_CAPABILITIES, workspace: { ...FULL_CAPABILITIES.workspace, workspaceEdit: { documentChanges: true, snippetEditSupport: true } } } });
      const file = folder.path('a.js');
      await client.open(file, `#!/usr/bin/env node\n${FLOATING}`);
      const diagnostics = await client.diagnostics(file, speaks('floating-call'));
      const actions = await client.actions(file, diagnostics[0]!.range, diagnostics);
      const editOf = async (title: string): Promise<unknown> => {
        const resolved = await client.resolve(actions.find((each) => each.title === title)!);
        const change = resolved.edit?.documentChanges?.[0];
        return change && 'edits' in change ? change.edits[0] : undefined;
      };
      const line = (await editOf('Disable floating-call for this line')) as { snippet: { value: string } };
      assert.match(line.snippet.value, /^ *\/\/ api-guard-disable-next-line floating-call -- \$\{1:why\}\n$/);
      assert.deepEqual(await editOf('Disable floating-call in this file'), {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } }, snippet: { kind: 'snippet', value: '// api-guard-disable floating-call -- ${1:why}\n' },
      });
    });

    it('lead to the page of the rule where the client can show it', async () => {
      await start({}, { initializationOptions: { ruleCommand: true } });
      const file = folder.path('a.js');
      await client.open(file, FLOATING);
      const diagnostics = await client.diagnostics(file, speaks('floating-call'));
      const action = (await client.actions(file, diagnostics[0]!.range, diagnostics)).at(-1);
      assert.deepEqual([action?.title, action?.command?.command, action?.command?.arguments], ['Read about floating-call', 'apiGuard.showRule', ['floating-call']]);
    });

    it('take a comment away that silences nothing', async () => {
      await start();
      const file = folder.path('a.js');
      const idle = '  // api-guard-disable-next-line missing-retry -- once is enough\n';
      await client.open(file, FLOATING.replace(/^ +conn\.sobject/m, (found) => idle + found));
      const diagnostics = await client.diagnostics(file, speaks('unused-suppression'));
      const unused = diagnostics.find(({ code }) => code === 'unused-suppression')!;
      const actions = await client.actions(file, unused.range, [unused]);
      assert.deepEqual(actions.map(({ title }) => title), ['Remove this comment']);
      const resolved = await client.resolve(actions[0]!);
      assert.equal(applyEdit(resolved.edit!, { [file]: client.text(file) })[file], FLOATING);
    });

    it('are not answered for other kinds, and refuse to be made for a text that has changed', async () => {
      await start();
      const file = folder.path('a.js');
      await client.open(file, FLOATING);
      const diagnostics = await client.diagnostics(file, speaks('floating-call'));
      const range = diagnostics[0]!.range;
      assert.deepEqual(await client.actions(file, range, diagnostics, ['refactor']), []);
      assert.deepEqual(await client.actions(file, { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } }, diagnostics), []);
      const [action] = await client.actions(file, range, diagnostics, ['quickfix']);
      await client.replace(file, 'conn.sobject', 'await conn.sobject');
      await assert.rejects(client.resolve(action!), /changed/);
    });

    it('put the repeat round a call; the finding is gone after it', async () => {
      await start({}, { settings: { rules: { 'missing-retry': 'warning' } } });
      const file = folder.path('a.js');
      await folder.write('a.js', UNREPEATED);
      await client.open(file, UNREPEATED);
      const diagnostics = await client.diagnostics(file, speaks('missing-retry'));
      const finding = diagnostics.find(({ code }) => code === 'missing-retry')!;
      const [action] = (await client.actions(file, finding.range, [finding])).filter(({ title }) => !title.startsWith('Disable'));
      assert.ok(action, 'a fix is offered');
      const texts = applyEdit((await client.resolve(action)).edit!, { [file]: client.text(file) });
      for (const [path, text] of Object.entries(texts)) if (path !== file) await client.open(path, text);
      await client.edit(file, { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } }, texts[file]!);
      await client.diagnostics(file, isSilent('missing-retry'));
    });

    it('put the repeat round every call of a file, or of the workspace, as one edit', async () => {
      const two = UNREPEATED.replace('setInterval', () => `export async function restyle(id, name) {
  await conn.sobject('Contact').update({ Id: id, LastName: name });
}

setInterval`).replace("rename('001000000000001AAA', 'Acme')", "rename('001000000000001AAA', 'Acme').then(() => restyle('003000000000001AAA', 'Doe'))");
      await start({ 'a.js': two, 'lib/b.js': UNREPEATED }, { settings: { rules: { 'missing-retry': 'warning' } } });
      await client.settled();
      const [file, other] = [folder.path('a.js'), folder.path('lib/b.js')];
      await client.open(file, two);
      const diagnostics = await client.diagnostics(file, (found) => found.filter(({ code }) => code === 'missing-retry').length === 2);
      const finding = diagnostics.find(({ code }) => code === 'missing-retry')!;
      const actions = await client.actions(file, finding.range, [finding]);
      const texts = { [file]: client.text(file), [other]: UNREPEATED };
      const outcome = async (title: RegExp): Promise<Record<string, string>> => {
        const action = actions.find((each) => title.test(each.title));
        assert.ok(action, String(title));
        assert.equal(action.edit, undefined);
        assert.notEqual(action.isPreferred, true);
        return applyEdit((await client.resolve(action)).edit!, texts);
      };
      const inFile = await outcome(/all 2 places in this file/);
      assert.equal(inFile[file]!.match(/withSalesforceRetry\(\(\) =>/g)?.length, 2);
      assert.equal(inFile[file]!.match(/import \{ withSalesforceRetry \}/g)?.length, 1);
      assert.equal(inFile[other], UNREPEATED);
      const everywhere = await outcome(/everywhere in the workspace/);
      assert.equal(everywhere[file], inFile[file]);
      assert.match(everywhere[other]!, /withSalesforceRetry\(\(\) =>/);
    });

    it('say why there is none, to a client that can show it', async () => {
      const capabilities = { ...FULL_CAPABILITIES, textDocument: { ...FULL_CAPABILITIES.textDocument, codeAction: { ...FULL_CAPABILITIES.textDocument?.codeAction, disabledSupport: true } } };
      await start({ 'package.json': '{"dependencies":{"jsforce":"^1.11.0"}}' }, { capabilities, settings: { rules: { 'missing-retry': 'warning' } } });
      const file = folder.path('a.js');
      await client.open(file, "const jsforce = require('jsforce');\nconst conn = new jsforce.Connection({});\nexports.add = (done) => conn.create('Account', { Name: 'x' }, (error, saved) => (error ? done(error) : done(null, saved)));\n");
      const diagnostics = await client.diagnostics(file, speaks('missing-retry'));
      const actions = await client.actions(file, diagnostics.find(({ code }) => code === 'missing-retry')!.range, diagnostics);
      assert.match(actions.find(({ title }) => title === 'Insert retry')?.disabled?.reason ?? '', /callback/);
    });

    it('carry their edit at once for a client that cannot ask later, and make no file for one that cannot', async () => {
      const capabilities = { ...FULL_CAPABILITIES, workspace: { configuration: true }, textDocument: {} };
      await start({}, { capabilities, settings: { rules: { 'missing-retry': 'warning' } } });
      const file = folder.path('a.js');
      await client.open(file, UNREPEATED);
      const diagnostics = await client.diagnostics(file, speaks('missing-retry'));
      const actions = await client.actions(file, diagnostics[0]!.range, diagnostics);
      assert.ok(actions.length > 0);
      for (const action of actions) {
        assert.equal(action.edit?.documentChanges, undefined);
        assert.deepEqual(Object.keys(action.edit?.changes ?? {}), [uriOf(file)]);
      }
    });
  });

  describe('hover', () => {
    it('explains a distinctive code wherever it stands, without any trace of Salesforce', async () => {
      await start({ 'package.json': '{}' });
      const file = folder.path('a.ts');
      await client.open(
        file,
        `enum Codes { UNABLE_TO_LOCK_ROW }\nconst DUPLICATE_VALUE = 1;\nif (err.errorCode === 'INVALID_SESSION_ID') {}\nswitch (code) { case "REQUEST_LIMIT_EXCEEDED": break; }\nconst map = { ENTITY_IS_DELETED: 1 };\nconst x = 'sf:QUERY_TIMEOUT';\n`,
      );
      for (const code of ['UNABLE_TO_LOCK_ROW', 'DUPLICATE_VALUE', 'INVALID_SESSION_ID', 'REQUEST_LIMIT_EXCEEDED', 'ENTITY_IS_DELETED', 'QUERY_TIMEOUT']) {
        const text = await client.hoverText(file, code);
        assert.ok(text.includes(`**${code}**`), `${code}: ${text}`);
        for (const part of ['Class:', 'Repeat:', 'In the code:', 'https://']) assert.ok(text.includes(part), `${code} lacks ${part}`);
      }
      assert.deepEqual((await client.hover(file, client.at(file, 'UNABLE', 3)))?.range, { start: { line: 0, character: 13 }, end: { line: 0, character: 31 } });
      assert.equal((await client.info()).lowerings, 0);
    });

    it('explains a generic word only where there is a trace of Salesforce', async () => {
      await start({ 'package.json': '{}' });
      const file = folder.path('a.js');
      await client.open(file, `if (err.code === 'NOT_FOUND') throw err;\nconst constructor = toString.__proto__;\n`);
      assert.equal(await client.hoverText(file, 'NOT_FOUND'), '');
      for (const word of ['constructor', 'toString', '__proto__']) assert.equal(await client.hoverText(file, word), '');
      const traced = folder.path('b.js');
      await client.open(traced, `import jsforce from 'jsforce';\nif (err.errorCode === 'NOT_FOUND') throw err;\n`);
      assert.match(await client.hoverText(traced, 'NOT_FOUND'), /Class:/);
    });

    it('explains an HTTP status that Salesforce handling compares, and no other number', async () => {
      await start();
      const file = folder.path('a.js');
      await client.open(
        file,
        `import jsforce from 'jsforce';
const size = 404;
res.status(403);
if (err.statusCode === 401) renew();
if (503 == response.status) wait();
if ([502, 504].includes(error.status)) wait();
switch (e.httpStatus) { case 429: { break; } case 500: break; }
switch (size) { case 400: break; }
`,
      );
      for (const status of ['401', '503', '502', '504', '429', '500']) assert.match(await client.hoverText(file, status), new RegExp(`HTTP ${status}`));
      for (const number of ['404', '403', '400']) assert.equal(await client.hoverText(file, number), '', number);
    });

    it('tells nothing of statuses where nothing is of Salesforce', async () => {
      await start({ 'package.json': '{}' });
      const file = folder.path('a.js');
      await client.open(file, 'if (err.statusCode === 401) renew();\n');
      assert.equal(await client.hoverText(file, '401'), '');
    });

    it('tells of a call what it can fail with and what this code does about it', async () => {
      await start();
      const file = folder.path('a.js');
      await client.open(file, SWALLOWED);
      const text = await client.hoverText(file, 'retrieve');
      assert.match(text, /Salesforce call/);
      assert.match(text, /When it fails, the failure/);
      assert.match(text, /- \*\*transient\*\*: `/);
      assert.match(text, /- is swallowed here; not repeated\n {2}- \*\*session\*\*: `INVALID_SESSION_ID`/);
      assert.equal(await client.hoverText(file, 'console'), '');
    });
  });
});
