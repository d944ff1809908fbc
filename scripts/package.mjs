// Makes the .vsix in dist/. What is in it is what `files` in package.json lets into the npm package: one list for both.

import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from './build.mjs';
import { withLock } from './lock.mjs';
import { cacheFolder, Complaint, fail, npm, npmEnvironment, onProjectNode, root, say } from './setup.mjs';

/** Largest size of the .vsix (bytes). */
const sizeLimit = 4 * 1024 * 1024;

/**
 * Builds and packages the extension.
 * @param {{ tell?: boolean }} [options] `tell`: print what the packager says, its list of files above all
 * @returns {Promise<string>} absolute path of the .vsix
 * @throws Complaint when the packager warns of anything, or the result is too large
 */
export async function packageExtension({ tell = false } = {}) {
  await ensureBuilt();
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  const vsix = path.join(root, 'dist', `salesforce-api-guard-${version}.vsix`);
  await withLock(path.join(cacheFolder, 'package.lock'), say, 'another packaging of this folder', async () => {
    const { command, args, shell } = npm();
    const listing = spawnSync(command, [...args, 'pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: root,
      shell,
      encoding: 'utf8',
      env: npmEnvironment(),
    });
    if (listing.status !== 0) throw new Complaint(`npm could not list the files of the package:\n${listing.stderr}`);
    // A folder with these files and no others, so that the packager neither walks nor ships anything else.
    const staging = path.join(cacheFolder, 'package');
    rmSync(staging, { recursive: true, force: true });
    for (const { path: file } of packedFiles(listing.stdout)) {
      mkdirSync(path.dirname(path.join(staging, file)), { recursive: true });
      copyFileSync(path.join(root, file), path.join(staging, file));
    }
    const draft = path.join(cacheFolder, path.basename(vsix));
    // No links to a repository are written into the texts, for there is no public one yet.
    const packaging = spawnSync(
      process.execPath,
      [path.join(root, 'node_modules/@vscode/vsce/vsce'), 'package', '--no-dependencies', '--allow-missing-repository', '--no-rewrite-relative-links', '-o', draft],
      { cwd: staging, encoding: 'utf8' },
    );
    const said = `${packaging.stdout}${packaging.stderr}`;
    if (tell) process.stderr.write(said);
    if (packaging.status !== 0) throw new Complaint(`vsce could not package the extension:\n${said}`);
    if (/\bWARNING\b/i.test(said)) throw new Complaint(`vsce warned of something, and a package is made without warnings or not at all:\n${said}`);
    const { size } = statSync(draft);
    if (size > sizeLimit) throw new Complaint(`The .vsix has ${size} bytes; ${sizeLimit} are allowed.`);
    renameSync(draft, vsix);
    if (tell) say(`${path.relative(root, vsix)}: ${(size / 1024 / 1024).toFixed(2)} MB`);
  });
  return vsix;
}

/** Files in npm's answer: a list of packages up to npm 11, later an object of them by name. */
function packedFiles(json) {
  const [{ files }] = Object.values(JSON.parse(json));
  return files;
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  await onProjectNode(import.meta.url);
  await packageExtension({ tell: true }).catch(fail);
}
