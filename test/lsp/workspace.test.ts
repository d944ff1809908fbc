import assert from 'node:assert/strict';
import { rename, symlink } from 'node:fs/promises';
import path from 'node:path';
import { Engine } from '../../server/src/engine/engine.ts';
import { wasmFolder } from '../../server/src/engine/wasmFolder.ts';
import { Workspace } from '../../server/src/engine/workspace.ts';
import { TestFolder } from './folder.ts';

const SERVER = path.resolve(import.meta.dirname, '../../server/src/server.ts');

describe('workspace files', () => {
  let folder: TestFolder;
  let engine: Engine;
  let workspace: Workspace;
  let log: string[];

  beforeEach(() => {
    log = [];
    engine = new Engine({ wasmFolder: wasmFolder(SERVER) });
    workspace = new Workspace({ loadEngine: async () => engine, log: (message) => log.push(message) });
  });
  afterEach(() => folder.remove());

  const index = (): Promise<string> => workspace.index(new AbortController().signal, () => {});
  const paths = (): string[] => engine.paths().map((file) => path.relative(folder.root, file).split(path.sep).join('/')).sort();

  it('gives every file of its folders to the engine, and takes those of a removed folder back', async () => {
    folder = await TestFolder.create({ 'one/a.js': 'a', 'two/b.js': 'b', 'two/dist/c.js': '', 'two/.gitignore': 'dist', 'three/d.js': '' });
    await workspace.setFolders([folder.path('one'), folder.path('two')]);
    assert.equal(await index(), 'done');
    assert.deepEqual(paths(), ['one/a.js', 'two/b.js']);
    await workspace.setFolders([folder.path('one'), folder.path('three')]);
    assert.deepEqual(paths(), ['one/a.js']);
    await index();
    assert.deepEqual(paths(), ['one/a.js', 'three/d.js']);
  });

  it('keeps a file that lies in two folders while one of them is left', async () => {
    folder = await TestFolder.create({ 'a.js': '', 'sub/b.js': '' });
    await workspace.setFolders([folder.root, folder.path('sub')]);
    await index();
    assert.deepEqual(paths(), ['a.js', 'sub/b.js']);
    await workspace.setFolders([folder.root]);
    await index();
    assert.deepEqual(paths(), ['a.js', 'sub/b.js']);
  });

  it('lets an open document win over the disk until it is closed', async () => {
    folder = await TestFolder.create({ 'a.js': 'disk' });
    const file = folder.path('a.js');
    await workspace.setFolders([folder.root]);
    workspace.setOpen(file, 'unsaved');
    await workspace.ensureNear();
    await index();
    assert.equal(engine.text(file), 'unsaved');
    await folder.write('a.js', 'disk 2');
    await workspace.applyEvents([{ path: file, kind: 'changed' }]);
    assert.equal(engine.text(file), 'unsaved');
    await folder.remove('a.js');
    await workspace.applyEvents([{ path: file, kind: 'deleted' }]);
    assert.equal(engine.text(file), 'unsaved');
    await folder.write('a.js', 'disk 3');
    await workspace.applyEvents([{ path: file, kind: 'created' }]);
    await workspace.close(file);
    assert.equal(engine.text(file), 'disk 3');
  });

  it('forgets what was typed and not saved, and a document without a file', async () => {
    folder = await TestFolder.create({ 'a.js': 'disk' });
    await workspace.setFolders([folder.root]);
    await index();
    for (const name of ['a.js', 'new.js']) {
      workspace.setOpen(folder.path(name), 'typed');
      await workspace.ensureNear();
      assert.equal(engine.text(folder.path(name)), 'typed');
      await workspace.close(folder.path(name));
    }
    assert.equal(engine.text(folder.path('a.js')), 'disk');
    assert.deepEqual(paths(), ['a.js']);
  });

  it('reads for an open file what it imports directly, before and without any index', async () => {
    folder = await TestFolder.create({
      'src/a.js': '', 'src/b.ts': '', 'src/c/index.js': '', 'src/d.mts': '', 'src/far.js': '', 'src/unrelated.js': '', 'package.json': '{}',
    });
    const file = folder.path('src/a.js');
    const text = `import b from './b.js';\nconst c = require('./c');\nexport * from "./d.mts";\nawait import('./absent');\nimport 'jsforce';\nimport x from '../../../../../../../../../..';\n`;
    await folder.write('src/b.ts', `import './far.js';`);
    workspace.setOpen(file, text);
    await workspace.ensureNear();
    assert.deepEqual(paths(), ['src/a.js', 'src/b.ts', 'src/c/index.js', 'src/d.mts']);
    workspace.setOpen(file, `import './unrelated.js';`);
    await workspace.ensureNear();
    assert.ok(paths().includes('src/unrelated.js'));
    await workspace.close(file);
    assert.deepEqual(paths(), []);
  });

  it('follows files that are created, changed, renamed and deleted', async () => {
    folder = await TestFolder.create({ 'a.js': '1', 'dir/b.js': '1' });
    await workspace.setFolders([folder.root]);
    await index();
    await folder.write('a.js', '2');
    assert.deepEqual(await workspace.applyEvents([{ path: folder.path('a.js'), kind: 'changed' }]), { changed: true, reindex: false });
    assert.equal(engine.text(folder.path('a.js')), '2');
    assert.equal((await workspace.applyEvents([{ path: folder.path('a.js'), kind: 'changed' }])).changed, false);
    await rename(folder.path('a.js'), folder.path('z.ts'));
    await workspace.applyEvents([{ path: folder.path('a.js'), kind: 'deleted' }, { path: folder.path('z.ts'), kind: 'created' }]);
    assert.deepEqual(paths(), ['dir/b.js', 'z.ts']);
    // An editor tells of a renamed folder as one thing.
    await rename(folder.path('dir'), folder.path('moved'));
    await workspace.applyEvents([{ path: folder.path('dir'), kind: 'deleted' }, { path: folder.path('moved'), kind: 'created' }]);
    assert.deepEqual(paths(), ['moved/b.js', 'z.ts']);
  });

  it('does not take in by an event what the index leaves out', async () => {
    folder = await TestFolder.create({ '.gitignore': 'dist\n', 'a.js': '' });
    await workspace.setFolders([folder.root]);
    workspace.setExclude(['gen']);
    await index();
    const left = ['dist/a.js', 'gen/b.js', 'node_modules/x/c.js', 'd.min.js', '../outside.js', 'notes.txt', 'huge.js'];
    for (const file of left) if (!file.startsWith('..')) await folder.write(file, file === 'huge.js' ? 'x'.repeat(1_000_001) : '1');
    const outcome = await workspace.applyEvents([...left, 'dist', 'gen', 'node_modules'].map((file) => ({ path: folder.path(file), kind: 'created' as const })));
    assert.deepEqual(outcome, { changed: false, reindex: false });
    assert.deepEqual(paths(), ['a.js']);
  });

  it('asks for a new index when ignore rules change, which then forgets what they leave out', async () => {
    folder = await TestFolder.create({ 'a.js': '', 'gen/b.js': '' });
    await workspace.setFolders([folder.root]);
    await index();
    await folder.write('.gitignore', 'gen\n');
    assert.equal((await workspace.applyEvents([{ path: folder.path('.gitignore'), kind: 'created' }])).reindex, true);
    await index();
    assert.deepEqual(paths(), ['a.js']);
    assert.equal(workspace.setExclude(['a.js']), true);
    assert.equal(workspace.setExclude(['a.js']), false);
    await index();
    assert.deepEqual(paths(), []);
  });

  it('takes a branch switch of a thousand files as one batch', async () => {
    folder = await TestFolder.create();
    for (let at = 0; at < 600; at++) await folder.write(`old/${at}.js`, '1');
    await workspace.setFolders([folder.root]);
    await index();
    for (let at = 0; at < 600; at++) await folder.write(`new/${at}.js`, '1');
    await folder.remove('old');
    const events = Array.from({ length: 600 }, (_, at) => [
      { path: folder.path(`old/${at}.js`), kind: 'deleted' as const },
      { path: folder.path(`new/${at}.js`), kind: 'created' as const },
    ]).flat();
    assert.equal((await workspace.applyEvents(events)).changed, true);
    assert.equal(paths().length, 600);
    assert.ok(paths().every((file) => file.startsWith('new/')));
  });

  it('keeps what came to be while it was indexing', async () => {
    folder = await TestFolder.create();
    for (let at = 0; at < 200; at++) await folder.write(`f${at}.js`, '1');
    await workspace.setFolders([folder.root]);
    const running = index();
    await folder.write('late.js', '1');
    await workspace.applyEvents([{ path: folder.path('late.js'), kind: 'created' }]);
    assert.equal(await running, 'done');
    assert.equal(paths().length, 201);
  });

  it('stops when aborted or overtaken, and can be started again', async () => {
    folder = await TestFolder.create();
    for (let at = 0; at < 200; at++) await folder.write(`f${at}.js`, '1');
    await workspace.setFolders([folder.root]);
    const controller = new AbortController();
    const stopped = await workspace.index(controller.signal, (done) => done > 0 && controller.abort());
    assert.equal(stopped, 'stopped');
    assert.ok(paths().length < 200);
    const overtaken = index();
    await workspace.setFolders([folder.root]);
    assert.equal(await overtaken, 'stopped');
    assert.equal(await index(), 'done');
    assert.equal(paths().length, 200);
  });

  it('says in the log what cannot be read, and reads the rest', async () => {
    folder = await TestFolder.create({ 'ok/a.js': '' });
    await symlink(folder.path('ok'), folder.path('ok/loop'), 'dir');
    await workspace.setFolders([folder.path('absent'), folder.path('ok')]);
    assert.equal(await index(), 'done');
    assert.deepEqual(paths(), ['ok/a.js']);
    assert.equal(log.length, 1);
    assert.match(log[0] ?? '', /absent.*ENOENT/);
  });

  it('gives neither installed nor minified open documents to the analysis', async () => {
    folder = await TestFolder.create();
    workspace.setOpen(folder.path('node_modules/x/index.js'), 'const a = 1;');
    workspace.setOpen(folder.path('bundle.js'), 'a();'.repeat(5_000));
    await workspace.ensureNear();
    assert.deepEqual(paths(), []);
    assert.deepEqual((await workspace.analyse(folder.path('bundle.js')))?.findings, []);
  });
});
