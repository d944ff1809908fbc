import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { cacheFolder, Complaint, say } from '../../../scripts/setup.mjs';

/** Longest time that a download of desktop VS Code may take (milliseconds). */
const downloadLimit = 60_000;

/**
 * The desktop VS Code to test in, downloaded into the cache folder when it is not there; `undefined` means the VS Code server, and the log says why.
 * @throws Complaint when API_GUARD_EDITOR has a value that means nothing
 */
export async function desktopEditor(): Promise<string | undefined> {
  const choice = process.env.API_GUARD_EDITOR;
  if (choice && choice !== 'server' && choice !== 'desktop') throw new Complaint(`API_GUARD_EDITOR is "${choice}"; it can be "server" or "desktop".`);
  if (choice === 'server' || (!choice && process.env.CI)) return undefined;
  if (process.platform === 'linux' && !process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) {
    say('There is no display for desktop VS Code (with one, or under xvfb-run, it would be used).');
    return undefined;
  }
  const limit = new AbortController();
  const late = new Promise<never>((_, reject) => {
    const timer = setTimeout(() => reject(new Error(`it took more than ${downloadLimit / 1000} s`)), downloadLimit);
    limit.signal.addEventListener('abort', () => clearTimeout(timer));
  });
  try {
    say('Looking for desktop VS Code; it is downloaded when it is not in .cache/ ...');
    return await Promise.race([downloadAndUnzipVSCode({ cachePath: path.join(cacheFolder, 'vscode-desktop'), timeout: downloadLimit }), late]);
  } catch (error) {
    say(`Desktop VS Code could not be downloaded: ${error instanceof Error ? error.message : String(error)}.`);
    return undefined;
  } finally {
    limit.abort();
  }
}

/** One run of the suite in desktop VS Code. */
export interface DesktopRun {
  /** The editor's executable. */
  executable: string;
  /** Folder of the extension. */
  extension: string;
  /** Module whose `run()` runs the tests. */
  module: string;
  workspace: string;
  env: Record<string, string>;
}

/** Runs the suite in a window of its own: no settings and no extensions of the person at the machine. Ends with the window. */
export async function runInDesktop({ executable, extension, module, workspace, env }: DesktopRun): Promise<void> {
  // A short path: the editor makes a socket below it, and socket paths are limited to about a hundred characters.
  const data = mkdtempSync(path.join(tmpdir(), 'ag-'));
  try {
    await runTests({
      vscodeExecutablePath: executable,
      extensionDevelopmentPath: extension,
      extensionTestsPath: module,
      extensionTestsEnv: env,
      launchArgs: [workspace, '--disable-extensions', '--disable-workspace-trust', '--user-data-dir', data, '--extensions-dir', path.join(data, 'extensions')],
    });
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5 });
  }
}
