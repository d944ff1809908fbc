import path from 'node:path';
import { lineAt, lineStarts } from '../report/lines.ts';
import { NO_WORKSPACE_RULES, type WorkspaceRules } from '../report/ruleSettings.ts';

/**
 * Takes over what the nearest project file adds to the catalogue, and reads what it decides about the rules. Looks upwards from the given folder. `problems` says what is
 * wrong with it, as `file:line:column message` lines; empty if all is well or there is none.
 */
export async function loadProjectFile(folder: string): Promise<{ rules: WorkspaceRules; problems: string[] }> {
  const { projectFileAbove } = await import('../user-catalog/userCatalogFile.ts');
  const found = await projectFileAbove(folder);
  if (!found) return { rules: NO_WORKSPACE_RULES, problems: [] };
  // The schema is loaded only where a user has written something.
  const [{ parseProjectFile }, { isOperation, setUserEntries }, { ABOUT_RULES }] = await Promise.all([
    import('../user-catalog/parseUserCatalog.ts'), import('../../../catalog/index.ts'), import('../engine/aboutRules.ts'),
  ]);
  const { entries, settings, problems } = parseProjectFile(found.text, isOperation, ABOUT_RULES);
  setUserEntries(entries);
  const starts = lineStarts(found.text);
  const told = problems.map(({ message, start }) => {
    const line = lineAt(starts, start);
    return `${path.relative(process.cwd(), found.file) || found.file}:${line + 1}:${start - (starts[line] ?? 0) + 1} ${message}`;
  });
  return { rules: { everywhere: settings, folders: [] }, problems: told };
}
