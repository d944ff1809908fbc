import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { npm, npmEnvironment, projectNode, root } from '../../scripts/setup.mjs';
import { packagedExtension } from '../vscode/host/package.ts';

const lost = `import jsforce from 'jsforce';
const connection = new jsforce.Connection({ instanceUrl: process.env.URL, accessToken: process.env.TOKEN });
export function note(text) {
  connection.sobject('Note').create({ Title: text });
}
`;

const quiet = `export const sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
`;

interface Outcome {
  code: number | null;
  out: string;
  err: string;
}

describe('the command line, wherever it is run from', function () {
  this.timeout(120_000);
  let home: string;

  before(() => {
    home = realpathSync(mkdtempSync(path.join(tmpdir(), 'api-guard-cli-')));
    mkdirSync(path.join(home, 'app'));
    writeFileSync(path.join(home, 'app', 'package.json'), '{ "name": "app", "type": "module", "dependencies": { "jsforce": "^3.0.0" } }');
    writeFileSync(path.join(home, 'app', 'lost.js'), lost);
    writeFileSync(path.join(home, 'app', 'quiet.js'), quiet);
  });

  after(() => rmSync(home, { recursive: true, force: true }));

  function run(command: string, args: string[], shell = false): Outcome {
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd: home,
      shell,
      encoding: 'utf8',
      env: npmEnvironment(),
      maxBuffer: 64 * 1024 * 1024,
    });
    if (error) throw error;
    return { code: status, out: stdout, err: stderr };
  }

  function runNpm(...args: string[]): Outcome {
    const { command, args: before, shell } = npm();
    return run(command, [...before, ...args], shell);
  }

  it('finds and stays silent in the unpacked .vsix', async () => {
    const { folder } = await packagedExtension();
    const cli = path.join(folder, 'dist', 'cli.cjs');
    const found = run(projectNode, [cli, 'check', 'app']);
    assert.equal(found.code, 1, found.err);
    assert.match(found.out, /lost\.js:4:.*floating-call/);
    assert.equal(found.err, '');
    const clean = run(projectNode, [cli, 'check', 'app/quiet.js']);
    assert.equal(clean.code, 0, clean.err);
  });

  it('runs from the npm package, installed in an empty folder', () => {
    const packed = runNpm('pack', root, '--ignore-scripts', '--pack-destination', home);
    assert.equal(packed.code, 0, packed.err);
    const archive = readdirSync(home).find((file) => file.endsWith('.tgz'));
    assert.ok(archive);
    writeFileSync(path.join(home, 'package.json'), '{ "private": true }');
    const installed = runNpm('install', '--offline', '--no-audit', '--no-fund', `./${archive}`);
    assert.equal(installed.code, 0, installed.err);
    const found = runNpm('exec', '--offline', '--', 'api-guard', 'check', 'app');
    assert.equal(found.code, 1, found.err);
    assert.match(found.out, /lost\.js:4:.*floating-call/);
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
    assert.equal(runNpm('exec', '--offline', '--', 'api-guard', '--version').out.trim(), version);
  });

  for (const script of [['api-guard', '--', 'check'], ['check', '--']]) {
    it(`npm run ${script[0]} takes relative paths from the caller's folder and prints nothing but the result`, () => {
      const found = runNpm('--prefix', root, 'run', '--silent', ...script, '--format', 'json', 'app');
      assert.equal(found.code, 1, found.err);
      const report = JSON.parse(found.out) as { root: string; findings: { file: string }[]; files: { failed: unknown[] } };
      assert.equal(report.root, path.join(home, 'app'));
      assert.deepEqual(report.files.failed, []);
      assert.deepEqual(report.findings.map((finding) => finding.file), ['lost.js']);
      assert.equal(runNpm('--prefix', root, 'run', '--silent', ...script, 'app/quiet.js').code, 0);
    });
  }

  it('a result of more than a megabyte arrives whole in a pipe', () => {
    const many = path.join(home, 'many');
    mkdirSync(many);
    writeFileSync(path.join(many, 'package.json'), '{ "name": "many", "type": "module", "dependencies": { "jsforce": "^3.0.0" } }');
    for (let index = 0; index < 40; index++) {
      const body = Array.from({ length: 100 }, (_, call) => `  connection.sobject('Note').create({ Title: '${call}' });\n`).join('');
      writeFileSync(path.join(many, `file${index}.js`), lost.replace(/ {2}connection.*\n/, body));
    }
    const { out, code } = runNpm('--prefix', root, 'run', '--silent', 'check', '--', '--format', 'json', 'many');
    assert.equal(code, 1);
    assert.ok(out.length > 1024 * 1024, `${out.length} characters`);
    JSON.parse(out);
  });
});
