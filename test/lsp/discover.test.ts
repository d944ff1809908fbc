import assert from 'node:assert/strict';
import { chmod, symlink } from 'node:fs/promises';
import path from 'node:path';
import { discoverFiles, type DiscoverOptions } from '../../server/src/engine/discover.ts';
import { globToIgnorePatterns } from '../../server/src/engine/globs.ts';
import { isMinified, readSource } from '../../server/src/engine/sourceFile.ts';
import { TestFolder } from './folder.ts';

for (const now of [false, true]) describe(now ? 'file discovery at once' : 'file discovery', () => {
  let folder: TestFolder;

  const found = async (options: DiscoverOptions = {}, root = folder.root): Promise<string[]> => {
    const files: string[] = [];
    for await (const file of discoverFiles(root, { ...options, now })) files.push(path.relative(folder.root, file.path).split(path.sep).join('/'));
    return files;
  };

  afterEach(() => folder.remove());

  it('yields sources and project files in the order of their paths, with their sizes', async () => {
    folder = await TestFolder.create({
      'b.ts': '12345', 'a/z.js': '', 'a.js': '', 'a-b/x.mjs': '', 'package.json': '{}', 'tsconfig.json': '{}', 'README.md': '', 'data.json': '{}', 'x.d.ts': '', 'c.TSX': '',
    });
    assert.deepEqual(await found(), ['a-b/x.mjs', 'a.js', 'a/z.js', 'b.ts', 'c.TSX', 'package.json', 'tsconfig.json', 'x.d.ts']);
    for await (const file of discoverFiles(folder.root, { now })) {
      if (file.path.endsWith('b.ts')) assert.deepEqual(file, { path: folder.path('b.ts'), size: 5, role: 'source' });
      if (file.path.endsWith('package.json')) assert.equal(file.role, 'project');
    }
  });

  it('leaves out installed packages, version stores, minified names and large files', async () => {
    folder = await TestFolder.create({
      'a.js': '', 'node_modules/x/index.js': '', 'sub/node_modules/y/index.js': '', '.git/hooks/pre.js': '', 'bower_components/z.js': '', 'lib.min.js': '', 'lib-min.js': '',
      'admin.js': '', 'big.js': ' '.repeat(1_000_001), 'edge.js': ' '.repeat(1_000_000),
    });
    const skipped: string[] = [];
    assert.deepEqual(await found({ onSkipped: (file) => skipped.push(path.basename(file)) }), ['a.js', 'admin.js', 'edge.js']);
    assert.deepEqual(skipped, ['big.js']);
  });

  it('leaves out what pip has installed into a folder of the project', async () => {
    folder = await TestFolder.create({
      'fn/handler.py': '', 'fn/requests/api.py': '', 'fn/requests-2.32.4.dist-info/top_level.txt': 'requests', 'fn/typing_extensions.py': '', 'fn/typing_extensions-4.14.1.dist-info/RECORD': '',
      'fn/simple_salesforce/api.py': '', 'fn/Simple.Salesforce-1.12.6.dist-info/RECORD': '', 'other/requests/own.py': '', 'fn/own.egg-info/PKG-INFO': '', 'fn/own/a.py': '',
    });
    assert.deepEqual(await found(), ['fn/handler.py', 'fn/own/a.py', 'other/requests/own.py']);
  });

  it('follows .gitignore files, nested ones and negations too', async () => {
    folder = await TestFolder.create({
      '.gitignore': 'dist/\n*.gen.js\n!keep.gen.js\n/top.js\n',
      'dist/a.js': '', 'src/dist/b.js': '', 'x.gen.js': '', 'keep.gen.js': '', 'top.js': '', 'src/top.js': '',
      'src/.gitignore': '!back.gen.js\nlocal.js\n', 'src/back.gen.js': '', 'src/local.js': '', 'src/deep/local.js': '', 'local.js': '',
    });
    assert.deepEqual(await found(), ['keep.gen.js', 'local.js', 'src/back.gen.js', 'src/top.js']);
  });

  it('follows the repository around a sub-folder, unless that ignores the folder itself', async () => {
    folder = await TestFolder.create({
      '.git/HEAD': '', '.git/info/exclude': 'private.js\n', '.gitignore': 'gen/\nout/\n',
      'pkg/a.js': '', 'pkg/gen/b.js': '', 'pkg/private.js': '', 'out/c.js': '', 'out/gen/d.js': '',
    });
    assert.deepEqual(await found({}, folder.path('pkg')), ['pkg/a.js']);
    assert.deepEqual(await found({}, folder.path('out')), ['out/c.js', 'out/gen/d.js']);
  });

  it('does not follow ignore files of folders that belong to no repository', async () => {
    folder = await TestFolder.create({ '.gitignore': '*.js\n', 'pkg/a.js': '' });
    assert.deepEqual(await found({}, folder.path('pkg')), ['pkg/a.js']);
  });

  it('leaves out what globs say: anchored unless they begin with a double star', async () => {
    folder = await TestFolder.create({ 'out/a.js': '', 'src/out/b.js': '', 'src/c.spec.ts': '', 'src/d.ts': '', 'x/e.ts': '', 'y/f.ts': '', 'z.js': '' });
    assert.deepEqual(await found({ exclude: ['out', '**/*.spec.ts', '{x,y}/**'] }), ['src/d.ts', 'src/out/b.js', 'z.js']);
    assert.deepEqual(await found({ exclude: ['**/out', './src', '!z.js', '#', '', '{', '[', '**/[z'] }), ['x/e.ts', 'y/f.ts', 'z.js']);
    assert.deepEqual(await found({ exclude: ['**'] }), []);
  });

  it('takes a glob without end in finite time', () => {
    assert.ok(globToIgnorePatterns('{a,b}'.repeat(40)).length <= 100);
    assert.deepEqual(globToIgnorePatterns('a/{b,c{d,e}}/*.js'), ['/a/b/*.js', '/a/cd/*.js', '/a/ce/*.js']);
  });

  it('does not run in circles of symbolic links, and keeps out of what they lead to', async () => {
    folder = await TestFolder.create({ 'src/a.js': '', 'other/b.js': '' });
    await symlink(folder.path('src'), folder.path('src/loop'), 'dir');
    await symlink(folder.path('other'), folder.path('src/alias'), 'dir');
    await symlink(folder.path('src/a.js'), folder.path('src/same.js'));
    await symlink(folder.path('nowhere'), folder.path('src/dangling.js'));
    assert.deepEqual(await found(), ['other/b.js', 'src/a.js']);
    await symlink(folder.path('src'), folder.path('link'), 'dir');
    assert.deepEqual(await found({}, folder.path('link')), ['link/a.js']);
  });

  it('yields a source that is named itself, and tells of a root that is not there', async () => {
    folder = await TestFolder.create({ 'a.min.js': '', 'b.js': 'x', 'note.txt': '', '.gitignore': 'b.js' });
    assert.deepEqual(await found({}, folder.path('b.js')), ['b.js']);
    assert.deepEqual(await found({}, folder.path('note.txt')), []);
    const told: string[][] = [];
    assert.deepEqual(await found({ onUnreadable: (...what) => told.push(what) }, folder.path('absent')), []);
    assert.deepEqual(told, [[folder.path('absent'), 'ENOENT']]);
  });

  it('tells of folders that cannot be read and goes on', async function () {
    folder = await TestFolder.create({ 'a/x.js': '', 'b/y.js': '' });
    await chmod(folder.path('a'), 0o000);
    const told: string[] = [];
    const files = await found({ onUnreadable: (file) => told.push(file) });
    await chmod(folder.path('a'), 0o700);
    // The administrator may read everything.
    const mayReadAll = process.getuid?.() === 0 || process.platform === 'win32';
    assert.deepEqual(files, mayReadAll ? ['a/x.js', 'b/y.js'] : ['b/y.js']);
    assert.deepEqual(told, mayReadAll ? [] : [folder.path('a')]);
  });

  it('ends early when aborted', async () => {
    folder = await TestFolder.create({ 'a.js': '', 'b.js': '', 'c/d.js': '' });
    const controller = new AbortController();
    const files: string[] = [];
    for await (const file of discoverFiles(folder.root, { now, signal: controller.signal })) {
      files.push(path.basename(file.path));
      controller.abort();
    }
    assert.deepEqual(files, ['a.js']);
  });

  it('survives odd names', async () => {
    folder = await TestFolder.create({ 'a b.js': '', '[x].ts': '', '#1.js': '', '!no.js': '', 'ü/ñ.js': '', '...js': '', '.js': '', '-rf.js': '' });
    assert.deepEqual((await found()).sort(), ['!no.js', '#1.js', '-rf.js', '...js', '[x].ts', 'a b.js', 'ü/ñ.js'].sort());
  });
});

describe('reading a source', () => {
  let folder: TestFolder;
  before(async () => {
    folder = await TestFolder.create();
  });
  after(() => folder.remove());

  it('decodes UTF-8 and UTF-16 and takes the byte order mark off', async () => {
    const texts = { 'plain.js': Buffer.from('ü'), 'mark.js': Buffer.from('\ufeffü'), 'little.js': Buffer.from('\ufeffü', 'utf16le'), 'big.js': Buffer.from('\ufeffü', 'utf16le').swap16() };
    for (const [name, bytes] of Object.entries(texts)) {
      const result = await readSource(await folder.write(name, bytes));
      assert.equal('text' in result && result.text, 'ü', name);
    }
  });

  it('says why a file is left out', async () => {
    const why = async (file: string): Promise<string | undefined> => {
      const result = await readSource(file);
      return 'skipped' in result ? result.skipped : undefined;
    };
    assert.equal(await why(folder.path('absent.js')), 'missing');
    assert.equal(await why(await folder.write('file.js', '').then((file) => path.join(file, 'below.js'))), 'missing');
    assert.equal(await why(folder.root), 'unreadable');
    assert.equal(await why(await folder.write('binary.js', Buffer.from([1, 0, 2]))), 'binary');
    assert.equal(await why(await folder.write('large.js', ' '.repeat(1_000_001))), 'too-large');
    assert.equal(await why(await folder.write('bundle.js', `/* licence */\n${'a();'.repeat(5_000)}\n`)), 'minified');
    assert.equal(await why(await folder.write('broken.js', Buffer.from([0x66, 0xff, 0xfe, 0x80]))), undefined);
  });

  it('reads nothing when its stamp still holds', async () => {
    const file = await folder.write('stamped.js', 'a');
    const first = await readSource(file);
    assert.ok('stamp' in first);
    assert.deepEqual(await readSource(file, first.stamp), { unchanged: true });
    await folder.write('stamped.js', 'ab');
    assert.equal('text' in (await readSource(file, first.stamp)), true);
  });

  it('takes no hand-written text for a minified one', () => {
    assert.equal(isMinified('const a = 1;\n'.repeat(10_000)), false);
    assert.equal(isMinified(`const data = '${'x'.repeat(4_000)}';`), false);
    assert.equal(isMinified(`${'const a = 1;\n'.repeat(100)}const data = '${'x'.repeat(9_000)}';\n`), false);
    assert.equal(isMinified(`(function(){${'a=b,c=d;'.repeat(2_000)}})()`), true);
  });
});
