import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { DiagnosticSeverity, type Diagnostic } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { UserEntries } from '../../../catalog/index.ts';
import { merged } from '../user-catalog/merged.ts';
import { PROJECT_FILE } from '../user-catalog/projectFileName.ts';
import { projectFileText } from '../user-catalog/userCatalogFile.ts';
import type { FolderRules } from '../report/ruleSettings.ts';
import { tellRules, type EditorContext } from './context.ts';
import { fileUri } from './documentPath.ts';
import { DIAGNOSTIC_SOURCE } from './protocol.ts';

/** Settings of a folder, where the editor keeps those of the workspace. */
const SETTINGS_FILE = path.join('.vscode', 'settings.json');
/** The setting that holds users' entries, as it is written in a settings file. */
const SETTING = 'apiGuard.catalog';

/**
 * What users add to the catalogue: in `.api-guard.json` of each folder, and in the setting `apiGuard.catalog`. What a project file decides about the rules is read
 * with it. What is wrong is shown where it stands.
 */
export class UserCatalogs {
  private readonly context: EditorContext;
  private shown = new Set<string>();
  /** The entries now in force, as text; empty for none. */
  private inForce = '';
  /** Whether there was anything to read at the last time. */
  private added = false;
  private turn: Promise<boolean> = Promise.resolve(false);

  constructor(context: EditorContext) {
    this.context = context;
  }

  /** Reads everything anew. @returns whether the analysis must run again, because an entry or a decision about a rule came, went or changed */
  load(folders: readonly string[], setting: unknown): Promise<boolean> {
    this.turn = this.turn.then(() => this.read(folders, setting)).catch((error: unknown) => {
      this.context.log(`Entries for the catalogue could not be read: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      return false;
    });
    return this.turn;
  }

  /** Whether a changed file may hold entries. */
  concerns(file: string): boolean {
    return path.basename(file) === PROJECT_FILE || file.endsWith(SETTINGS_FILE);
  }

  private async read(folders: readonly string[], setting: unknown): Promise<boolean> {
    const files = await Promise.all(folders.map((folder) => this.projectFile(folder)));
    const given = files.filter((file) => file !== undefined);
    // Most projects add nothing: for them no schema is loaded, now or later.
    if (given.length === 0 && setting === undefined && !this.added) return false;
    this.added = given.length > 0 || setting !== undefined;
    const [{ parseUserCatalog, parseProjectFile, checked }, { isOperation, setUserEntries }, { ABOUT_RULES }] = await Promise.all([
      import('../user-catalog/parseUserCatalog.ts'), import('../../../catalog/index.ts'), import('../engine/aboutRules.ts'),
    ]);
    const all: UserEntries[] = [];
    const diagnostics = new Map<string, Diagnostic[]>();
    if (setting !== undefined) {
      const { entries, problems } = checked(setting, isOperation);
      all.push(entries);
      let placed = false;
      for (const folder of folders) {
        const file = path.join(folder, SETTINGS_FILE);
        const text = await readFile(file, 'utf8').catch(() => undefined);
        if (text === undefined || !text.includes(SETTING)) continue;
        diagnostics.set(file, asDiagnostics(file, text, parseUserCatalog(text, [SETTING], isOperation).problems));
        placed = true;
      }
      if (!placed) for (const { path: where, message } of problems) this.context.log(`The setting ${[SETTING, ...where].join('.')}: ${message}`);
    }
    const folderRules: FolderRules[] = [];
    for (const { file, text } of given) {
      const { entries, settings, problems } = parseProjectFile(text, isOperation, ABOUT_RULES);
      all.push(entries);
      folderRules.push({ folder: path.dirname(file), rules: settings });
      diagnostics.set(file, asDiagnostics(file, text, problems));
    }
    this.show(diagnostics);
    const otherRules = JSON.stringify(folderRules) !== JSON.stringify(this.context.folderRules);
    this.context.folderRules = folderRules;
    if (otherRules) tellRules(this.context);
    const entries = merged(all);
    setUserEntries(entries);
    const before = this.inForce;
    this.inForce = Object.values(entries).every((list) => list.length === 0) ? '' : JSON.stringify(entries);
    return otherRules || this.inForce !== before;
  }

  private async projectFile(folder: string): Promise<{ file: string; text: string } | undefined> {
    try {
      const text = await projectFileText(folder);
      return text === undefined ? undefined : { file: path.join(folder, PROJECT_FILE), text };
    } catch (error) {
      this.context.log(`${path.join(folder, PROJECT_FILE)} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  }

  private show(diagnostics: ReadonlyMap<string, Diagnostic[]>): void {
    for (const file of this.shown) if (!diagnostics.has(file)) void this.context.connection.sendDiagnostics({ uri: fileUri(file), diagnostics: [] });
    for (const [file, each] of diagnostics) void this.context.connection.sendDiagnostics({ uri: fileUri(file), diagnostics: each });
    this.shown = new Set([...diagnostics].filter(([, each]) => each.length > 0).map(([file]) => file));
  }
}

function asDiagnostics(file: string, text: string, problems: readonly { message: string; start: number; end: number }[]): Diagnostic[] {
  const document = TextDocument.create(fileUri(file), 'json', 0, text);
  return problems.map(({ message, start, end }) => ({
    range: { start: document.positionAt(start), end: document.positionAt(end) },
    severity: DiagnosticSeverity.Error,
    source: DIAGNOSTIC_SOURCE,
    message,
  }));
}
