import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The program that installs the packages of a project, and how it is told to add one. */
export interface PackageManager {
  program: string;
  add: string;
}

const NPM: PackageManager = { program: 'npm', add: 'install' };

/** Lock files, by who writes them. */
const LOCKS: readonly (readonly [file: string, manager: PackageManager])[] = [
  ['package-lock.json', NPM],
  ['npm-shrinkwrap.json', NPM],
  ['pnpm-lock.yaml', { program: 'pnpm', add: 'add' }],
  ['yarn.lock', { program: 'yarn', add: 'add' }],
  ['bun.lock', { program: 'bun', add: 'add' }],
  ['bun.lockb', { program: 'bun', add: 'add' }],
];

/** The package manager of a folder: whose lock file stands there or nearest above, not beyond `top`; npm where there is none. Both are absolute paths. */
export function packageManagerOf(folder: string, top: string): PackageManager {
  for (let each = folder; ; each = dirname(each)) {
    const lock = LOCKS.find(([file]) => existsSync(join(each, file)));
    if (lock) return lock[1];
    if (each === top || each === dirname(each)) return NPM;
  }
}
