import { SEVERITIES, type Severity } from '../report/callRecord.ts';

/** The user's settings as the server uses them. */
export interface Settings {
  enable: boolean;
  /** Severity by rule id; rules that are not named keep their default. */
  rules: Record<string, Severity | 'off'>;
  /** Users' entries for the catalogue as they were written: held against the schema where they are loaded. */
  catalog?: unknown;
}

export const DEFAULT_SETTINGS: Settings = { enable: true, rules: {} };

/** Reads the `apiGuard` section. Settings are written by hand: what makes no sense is left out and told to `log`, never guessed at. */
export function parseSettings(section: unknown, log: (message: string) => void): Settings {
  if (!isRecord(section)) {
    if (section !== null && section !== undefined) log('The setting apiGuard is not an object; the defaults are used.');
    return { ...DEFAULT_SETTINGS };
  }
  const settings: Settings = { enable: true, rules: {} };
  if (typeof section['enable'] === 'boolean') settings.enable = section['enable'];
  else if (section['enable'] !== undefined && section['enable'] !== null) log('The setting apiGuard.enable must be true or false; true is used.');
  const rules = section['rules'];
  if (rules !== undefined && rules !== null && !isRecord(rules)) log('The setting apiGuard.rules must be an object; the defaults are used.');
  for (const [rule, value] of Object.entries(isRecord(rules) ? rules : {})) {
    if (isSeverity(value)) settings.rules[rule] = value;
    else if (value !== null) log(`The setting apiGuard.rules.${rule} must be off, hint, information, warning or error; the default is used.`);
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

function isSeverity(value: unknown): value is Severity | 'off' {
  return value === 'off' || SEVERITIES.some((severity) => severity === value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
