import assert from 'node:assert/strict';
import { inFolder, runCli } from './runCli.ts';

interface Told {
  errors: { code?: string; count: number; firstSeen?: string; meanings: { entry: { family: string }; mode?: { id: string; class: string; retry: string } }[] }[];
}

describe('command line: explain', () => {
  const here = import.meta.dirname;

  it('says of a code what it means, what to do first, who acts and where that comes from', async () => {
    const { code, stdout, stderr } = await runCli(['explain', 'UNABLE_TO_LOCK_ROW'], here);
    assert.equal(stderr, '');
    assert.equal(code, 0);
    for (const part of ['Another transaction holds the record', 'Do first:', 'Repeat:', 'Class:', 'Who:', 'https://', 'checked 20']) assert.ok(stdout.includes(part), part);
    assert.ok(stdout.split('\n').every((line) => line.length <= 140), 'a line is too wide for a terminal');
  });

  it('prints the same as JSON', async () => {
    const { code, stdout } = await runCli(['explain', '--format', 'json', '[{"errorCode":"REQUEST_LIMIT_EXCEEDED","message":"TotalRequests Limit exceeded."}]'], here);
    assert.equal(code, 0);
    const { errors } = JSON.parse(stdout) as Told;
    assert.equal(errors.length, 1);
    assert.equal(errors[0]?.meanings[0]?.mode?.class, 'quota');
  });

  it('takes a message of several words with or without quotes', async () => {
    for (const args of [['invalid_grant: ip restricted'], ['invalid_grant:', 'ip', 'restricted']]) {
      const { code, stdout } = await runCli(['explain', ...args], here);
      assert.equal(code, 0);
      assert.match(stdout, /outgoing address/);
    }
  });

  it('reads a log file, each distinct error once and counted', async () => {
    const log = Array.from({ length: 30_000 }, (_, index) => `2026-11-20T10:00:00Z worker ${index} ${index % 3 === 0 ? 'UNABLE_TO_LOCK_ROW: unable to obtain exclusive access to this record' : 'ok'}`).join('\n');
    await inFolder({ 'sync.log': log, INVALID_FIELD: 'a file that has the name of a code' }, async (folder) => {
      const { code, stdout } = await runCli(['explain', '--format', 'json', 'sync.log'], folder);
      assert.equal(code, 0);
      const { errors } = JSON.parse(stdout) as Told;
      assert.deepEqual(errors.map(({ code: each, count }) => [each, count]), [['UNABLE_TO_LOCK_ROW', 10_000]]);
      assert.equal(errors[0]?.firstSeen, '2026-11-20T10:00:00Z');
      assert.match((await runCli(['explain', 'INVALID_FIELD'], folder)).stdout, /Source:/);
    });
  });

  it('ends with 1 where nothing is known, and says what is like it', async () => {
    const unknown = await runCli(['explain', 'UNABLE_TO_LOK_ROW'], here);
    assert.equal(unknown.code, 1);
    assert.match(unknown.stdout, /not in the catalogue[\s\S]*UNABLE_TO_LOCK_ROW/);
    const prose = await runCli(['explain', 'all is well'], here);
    assert.equal(prose.code, 1);
    assert.match(prose.stdout, /No Salesforce error was recognised/);
  });

  it('lists every code and family', async () => {
    const { code, stdout } = await runCli(['explain', '--list'], here);
    assert.equal(code, 0);
    const lines = stdout.trimEnd().split('\n');
    assert.ok(lines.length > 3_000, `${lines.length} lines`);
    for (const pair of [/^rest +UNABLE_TO_LOCK_ROW /m, /^dml +UNABLE_TO_LOCK_ROW /m, /^http +503 /m, /^oauth +invalid_grant /m, /^mc-soap +12002 /m]) assert.match(stdout, pair);
    const listed = JSON.parse((await runCli(['explain', '--list', '--format', 'json'], here)).stdout) as { code: string }[];
    assert.equal(listed.length, lines.length);
  });

  it('knows the project\'s own codes, from the nearest .api-guard.json above, and names what is wrong with them', async () => {
    const own = { code: 'ACME_ORDER_LOCKED', title: 'The order is being shipped', meaning: 'The warehouse has the order.', modes: [{ class: 'transient', retry: 'not-applied', doInCode: 'Send the order again after ten minutes.' }] };
    const files = { '.api-guard.json': JSON.stringify({ catalog: { codes: [own, { ...own, code: 'ACME_BAD', title: '' }] } }, undefined, 2), 'src/a.js': '' };
    await inFolder(files, async (folder) => {
      const { code, stdout, stderr } = await runCli(['explain', 'ACME_ORDER_LOCKED'], `${folder}/src`);
      assert.equal(code, 0);
      assert.match(stdout, /The order is being shipped[\s\S]*Send the order again/);
      assert.doesNotMatch(stdout, /Source:/);
      assert.match(stderr, /\.api-guard\.json:\d+:\d+ /);
      const check = await runCli(['check', 'src'], folder);
      assert.equal(check.code, 2);
      assert.match(check.stderr, /\.api-guard\.json:\d+:\d+ /);
    });
  });

  it('says what is wrong with the arguments', async () => {
    for (const [args, says] of [
      [['explain'], /Name a code/],
      [['explain', '--format', 'xml', 'X'], /no format "xml"/],
      [['explain', '--list', 'INVALID_FIELD'], /--list shows everything/],
      [['explain', '--verbose', 'X'], /--verbose/],
      [['explian', 'X'], /no command "explian"/],
    ] as const) {
      const { code, stderr, stdout } = await runCli(args, here);
      assert.equal(code, 2, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, says);
    }
  });
});
