import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cacheFolder } from '../../scripts/setup.mjs';
import { runNpm } from '../npmInstall.ts';

/** The compiler, of whatever version: what is used of it is the same in all. */
export type Compiler = typeof import('typescript');

/** The newest compiler of each major version that projects name, by the name under which it is installed. */
const MAJORS: Readonly<Record<number, string>> = { 3: '3.9.10', 4: '4.9.5', 5: '5.9.3', 6: '6.0.3' };
const NEWEST = Math.max(...Object.keys(MAJORS).map(Number));
const FOLDER = path.join(cacheFolder, 'compilers');

/** Installs the compilers into the cache, unless they are there. @throws Complaint where the registry cannot be reached */
export async function installCompilers(): Promise<void> {
  const packages = Object.entries(MAJORS).map(([major, version]) => ({ name: `typescript${major}`, from: `npm:typescript@${version}` }));
  if (packages.every(({ name, from }) => installedVersion(name) === from.split('@').at(-1))) return;
  await mkdir(FOLDER, { recursive: true });
  await writeFile(path.join(FOLDER, 'package.json'), JSON.stringify({ private: true, dependencies: Object.fromEntries(packages.map(({ name, from }) => [name, from])) }));
  await runNpm('the compilers', FOLDER, ['install', '--no-audit', '--no-fund', '--ignore-scripts']);
}

function installedVersion(name: string): string | undefined {
  const manifest = path.join(FOLDER, 'node_modules', name, 'package.json');
  return existsSync(manifest) ? (JSON.parse(readFileSync(manifest, 'utf8')) as { version?: string }).version : undefined;
}

/** The compiler of the major version that the nearest manifest names at or above a folder; the newest where none does. @param top the last folder that is looked into */
export function compilerOf(folder: string, top: string): Compiler {
  return createRequire(path.join(FOLDER, 'package.json'))(`typescript${majorOf(folder, top)}`) as Compiler;
}

function majorOf(folder: string, top: string): number {
  for (let at = folder; at.startsWith(top); at = path.dirname(at)) {
    const manifest = path.join(at, 'package.json');
    if (!existsSync(manifest)) continue;
    const { dependencies, devDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, Record<string, string> | undefined>;
    const major = Number(/^\D*(\d+)/.exec((devDependencies ?? {})['typescript'] ?? (dependencies ?? {})['typescript'] ?? '')?.[1] ?? Number.NaN);
    if (!Number.isNaN(major)) return Object.hasOwn(MAJORS, major) ? major : NEWEST;
  }
  return NEWEST;
}
