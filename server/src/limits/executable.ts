import { access, constants, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * Absolute path of the Salesforce CLI: the configured one, else `sf` on the `PATH`. Relative entries of the `PATH` are passed over, and
 * the current folder is never searched (Windows would): a workspace must not bring its own `sf`.
 * @returns `undefined` when there is none, or when the configured path is not absolute or not a file.
 */
export async function findSalesforceCli(configured: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  if (configured.trim() !== '') {
    const path = configured.trim().replace(/^~(?=[\\/])/, homedir());
    return isAbsolute(path) && await isRunnable(path) ? path : undefined;
  }
  return findOnPath('sf', env);
}

/** Absolute path of a program of this name. Relative entries of the `PATH` and the current folder are no places for it. @returns `undefined` when there is none */
export async function findOnPath(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`, `${name}.bat`] : [name];
  for (const folder of (env.PATH ?? env.Path ?? '').split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    for (const file of names) {
      const path = join(folder, file);
      if (await isRunnable(path)) return path;
    }
  }
  return undefined;
}

async function isRunnable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}
