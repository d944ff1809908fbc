import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { TestClient, type StartOptions } from './client.ts';
import { TestFolder } from './folder.ts';

const MANIFEST = JSON.stringify({ name: 'integration', dependencies: { jsforce: '^3.6.0' } });

/** The open file A: what becomes of its failure is decided in file B. */
const CALLER = `import jsforce from 'jsforce';
import { after } from './after.js';

const conn = new jsforce.Connection({});

export async function load(id) {
  try {
    return await conn.sobject('Account').retrieve(id);
  } catch (err) {
    after(err);
  }
}
`;
const LOGS = 'export function after(err) {\n  console.log(err);\n}\n';
const THROWS = 'export function after(err) {\n  console.log(err);\n  throw err;\n}\n';

describe('language server: whole workspaces', () => {
  let client: TestClient;
  let folder: TestFolder;

  const start = async (files: Record<string, string>, options: StartOptions = {}): Promise<void> => {
    folder = await TestFolder.create({ 'package.json': MANIFEST, ...files });
    client = await TestClient.start({ folders: [folder.root], ...options });
  };
  const swallowed = (diagnostics: { code?: unknown }[]): boolean => diagnostics.some(({ code }) => code === 'swallowed-failure');
  const silent = (diagnostics: { code?: unknown }[]): boolean => !swallowed(diagnostics);

  afterEach(async () => {
    await client.stop();
    await folder.remove();
  });

  it('judge the open file by a handler in another file, as that changes on disk', async () => {
    await start({ 'a.js': CALLER, 'after.js': LOGS });
    const file = folder.path('a.js');
    await client.open(file, CALLER);
    await client.diagnostics(file, swallowed);
    await client.settled();
    await folder.write('after.js', THROWS);
    await client.onDisk({ changed: [folder.path('after.js')] });
    await client.diagnostics(file, silent);
    await folder.write('after.js', LOGS);
    await client.onDisk({ changed: [folder.path('after.js')] });
    await client.diagnostics(file, swallowed);
  });

  it('let unsaved text win over the disk, and the disk again when it is closed', async () => {
    await start({ 'a.js': CALLER, 'after.js': LOGS });
    const [file, handler] = [folder.path('a.js'), folder.path('after.js')];
    await client.open(file, CALLER);
    await client.settled();
    await client.diagnostics(file, swallowed);
    await client.open(handler, LOGS);
    await client.replace(handler, 'console.log(err);', 'throw err;');
    await client.diagnostics(file, silent);
    await folder.write('after.js', `${LOGS}// saved by somebody else\n`);
    await client.onDisk({ changed: [handler] });
    await client.replace(handler, 'throw err;', 'console.log(err); throw err;');
    await client.diagnostics(handler);
    assert.ok(silent(client.shown(file)?.diagnostics ?? []));
    await client.close(handler);
    await client.diagnostics(file, swallowed);
  });

  it('follow a handler that is renamed and one that is deleted', async () => {
    await start({ 'a.js': CALLER, 'after.js': LOGS });
    const file = folder.path('a.js');
    await client.open(file, CALLER);
    await client.settled();
    await client.diagnostics(file, swallowed);
    await rename(folder.path('after.js'), folder.path('other.js'));
    await client.onDisk({ deleted: [folder.path('after.js')], created: [folder.path('other.js')] });
    await client.diagnostics(file, silent);
    await client.replace(file, './after.js', './other.js');
    await client.diagnostics(file, swallowed);
  });

  it('take a branch switch as one change', async () => {
    const files = Object.fromEntries(Array.from({ length: 150 }, (_, at) => [`src/f${at}.js`, `export const a = ${at};\n`]));
    await start({ ...files, 'a.js': CALLER, 'after.js': LOGS });
    const file = folder.path('a.js');
    await client.open(file, CALLER);
    await client.settled();
    await client.diagnostics(file, swallowed);
    const names = Object.keys(files);
    for (const name of names) await folder.write(name, 'export const b = 2;\n');
    await folder.write('after.js', THROWS);
    for (const name of [...names, 'after.js']) await client.onDisk({ changed: [folder.path(name)] });
    await client.diagnostics(file, silent);
    assert.equal(client.published.filter(({ uri }) => uri.endsWith('/a.js')).length <= 4, true);
  });

  it('know the files of folders as they are added and removed', async () => {
    const other = await TestFolder.create({ 'package.json': MANIFEST, 'b.js': CALLER, 'c.js': LOGS });
    try {
      await start({ 'a.js': CALLER, 'after.js': LOGS });
      await client.settled();
      assert.equal((await client.info()).files, 2);
      let seen = client.statuses.length;
      await client.folders({ added: [other.root] });
      await client.until(() => client.statuses.length > seen && client.statuses.at(-1)?.state === 'ready', 'the added folder');
      assert.equal((await client.info()).files, 4);
      seen = client.statuses.length;
      await client.folders({ removed: [folder.root] });
      await client.until(() => client.statuses.length > seen && client.statuses.at(-1)?.state === 'ready', 'the index after the removal');
      assert.equal((await client.info()).files, 2);
    } finally {
      await other.remove();
    }
  });

  it('leave out what .gitignore and files.exclude say, also when that changes', async () => {
    await start(
      { 'a.js': CALLER, 'after.js': LOGS, 'dist/a.js': CALLER, 'gen/a.js': CALLER, '.gitignore': 'dist\n', 'node_modules/x/index.js': CALLER, 'x.min.js': CALLER },
      { exclude: { gen: true, '**/*.js': { when: '$(basename).ts' }, 'a.js': false } },
    );
    await client.settled();
    assert.equal((await client.info()).files, 2);
    await folder.write('.gitignore', '');
    let seen = client.statuses.length;
    await client.onDisk({ changed: [folder.path('.gitignore')] });
    await client.settled(seen);
    assert.equal((await client.info()).files, 3);
    seen = client.statuses.length;
    client.exclude = {};
    await client.configure({});
    await client.settled(seen);
    assert.equal((await client.info()).files, 4);
  });

  it('load no grammar and parse no file without a trace of Salesforce, until there is one', async () => {
    await start({ 'package.json': '{}', 'a.js': 'export const a = 1;\n', 'b.ts': `import { a } from './a.js';\nexport const b = a;\n` });
    const file = folder.path('a.js');
    await client.open(file, 'export const a = 1;\n');
    assert.equal((await client.settled()).state, 'idle');
    await client.edit(file, { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, 'const c = 2;\n');
    await client.diagnostics(file);
    assert.equal(await client.hover(file, { line: 0, character: 7 }), null);
    const { lowerings, grammarsLoaded, files } = await client.info();
    assert.deepEqual({ lowerings, grammarsLoaded, files }, { lowerings: 0, grammarsLoaded: 0, files: 2 });
    await client.edit(file, { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } }, CALLER.replace('after(err);', ''));
    await client.diagnostics(file, swallowed);
    assert.ok((await client.info()).grammarsLoaded > 0);
  });

  it('show the open file before the index is finished, and lower one file for one edit', async () => {
    const files = Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`src/f${at}.js`, CALLER.replace('./after.js', '../after.js')]));
    await start({ ...files, 'a.js': CALLER, 'after.js': LOGS });
    const file = folder.path('a.js');
    await client.open(file, CALLER);
    await client.diagnostics(file, swallowed);
    assert.notEqual(client.statuses.at(-1)?.state, 'ready', 'the first findings came before the index was finished');
    await client.settled();
    await client.diagnostics(file, swallowed);
    const before = (await client.info()).lowerings;
    assert.ok(before >= 402);
    await client.replace(file, 'after(err);', 'after(err); throw err;');
    await client.diagnostics(file, silent);
    assert.equal((await client.info()).lowerings, before + 1);
  });

  it('say nothing of a call that a caller repeats, not even before that caller is read', async () => {
    const update = `import jsforce from 'jsforce';
const conn = new jsforce.Connection({});
export async function rename(id) {
  await conn.sobject('Account').update({ Id: id });
}
`;
    const once = `import { rename } from './a.js';\nasync function main() {\n  await rename('1');\n}\nsetInterval(() => main().catch((err) => alertOperator(err)), 60_000);\n`;
    const repeated = `import { rename } from './a.js';
async function main() {
  for (let attempt = 0; ; attempt++) {
    try {
      return await rename('1');
    } catch (err) {
      if (attempt === 4) throw err;
      await new Promise((resolve) => setTimeout(resolve, 2 ** attempt * 1000));
    }
  }
}
setInterval(() => main().catch((err) => alertOperator(err)), 60_000);
`;
    const others = Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`f${at}.js`, `import jsforce from 'jsforce';\nexport const a = ${at};\n`]));
    await start({ ...others, 'a.js': update, 'z.js': repeated });
    const file = folder.path('a.js');
    const unrepeated = (diagnostics: { code?: unknown }[]): boolean => diagnostics.some(({ code }) => code === 'missing-retry');
    await client.open(file, update);
    assert.equal((await client.settled()).state, 'ready');
    await client.replace(file, 'export', '\nexport');
    await client.diagnostics(file);
    assert.ok(client.published.length >= 2);
    assert.ok(client.published.every(({ diagnostics }) => !unrepeated(diagnostics)));
    await folder.write('z.js', once);
    await client.onDisk({ changed: [folder.path('z.js')] });
    await client.diagnostics(file, unrepeated);
  });
});
