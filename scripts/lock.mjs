// One process at a time, for work on files that several may start at once. Dependency-free: set-up itself needs it.

import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

/** A holder renews its lock this often (milliseconds) ... */
const pulse = 2_000;
/** ... and one that has been silent for so long (milliseconds) is taken for dead: it was killed, or its machine was. */
const deadAfter = 30_000;

/**
 * Runs `work` while holding the lock `file`; waits as long as another living process holds it. A lock left by a dead process is taken over.
 * @template T
 * @param {string} file absolute path of the lock; its folder is made
 * @param {(text: string) => void} say told once when there is something to wait for
 * @param {string} holder what the other process is doing, for that sentence
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, say, holder, work) {
  mkdirSync(path.dirname(file), { recursive: true });
  const mine = JSON.stringify({ pid: process.pid, host: hostname(), nonce: `${Date.now()}-${Math.random()}` });
  let told = false;
  while (!take(file, mine)) {
    const theirs = read(file);
    if (theirs && isDead(file, theirs)) {
      evict(file, theirs);
      continue;
    }
    if (!told) say(`Waiting for ${holder} ...`);
    told = true;
    await sleep(200);
  }
  const beat = setInterval(() => {
    const now = new Date();
    try {
      utimesSync(file, now, now);
    } catch {
      // Somebody deleted the cache folder under us; the work itself will notice what matters.
    }
  }, pulse);
  try {
    return await work();
  } finally {
    clearInterval(beat);
    if (read(file) === mine) rmSync(file, { force: true });
  }
}

/** Makes the lock with its content in one step, so that nobody ever reads a lock without an owner. */
function take(file, mine) {
  const draft = `${file}.${process.pid}-${Math.random().toString(36).slice(2)}`;
  writeFileSync(draft, mine);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function isDead(file, content) {
  try {
    if (Date.now() - statSync(file).mtimeMs > deadAfter) return true;
    const { pid, host } = JSON.parse(content);
    if (host !== hostname()) return false;
    process.kill(pid, 0);
    return false;
  } catch (error) {
    // No such process: dead. A vanished lock or a process of another user: look again.
    return error.code === 'ESRCH' || error instanceof SyntaxError;
  }
}

/** Removes a dead holder's lock, and puts back what it took if a living one was quicker. */
function evict(file, theirs) {
  const aside = `${file}.dead-${process.pid}-${Math.random().toString(36).slice(2)}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  try {
    if (read(aside) !== theirs) linkSync(aside, file);
  } catch {
    // A third process holds the lock by now; the loop goes on waiting for it.
  } finally {
    rmSync(aside, { force: true });
  }
}
