import { NO_RULE_SETTINGS, type RuleSettings } from '../report/ruleSettings.ts';

/** The user's settings as the server uses them. */
export interface Settings {
  enable: boolean;
  rules: RuleSettings;
  /** Users' entries for the catalogue as they were written: held against the schema where they are loaded. */
  catalog?: unknown;
}

export const DEFAULT_SETTINGS: Settings = { enable: true, rules: NO_RULE_SETTINGS };

/** Reads what is decided about rules; see `parseRuleSettings`. */
export type ReadRules = (value: { rules?: unknown; options?: unknown; includeTests?: unknown }) => { settings: RuleSettings; problems: readonly { path: readonly (string | number)[]; message: string }[] };

/** Whether the `apiGuard` section decides anything about rules: an editor sends `null` for each that nobody has named, and what is the default. */
export function decidesOnRules(section: unknown): boolean {
  return isRecord(section) && ([section['rules'], section['options']].some(decides) || (decides(section['includeTests']) && section['includeTests'] !== false));
}

function decides(value: unknown): boolean {
  return isRecord(value) ? Object.values(value).some(decides) : value !== null && value !== undefined;
}

/**
 * Reads the `apiGuard` section. Settings are written by hand: what makes no sense is left out and told to `log`, never guessed at.
 * @param readRules absent where nothing is decided about rules
 */
export function parseSettings(section: unknown, log: (message: string) => void, readRules?: ReadRules): Settings {
  if (!isRecord(section)) {
    if (section !== null && section !== undefined) log('The setting apiGuard is not an object; the defaults are used.');
    return { ...DEFAULT_SETTINGS };
  }
  const settings: Settings = { ...DEFAULT_SETTINGS };
  if (typeof section['enable'] === 'boolean') settings.enable = section['enable'];
  else if (section['enable'] !== undefined && section['enable'] !== null) log('The setting apiGuard.enable must be true or false; true is used.');
  if (readRules) {
    const { settings: rules, problems } = readRules(section);
    settings.rules = rules;
    for (const { path, message } of problems) log(`The setting ${['apiGuard', ...path].join('.')}: ${message} The default is used.`);
  }
  if (!isNothing(section['catalog'])) settings.catalog = section['catalog'];
  return settings;
}

/** The globs of the editor's `files.exclude` that are switched on. One with a `when` clause hides a file beside its source and is not one of ours. */
export function parseExclude(value: unknown): string[] {
  return isRecord(value) ? Object.keys(value).filter((glob) => value[glob] === true).sort() : [];
}

/** An editor sends an empty object where nobody has written one. */
function isNothing(value: unknown): boolean {
  return value === undefined || value === null || (isRecord(value) && Object.keys(value).length === 0);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
