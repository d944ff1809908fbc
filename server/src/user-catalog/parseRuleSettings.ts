import type { RuleSettings } from '../report/ruleSettings.ts';
import { inWords } from './inWords.ts';
import { ruleSettingsSchema, type SettableRule } from './ruleSettingsSchema.ts';

/** What users have decided about rules, as far as it makes sense, and what does not. */
export interface ParsedRuleSettings {
  settings: RuleSettings;
  /** `path` leads to the place: `['rules', 'missing-retry']`. */
  problems: { path: (string | number)[]; message: string }[];
}

/** Reads the members `rules`, `options` and `includeTests`. One wrong value does not take the others down: it is left out and named. */
export function parseRuleSettings(value: { rules?: unknown; options?: unknown; includeTests?: unknown }, rules: readonly SettableRule[]): ParsedRuleSettings {
  const given: typeof value = Object.fromEntries(['rules', 'options', 'includeTests'].flatMap((name) => (isNothing(value[name as keyof typeof value]) ? [] : [[name, value[name as keyof typeof value]]])));
  const result = ruleSettingsSchema(rules).safeParse(given);
  const problems = result.success ? [] : result.error.issues.flatMap((issue) => {
    const path = issue.path as (string | number)[];
    // Each name that is not known is told at its own place.
    return issue.code === 'unrecognized_keys' ? issue.keys.map((key) => ({ path: [...path, key], message: unknownName(path, key) })) : [{ path, message: inWords(issue) }];
  });
  const isBad = (...path: string[]): boolean => problems.some((problem) => problem.path.every((word, index) => word === path[index]));
  const severities = members(given.rules).filter(([id, each]) => each !== null && !isBad('rules', id));
  const options = members(given.options).filter(([id]) => !isBad('options', id)).map(([id, values]) => [id, Object.fromEntries(members(values).filter(([name, each]) => each !== null && !isBad('options', id, name)))] as const);
  const includeTests = typeof given.includeTests === 'boolean' ? { includeTests: given.includeTests } : {};
  return { settings: { rules: Object.fromEntries(severities) as RuleSettings['rules'], options: Object.fromEntries(options) as RuleSettings['options'], ...includeTests }, problems };
}

function unknownName([section, rule]: readonly (string | number)[], key: string): string {
  if (section === 'rules') return `There is no rule "${key}". Check the spelling.`;
  return rule === undefined ? `There is no rule "${key}" with options.` : `${rule} has no option "${key}".`;
}

function members(value: unknown): [string, unknown][] {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
}

function isNothing(value: unknown): boolean {
  return value === undefined || value === null;
}
