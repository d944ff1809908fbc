import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HistoryFiles } from '../../client/src/limits/historyFiles.ts';
import { emptyHistory, merged, parseHistory, requestsOfDay, samplesByLimit, samplesOf, serialised, withReading, withRequests } from '../../server/src/limits/history.ts';
import type { History } from '../../server/src/limits/history.ts';
import { historyCsv } from '../../server/src/limits/historyCsv.ts';
import type { OrgLimits } from '../../server/src/limits/orgLimits.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const NOW = Date.UTC(2026, 10, 21, 12);

const limits = (used: Record<string, number>, maximum = 100): OrgLimits => ({
  limits: Object.entries(used).map(([name, each]) => ({ name, maximum, remaining: maximum - each, parts: [] })), unreadable: [],
});

describe('limits: history', () => {
  it('keeps every reading of a day, one an hour before that, nothing beyond eight days', () => {
    let history = emptyHistory();
    for (let time = NOW - 9 * DAY; time <= NOW; time += 5 * MINUTE) history = withReading(history, time, limits({ A: 5 }));
    const ages = samplesOf(history, 'A').map(({ time }) => NOW - time);
    assert.equal(ages.filter((age) => age < DAY).length, 288);
    assert.ok(Math.max(...ages) < 8 * DAY);
    assert.ok(ages.length < 288 + 7 * 24 + 3, `${ages.length} readings`);
  });

  it('stays within its bound with 200 limits that change all the time', () => {
    const many = limits(Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`SomeQuiteLongNameOfALimit${at}`, at + 1])), 1_000_000);
    let history = emptyHistory();
    for (let time = NOW - 8 * DAY; time <= NOW; time += HOUR) history = withReading(history, time, many);
    for (let time = NOW - DAY; time <= NOW; time += 5 * MINUTE) history = withReading(history, time, many);
    assert.ok(serialised(history).length < 4 * 1024 * 1024, `${serialised(history).length} bytes`);
    assert.equal(samplesByLimit(history).size, 150);
  });

  it('remembers nothing of what was never used, and follows what was down to zero', () => {
    let history = withReading(emptyHistory(), NOW - HOUR, limits({ Used: 5, Never: 0 }));
    history = withReading(history, NOW, limits({ Used: 0, Never: 0 }));
    assert.deepEqual(samplesOf(history, 'Used').map(({ used }) => used), [5, 0]);
    assert.deepEqual(samplesOf(history, 'Never'), []);
    assert.deepEqual(samplesOf(history, 'toString'), []);
  });

  it('drops readings of the future when the clock was put back', () => {
    let history = withReading(emptyHistory(), NOW + DAY, limits({ A: 9 }));
    history = withReading(history, NOW, limits({ A: 1 }));
    assert.deepEqual(samplesOf(history, 'A').map(({ used }) => used), [1]);
  });

  it('counts the requests of a day', () => {
    let history = emptyHistory();
    for (const time of [NOW - 2 * DAY, NOW - DAY + 1, NOW - HOUR, NOW]) history = withRequests(history, time, 1);
    assert.equal(requestsOfDay(history, NOW), 3);
    for (let count = 0; count < 5_000; count++) history = withRequests(history, NOW, 1);
    assert.ok(history.requests.length <= 2_000);
  });

  it('comes back as it was written', () => {
    const history = withRequests(withReading(emptyHistory(), NOW, limits({ A: 5, 'B"x': 7 })), NOW, 1);
    assert.deepEqual(parseHistory(serialised(history)), history);
  });

  for (const text of [
    '', '{', 'null', '[]', '5', '{"schema":2,"readings":[]}', '{"schema":1}', '{"schema":1,"readings":{}}', '{"schema":1,"readings":[null,5,{"time":"x","values":{}},{"time":1}]}',
    '{"schema":1,"readings":[{"time":1,"values":{"A":[1],"B":["1",2],"C":[1,null],"D":5}}],"requests":[null,"x"],"notices":{"A":null,"B":5,"C":{"level":"odd","day":"x","told":[]}}}', '\u0000'.repeat(1000),
  ]) {
    it(`forgets what is none of ours: ${JSON.stringify(text.slice(0, 50))}`, () => {
      const { readings, requests, notices } = parseHistory(text);
      assert.deepEqual([readings.flatMap(({ values }) => Object.keys(values)), requests, notices], [[], [], {}]);
    });
  }

  it('joins what two windows wrote', () => {
    const one = withReading(emptyHistory(), NOW - HOUR, limits({ A: 1 }));
    const other = withReading(withReading(emptyHistory(), NOW - 2 * HOUR, limits({ A: 0.5 })), NOW, limits({ A: 2 }));
    assert.deepEqual(samplesOf(merged(one, other, NOW), 'A').map(({ used }) => used), [0.5, 1, 2]);
  });

  it('is exported as CSV, and no name becomes a formula', () => {
    const history = withReading(emptyHistory(), NOW, limits({ DataStorageMB: 50, '=cmd("x"),1': 3 }));
    assert.deepEqual(historyCsv(history).split('\r\n'), [
      'time,limit,title,unit,used,maximum,percent',
      '2026-11-21T12:00:00.000Z,DataStorageMB,Data Storage,MB,50,100,50',
      `2026-11-21T12:00:00.000Z,"'=cmd(""x""),1","'=cmd(""x""),1",,3,100,3`,
      '',
    ]);
  });
});

describe('limits: history on disk', () => {
  let folder: string;
  let files: HistoryFiles;
  beforeEach(async () => {
    folder = join(await mkdtemp(join(tmpdir(), 'api-guard-history-')), 'made when needed');
    files = new HistoryFiles(folder);
  });
  afterEach(() => rm(join(folder, '..'), { recursive: true, force: true }));

  const one = (used: number, time = NOW): History => withReading(emptyHistory(), time, limits({ A: used }));

  it('is there again, an org each, and gone once it is removed', async () => {
    await files.save('cli:a', one(1), NOW);
    await files.save('cli:b', one(2), NOW);
    assert.deepEqual(samplesOf(await files.load('cli:a'), 'A').map(({ used }) => used), [1]);
    await files.remove('cli:a');
    assert.deepEqual(await files.load('cli:a'), emptyHistory());
    assert.equal(samplesOf(await files.load('cli:b'), 'A').length, 1);
  });

  it('keeps what another window has written in the meantime', async () => {
    await files.save('x', one(1, NOW - HOUR), NOW);
    const together = await new HistoryFiles(folder).save('x', one(2), NOW);
    assert.equal(samplesOf(together, 'A').length, 2);
  });

  it('starts afresh over a broken file', async () => {
    await files.save('x', one(1), NOW);
    const [name] = await readdir(folder);
    await writeFile(join(folder, name ?? ''), '{"schema":1,"readings":[{"ti');
    assert.deepEqual(await files.load('x'), emptyHistory());
    await files.save('x', one(3), NOW);
    assert.equal(samplesOf(await files.load('x'), 'A').length, 1);
  });

  it('forgets the orgs that were not read for longest', async () => {
    for (let count = 0; count < 25; count++) await files.save(`org ${count}`, one(1), NOW);
    const names = await readdir(folder);
    assert.ok(names.length <= 20, `${names.length} files`);
    assert.equal(samplesOf(await files.load('org 24'), 'A').length, 1);
  });

  it('names no file after an org, and fails nobody where nothing can be written', async () => {
    await files.save('../../evil', one(1), NOW);
    assert.match((await readdir(folder))[0] ?? '', /^[0-9a-f]{32}\.json$/);
    const blocked = new HistoryFiles(join(folder, (await readdir(folder))[0] ?? '', 'below a file'));
    assert.equal(samplesOf(await blocked.save('x', one(1), NOW), 'A').length, 1);
    assert.ok(!(await readFile(join(folder, (await readdir(folder))[0] ?? ''), 'utf8')).includes('evil'));
  });
});
