import { posix } from 'node:path';
import type { Project } from '../../resolve/projects.ts';

/** Folders below a package in which its sources stand. */
const SOURCES = /^(?:src|lib|app|server|source|api|backend)\//;

/** Where the retry helper stands: one that is there already anywhere up the way, else the top of the package's sources. */
export function helperPlace(path: string, { folder: packageFolder, dependencies }: Project, extension: string, known: ReadonlySet<string>): string {
  // What TypeScript makes of `salesforceRetry.ts` may be `salesforceRetry.js` in the same place.
  const name = `${extension === '.js' && dependencies['typescript'] !== undefined ? 'salesforceRetryJs' : 'salesforceRetry'}${extension}`;
  for (let folder = posix.dirname(path); folder.startsWith(packageFolder) && packageFolder !== ''; folder = posix.dirname(folder)) {
    const candidate = posix.join(folder, name);
    if (known.has(candidate)) return candidate;
    if (folder === packageFolder) break;
  }
  const inside = packageFolder === '' ? '' : path.slice(packageFolder.length + 1);
  const sources = SOURCES.exec(inside)?.[0];
  const top = packageFolder === '' ? posix.dirname(path) : posix.join(packageFolder, sources ?? '');
  return posix.join(top, name);
}
