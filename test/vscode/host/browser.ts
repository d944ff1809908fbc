import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { execFile } from 'node:child_process';
import path from 'node:path';
import process from 'node:process';
import { promisify } from 'node:util';
import type { Browser } from 'playwright-core';
import { chromium } from 'playwright-core';
import { withLock } from '../../../scripts/lock.mjs';
import { cacheFolder, Complaint, say } from '../../../scripts/setup.mjs';

let running: Promise<Browser> | undefined;

/**
 * The Chromium of this process, started at the first call.
 * @throws Complaint when there is no browser to start
 */
export function browser(): Promise<Browser> {
  running ??= launch();
  return running;
}

/** The Chromium of this process if one has been started. */
export async function runningBrowser(): Promise<Browser | undefined> {
  return await running?.catch(() => undefined);
}

/** Ends the Chromium of this process. */
export async function closeBrowser(): Promise<void> {
  const closing = running;
  running = undefined;
  await (await closing?.catch(() => undefined))?.close();
}

async function launch(): Promise<Browser> {
  // The same flags everywhere, so that a picture looks the same whoever takes it.
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--font-render-hinting=none'];
  if (process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64')) {
    const { executable, libraries, fonts } = await unpackChromium();
    const env = {
      ...process.env,
      LD_LIBRARY_PATH: [libraries, process.env.LD_LIBRARY_PATH].filter(Boolean).join(':'),
      // A machine without fonts of its own draws no text at all.
      ...(existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: fonts }),
    };
    return await chromium.launch({ executablePath: executable, args: ['--headless=shell', ...args], env: env as Record<string, string> });
  }
  for (const channel of ['chrome', 'msedge', 'chromium']) {
    try {
      return await chromium.launch({ channel, args });
    } catch {
      // Not installed; the next may be.
    }
  }
  throw new Complaint('No browser was found. The editor tests drive VS Code in Google Chrome, Microsoft Edge or Chromium: install one and try again.');
}

interface Chromium {
  executable: string;
  libraries: string;
  fonts: string;
}

/** Unpacks the Chromium that comes with a development dependency into the cache folder, once. */
async function unpackChromium(): Promise<Chromium> {
  const require = createRequire(import.meta.url);
  const home = path.resolve(path.dirname(require.resolve('@sparticuz/chromium')), '..');
  const { version } = JSON.parse(readFileSync(path.join(home, 'package.json'), 'utf8')) as { version: string };
  const folder = path.join(cacheFolder, `chromium-${version}`);
  const stamp = path.join(folder, '.unpacked');
  const result = { executable: path.join(folder, 'chromium'), libraries: path.join(folder, 'al2023', 'lib'), fonts: path.join(folder, 'fonts') };
  if (existsSync(stamp)) return result;
  await withLock(path.join(cacheFolder, 'chromium.lock'), say, 'another unpacking of Chromium', async () => {
    if (existsSync(stamp)) return;
    say('Unpacking Chromium into .cache/ (once) ...');
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    // The package unpacks into the folder for temporary files and takes a half-written file there for a whole one; its own process gets its own such folder.
    const program = `
      import chromium, { inflate } from ${JSON.stringify(require.resolve('@sparticuz/chromium'))};
      await chromium.executablePath();
      await inflate(${JSON.stringify(path.join(home, 'bin', 'al2023.tar.br'))});`;
    await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], { env: { ...process.env, TMPDIR: folder } });
    if (!existsSync(result.executable)) throw new Complaint(`Chromium could not be unpacked into ${folder}.`);
    writeFileSync(stamp, '');
  });
  return result;
}
