import path from 'node:path';
import { lineAt, lineStarts } from '../report/lines.ts';

/**
 * Takes over what the nearest project file adds to the catalogue. Looks upwards from the given folder. @returns what is wrong with it, as
 * `file:line:column message` lines; empty if all is well or there is none.
 */
export async function loadProjectFile(folder: string): Promise<string[]> {
  const { projectFileAbove } = await import('../user-catalog/userCatalogFile.ts');
  const found = await projectFileAbove(folder);
  if (!found) return [];
  // The schema is loaded only where a user has written something.
  const [{ parseUserCatalog }, { isOperation, setUserEntries }] = await Promise.all([import('../user-catalog/parseUserCatalog.ts'), import('../../../catalog/index.ts')]);
  const { entries, problems } = parseUserCatalog(found.text, ['catalog'], isOperation);
  setUserEntries(entries);
  const starts = lineStarts(found.text);
  return problems.map(({ message, start }) => {
    const line = lineAt(starts, start);
    return `${path.relative(process.cwd(), found.file) || found.file}:${line + 1}:${start - (starts[line] ?? 0) + 1} ${message}`;
  });
}
