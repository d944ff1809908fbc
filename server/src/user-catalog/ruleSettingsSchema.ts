import { z } from 'zod';
import { SEVERITIES } from '../report/callRecord.ts';

/** What must be known of a rule to read what users decide about it. */
export interface SettableRule {
  id: string;
  summary: string;
  options?: Readonly<Record<string, { description: string; default: number; minimum: number; maximum: number }>>;
}

const severity = z.enum(['off', ...SEVERITIES], { message: 'A rule is off, hint, information, warning or error' });

/**
 * The one schema of what users decide about rules: `rules`, `options` and `includeTests` of `.api-guard.json`, and `apiGuard.rules.…` and `apiGuard.options.…` of the editor,
 * where `null` stands for the default.
 */
export function ruleSettingsSchema(rules: readonly SettableRule[]) {
  const severities = rules.map(({ id, summary }) => [id, severity.nullable().optional().describe(summary)] as const);
  const options = rules.flatMap((rule) => (rule.options ? [[rule.id, optionsSchema(rule.options)] as const] : []));
  return z.strictObject({
    rules: z.strictObject(Object.fromEntries(severities)).optional(),
    options: z.strictObject(Object.fromEntries(options)).optional(),
    includeTests: z.boolean({ message: 'This is true or false' }).nullable().optional().describe('Whether tests, mocks, vendored and generated code are judged too.'),
  });
}

function optionsSchema(options: NonNullable<SettableRule['options']>) {
  const fields = Object.entries(options).map(([name, { description, minimum, maximum }]) => {
    const message = `This is a whole number from ${minimum} to ${maximum}`;
    return [name, z.int({ message }).min(minimum, { message }).max(maximum, { message }).nullable().optional().describe(description)] as const;
  });
  return z.strictObject(Object.fromEntries(fields)).optional();
}
