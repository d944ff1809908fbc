import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withLock } from '../../scripts/lock.mjs';
import { cacheFolder, Complaint, say } from '../../scripts/setup.mjs';
import { runNpm } from '../npmInstall.ts';

/** The release of the Salesforce CLI that these tests were seen working with. */
const version = '2.150.6';

/**
 * Installs the Salesforce CLI into the cache folder, once; a half-finished install is done again.
 * @returns absolute path of `sf`
 * @throws Complaint when the registry cannot be reached or npm fails
 */
export async function installSalesforceCli(): Promise<string> {
  const folder = path.join(cacheFolder, `salesforce-cli-${version}`);
  const program = path.join(folder, 'node_modules', '.bin', process.platform === 'win32' ? 'sf.cmd' : 'sf');
  // Written last, so its presence proves that everything before it was done.
  const stamp = path.join(folder, '.installed');
  const installed = (): boolean => existsSync(program) && existsSync(stamp) && readFileSync(stamp, 'utf8') === version;
  if (installed()) return program;
  await withLock(path.join(cacheFolder, 'salesforce-cli.lock'), say, 'another install of the Salesforce CLI', async () => {
    if (installed()) return;
    say(`Installing the Salesforce CLI ${version} into .cache/ (once; about 300 MB on disk) ...`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    await runNpm('the Salesforce CLI', folder, ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `@salesforce/cli@${version}`]);
    if (!existsSync(program)) throw new Complaint(`The Salesforce CLI was installed, but ${program} is missing.`);
    writeFileSync(stamp, version);
  });
  return program;
}
