import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { withLock } from '../../../scripts/lock.mjs';
import { cacheFolder, Complaint, say } from '../../../scripts/setup.mjs';
import { runNpm } from '../../npmInstall.ts';

/** The registry package that carries the VS Code server, and the release of it that everything here was seen working with. */
const version = '4.139.1';
/** The file watcher of the platform: without it the editor sees no change on disk. The server's own install names it as optional. */
const watcher = { name: `@parcel/watcher-${platformName()}`, version: '2.5.6' };

/**
 * Installs the VS Code server into the cache folder, once; a half-finished install is done again.
 * @returns absolute path of its `server-main.js`
 * @throws Complaint when the registry cannot be reached or npm fails
 */
export async function installServer(): Promise<string> {
  const folder = path.join(cacheFolder, `vscode-server-${version}`);
  const server = path.join(folder, 'node_modules', 'code-server', 'lib', 'vscode');
  const main = path.join(server, 'out', 'server-main.js');
  // Written last, so its presence proves that everything before it was done.
  const stamp = path.join(folder, '.installed');
  const wanted = `${version} ${watcher.name}@${watcher.version} with TypeScript\n`;
  const installed = (): boolean => existsSync(main) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted;
  if (installed()) return main;
  await withLock(path.join(cacheFolder, 'vscode-server.lock'), say, 'another install of the VS Code server', async () => {
    if (installed()) return;
    say(`Installing the VS Code server ${version} into .cache/ (once; about 480 MB on disk) ...`);
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
    // Its install scripts compile native parts that nothing here uses, and would need a compiler.
    const common = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
    await runNpm('the VS Code server', folder, [...common, `code-server@${version}`]);
    await runNpm('the VS Code server', server, [...common, '--omit=dev', '--omit=optional']);
    await runNpm('the VS Code server', server, [...common, '--no-save', '--omit=dev', '--omit=optional', `${watcher.name}@${watcher.version}`]);
    // The editor's own TypeScript, without which it complains in every window with such a file.
    await runNpm('the VS Code server', path.join(server, 'extensions'), [...common, '--omit=dev', '--omit=optional']);
    if (!existsSync(main)) throw new Complaint(`The VS Code server was installed, but ${main} is missing.`);
    writeFileSync(stamp, wanted);
  });
  return main;
}

function platformName(): string {
  if (process.platform !== 'linux') return `${process.platform}-${process.arch}`;
  const report = process.report.getReport() as { header?: { glibcVersionRuntime?: string } };
  return `linux-${process.arch}-${report.header?.glibcVersionRuntime ? 'glibc' : 'musl'}`;
}
