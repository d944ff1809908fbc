import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { withLock } from '../../scripts/lock.mjs';
import { root } from '../../scripts/setup.mjs';

describe('the lock between processes', () => {
  let folder: string;
  let lock: string;

  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'api-guard-lock-'));
    lock = path.join(folder, 'below', 'work.lock');
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  /** A process that notes its beginning and end in a file, and does its work under the lock. */
  function worker(name: string, milliseconds: number): Promise<void> {
    const program = `
      import { appendFileSync } from 'node:fs';
      import { setTimeout as sleep } from 'node:timers/promises';
      import { withLock } from ${JSON.stringify(pathToFileURL(path.join(root, 'scripts', 'lock.mjs')).href)};
      const note = (what) => appendFileSync(${JSON.stringify(path.join(folder, 'notes'))}, what + ' ${name}\\n');
      await withLock(${JSON.stringify(lock)}, () => {}, 'another', async () => { note('begin'); await sleep(${milliseconds}); note('end'); });`;
    return new Promise((resolve, reject) => {
      spawn(process.execPath, ['--input-type=module', '--eval', program], { stdio: 'inherit' }).on('close', (code) =>
        code === 0 ? resolve() : reject(new Error(`exit code ${code}`)),
      );
    });
  }

  it('lets one process work at a time, and all of them', async () => {
    await Promise.all(['a', 'b', 'c', 'd'].map((name) => worker(name, 50)));
    const notes = readFileSync(path.join(folder, 'notes'), 'utf8').trim().split('\n');
    assert.equal(notes.length, 8);
    for (let index = 0; index < notes.length; index += 2) assert.equal(notes[index + 1], notes[index]!.replace('begin', 'end'));
    assert.deepEqual(readdirSync(path.dirname(lock)), []);
  });

  it('is taken over from a process that is no more', async () => {
    await withLock(lock, () => {}, 'another', () => Promise.resolve());
    const gone = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await new Promise((resolve) => gone.on('close', resolve));
    writeFileSync(lock, JSON.stringify({ pid: gone.pid, host: (await import('node:os')).hostname(), nonce: 'old' }));
    await withLock(lock, () => assert.fail('nobody is there to wait for'), 'another', () => Promise.resolve());
  });

  it('is taken over from a process of another machine that has been silent for long', async () => {
    await withLock(lock, () => {}, 'another', () => Promise.resolve());
    writeFileSync(lock, JSON.stringify({ pid: 1, host: 'elsewhere', nonce: 'old' }));
    utimesSync(lock, new Date(Date.now() - 60_000), new Date(Date.now() - 60_000));
    await withLock(lock, () => assert.fail('nobody is there to wait for'), 'another', () => Promise.resolve());
  });

  it('is taken over when what it says makes no sense', async () => {
    await withLock(lock, () => {}, 'another', () => Promise.resolve());
    writeFileSync(lock, '\0 half a');
    await withLock(lock, () => assert.fail('nobody is there to wait for'), 'another', () => Promise.resolve());
  });

  it('is given back when the work fails', async () => {
    await assert.rejects(withLock(lock, () => {}, 'another', () => Promise.reject(new Error('no'))), /no/);
    assert.equal(existsSync(lock), false);
  });
});
