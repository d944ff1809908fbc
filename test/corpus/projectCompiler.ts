import { existsSync, readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { cacheFolder, root } from '../../scripts/setup.mjs';
import { runNpm } from '../npmInstall.ts';

/** The compiler, of whatever version: what is used of it is the same in all. */
export type Compiler = typeof import('typescript');

/** The newest compiler of each major version that projects name, by the name under which it is installed. */
const MAJORS: Readonly<Record<number, string>> = { 3: '3.9.10', 4: '4.9.5', 5: '5.9.3', 6: '6.0.3' };
/** The types of jsforce 1, which come apart from it. */
const OLD_TYPES = { name: '@types/jsforce', version: '1.11.6' };
const NEWEST = Math.max(...Object.keys(MAJORS).map(Number));
const FOLDER = path.join(cacheFolder, 'compilers');

/** Installs the compilers into the cache, unless they are there. @throws Complaint where the registry cannot be reached */
export async function installCompilers(): Promise<void> {
  const packages = [...Object.entries(MAJORS).map(([major, version]) => ({ name: `typescript${major}`, from: `npm:typescript@${version}` })), { name: OLD_TYPES.name, from: OLD_TYPES.version }];
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
  const named = majorOf('typescript', folder, top);
  const major = named !== undefined && Object.hasOwn(MAJORS, named) ? named : NEWEST;
  return createRequire(path.join(FOLDER, 'package.json'))(`typescript${major}`) as Compiler;
}

/** Where packages of a project are looked for that it has not installed: jsforce as old as it says, before what is installed here. */
export function foldersOfPackages(folder: string, top: string): string[] {
  return [...(majorOf('jsforce', folder, top) === 1 ? [FOLDER] : []), root];
}

/** The major version of a package in the nearest manifest that names it. */
function majorOf(name: string, folder: string, top: string): number | undefined {
  for (let at = folder; at.startsWith(top); at = path.dirname(at)) {
    const manifest = path.join(at, 'package.json');
    if (!existsSync(manifest)) continue;
    const { dependencies, devDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, Record<string, string> | undefined>;
    const major = /^\D*(\d+)/.exec((dependencies ?? {})[name] ?? (devDependencies ?? {})[name] ?? '')?.[1];
    if (major !== undefined) return Number(major);
  }
  return undefined;
}
