import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inFolder, runCli } from './runCli.ts';

const MANIFEST = JSON.stringify({ dependencies: { jsforce: '^3.10.0' } });
const LOST = `import jsforce from 'jsforce';
const conn = new jsforce.Connection({});
export async function load(id) {
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
    if (error.errorCode === 'ENTITY_IS_LOCKD') return;
    throw error;
  }
}
`;
const MENDED = LOST.replace('catch {', 'catch (error) {').replace("new Error('not read')", "new Error('not read', { cause: error })").replace('error.code ', 'error.errorCode ').replace('LOCKD', 'LOCKED');
const FLOATING = `import jsforce from 'jsforce';
const conn = new jsforce.Connection({});
export async function add(name) {
  conn.sobject('Account').create({ Name: name });
}
`;

const git = (folder: string, ...args: string[]): void => void execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.org', ...args], { stdio: 'ignore' });

describe('api-guard check --fix', () => {
  it('applies what changes nothing on success, says what it did, and has nothing to do the second time', () =>
    inFolder({ 'package.json': MANIFEST, 'src/a.js': LOST, 'src/b.js': FLOATING }, async (folder) => {
      const run = await runCli(['check', '--fix', '.'], folder);
      assert.equal(run.stderr, '');
      assert.equal(readFileSync(path.join(folder, 'src/a.js'), 'utf8'), MENDED);
      assert.equal(readFileSync(path.join(folder, 'src/b.js'), 'utf8'), FLOATING);
      assert.match(run.stdout, /^fixed src\/a\.js:7 {2}Keep the failure as the cause of the new error {2}\(lost-error-detail\)\n/);
      assert.match(run.stdout, /\n3 fixes in 1 file\.\n\n(?:src\/a\.js:.*\(missing-retry\)\n)?src\/b\.js:4:27 {2}warning .*\(floating-call\)\n\n\d findings? in /);
      assert.equal(run.code, 1);
      assert.deepEqual(readdirSync(path.join(folder, 'src')).sort(), ['a.js', 'b.js']);
      const again = await runCli(['check', '--fix', '.'], folder);
      assert.match(again.stdout, /^0 fixes in 0 files\.\n\n/);
      assert.equal(readFileSync(path.join(folder, 'src/a.js'), 'utf8'), MENDED);
    }));

  it('applies the fixes of a rule that is named, and no others', () =>
    inFolder({ 'package.json': MANIFEST, 'src/a.js': LOST, 'src/b.js': FLOATING }, async (folder) => {
      const run = await runCli(['check', '--fix', '--rule', 'floating-call', '--format', 'json', 'src'], folder);
      assert.equal(readFileSync(path.join(folder, 'src/a.js'), 'utf8'), LOST);
      assert.equal(readFileSync(path.join(folder, 'src/b.js'), 'utf8'), FLOATING.replace('conn.sobject', 'await conn.sobject'));
      assert.match(run.stderr, /^fixed src\/b\.js:4 .+\n1 fix in 1 file\.\n/);
      const report = JSON.parse(run.stdout) as { findings: { rule: string }[] };
      assert.deepEqual(report.findings.filter(({ rule }) => rule === 'floating-call'), []);
      assert.ok(report.findings.length > 0);
    }));

  it('refuses where git knows of changes, unless told otherwise', () =>
    inFolder({ 'package.json': MANIFEST, 'src/a.js': LOST }, async (folder) => {
      git(folder, 'init', '-q');
      const dirty = await runCli(['check', '--fix', 'src'], folder);
      assert.equal(dirty.code, 2);
      assert.match(dirty.stderr, /not committed.*--allow-dirty/);
      assert.equal(readFileSync(path.join(folder, 'src/a.js'), 'utf8'), LOST);
      git(folder, 'add', '-A');
      git(folder, 'commit', '-q', '-m', 'x');
      await runCli(['check', '--fix', 'src/a.js'], folder);
      assert.equal(readFileSync(path.join(folder, 'src/a.js'), 'utf8'), MENDED);
      writeFileSync(path.join(folder, 'src/a.js'), LOST);
      writeFileSync(path.join(folder, 'new.txt'), '');
      assert.equal((await runCli(['check', '--fix', 'src'], folder)).code, 2);
      await runCli(['check', '--fix', '--allow-dirty', 'src'], folder);
      assert.equal(readFileSync(path.join(folder, 'src/a.js'), 'utf8'), MENDED);
    }));

  it('runs nothing that the settings of a repository name', () =>
    inFolder({ 'package.json': MANIFEST, 'src/a.js': LOST }, async (folder) => {
      const mark = path.join(folder, '.git', 'was-run');
      git(folder, 'init', '-q');
      writeFileSync(path.join(folder, '.git', 'monitor'), `#!/bin/sh\ntouch '${mark}'\n`, { mode: 0o755 });
      git(folder, 'config', 'core.fsmonitor', path.join(folder, '.git', 'monitor'));
      await runCli(['check', '--fix', 'src'], folder);
      assert.throws(() => statSync(mark));
    }));

  if (process.platform !== 'win32') it('keeps byte order mark, line ends, access rights and links', () =>
    inFolder({ 'package.json': MANIFEST, 'src/a.js': `\ufeff${LOST.replaceAll('\n', '\r\n')}`, 'real/b.js': LOST }, async (folder) => {
      chmodSync(path.join(folder, 'src/a.js'), 0o750);
      symlinkSync(path.join(folder, 'real/b.js'), path.join(folder, 'src/b.js'));
      const run = await runCli(['check', '--fix', 'src/a.js', 'src/b.js'], folder);
      assert.equal(run.stderr, '');
      assert.equal(readFileSync(path.join(folder, 'src/a.js'), 'utf8'), `\ufeff${MENDED.replaceAll('\n', '\r\n')}`);
      assert.equal(statSync(path.join(folder, 'src/a.js')).mode & 0o777, 0o750);
      assert.ok(lstatSync(path.join(folder, 'src/b.js')).isSymbolicLink());
      assert.equal(readFileSync(path.join(folder, 'real/b.js'), 'utf8'), MENDED);
    }));

  it('leaves alone what is not written in UTF-8, and says so', () =>
    inFolder({ 'package.json': MANIFEST, 'src/a.js': LOST }, async (folder) => {
      const latin = Buffer.concat([Buffer.from(LOST), Buffer.from('// caf\xe9\n', 'latin1')]);
      const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(LOST, 'utf16le')]);
      writeFileSync(path.join(folder, 'src/latin.js'), latin);
      writeFileSync(path.join(folder, 'src/wide.js'), wide);
      const run = await runCli(['check', '--fix', 'src'], folder);
      assert.equal(run.code, 2);
      assert.equal(run.stderr, 'api-guard: src/latin.js was left as it is: it is not written in UTF-8\napi-guard: src/wide.js was left as it is: it is not written in UTF-8\n');
      assert.ok(readFileSync(path.join(folder, 'src/latin.js')).equals(latin));
      assert.ok(readFileSync(path.join(folder, 'src/wide.js')).equals(wide));
      assert.equal(readFileSync(path.join(folder, 'src/a.js'), 'utf8'), MENDED);
      assert.match(run.stdout, /\n3 fixes in 1 file\.\n/);
      assert.match(run.stdout, /\nlatin\.js:7:\d+ .*lost-error-detail/);
    }));

  // Who may do everything may write everything.
  if (process.platform !== 'win32' && process.getuid?.() !== 0) it('leaves alone what may not be written', () =>
    inFolder({ 'package.json': MANIFEST, 'src/a.js': LOST }, async (folder) => {
      chmodSync(path.join(folder, 'src/a.js'), 0o444);
      const run = await runCli(['check', '--fix', 'src'], folder);
      assert.equal(run.code, 2);
      assert.match(run.stderr, /^api-guard: src\/a\.js was left as it is: it may not be written \(EACCES\)\n$/);
      assert.equal(readFileSync(path.join(folder, 'src/a.js'), 'utf8'), LOST);
    }));

  it('damages nothing that it cannot read', () =>
    inFolder({ 'package.json': MANIFEST, 'a.js': `${LOST}%%% {{{ \`\${ <a </ (((`, 'b.ts': "import 'jsforce';\n\u0001 */ /* catch {", 'c.js': '', 'd.js': `import 'jsforce';\nexport const a = ${'[\n'.repeat(5000)}${']\n'.repeat(5000)};\n` }, async (folder) => {
      const texts = (): string[] => ['b.ts', 'c.js', 'd.js'].map((name) => readFileSync(path.join(folder, name), 'utf8'));
      const before = texts();
      const run = await runCli(['check', '--fix', '.'], folder);
      assert.deepEqual(texts(), before);
      assert.ok(readFileSync(path.join(folder, 'a.js'), 'utf8').endsWith('%%% {{{ `${ <a </ ((('));
      assert.match(run.stdout, /d\.js: nested too deeply/);
    }));

  it('says what is wrong with its arguments', () =>
    inFolder({ 'a.js': LOST }, async (folder) => {
      for (const [args, wrong] of [
        [['--rule', 'floating-call', '.'], /--rule belongs to --fix/],
        [['--allow-dirty', '.'], /--allow-dirty belongs to --fix/],
        [['--fix', '--rule', 'no-such-rule', '.'], /There is no rule named "no-such-rule"/],
        [['--fix', '--rule'], /rule/],
        [['--fix'], /Name at least one/],
        [['--fix', 'missing'], /Cannot read .*missing/],
      ] as const) {
        const run = await runCli(['check', ...args], folder);
        assert.equal(run.code, 2, args.join(' '));
        assert.match(run.stderr, wrong);
        assert.equal(run.stdout, '');
      }
      assert.equal(readFileSync(path.join(folder, 'a.js'), 'utf8'), LOST);
    }));
});
