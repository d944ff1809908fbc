import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { CallReport } from '../../server/src/report/callReport.ts';
import { inFolder, type Run, runCli } from './runCli.ts';

const schema = JSON.parse(readFileSync(new URL('callReport.schema.json', import.meta.url), 'utf8')) as object;
const valid = new Ajv2020({ allErrors: true, strict: false }).compile(schema);

const BAD = `import { Connection } from 'jsforce';
export function drop(conn: Connection) {
  conn.sobject('Account').create({ Name: 'a' });
}
`;
const HINT = "import { Connection } from 'jsforce';\nexport const found = async (conn: Connection, filter: string) => (await conn.query(`SELECT Id FROM Lead WHERE ${filter}`)).records;\n";
const GOOD = `import { Connection } from 'jsforce';
export const read = (conn: Connection) => conn.query('SELECT Id FROM Account LIMIT 1');
`;
const DEEP = `import 'jsforce';\nexport const a = ${'[\n'.repeat(5000)}${']\n'.repeat(5000)};\n`;
const MANIFEST = JSON.stringify({ dependencies: { jsforce: '^3.10.0' } });

/** Parses the JSON of a run and holds it to the schema. */
function reportIn(run: Run): CallReport {
  assert.equal(run.stderr, '');
  const report = JSON.parse(run.stdout) as CallReport;
  assert.ok(valid(report), JSON.stringify(valid.errors, undefined, 1));
  return report;
}

describe('the call report’s schema', () => {
  it('is strict enough to fail', () => {
    const call = { file: 'a.ts', line: 1, column: 1, endLine: 1, endColumn: 2, client: 'x', operation: 'y', kind: 'query', failure: 'swallowed', retry: 'none', partial: 'na', paging: 'na' };
    const report = (calls: object[]) => ({ schema: 1, root: '/', files: { seen: 1, analysed: 1, failed: [] }, calls, findings: [] });
    assert.ok(valid(report([call])));
    assert.ok(!valid(report([{ ...call, failure: 'propagates' }])), 'upstream is required where a failure propagates');
    assert.ok(!valid(report([{ ...call, kind: 'guess' }])));
    assert.ok(!valid(report([{ ...call, line: 0 }])));
  });
});

describe('api-guard check', () => {
  it('exits with 0 and a line of sums where nothing is found', () =>
    inFolder({ 'package.json': MANIFEST, 'src/a.ts': GOOD }, async (folder) => {
      const run = await runCli(['check', folder], '/');
      assert.deepEqual(run, { code: 0, stdout: '0 findings in 1 Salesforce call, 1 file read.\n', stderr: '' });
    }));

  it('exits with 0 where there is nothing to read', () =>
    inFolder({ 'notes.md': 'x' }, async (folder) => {
      assert.deepEqual(await runCli(['check', folder], '/'), { code: 0, stdout: '0 findings in 0 Salesforce calls, 0 files read.\n', stderr: '' });
      const report = reportIn(await runCli(['check', '--format', 'json', folder], '/'));
      assert.deepEqual(report, { schema: 1, root: folder, files: { seen: 0, analysed: 0, failed: [] }, calls: [], findings: [] });
    }));

  it('exits with 1 and a line for each finding', () =>
    inFolder({ 'src/a.ts': BAD, 'src/deep/b.ts': BAD }, async (folder) => {
      const run = await runCli(['check', '--format=text', folder], '/');
      assert.equal(run.code, 1);
      assert.equal(run.stderr, '');
      assert.match(run.stdout, /^src\/a\.ts:3:27 {2}warning {2}Nobody .+ {2}\(floating-call\)\nsrc\/deep\/b\.ts:3:27 .+\n\n2 findings in 2 Salesforce calls, 2 files read\.\n$/);
    }));

  it('prints hints, and exits with 0 where there is nothing else', () =>
    inFolder({ 'src/a.ts': HINT }, async (folder) => {
      const run = await runCli(['check', folder], '/');
      assert.equal(run.code, 0, run.stderr);
      assert.match(run.stdout, /^src\/a\.ts:2:\d+ {2}hint {2}.+ {2}\(truncated-query\)\n\n1 finding in 1 Salesforce call, 1 file read\.\n$/);
      const report = reportIn(await runCli(['check', '--format', 'json', folder], '/'));
      assert.deepEqual(report.findings.map(({ severity }) => severity), ['hint']);
    }));

  it('prints the call report as JSON', () =>
    inFolder({ 'package.json': MANIFEST, 'src/a.ts': BAD, 'src/b.ts': GOOD }, async (folder) => {
      const run = await runCli(['check', '--format', 'json', folder], '/');
      assert.equal(run.code, 1);
      const report = reportIn(run);
      assert.equal(report.root, folder);
      assert.deepEqual(report.files, { seen: 2, analysed: 2, failed: [] });
      assert.deepEqual(report.calls.map(({ file, line, column, endLine, endColumn, kind }) => [file, line, column, endLine, endColumn, kind]), [
        ['src/a.ts', 3, 27, 3, 33, 'create'],
        ['src/b.ts', 2, 48, 2, 53, 'query'],
      ]);
      assert.deepEqual(report.findings.map(({ rule, file, line, column }) => [rule, file, line, column]), [['floating-call', 'src/a.ts', 3, 27]]);
      assert.equal(run.stdout.at(-1), '\n');
    }));

  it('prints valid JSON for code of every shape that the cases have', () => {
    const fixtures = path.resolve(import.meta.dirname, '../../server/src/coverage/fixtures');
    return runCli(['check', '--format', 'json', fixtures], '/').then((run) => {
      const report = reportIn(run);
      assert.ok(report.calls.length > 150);
      assert.deepEqual(new Set(report.calls.map(({ failure }) => failure)).has('propagates'), true);
    });
  });

  it('prints the same bytes for the same input', () =>
    inFolder({ 'src/z.ts': BAD, 'src/a.ts': BAD, 'src/b/c.js': "const j = require('jsforce'); new j.Connection({}).identity();" }, async (folder) => {
      for (const format of ['json', 'text']) {
        const runs = await Promise.all([1, 2, 3].map(() => runCli(['check', '--format', format, folder], '/')));
        assert.equal(new Set(runs.map(({ stdout }) => stdout)).size, 1);
      }
      const [one, other] = await Promise.all([['src/z.ts', 'src/a.ts'], ['src/a.ts', 'src/z.ts', 'src/z.ts']].map((paths) => runCli(['check', '--format', 'json', ...paths], folder)));
      assert.deepEqual(reportIn(one!).findings, reportIn(other!).findings);
    }));

  it('takes a large report whole through a pipe', async function () {
    this.timeout(60_000);
    const body = Array.from({ length: 400 }, (_, index) => `export const f${index} = (conn: Connection) => { conn.sobject('A').create({}); };`).join('\n');
    await inFolder({ 'a.ts': `import { Connection } from 'jsforce';\n${body}\n` }, async (folder) => {
      const run = await runCli(['check', '--format', 'json', folder], '/');
      assert.ok(run.stdout.length > 200_000);
      assert.equal(reportIn(run).findings.length, 400);
    });
  });
});

describe('the root of a report', () => {
  const files = { 'one/src/a.ts': BAD, 'one/src/deep/b.ts': BAD, 'two/c.ts': BAD, 'onely/d.ts': BAD };
  const filesOf = (report: CallReport) => report.findings.map(({ file }) => file);

  it('is the one folder given', () =>
    inFolder(files, async (folder) => {
      const report = reportIn(await runCli(['check', '--format', 'json', 'one'], folder));
      assert.equal(report.root, path.join(folder, 'one'));
      assert.deepEqual(filesOf(report), ['src/a.ts', 'src/deep/b.ts']);
    }));

  it('is the nearest common parent of several paths', () =>
    inFolder(files, async (folder) => {
      const several = reportIn(await runCli(['check', '--format', 'json', 'one/src/deep', 'two/c.ts'], folder));
      assert.equal(several.root, folder);
      assert.deepEqual(filesOf(several), ['one/src/deep/b.ts', 'two/c.ts']);
      const inOne = reportIn(await runCli(['check', '--format', 'json', 'one/src/a.ts', 'one/src/deep/b.ts'], folder));
      assert.equal(inOne.root, path.join(folder, 'one', 'src'));
      const alike = reportIn(await runCli(['check', '--format', 'json', 'one', 'onely'], folder));
      assert.equal(alike.root, folder);
      assert.deepEqual(filesOf(alike), ['one/src/a.ts', 'one/src/deep/b.ts', 'onely/d.ts']);
      const nested = reportIn(await runCli(['check', '--format', 'json', 'one', 'one/src'], folder));
      assert.equal(nested.root, path.join(folder, 'one'));
      assert.equal(nested.findings.length, 2, 'a file below two paths is reported once');
    }));

  it('is the parent of a single file', () =>
    inFolder(files, async (folder) => {
      const report = reportIn(await runCli(['check', '--format', 'json', 'two/c.ts'], folder));
      assert.equal(report.root, path.join(folder, 'two'));
      assert.deepEqual(filesOf(report), ['c.ts']);
    }));

  it('of a single file without a finding, or unreadable, is its parent too', () =>
    inFolder({ 'two/good.ts': GOOD, 'two/long.ts': `// ${'x'.repeat(1_100_000)}\n` }, async (folder) => {
      assert.equal(reportIn(await runCli(['check', '--format', 'json', 'two/good.ts'], folder)).root, path.join(folder, 'two'));
      const report = reportIn(await runCli(['check', '--format', 'json', 'two/long.ts'], folder));
      assert.equal(report.root, path.join(folder, 'two'));
      assert.deepEqual(report.files.failed.map(({ file }) => file), ['long.ts']);
    }));

  it('may be named with dots and a slash at the end', () =>
    inFolder(files, async (folder) => {
      for (const name of ['.', './', './one/../', `${folder}/`]) assert.equal(reportIn(await runCli(['check', '--format', 'json', name], folder)).root, folder);
    }));
});

describe('places', () => {
  const columns = async (text: string): Promise<number[][]> =>
    inFolder({ 'a.ts': text }, async (folder) =>
      reportIn(await runCli(['check', '--format', 'json', folder], '/')).findings.map(({ line, column, endLine, endColumn }) => [line, column, endLine, endColumn]),
    );

  it('are the same with Windows line ends', async () => {
    assert.deepEqual(await columns(BAD), [[3, 27, 3, 33]]);
    assert.deepEqual(await columns(BAD.replaceAll('\n', '\r\n')), [[3, 27, 3, 33]]);
  });

  it('count UTF-16 code units', async () => {
    assert.deepEqual(await columns(BAD.replace('  conn', '  /* 🙂é */ conn')), [[3, 37, 3, 43]]);
  });

  it('do not count a byte order mark', async () => {
    assert.deepEqual(await columns(`\ufeff${BAD}`), [[3, 27, 3, 33]]);
    const oneLine = BAD.replaceAll('\n', ' ');
    const column = oneLine.indexOf('create') + 1;
    assert.deepEqual(await columns(`\ufeff${oneLine}`), [[1, column, 1, column + 'create'.length]]);
  });
});

describe('what cannot be read', () => {
  it('is listed and never fatal', () =>
    inFolder({ 'src/a.ts': BAD, 'src/deep.ts': DEEP, 'src/long.js': `// ${'x\n'.repeat(600_000)}` }, async (folder) => {
      writeFileSync(path.join(folder, 'src', 'binary.ts'), Buffer.from([0x69, 0x6d, 0, 0xff, 0xfe, 0, 1]));
      mkdirSync(path.join(folder, 'src', 'folder.js'));
      writeFileSync(path.join(folder, 'src', 'folder.js', 'inside.ts'), BAD);
      symlinkSync(path.join(folder, 'nowhere.ts'), path.join(folder, 'src', 'broken.ts'));
      const run = await runCli(['check', '--format', 'json', folder], '/');
      assert.equal(run.code, 1);
      const report = reportIn(run);
      assert.deepEqual(report.files.failed.map(({ file }) => file), ['src/binary.ts', 'src/deep.ts', 'src/long.js']);
      for (const { reason } of report.files.failed) assert.ok(reason.length > 0);
      assert.deepEqual(report.findings.map(({ file }) => file), ['src/a.ts', 'src/folder.js/inside.ts']);
      const text = await runCli(['check', folder], '/');
      assert.equal(text.code, 1);
      assert.match(text.stdout, /^not read: src\/deep\.ts: nested too deeply to analyse$/m);
      assert.match(text.stdout, /^not read: src\/long\.js: .+$/m);
    }));

  it('is not named a file that was analysed', () =>
    inFolder({ 'a.ts': GOOD, 'deep.ts': DEEP }, async (folder) => {
      const { files } = reportIn(await runCli(['check', '--format', 'json', folder], '/'));
      assert.equal(files.analysed, 1);
      assert.equal(files.seen, files.analysed + files.failed.length);
    }));

  it('leaves out installed packages and what git ignores', () =>
    inFolder({ 'node_modules/x/index.js': BAD, '.gitignore': 'dist/\n', 'dist/a.ts': BAD, 'a.min.js': BAD, 'a.ts': BAD }, async (folder) => {
      assert.deepEqual(reportIn(await runCli(['check', '--format', 'json', folder], '/')).findings.map(({ file }) => file), ['a.ts']);
    }));
});

describe('what .api-guard.json decides about rules', () => {
  const DROPS = "import { Connection } from 'jsforce';\nexport function drop(conn: Connection) {\n  conn.sobject('Account').create({ Name: 'a' });\n}\n";
  const checkWith = (decided: string): Promise<Run> => inFolder({ 'package.json': MANIFEST, '.api-guard.json': decided, 'src/a.ts': DROPS }, (folder) => runCli(['check', '--format', 'json', 'src'], folder));
  const severities = ({ stdout }: Run): string[] => (JSON.parse(stdout) as { findings: { severity: string }[] }).findings.map(({ severity }) => severity);

  it('counts', async () => {
    assert.deepEqual(severities(await checkWith('{}')), ['warning']);
    assert.deepEqual(severities(await checkWith('{ "rules": { "floating-call": "error", "missing-retry": null } /* ours */, }')), ['error']);
    const off = await checkWith('{ "rules": { "floating-call": "off" } }');
    assert.deepEqual(severities(off), []);
    assert.equal(off.code, 0);
  });

  it('is refused where it makes no sense, with the place', async () => {
    for (const [decided, message] of [
      ['{\n "rules": { "floating-call": "loud" }\n}', /\.api-guard\.json:2:30 A rule is off, hint, information, warning or error\./],
      ['{\n "rules": { "floating-cal": "off" }\n}', /\.api-guard\.json:2:29 There is no rule "floating-cal"/],
      ['{ "rules": 3 }', /\.api-guard\.json:1:12 /],
      ['{ "options": { "floating-call": { "x": 1 } } }', /\.api-guard\.json:1:\d+ There is no rule "floating-call" with options\./],
      ['{ "rule": {} }', /\.api-guard\.json:1:\d+ There is no "rule" here; there are "catalog", "rules", "options" and "includeTests"\./],
      ['[]', /\.api-guard\.json:1:1 This is not an object/],
      ['{ "rules": ', /\.api-guard\.json:1:\d+ This is not JSON/],
    ] as const) {
      const run = await checkWith(decided);
      assert.equal(run.code, 2, decided);
      assert.match(run.stderr, message);
      assert.equal(run.stdout, '');
    }
  });
});

describe('a command that cannot run', () => {
  for (const [what, args, message] of [
    ['no command', [], /Say what to do/],
    ['an unknown command', ['lint', '.'], /no command "lint"/],
    ['no path', ['check'], /at least one file or folder/],
    ['an unknown option', ['check', '--colour', '.'], /--colour/],
    ['an unknown format', ['check', '--format', 'xml', '.'], /no format "xml"/],
    ['a format without a value', ['check', '.', '--format'], /--format/],
    ['a path that is missing', ['check', 'nowhere'], /nowhere.*Name an existing file or folder/],
    ['one of several paths missing', ['check', '.', 'nowhere'], /nowhere/],
  ] as const) {
    it(`${what}: exits with 2, says why, and prints nothing`, () =>
      inFolder({ 'a.ts': BAD }, async (folder) => {
        const run = await runCli(args, folder);
        assert.equal(run.code, 2);
        assert.equal(run.stdout, '');
        assert.match(run.stderr, message);
        assert.ok(!run.stderr.includes('    at '), 'no stack for a mistake of the user');
      }));
  }

  it('help and version are printed where they are asked for', () =>
    inFolder({}, async (folder) => {
      const help = await runCli(['--help'], folder);
      assert.equal(help.code, 0);
      assert.match(help.stdout, /^Usage: api-guard check \[--format text\|json\] .*PATH\.\.\./);
      assert.equal((await runCli(['--version'], folder)).code, 0);
    }));
});
