import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** How a folder stands with git: whether something in its work tree is not committed. `unknown` where git cannot tell. */
export type GitState = 'clean' | 'dirty' | 'none' | 'unknown';

/** Longest time that git may take, in milliseconds. */
const PATIENCE = 60_000;

/** Asks git how the work tree around a folder stands. Nothing of the repository's own settings is run. */
export async function gitState(folder: string): Promise<GitState> {
  if (!isInWorkTree(folder)) return 'none';
  return new Promise((resolve) => {
    const args = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-C', folder, 'status', '--porcelain', '--ignore-submodules'];
    execFile('git', args, { timeout: PATIENCE, maxBuffer: 1 << 26, env: { ...process.env, GIT_OPTIONAL_LOCKS: '0' } }, (error, stdout) => {
      resolve(error ? 'unknown' : stdout.trim() === '' ? 'clean' : 'dirty');
    });
  });
}

function isInWorkTree(folder: string): boolean {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, '.git'))) return true;
    if (at === path.dirname(at)) return false;
  }
}
