// Builds dist/ when its inputs have changed since the last build; `--watch` keeps building, unminified and with source maps.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { withLock } from './lock.mjs';
import { cacheFolder, Complaint, fail, root, runNode, say, setUp } from './setup.mjs';

const stamp = path.join(root, 'dist', '.inputs');

/**
 * Makes dist/ what the sources say. Immediate when it is; everything printed goes to stderr.
 * @throws Complaint when the sources do not build
 */
export async function ensureBuilt() {
  if (isBuilt()) return;
  await setUp();
  await withLock(path.join(cacheFolder, 'build.lock'), say, 'another build of this folder', async () => {
    const inputs = hashOfInputs();
    if (isBuilt(inputs)) return;
    say('Building ...');
    const code = await runNode([path.join(root, 'esbuild.mjs')], { cwd: root, quiet: true });
    if (code !== 0) throw new Complaint('The build failed; the reason stands above.');
    writeFileSync(stamp, inputs);
  });
}

function isBuilt(inputs = hashOfInputs()) {
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs;
}

/** One hash over names and contents of everything a bundle is made of. Tests and their cases are no part of it. */
function hashOfInputs() {
  const hash = createHash('sha256');
  const add = (file) => hash.update(file).update('\0').update(readFileSync(path.join(root, file))).update('\0');
  const walk = (folder) => {
    for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const inside = `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== 'fixtures' && entry.name !== 'node_modules') walk(inside);
      } else if (/\.(ts|json|mjs)$/.test(entry.name) && !entry.name.endsWith('.test.ts')) {
        add(inside);
      }
    }
  };
  for (const file of ['esbuild.mjs', 'package.json', 'package-lock.json', 'tsconfig.json']) add(file);
  for (const folder of ['catalog', 'server/src', 'client/src']) walk(folder);
  return hash.digest('hex');
}

if (process.argv[1] && path.resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  try {
    if (process.argv.includes('--watch')) {
      await setUp();
      process.exitCode = await runNode([path.join(root, 'esbuild.mjs'), '--watch'], { cwd: root });
    } else {
      await ensureBuilt();
    }
  } catch (error) {
    fail(error);
  }
}
