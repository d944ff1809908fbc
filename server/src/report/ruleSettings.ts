import type { Severity } from './callRecord.ts';

/** What somebody has decided about the rules: in the editor's settings, or in a project's `.api-guard.json`. */
export interface RuleSettings {
  /** Severity by rule id; `off` silences the rule. A rule that is not named has its default. */
  rules: Readonly<Record<string, Severity | 'off'>>;
  /** Values by rule id and name of the option; what is not named has its default. */
  options: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** Whether tests, mocks, vendored and generated code are judged like all other code. Absent: they are left out. */
  includeTests?: boolean;
}

/** Nobody has decided anything. */
export const NO_RULE_SETTINGS: RuleSettings = { rules: {}, options: {} };

/** What a folder has decided for its own files. */
export interface FolderRules {
  /** Absolute, with the platform's separators. */
  folder: string;
  rules: RuleSettings;
}

/** All that is decided about the rules of a workspace. */
export interface WorkspaceRules {
  /** For all files; counts before what a folder says. */
  everywhere: RuleSettings;
  folders: readonly FolderRules[];
}

/** Nobody in the workspace has decided anything. */
export const NO_WORKSPACE_RULES: WorkspaceRules = { everywhere: NO_RULE_SETTINGS, folders: [] };

/** What holds for a file: what is decided everywhere, else by the nearest folder around it. */
export function settingsFor({ everywhere, folders }: WorkspaceRules, path: string): RuleSettings {
  let nearest: FolderRules | undefined;
  for (const each of folders) if (isBelow(path, each.folder) && (!nearest || each.folder.length > nearest.folder.length)) nearest = each;
  return nearest ? joined(everywhere, nearest.rules) : everywhere;
}

function isBelow(path: string, folder: string): boolean {
  const [file, above] = [path, folder].map((each) => each.replaceAll('\\', '/'));
  return file!.startsWith(above!.endsWith('/') ? above! : `${above}/`);
}

/** Where both decide the same, the first counts. */
function joined(first: RuleSettings, second: RuleSettings): RuleSettings {
  const options: Record<string, Readonly<Record<string, number>>> = { ...second.options };
  for (const [rule, values] of Object.entries(first.options)) options[rule] = { ...options[rule], ...values };
  const includeTests = first.includeTests ?? second.includeTests;
  return { rules: { ...second.rules, ...first.rules }, options, ...(includeTests === undefined ? {} : { includeTests }) };
}
