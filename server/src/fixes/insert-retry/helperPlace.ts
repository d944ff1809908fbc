import { posix } from 'node:path';

/** Folders below a package in which its sources stand. */
const SOURCES = /^(?:src|lib|app|server|source|api|backend)\//;

/** Where the retry helper stands: one that is there already anywhere up the way, else the top of the package's sources. */
export function helperPlace(path: string, packageFolder: string, extension: string, known: ReadonlySet<string>): string {
  for (let folder = posix.dirname(path); folder.startsWith(packageFolder) && packageFolder !== ''; folder = posix.dirname(folder)) {
    const candidate = posix.join(folder, `salesforceRetry${extension}`);
    if (known.has(candidate)) return candidate;
    if (folder === packageFolder) break;
  }
  const inside = packageFolder === '' ? '' : path.slice(packageFolder.length + 1);
  const sources = SOURCES.exec(inside)?.[0];
  const top = packageFolder === '' ? posix.dirname(path) : posix.join(packageFolder, sources ?? '');
  return posix.join(top, `salesforceRetry${extension}`);
}
